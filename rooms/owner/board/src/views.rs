//! Markup of what is blocked, and of how the board is kept.

use crate::{
    ageing::age,
    model::*,
    rows::{Blocked, Lifted, MOST},
};
use kernel::{Area, Noun, Scope};
use people::Person;
use product::BoardColumn;
use web::{
    Markup, act, action, capital, command_form, disclosure, empty, field, html, keyed, limited, may, number_field, options, pill, select, several,
    time, who_decides,
};

/// A blocked story counts as old after so many days.
const OLD: i64 = 3;

pub(crate) fn blockers(scope: &Scope, open: &[Blocked], over: &[Lifted]) -> Markup {
    html! {
        p.lead { "What keeps stories from going on, the longest first. Whoever is named as the one who can lift it finds it on their Home." }
        @if open.is_empty() { (empty("ban", "Nothing is blocked", "A story is marked as blocked where it stands, or at the stand-up: what blocks it, and who can lift that.", html! { a.button href="sprint" { "To the board" } })) }
        @else { ul.lines.blockers { @for one in open { (blocked_line(scope, one)) } } @if open.len() == MOST { p.hint { "These are the " (MOST) " that have waited longest." } } }
        @if !over.is_empty() { section { h2 { "Lifted lately" } ul.lines { @for one in over { li id={ "blocker-" (one.id.simple()) } {
            div.what { a href={ "story/" (one.number) } { (keyed(scope, one.number, &one.title)) }
                p.hint { bdi { (one.reason) } @if !one.outcome.is_empty() { " → " bdi { (one.outcome) } } } }
            span.quiet { "after " (several(age(one.raised, one.lifted), "day")) @if let Some(by) = &one.by { " by " bdi { (by) } } ", " (time(scope, one.lifted, scope.now)) }
        } } } } }
    }
}

/// One blocked story, with the act that lifts it.
pub fn blocked_line(scope: &Scope, one: &Blocked) -> Markup {
    let days = age(one.since, scope.now);
    html! { li id=[one.blocker.map(|id| format!("blocker-{}", id.simple()))] {
        div.what { a href={ "story/" (one.number) } { (keyed(scope, one.number, &one.title)) }
            p.hint { bdi { (one.reason) } " · " @match &one.lifter_name { Some(_) if one.lifter == scope.who.member => { "you can lift it" } Some(name) => { bdi { (name) } " can lift it" } None => { "nobody is named who can lift it" } } } }
        (pill(if days >= OLD { "critical" } else { "warning" }, &several(days, "day")))
        (lift_view(scope, one))
    } }
}

/// The act that lifts it: of whoever is named, or of whoever has a say in the work.
pub fn lift_view(scope: &Scope, one: &Blocked) -> Markup {
    let used = scope.product.as_ref().is_some_and(|product| !product.archived);
    let mine = used && scope.who.assistant.is_none() && one.lifter.is_some() && one.lifter == scope.who.member;
    let number = one.number.to_string();
    match one.blocker.filter(|_| mine) {
        Some(blocker) => disclosure(
            &format!("lift-{}", blocker.simple()),
            "Lift it",
            "",
            html! { form.stack method="post" action=(action(scope, "blocker.lift")) data-act {
                input type="hidden" name="blocker" value=(blocker.simple());
                (limited("blocker.lift", field("outcome", "What was done about it (optional)", "")))
                p.error data-error="" {}
                div.row { button.primary type="submit" { "Lift the blocker" } }
            } },
        ),
        None => act(scope, Area::Work, "story.unblock", &[("story", &number)], "No longer blocked", "plain"),
    }
}

/// The fields of a form that marks a story as blocked.
pub fn raise_fields(people: &[Person], reason: &str) -> Markup {
    let mut all = vec![(String::new(), "Not known yet".to_owned())];
    all.extend(people.iter().filter(|person| !person.is_assistant).map(|person| (person.id.to_string(), person.name.clone())));
    html! { (field("reason", "What blocks it", reason)) (select("lifter", "Who can lift it", &all, "")) }
}

/// What each column means, its limit and its policy, and what happens at a limit.
pub(crate) fn rules(scope: &Scope, columns: &[BoardColumn], at_limit: AtLimit) -> Markup {
    html! {
        p.lead { "What it means that a card stands in a column, how many fit, and what has to hold there. Everyone reads this; it is what the team has agreed on." }
        div.scroll tabindex="0" role="region" aria-label="Columns" { table.list.cards.board-rules { thead { tr { th { "Column" } th { "Being here means" } th.num { "At most" } th { "Policy" } th { "" } } }
            tbody { @for column in columns { @let id = column.id().to_string(); tr {
                td.name { bdi { (column.name) } } td { (capital(column.stage.says())) } td.num data-label="At most" { @match column.wip { Some(wip) => { (wip) } None => { "–" } } }
                td data-label="Policy" dir="auto" { @if column.policy.is_empty() { span.quiet { "–" } } @else { (column.policy) } }
                td { (disclosure(&format!("column-{id}"), "Change", "plain", command_form(scope, Area::Sprints, "column.edit", "Save", html! {
                    input type="hidden" name="column" value=(id); (field("name", "Name", &column.name))
                    (number_field("wip", "At most so many cards (0 for no limit)", Some(column.wip.unwrap_or(0) as f64)))
                    (field("policy", "What has to hold of a card before it leaves this column", &column.policy)) }))) }
            } } }
        } }
        p.hint { "Columns are added and removed in the " a href="settings#columns" { "settings of the product" } "." }
        section { h2 { "At the limit" }
            @if may(scope, Area::Sprints) { (command_form(scope, Area::Sprints, "board.set_rule", "Save", select("at_limit", "When a card goes into a column that is full", &options(AtLimit::ALL), at_limit.word()))) }
            @else { p { "When a card goes into a column that is full, " (at_limit.says()) "." } p.hint { (who_decides(scope, Area::Sprints)) } }
        }
    }
}
