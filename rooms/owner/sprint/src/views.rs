//! Markup of the sprint page.

use crate::{
    board_view,
    capacity::Capacity,
    closing_view,
    model::*,
    past, planning_view,
    rows::{Card, Head},
};
use backlog::{Line, Stage};
use kernel::{Area, Scope};
use product::BoardColumn;
use web::{Markup, act, area_field, command_form, date, disclosure, empty, field, html, input, meter, pill, points, several, when};

pub(crate) struct Shown<'a> {
    pub all: &'a [Head],
    pub chosen: Option<&'a Sprint>,
    pub columns: &'a [BoardColumn],
    pub cards: &'a [Card],
    /// The backlog stands beside the sprint.
    pub planning: bool,
    /// The top of the backlog, while a sprint is being planned, and whether there is more of it.
    pub top: &'a [Line],
    pub more: bool,
    /// Accepted points of the last sprints.
    pub velocity: &'a [f64],
    /// What the last three of them tell of the next.
    pub capacity: Option<Capacity>,
    /// Whose cards are shown: `me`, `nobody`, a member's id, or everyone's.
    pub who: &'a str,
    /// What a closed sprint returned and nobody has planned since.
    pub left: &'a [i64],
}

pub(crate) fn primary(scope: &Scope, shown: &Shown) -> Markup {
    match shown.chosen {
        Some(s) if s.state == SprintState::Active => closing_view::form(scope, s, shown),
        Some(s) if s.state == SprintState::Planned && !shown.cards.is_empty() => {
            act(scope, Area::Sprints, "sprint.start", &[("sprint", &s.number.to_string())], "Start sprint", "primary")
        }
        _ => plan(scope, shown, "primary"),
    }
}

fn plan(scope: &Scope, shown: &Shown, class: &str) -> Markup {
    let number = shown.all.first().map_or(1, |s| s.number + 1);
    let today = when::day(scope.now);
    let first = shown.all.first().map_or(&today, |s| if s.ends_on > today { &s.ends_on } else { &today });
    let last = when::day(when::end_of(first).unwrap_or(scope.now) + 13 * 86_400_000);
    disclosure(
        "plan",
        "Plan a sprint",
        class,
        command_form(
            scope,
            Area::Sprints,
            "sprint.plan",
            "Plan sprint",
            html! {
                (field("name", "Name", &format!("Sprint {number}"))) (area_field("goal", "Goal: why is this sprint worth it?", "", 2))
                div.pair { (input("date", "starts_on", "First day", first)) (input("date", "ends_on", "Last day", &last)) }
            },
        ),
    )
}

pub(crate) fn sprint(scope: &Scope, shown: &Shown) -> Markup {
    html! {
        (switcher(shown))
        @match shown.chosen {
            None if shown.all.is_empty() => { (empty("square-kanban", "No sprint yet", "A sprint is a month or less with one goal. The Owner plans it; developers say what fits.", html! {})) }
            None => { (empty("square-kanban", "No sprint is running or planned", "The ones before stand above. The Owner plans the next.", html! {})) }
            Some(s) => {
                (head(scope, s, shown))
                @if shown.planning { (planning_view::planning(scope, s, shown)) } @else { (board_view::board(scope, shown)) }
            }
        }
    }
}

fn switcher(shown: &Shown) -> Markup {
    html! { nav.chips aria-label="Sprints" {
        @for s in shown.all.iter().take(6) { a.chip href={ "sprint?sprint=" (s.number) } aria-current=[shown.chosen.filter(|c| c.number == s.number).map(|_| "true")] { (s.name) @if s.state == SprintState::Active { " · running" } } " " }
        @if shown.all.len() > 6 { a.chip href="sprints" { "All sprints" } }
        @if !shown.all.is_empty() { (past::as_of(None, "")) }
    } }
}

fn head(scope: &Scope, s: &Sprint, shown: &Shown) -> Markup {
    let total: f64 = shown.cards.iter().filter_map(|c| c.points).sum();
    let done: f64 = shown.cards.iter().filter(|c| c.stage == Stage::Accepted).filter_map(|c| c.points).sum();
    let committed: f64 = s.committed.iter().filter_map(|c| c.points).sum();
    let accepted = shown.cards.iter().filter(|c| c.stage == Stage::Accepted).count();
    let today = when::day(scope.now);
    html! { section.sprint-head {
        @if s.goal.is_empty() { p.hint { "No goal yet. Why is this sprint worth it?" } } @else { p.statement { (s.goal) } }
        p.figures {
            span { (date(scope, &s.starts_on)) " – " (date(scope, &s.ends_on)) @if s.state == SprintState::Active { @let days = when::days_between(&today, &s.ends_on); @if days >= 0 { " · " (several(days, "day")) " left" } @else { " · " (pill("warning", "past its end")) } } }
            @if s.state == SprintState::Planned { (pill("neutral", "planned")) }
            @else if total > 0.0 { span { strong { (points(Some(done))) } " of " (several(points(Some(total)), "point")) " accepted" } (meter("Accepted", done / total)) }
            @else if !shown.cards.is_empty() { span { strong { (accepted) } " of " (several(shown.cards.len(), "story")) " accepted" } (meter("Accepted", accepted as f64 / shown.cards.len() as f64)) }
            @if s.state != SprintState::Planned && committed + total > 0.0 { span { "Committed " (points(Some(committed))) @if total != committed { span.quiet { " · scope changed by " (points(Some(total - committed))) } } } }
            @if !shown.velocity.is_empty() && !shown.planning { span title="Accepted points of the last closed sprints" { "Velocity " (range(shown.velocity)) } }
        }
        @if s.state == SprintState::Closed { (closing_view::summary(scope, s, shown)) }
        div.row {
            @if s.state == SprintState::Planned || s.state == SprintState::Active {
                (disclosure("edit-sprint", "Edit", "plain", command_form(scope, Area::Sprints, "sprint.edit", "Save", html! { input type="hidden" name="sprint" value=(s.number); input type="hidden" name="version" value=(s.meta.version); (field("name", "Name", &s.name)) (area_field("goal", "Goal", &s.goal, 2)) div.pair { (input("date", "starts_on", "First day", &s.starts_on)) (input("date", "ends_on", "Last day", &s.ends_on)) } })))
                (act(scope, Area::Sprints, "sprint.cancel", &[("sprint", &s.number.to_string())], "Cancel sprint", "plain"))
            }
            @if s.state == SprintState::Active && web::may(scope, Area::Sprints) {
                @if shown.planning { a.button.plain href={ "sprint?sprint=" (s.number) } { "Back to the board" } } @else { a.button.plain href={ "sprint?sprint=" (s.number) "&plan=yes" } { "Change its scope" } }
            }
            @if s.state == SprintState::Active { (plan(scope, shown, "plain")) }
        }
    } }
}

/// "21 to 34", never a lone number.
fn range(velocity: &[f64]) -> String {
    let (low, high) = velocity.iter().fold((f64::MAX, 0.0_f64), |(l, h), v| (l.min(*v), h.max(*v)));
    if low == high { points(Some(low)) } else { format!("{} to {}", points(Some(low)), points(Some(high))) }
}

pub(crate) fn all(scope: &Scope, all: &[Sprint]) -> Markup {
    html! { div.scroll tabindex="0" role="region" aria-label="Table" { table.list { thead { tr { th { "Sprint" } th.goal { "Goal" } th { "Days" } th { "State" } th.num { "Accepted" } th.num { "Left" } } }
    tbody { @for s in all { tr { td.name { a href={ "sprint?sprint=" (s.number) } { (s.name) } } td.goal { (s.goal) } td.day { (date(scope, &s.starts_on)) " – " (date(scope, &s.ends_on)) } td { (s.state) }
        td.num { (points(Some(s.result.accepted_points))) } td.num { (points(Some(s.result.left_points))) } } } } } } }
}
