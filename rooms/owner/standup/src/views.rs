//! Markup of the stand-up: one's own, what the others said, the walk along the board from the right, what is blocked.

use crate::{
    drafting::Draft,
    model::*,
    rows::{Step, missing},
};
use board::{Blocked, Pace, age, blocked_line, raise_fields};
use kernel::{Area, Noun, Scope};
use people::Person;
use product::BoardColumn;
use web::{
    Markup, act, action, area_field, avatar, command_form, date, disclosure, html, icon, input, limited, listed_people, may, number_field, pill,
    several, time, when, who_decides,
};

pub(crate) struct Shown<'a> {
    pub day: &'a str,
    pub is_today: bool,
    pub entries: &'a [StandupEntry],
    pub meeting: Option<&'a Standup>,
    /// The days before and after on which something was said.
    pub around: &'a (Option<String>, Option<String>),
    pub people: &'a [Person],
    pub rule: Option<&'a StandupRule>,
    pub expected: Vec<Person>,
    /// What only today has.
    pub now: Option<Now>,
}

pub(crate) struct Now {
    pub draft: Draft,
    pub walk: Vec<Step>,
    pub columns: Vec<BoardColumn>,
    pub blocked: Vec<Blocked>,
    pub pace: Option<Pace>,
}

/// Standing together begins and ends here; otherwise each in their own time.
pub(crate) fn primary(scope: &Scope, shown: &Shown) -> Markup {
    if !shown.is_today {
        return html! { a.button href="standup" { "Today" } };
    }
    html! {
        (disclosure("standup-rule", "When", "plain", command_form(scope, AREA, "standup.set_rule", "Save", html! {
            (input("time", "remind_at", "Remind the team on weekdays at (empty for never)", shown.rule.map_or("", |rule| &rule.remind_at)))
            (number_field("minutes", "Minutes that it takes", Some(shown.rule.map_or(MINUTES, |rule| rule.minutes) as f64)))
        })))
        @match shown.meeting {
            Some(meeting) if meeting.ended_at.is_none() => { (disclosure("end-standup", "End it", "primary", command_form(scope, AREA, "standup.end", "End the stand-up", area_field("note", "What you agreed on (optional)", &meeting.note, 3)))) }
            _ => { (act(scope, AREA, "standup.begin", &[], "Stand up together", "")) }
        }
    }
}

pub(crate) fn page(scope: &Scope, shown: &Shown) -> Markup {
    let own = shown.entries.iter().find(|entry| Some(entry.member.0) == scope.who.member);
    html! {
        @if shown.is_today { p.lead { "What you did, what you do today, and what is in your way: each in their own time, or together along the board." } }
        @else { p.lead { "The stand-up of " (date(scope, shown.day)) ", as it was said." } }
        (bar(scope, shown))
        @if let Some(now) = &shown.now { (yours(scope, own, &now.draft)) }
        (said(scope, shown))
        @if let Some(now) = &shown.now { (blockers(scope, shown, now, own)) (walk(scope, now)) }
    }
}

/// The clock, who is missing, and the days before and after.
fn bar(scope: &Scope, shown: &Shown) -> Markup {
    let missing = missing(&shown.expected, shown.entries);
    let at = |at: i64| when::exact(at, &scope.who.zone);
    html! { div.standup-bar {
        @if let Some(meeting) = shown.meeting {
            @match meeting.ended_at {
                // With script the time that is left; without it, when it began and how long it takes.
                None => { p.timer role="timer" data-until=(meeting.began_at + meeting.minutes * 60_000) { (icon("clock")) span { "Begun " (at(meeting.began_at)) ", for " (several(meeting.minutes, "minute")) } } }
                Some(ended) => { p.quiet { "You stood together for " (several(((ended - meeting.began_at) / 60_000).max(1), "minute")) ", from " (at(meeting.began_at)) "." } }
            }
        }
        @if shown.is_today {
            @if missing.is_empty() && !shown.expected.is_empty() { p { (pill("good", "all are in")) } }
            @else if !missing.is_empty() { p.missing { "Not yet: " (listed_people(missing.iter().map(|person| person.name.as_str()))) } }
            @if let Some(rule) = shown.rule.filter(|rule| !rule.remind_at.is_empty()) { p.quiet { "Whoever is missing is reminded at " (rule.remind_at) "." } }
        }
        nav.days aria-label="Other days" {
            @if let Some(before) = &shown.around.0 { a.button.plain href={ "standup?day=" (before) } { "Earlier: " (date(scope, before)) } }
            @if let Some(after) = &shown.around.1 { a.button.plain href={ "standup?day=" (after) } { "Later: " (date(scope, after)) } }
        }
    }
    @if let Some(note) = shown.meeting.map(|meeting| &meeting.note).filter(|note| !note.is_empty()) { section.agreed-on { h2 { "What you agreed on" } p.preserved dir="auto" { (note) } } } }
}

/// One's own: drafted until it is said, and said again as long as the day lasts.
fn yours(scope: &Scope, own: Option<&StandupEntry>, draft: &Draft) -> Markup {
    if scope.who.assistant.is_some()
        || scope.who.member.is_none()
        || !scope.sees(AREA)
        || scope.product.as_ref().is_some_and(|product| product.archived)
    {
        return html! {};
    }
    let (yesterday, today, blocked) = match own {
        Some(own) => (&own.yesterday, &own.today, &own.blocked),
        None => (&draft.yesterday, &draft.today, &draft.blocked),
    };
    let form = html! { form.stack.standup-own method="post" action=(action(scope, "standup.give")) data-act {
        (limited("standup.give", html! { div.triple {
            label.field { span { "Since the last one" } textarea name="yesterday" rows="4" dir="auto" data-keep data-press="e" { (yesterday) } span.error data-error="yesterday" {} } (area_field("today", "Today", today, 4)) (area_field("blocked", "In my way", blocked, 4))
        } }))
        p.error data-error="" {}
        div.row { button.primary type="submit" data-press=[own.is_none().then_some("y")] { @if own.is_none() { "Say it" } @else { "Say it anew" } } @if own.is_none() { span.hint { "Drafted from what you did; change what you like. " span.keys-hint { kbd { "e" } " writes, " kbd { "y" } " says it as it stands." } } } }
    } };
    html! { section.yours { h2 { "Yours" }
        @if own.is_none() { (form) } @else { (disclosure("edit-standup", "Change what you said", "plain", form)) }
    } }
}

fn said(scope: &Scope, shown: &Shown) -> Markup {
    let named = |entry: &StandupEntry| people::name_among(shown.people, entry.member.0);
    html! { section.said-today { h2 { "Said " @if shown.is_today { "today" } @else { "on that day" } " " span.quiet { (shown.entries.len()) } }
        @if shown.entries.is_empty() { p.hint { "Nobody yet. What each one says stands here, for those who come later and for the days to come." } }
        ol.standup { @for entry in shown.entries { @let name = named(entry); li id={ "entry-" (entry.id()) } {
            p.by { (avatar(name)) " " strong { bdi { (name) } } " " span.quiet { (time(scope, entry.meta.created_at, scope.now)) } }
            dl { (part("Since the last one", &entry.yesterday)) (part("Today", &entry.today)) (part("In the way", &entry.blocked)) }
        } } }
    } }
}

fn part(says: &str, text: &str) -> Markup {
    html! { @if !text.is_empty() { div { dt { (says) } dd.preserved dir="auto" { (text) } } } }
}

/// What is blocked, with the act that lifts it, and the act that raises what one has just said.
fn blockers(scope: &Scope, shown: &Shown, now: &Now, own: Option<&StandupEntry>) -> Markup {
    let open: Vec<(String, String)> = now
        .walk
        .iter()
        .filter(|step| step.blocked.is_none())
        .map(|step| (step.number.to_string(), format!("{} {}", scope.key(step.number), step.title)))
        .collect();
    let reason = own.map_or("", |own| own.blocked.lines().next().unwrap_or_default());
    html! { section.in-the-way { h2 { "In the way " span.quiet { (now.blocked.len()) } }
        @if now.blocked.is_empty() { p.hint { "Nothing is marked as blocked." } }
        ul.lines.blockers { @for one in &now.blocked { (blocked_line(scope, one)) } }
        @if !open.is_empty() { (web::disclosure_by_key(Some('b'), "raise-blocker", "Raise a blocker", "", command_form(scope, Area::Work, "story.block", "Raise it", html! {
            (web::select("story", "What it keeps from going on", &open, "")) (raise_fields(shown.people, reason)) }))) }
    } }
}

/// The cards under way, from what is nearest to done.
fn walk(scope: &Scope, now: &Now) -> Markup {
    let first = |step: &Step| now.columns.iter().find(|column| column.stage == step.stage).map(Noun::id);
    let stands = |step: &Step| step.column.filter(|id| now.columns.iter().any(|column| column.id() == *id)).or_else(|| first(step));
    html! { section.walk { h2 { "Along the board, from the right" }
        @if now.walk.is_empty() { p.hint { "Nothing is under way. " a href="sprint" { "To the board" } } }
        @else { p.hint { "What is nearest to done comes first. " span.keys-hint { kbd { "j" } " and " kbd { "k" } " go from card to card, " kbd { "Enter" } " opens one." } } }
        @for column in now.columns.iter().rev() {
            @let steps: Vec<&Step> = now.walk.iter().filter(|step| stands(step) == Some(column.id())).collect();
            @if !steps.is_empty() { h3 { bdi { (column.name) } " " span.quiet { (steps.len()) @if let Some(wip) = column.wip { " of " (wip) } } @if column.wip.is_some_and(|wip| steps.len() as i64 > wip) { " " (pill("warning", "over its limit")) } }
                ol.rows { @for step in steps { (card(scope, step, now.pace)) } } }
        }
        @if may(scope, Area::Work) { p { a.button href="sprint" { "To the board" } } } @else { p.hint { (who_decides(scope, Area::Work)) } }
    } }
}

fn card(scope: &Scope, step: &Step, pace: Option<Pace>) -> Markup {
    let days = step.started.map(|started| age(started, scope.now));
    html! { li.row-item data-id=(step.number) data-open {
        span.key { (scope.key(step.number)) } a.title href={ "standup?open=" (step.number) } dir="auto" data-panel { (step.title) }
        @if let Some((_, reason)) = &step.blocked { span title=(reason) { (pill("critical", "blocked")) } }
        @if let Some(days) = days { @match pace { Some(pace) if days > pace.most => { (pill("warning", &format!("{}, longer than 85 %", several(days, "day")))) } _ => { span.quiet { (several(days, "day")) } } } }
        @if let Some(name) = &step.assignee { (avatar(name)) }
    } }
}
