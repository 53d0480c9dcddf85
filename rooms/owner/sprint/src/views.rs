//! Markup of the sprint page.

use crate::{
    closing_view,
    model::*,
    past,
    rows::{Card, Head},
};
use backlog::{Line, Stage, kind_icon};
use kernel::{Area, Id, Noun, Scope};
use product::BoardColumn;
use web::{
    Markup, act, area_field, avatar, command_form, date, disclosure, empty, field, html, input, may, meter, mover, mover_button, pill, points,
    several, small_act, time, when,
};

pub(crate) struct Shown<'a> {
    pub all: &'a [Head],
    pub chosen: Option<&'a Sprint>,
    pub columns: &'a [BoardColumn],
    pub cards: &'a [Card],
    /// The top of the backlog, while a sprint is being planned.
    pub top: &'a [Line],
    /// Accepted points of the last sprints.
    pub velocity: &'a [f64],
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
                @if s.state == SprintState::Planned { (planning(scope, s, shown)) } @else { (board(scope, shown)) }
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
            @else if total > 0.0 { span { strong { (points(Some(done))) } " of " (points(Some(total))) " points accepted" } (meter("Accepted", done / total)) }
            @else if !shown.cards.is_empty() { span { strong { (accepted) } " of " (shown.cards.len()) " stories accepted" } (meter("Accepted", accepted as f64 / shown.cards.len() as f64)) }
            @if s.state != SprintState::Planned && committed + total > 0.0 { span { "Committed " (points(Some(committed))) @if total != committed { span.quiet { " · scope changed by " (points(Some(total - committed))) } } } }
            @if !shown.velocity.is_empty() { span title="Accepted points of the last closed sprints" { "Velocity " (range(shown.velocity)) } }
        }
        @if s.state == SprintState::Closed { (closing_view::summary(scope, s, shown)) }
        div.row {
            @if s.state == SprintState::Planned || s.state == SprintState::Active {
                (disclosure("edit-sprint", "Edit", "plain", command_form(scope, Area::Sprints, "sprint.edit", "Save", html! { input type="hidden" name="sprint" value=(s.number); input type="hidden" name="version" value=(s.meta.version); (field("name", "Name", &s.name)) (area_field("goal", "Goal", &s.goal, 2)) div.pair { (input("date", "starts_on", "First day", &s.starts_on)) (input("date", "ends_on", "Last day", &s.ends_on)) } })))
                (act(scope, Area::Sprints, "sprint.cancel", &[("sprint", &s.number.to_string())], "Cancel sprint", "plain"))
            }
            @if s.state != SprintState::Planned { (plan(scope, shown, "plain")) }
        }
    } }
}

/// "21 to 34", never a lone number.
fn range(velocity: &[f64]) -> String {
    let (low, high) = velocity.iter().fold((f64::MAX, 0.0_f64), |(l, h), v| (l.min(*v), h.max(*v)));
    if low == high { points(Some(low)) } else { format!("{} to {}", points(Some(low)), points(Some(high))) }
}

fn planning(scope: &Scope, s: &Sprint, shown: &Shown) -> Markup {
    let number = s.number.to_string();
    let total: f64 = shown.cards.iter().filter_map(|c| c.points).sum();
    let usual = if shown.velocity.is_empty() { None } else { Some(shown.velocity.iter().sum::<f64>() / shown.velocity.len() as f64) };
    html! { div.columns-2 {
        section aria-label="Backlog" { h2 { "Top of the backlog" }
            ol.rows { @for line in shown.top { li.row-item data-id=(line.number) {
                (kind_icon(line.kind)) span.key { (scope.key(line.number)) } a.title href={ "sprint?sprint=" (number) "&open=" (line.number) } data-panel { (line.title) }
                (warnings(line.ready_at.is_none(), line.feature.is_none(), line.blocked_since.is_some()))
                span.points { (points(line.points)) }
                (small_act(scope, Area::Sprints, "sprint.add_stories", &[("sprint", &number), ("stories", &line.number.to_string())], "plus", &format!("Put {} into the sprint", scope.key(line.number))))
            } } }
        }
        section aria-label="Sprint" { h2 { "In " (s.name) " " span.quiet { (several(shown.cards.len(), "story")) ", " (several(points(Some(total)), "point")) @if let Some(usual) = usual { " of about " (points(Some(usual.round()))) } } }
            @if usual.is_some_and(|u| total > u * 1.15) { p.banner.warning { "This is more than the last sprints took." } }
            @if shown.cards.is_empty() { p.hint { "Put stories in with the plus on the left." } }
            ol.rows { @for c in shown.cards { li.row-item { (kind_icon(c.kind)) span.key { (scope.key(c.number)) } a.title href={ "sprint?sprint=" (number) "&open=" (c.number) } data-panel { (c.title) } (warnings(c.warnings.not_ready, c.warnings.no_thread, c.blocked_since.is_some())) span.points { (points(c.points)) }
                (small_act(scope, Area::Sprints, "sprint.take_out", &[("story", &c.number.to_string())], "x", &format!("Take {} out", scope.key(c.number)))) } } }
        }
    } }
}

/// What speaks against taking a story into a sprint now.
fn warnings(not_ready: bool, no_thread: bool, blocked: bool) -> Markup {
    html! { @if not_ready { (pill("warning", "not ready")) } @if no_thread { (pill("warning", "no thread")) } @if blocked { (pill("critical", "blocked")) } }
}

/// The column that a card stands in: its own, or the first of its stage.
pub(crate) fn place(columns: &[BoardColumn], card: &Card) -> Option<Id<BoardColumn>> {
    card.column
        .filter(|id| columns.iter().any(|c| c.id() == *id))
        .or_else(|| columns.iter().find(|c| c.stage == card.stage).map(|c| c.id()))
        .or(columns.first().map(|c| c.id()))
}

fn board(scope: &Scope, shown: &Shown) -> Markup {
    let places: Vec<(String, String)> =
        shown.columns.iter().filter(|c| c.stage != Stage::Accepted).map(|c| (c.id().to_string(), c.name.clone())).collect();
    let may_move = may(scope, Area::Work);
    html! { (mover(scope, Area::Work, "story.move_card", "column", &places)) div.board { @for column in shown.columns {
        @let cards: Vec<&Card> = shown.cards.iter().filter(|c| place(shown.columns, c) == Some(column.id())).collect();
        @let over = column.wip.is_some_and(|wip| cards.len() as i64 > wip);
        section.lane.over[over] data-drop=[may_move.then_some("card")] data-column=(column.id()) aria-label=(column.name) {
            header { h2 { (column.name) " " span.quiet { (cards.len()) @if let Some(wip) = column.wip { " of " (wip) } } } @if over { (pill("warning", "over its limit")) } @if column.stage == Stage::Accepted { } }
            @for c in cards { (card(scope, c, may_move && c.stage != Stage::Accepted)) }
        }
    } } }
}

pub(crate) fn card(scope: &Scope, c: &Card, movable: bool) -> Markup {
    let number = c.number.to_string();
    html! { article.card data-id=(number) data-open tabindex="0" id={ "s-" (number) } {
        a.title href={ "sprint?open=" (number) } data-panel { (c.title) }
        @if c.rejected { p { (pill("critical", "rejected")) } }
        @if let Some(feature) = &c.feature { p.quiet.clip { (feature) } }
        p.meta { (kind_icon(c.kind)) span.key { (scope.key(c.number)) } @if c.blocked_since.is_some() { span title=(c.blocked_reason) { (pill("critical", "blocked")) @if let Some(at) = c.blocked_since { span.quiet { " " (time(scope, at, scope.now)) } } } }
            span.push {} span.points { (points(c.points)) } @if let Some(name) = &c.assignee { (avatar(name)) } }
        @if movable { (mover_button(&number, &scope.key(c.number))) }
    } }
}

pub(crate) fn all(scope: &Scope, all: &[Sprint]) -> Markup {
    html! { div.scroll tabindex="0" role="region" aria-label="Table" { table.list { thead { tr { th { "Sprint" } th.goal { "Goal" } th { "Days" } th { "State" } th.num { "Accepted" } th.num { "Left" } } }
    tbody { @for s in all { tr { td.name { a href={ "sprint?sprint=" (s.number) } { (s.name) } } td.goal { (s.goal) } td.day { (date(scope, &s.starts_on)) " – " (date(scope, &s.ends_on)) } td { (s.state) }
        td.num { (points(Some(s.result.accepted_points))) } td.num { (points(Some(s.result.left_points))) } } } } } } }
}
