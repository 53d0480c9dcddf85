//! Markup of a retrospective: what is around its notes.

use crate::{facts::Fact, model::*, rows::Read};
use kernel::{Id, Noun, Scope, Uuid};
use people::Member;
use web::{
    Markup, act, action, area_field, avatar, capital, command_form, date, disclosure, empty, field, html, icon, input, limited, may, number_field,
    options, pill, select, several, small_act, time, when,
};

/// A button for whoever is there.
pub(crate) fn press(scope: &Scope, command: &str, fields: &[(&str, &str)], label: &str, class: &str) -> Markup {
    html! { @if is_there(scope) { form.act method="post" action=(action(scope, command)) data-act {
        @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
        button.(class) type="submit" { (label) }
    } } }
}

/// A form that opens from its button, for whoever is there.
pub(crate) fn opens(scope: &Scope, id: &str, label: &str, class: &str, command: &str, says: &str, fields: Markup) -> Markup {
    if !is_there(scope) {
        return html! {};
    }
    let form = html! { form.stack method="post" action=(action(scope, command)) data-act {
    (limited(command, fields)) p.error data-error="" {} div.row { button.primary type="submit" { (says) } } } };
    disclosure(id, label, class, form)
}

pub(crate) fn not_there() -> Markup {
    empty(
        "history",
        "Retrospectives are the team’s",
        "What the people of the team say to each other about how they work is read by whoever sees how they work together.",
        html! {},
    )
}

/// None was ever opened.
pub(crate) fn none(scope: &Scope) -> Markup {
    empty(
        "history",
        "Look back, and change one thing",
        "A retrospective opens with each sprint. Everybody notes on any day what to start, stop or continue; nobody reads it before all notes are revealed together. Then they are grouped, voted on, and end in actions that come back at the next one.",
        html! { (press(scope, "retro.begin", &[], "Open one now", "primary")) @if !is_there(scope) { p.hint { "Whoever belongs to the team opens one." } } },
    )
}

const STEPS: [(Phase, &str); 4] =
    [(Phase::Writing, "Write alone"), (Phase::Grouping, "Group"), (Phase::Voting, "Vote"), (Phase::Deciding, "Agree on actions")];

/// Which one it is, where it stands, and which others are open.
pub(crate) fn head(scope: &Scope, read: &Read) -> Markup {
    let (retro, phase) = (&read.retro, read.retro.phase());
    html! {
        div.retro-head {
            h2 { bdi { (read.called(retro)) } " " span.quiet { (retro.style.says()) } }
            @if phase == Phase::Over { p.quiet { "Closed " (time(scope, retro.ended_at.unwrap_or_default(), scope.now)) } }
            @else { ol.retro-steps aria-label="Where it stands" { @for (step, says) in STEPS { li aria-current=[(step == phase).then_some("step")] { (says) } } } }
        }
        @for other in read.open() { p.banner { (icon("history")) span { "The one of " bdi { (read.called(other)) } " is open too: " @match other.phase() { Phase::Writing => { "notes are being written." } _ => { "its meeting is going on." } } } " " a href={ "?show=" (other.id()) } { "Go there" } } }
    }
}

/// Who has done something so far: by name, or as a number where notes carry none.
pub(crate) fn who(read: &Read, members: &[Uuid], did: &str) -> Markup {
    html! { @if read.retro.anonymous || members.is_empty() { p.byline { (several(members.len(), "person").replace("persons", "people")) " " (did) " so far." } }
    @else { ul.through aria-label={ "Who " (did) } { @for member in members { @let name = read.person(Id::new(*member)); li { (avatar(name)) " " bdi { (name) } " " span.quiet { (did) } } } } } }
}

/// How it is arranged, while that can be changed.
pub(crate) fn arrange(scope: &Scope, read: &Read) -> Markup {
    let retro = &read.retro;
    let own = if retro.style == Style::Own { retro.columns.join("\n") } else { String::new() };
    let yes_no = |no: &str, yes: &str| [("false", no), ("true", yes)].map(|(word, says)| (word.to_owned(), says.to_owned()));
    opens(
        scope,
        "arrange",
        "Arrange",
        "plain",
        "retro.arrange",
        "Save",
        html! {
            input type="hidden" name="retro" value=(retro.id());
            (select("style", "Form", &options(Style::ALL), retro.style.word()))
            (area_field("columns", "Columns of your own, one on each line", &own, 3))
            div.pair {
                (select("anonymous", "Names on notes", &yes_no("Each note carries its name", "Notes carry no names"), if retro.anonymous { "true" } else { "false" }))
                (number_field("dots", "Dots for each of you", Some(retro.dots as f64)))
            }
            (area_field("statements", "Health check: one statement on each line", &retro.statements.join("\n"), 6))
            p.hint { "The next one begins as this one is arranged." }
        },
    )
}

/// What happened meanwhile, day by day.
pub(crate) fn timeline(scope: &Scope, facts: &[Fact]) -> Markup {
    let mut days: Vec<(String, Vec<&Fact>)> = vec![];
    for fact in facts {
        let day = when::day_in(fact.at, &scope.who.zone);
        match days.last_mut() {
            Some((known, of_day)) if *known == day => of_day.push(fact),
            _ => days.push((day, vec![fact])),
        }
    }
    html! { section.retro-facts #facts { h2 { "What happened" }
        p.hint { "The facts, from the record: what was blocked, came in, was taken out or rejected, and tests that failed." }
        @if days.is_empty() { p.quiet { "Nothing of that kind happened." } }
        @else { div.scroll tabindex="0" role="region" aria-label="What happened, day by day" { ol.retro-days { @for (day, facts) in &days { li { h3 { (date(scope, day)) } ul { @for fact in facts { li {
            (icon(fact.sort.icon())) span { span.quiet { (fact.sort.says()) ": " }
                @match &fact.path { Some(path) => { a href=(path) dir="auto" { (fact.label) } } None => { bdi { (fact.label) } } }
                @if !fact.note.is_empty() { " " span.quiet { "“" bdi { (web::clipped(&fact.note, 120)) } "”" } } }
        } } } } } } } }
    } }
}

fn owners(read: &Read) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), "Nobody yet".to_owned())];
    all.extend(read.to_choose.iter().map(|person| (person.id.to_string(), person.name.clone())));
    all
}

fn action_fields(read: &Read, action: Option<&RetroAction>) -> Markup {
    let owner = action.and_then(|action| action.owner).map(|id: Id<Member>| id.to_string()).unwrap_or_default();
    html! {
        (field("what", "What is to change", action.map_or("", |action| &action.what)))
        div.pair { (select("owner", "Who sees to it", &owners(read), &owner)) (input("date", "due_on", "Until", action.and_then(|action| action.due_on.as_deref()).unwrap_or_default())) }
    }
}

/// What was agreed on at this one.
pub(crate) fn actions(scope: &Scope, read: &Read) -> Markup {
    let retro = &read.retro;
    html! { section.retro-actions #actions { h2 { "Actions" }
        @if read.actions.own.is_empty() { p.hint { "One thing that will really change is worth more than ten that might. What is agreed on here comes back at the next retrospective." } }
        ul.lines { @for action in &read.actions.own { (one_action(scope, read, action)) } }
        @if retro.phase() != Phase::Over { (disclosure("make-action", "Agree on an action", "", command_form(scope, ACTIONS, "retro_action.make", "Agree on it", html! {
            input type="hidden" name="retro" value=(retro.id()); (action_fields(read, None)) }))) }
    } }
}

/// What came back from before: done, or not.
pub(crate) fn earlier_actions(scope: &Scope, read: &Read) -> Markup {
    let all = &read.actions.earlier;
    let of = |kept: Kept| all.iter().filter(|action| action.kept == kept).count();
    let (done, dropped) = (of(Kept::Done), of(Kept::Dropped));
    html! { @if !all.is_empty() { section.retro-actions #earlier-actions { h2 { "What we said we would change" }
        p { strong { (done) " of " (several(all.len(), "action")) } " done" @if dropped > 0 { ", " (dropped) " not done" } @match of(Kept::Open) { 0 => { "." } open => { ", " (open) " still open." } } }
        ul.lines { @for action in all { (one_action(scope, read, action)) } }
    } } }
}

/// An action that is due, on the Home of whoever sees to it.
pub fn due_line(scope: &Scope, action: &RetroAction) -> Markup {
    let id = action.id().to_string();
    html! { li { a.what href={ "retro#action-" (id) } dir="auto" { (action.what) } (state(scope, action))
    (act(scope, ACTIONS, "retro_action.settle", &[("retro_action", &id), ("became", Ended::Done.word())], "Done", "plain")) } }
}

fn state(scope: &Scope, action: &RetroAction) -> Markup {
    let today = when::day_in(scope.now, &scope.who.zone);
    match action.kept {
        Kept::Done => pill("good", "done"),
        Kept::Dropped => pill("neutral", "not done"),
        Kept::Open => match action.due_on.as_deref() {
            Some(day) if day < today.as_str() => pill("critical", "late"),
            Some(day) if day == today => pill("warning", "today"),
            _ => html! {},
        },
    }
}

fn one_action(scope: &Scope, read: &Read, action: &RetroAction) -> Markup {
    let id = action.id().to_string();
    let hidden = html! { input type="hidden" name="retro_action" value=(id); };
    html! { li.long id={ "action-" (id) } {
        span { bdi { (action.what) } " " (state(scope, action)) }
        p.quiet { @match action.owner { Some(owner) => { bdi { (read.person(owner)) } } None => { "Nobody sees to it yet" } }
            @if let Some(day) = &action.due_on { " · until " (date(scope, day)) }
            @if let Some(at) = action.settled_at { " · settled " (time(scope, at, scope.now)) } }
        @if !action.note.is_empty() { p dir="auto" { (action.note) } }
        @if action.kept == Kept::Open && may(scope, ACTIONS) { div.row {
            (act(scope, ACTIONS, "retro_action.settle", &[("retro_action", &id), ("became", Ended::Done.word())], "Done", ""))
            (disclosure(&format!("dropped-{id}"), "Not done", "plain", command_form(scope, ACTIONS, "retro_action.settle", "Say so", html! { (hidden) input type="hidden" name="became" value=(Ended::Dropped.word()); (area_field("note", "Why not", "", 2)) })))
            (disclosure(&format!("edit-{id}"), "Edit", "plain", command_form(scope, ACTIONS, "retro_action.edit", "Save", html! { (hidden) (action_fields(read, Some(action))) })))
            (small_act(scope, ACTIONS, "retro_action.remove", &[("retro_action", &id)], "trash-2", "Remove this action"))
        } }
    } }
}

/// Those before, and a new one where none is open for notes.
pub(crate) fn earlier(scope: &Scope, read: &Read) -> Markup {
    let others: Vec<&Retro> = read.all.iter().filter(|other| other.meta.id != read.retro.meta.id && other.ended_at.is_some()).collect();
    let writing = read.all.first().is_some_and(|last| last.phase() == Phase::Writing);
    html! {
        @if !others.is_empty() { section { h2 { "Earlier" } ul.lines { @for other in others { li { a href={ "?show=" (other.id()) } { bdi { (read.called(other)) } } span.quiet { (capital(other.style.says())) ", closed " (time(scope, other.ended_at.unwrap_or_default(), scope.now)) } } } } } }
        @if !writing { div.row { (press(scope, "retro.begin", &[], "Open a new one", "")) } }
    }
}

/// What is said about all of it.
pub(crate) fn said(scope: &Scope, read: &Read, around: &notices::Around) -> Markup {
    html! { section { h2 { "What you say about it" } (around.view(scope, read.retro.meta.id)) } }
}
