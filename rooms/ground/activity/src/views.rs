//! Markup of activity.

use crate::{
    rows::{self, History, Line},
    sentences::{changes, door, verb, who},
    since::Since,
    sought::kinds,
    stack::Ends,
};
use filters::Saved;
use kernel::{Area, Hat, Look, Paged, Scope};
use web::{Filter, FilterBar, Markup, act, action, avatar, capital, empty, html, icon, may, place, product_path, telling, text::encode, time, when};

/// So much of what changed stands in a list; the rest is folded.
const MOST_TOLD: usize = 3;

/// A list of acts, each one sentence; what else an act changed is folded below it.
pub fn lines(scope: &Scope, history: &History) -> Markup {
    some(scope, history, &history.lines)
}

/// Some of them, or others that name nothing else.
fn some(scope: &Scope, history: &History, lines: &[Line]) -> Markup {
    html! { ul.history { @for act in lines.chunk_by(|a, b| a.act == b.act) { @let (line, rest) = acts(act); li {
        (avatar(&who(line)))
        div { span { strong { bdi { (who(line)) } } @if let Some(hat) = line.hat.as_deref().and_then(Hat::parse) { " " span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } } " " (verb(line)) " " (what(scope, history, line)) }
            span.quiet { " " (time(scope, line.at, scope.now)) @if let Some(door) = door(line) { " · " (door) } @if line.proposal.is_some() { " · by decision" } }
            (told_of(scope, history, line))
            @if let Some(reason) = &line.reason { @if !reason.is_empty() { p.reason dir="auto" { "“" (reason) "”" } } }
            @if !rest.is_empty() { details.more { summary { "and " (rest.len()) " more" } ul { @for line in rest { li { (verb(line)) " " (what(scope, history, line)) (told_of(scope, history, line)) } } } } }
        }
    } } } }
}

/// What changed, in one line.
fn told_of(scope: &Scope, history: &History, line: &Line) -> Markup {
    let told = changes(scope, &history.names, line);
    // What was not set before is set apart from its name: "What blocks it: waiting for the key".
    let said = |t: &telling::Told| match (&t.from, &t.to) {
        (None, Some(to)) if t.line() != *to => format!("{}: {to}", t.name),
        _ => t.line(),
    };
    html! { @if !told.is_empty() { p.told dir="auto" {
        @for (i, t) in told.iter().take(MOST_TOLD).enumerate() { @if i > 0 { " · " } (if i == 0 { capital(&said(t)) } else { said(t) }) }
        @if told.len() > MOST_TOLD { details.more { summary { "and " (told.len() - MOST_TOLD) " more" } (telling::changes(&told[MOST_TOLD..])) } }
    } } }
}

/// What a line is about, with the way there where it has a page.
fn what(scope: &Scope, history: &History, line: &Line) -> Markup {
    let label = html! { @if let Some(key) = history.names.key(scope, line.noun_id) { span.key { (key) } " " } bdi { (line.label) } };
    html! { @match place(&line.noun, line.noun_id, None).filter(|_| !history.names.is_gone(line.noun_id)) { Some(place) => { a.what href={ (product_path(scope)) "/" (place) } { (label) } } None => { span.what { (label) } } } }
}

/// The line that tells an act, and the others: what its command is named after, or else the proposal it became,
/// or else what came last (lines stand newest first).
fn acts(act: &[Line]) -> (&Line, Vec<&Line>) {
    let noun = match act[0].command.split('.').next().unwrap_or_default() {
        "workspace" => "product",
        "invitation" => "membership",
        noun => noun,
    };
    let at = act.iter().position(|l| l.noun == noun).or_else(|| act.iter().position(|l| l.noun == "proposal")).unwrap_or(0);
    (&act[at], act.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, line)| line).collect())
}

/// One thing's history with every change from what to what.
pub fn history(scope: &Scope, history: &History) -> Markup {
    html! { details.more { summary { "History" span.quiet { " " (history.lines.len()) } }
        ul.history { @for line in &history.lines { li {
            (avatar(&who(line)))
            div { span { strong { bdi { (who(line)) } } " " (verb(line).trim_end_matches(':')) } span.quiet { " " (time(scope, line.at, scope.now)) }
                @if let Some(reason) = &line.reason { @if !reason.is_empty() { p.reason dir="auto" { "“" (reason) "”" } } }
                (telling::changes(&changes(scope, &history.names, line)))
            }
        } } }
        @if let Some(line) = history.lines.first() { p { a href={ (product_path(scope)) "/activity?item=" (line.noun_id.simple()) } { "With what belongs to it" } } }
    } }
}

/// How many more of the same kind an act holds, as far as its newest lines tell.
fn and_more(line: &Line, act: &[Line]) -> String {
    match act.iter().filter(|other| other.kind == line.kind && other.noun_id != line.noun_id).count() {
        0 => String::new(),
        _ if act.len() >= rows::NEWEST => " and many more".into(),
        more => format!(" and {more} more"),
    }
}

/// Taking back one's last act, and doing again what one took back: what Ctrl+Z and Ctrl+Shift+Z do.
pub(crate) fn back_and_forth(scope: &Scope, ends: &Ends) -> Markup {
    let one = |says: &str, icon_name: &str, lines: &[Line], verb: fn(&Line) -> &str| {
        // Rights may have gone since; what is not theirs to change any more is not offered.
        let theirs = lines.iter().filter_map(|line| Area::parse(line.area.as_deref()?)).all(|area| may(scope, area));
        html! { @if !lines.is_empty() && theirs { @let (line, _) = acts(lines); form.act method="post" action=(action(scope, "act.undo")) data-act {
            input type="hidden" name="act" value=(line.act.simple().to_string());
            button type="submit" { (icon(icon_name)) (says) span.quiet { " " (verb(line)) " " bdi { (line.label) } (and_more(line, lines)) } }
        } } }
    };
    html! { div.back-and-forth { (one("Undo", "undo-2", &ends.undo, verb)) (one("Redo", "redo-2", &ends.redo, |_| "")) } }
}

pub(crate) fn page(
    look: &Look,
    (filter, odd, saved): (&Filter, Option<&str>, &Saved),
    (history, next): (&History, Option<&str>),
    people: &[String],
) -> Markup {
    let people: Vec<(String, String)> = people.iter().map(|name| (name.clone(), name.clone())).collect();
    let mut kinds: Vec<(String, String)> = kinds(look).into_iter().map(|(kind, says)| (kind.to_owned(), says)).collect();
    // A kind that an address names is called by its name, whatever there is to see of it.
    let asked = kernel::about::noun(filter.get("kind")).filter(|noun| !kinds.iter().any(|(kind, _)| kind == noun.table));
    kinds.extend(asked.map(|noun| (noun.table.to_owned(), capital(&noun.about.many.replace('-', " ")))));
    // A thing that an address names by its id is called by its label.
    let called = |id: &str| history.lines.iter().find(|line| line.noun_id.simple().to_string() == id).map(|line| line.label.clone());
    let thing = Some(filter.get("item")).filter(|item| item.len() > 30).map(|id| (id.to_owned(), called(id).unwrap_or_else(|| "One thing".into())));
    let placeholder = format!("Filter by a key such as {}, by: or kind:", look.scope.key(7));
    let bar = FilterBar {
        label: "Filter activity",
        placeholder: &placeholder,
        page: "activity",
        filter,
        keeps: &[],
        more: &[("by", people), ("kind", kinds), ("item", thing.into_iter().collect())],
        found_at: None,
    };
    html! {
        p.lead { "Everything that changed, who changed it, under which hat and through which door. Nothing is ever deleted from here." " " a href="removed" { "Removed things" } }
        (bar.view())
        div.list-tools { (filters::view(look.scope, saved, &[])) (web::downloads(look.scope, "activity", &filter.address())) }
        @if history.lines.is_empty() { p.hint { @match odd { Some(odd) => { bdi { (odd) } } None if next.is_some() => "Nothing among the latest changes fits.", None if filter.is_plain() => "Nothing has happened yet.", None => "Nothing fits." } @if !filter.is_plain() { " " a href="activity" { "Show everything" } } } }
        (lines(look.scope, history))
        @if let Some(next) = next { p { a.button href={ "?" (filter.address()) "after=" (encode(next)) } { "Earlier" } } }
    }
}

/// What can be chosen beside the time since one was last here.
const DAYS: [(u16, &str); 3] = [(1, "Since yesterday"), (7, "7 days"), (30, "30 days")];

/// What changed about each thing, the newest on top; `days` where so many were chosen.
pub(crate) fn since(scope: &Scope, since: &Since, days: Option<u16>, first: bool) -> Markup {
    let zone = &scope.who.zone;
    html! {
        p.lead { "What others did since " time datetime=(when::iso(since.from)) title=(when::exact(since.from, zone)) { (when::since(since.from, scope.now, zone)) } ", by what it is about. " a href="activity" { "All activity" } }
        nav.row.sides aria-label="Since when" {
            a.chip href="since" aria-current=[days.is_none().then_some("true")] { "Since I was last here" }
            @for (back, says) in DAYS { a.chip href={ "since?days=" (back) } aria-current=[(days == Some(back)).then_some("true")] { (says) } }
        }
        // Whoever looks at this for a while has seen it; the address goes on saying since when.
        @if first && days.is_none() && !since.things.is_empty() && scope.oneself().is_ok() { div data-seen=(since.from) data-until=(scope.now) hidden {} }
        @if since.things.is_empty() && since.next.is_none() { (empty("circle-check-big", "Nothing new", "Nobody else changed anything since then.", html! {})) }
        @else if since.things.is_empty() { p.hint { "Nothing by others among the latest changes." } }
        @for thing in &since.things { section.since {
            h2 dir="auto" {
                @let title = thing.title(scope, &since.called);
                // What its reader does not see has no page for them.
                @let title_is_known = since.called.called(scope, thing.id).is_some();
                @match place(thing.noun.table, thing.id, since.called.number(thing.id)).filter(|_| title_is_known && !since.called.is_gone(thing.id)) {
                    Some(place) => { a href={ (product_path(scope)) "/" (place) } { (title) } }
                    None => { (title) }
                }
                @if !title.to_lowercase().starts_with(&thing.noun.one()) { span.quiet { " · " (thing.noun.one()) } }
            }
            (some(scope, &since.history, &thing.lines))
        } }
        @if let Some(next) = &since.next { p { a.button href={ "?" @match days { Some(days) => { "days=" (days) } None => { "from=" (since.from) } } "&after=" (encode(next)) } { "Earlier" } } }
    }
}

/// Moves the mark, for whoever says so themself.
pub(crate) fn see_all(scope: &Scope, since: &Since) -> Markup {
    html! { @if !since.things.is_empty() && scope.oneself().is_ok() {
        form.act method="post" action=(action(scope, "activity.see")) data-act { input type="hidden" name="until" value=(scope.now); input type="hidden" name="_back" value={ (product_path(scope)) "/since" }; button type="submit" { (icon("check")) "I have seen this" } }
    } }
}

/// What is gone, with who removed it and the way back.
pub(crate) fn removed(scope: &Scope, page: &Paged<Line>) -> Markup {
    html! {
        p.lead { "Nothing that was removed is lost. Whoever decides where it belongs brings it back; everyone else proposes." }
        @if page.items.is_empty() { (empty("archive-restore", "Nothing is removed", "Stories, features, initiatives, needs, evidence, criteria and comments that are removed stand here, and come back from here.", html! {})) }
        ul.lines { @for line in &page.items { li {
            span.quiet.noun { (capital(&kernel::about::noun(&line.noun).map(kernel::NounSpec::one).unwrap_or_default())) }
            span.what dir="auto" { (line.label) }
            span.quiet { "removed by " bdi { (who(line)) } " " (time(scope, line.at, scope.now)) }
            (back(scope, line))
        } } }
        @if let Some(next) = &page.next { p { a.button href={ "?after=" (encode(next)) } { "Earlier" } } }
    }
}

/// The way back, for whoever may at least propose it.
fn back(scope: &Scope, line: &Line) -> Markup {
    let id = line.noun_id.simple().to_string();
    match line.area.as_deref().and_then(Area::parse) {
        Some(area) => act(scope, area, "removed.bring_back", &[("thing", &id)], "Bring back", ""),
        None if line.member == scope.who.member && line.assistant_id == scope.who.assistant => html! {
            form.act method="post" action=(action(scope, "removed.bring_back")) data-act { input type="hidden" name="thing" value=(id); button type="submit" { "Bring back" } }
        },
        None => html! {},
    }
}
