//! Markup of planning: the backlog and the sprint side by side, and how full the sprint is.

use crate::{board_view::later, capacity::Capacity, model::*, rows::Card, views::Shown, warnings_view};
use backlog::{Fact, Line, Settable, Stage, face, kind_icon, menu, order, state};
use kernel::{Area, Scope, Standing};
use web::{Markup, html, icon, may, meter, mover_button, pill, points, several, small_act};

pub(crate) fn planning(scope: &Scope, s: &Sprint, shown: &Shown) -> Markup {
    let plans = may(scope, Area::Sprints);
    // Who decides on both sets a story down in its place; for others the sprint is the matter.
    let orders = plans && [Area::Sprints, Area::Backlog].iter().all(|area| scope.standing(*area).1 == Standing::Decides);
    let both = Both { scope, settable: Settable::by(scope), sprint: s.number, plans };
    html! {
        (menu(scope, order(scope)))
        div.planned { (fullness(scope, shown)) (warnings_view::fits(shown)) (warnings_view::seats(shown)) (warnings_view::warnings(scope, s, shown)) div.columns-2.planning {
            section aria-label="Backlog" { h2 { "Top of the backlog" }
                ol.rows data-drop=[plans.then_some("plan")] data-orders[orders] data-sprint="" aria-label="Backlog" { @for line in shown.top { (row(&both, &Planned::of(line), &put_in(&both, line))) } }
                @if shown.more { p { a.button.plain href={ "sprint?sprint=" (s.number) "&plan=yes&top=" (shown.top.len() * 3) } { "Show more of it" } } }
                @if shown.top.is_empty() { p.hint { "The backlog holds nothing that is not planned yet." } }
            }
            section aria-label="Sprint" { h2 { "In " bdi { (s.name) } }
                ol.rows data-drop=[plans.then_some("plan")] data-orders[orders] data-sprint=(s.number) aria-label=(s.name) { @for card in shown.cards { (row(&both, &Planned::from(card), &take_out(&both, card))) } }
                @if shown.cards.is_empty() { p.hint { @if plans { "Put stories in from the backlog: drag them here, or press + on them. Then the sprint can be started." } @else { "Nothing is in it yet." } } }
            }
        } }
    }
}

/// "12 of about 21 points": told again with each story that comes in.
fn fullness(scope: &Scope, shown: &Shown) -> Markup {
    let total: f64 = shown.cards.iter().filter_map(|c| c.points).sum();
    let unsized_ = shown.cards.iter().filter(|c| c.points.is_none()).count();
    html! { p.fullness role="status" {
        (several(shown.cards.len(), "story"))
        @if scope.sees(Area::Estimates) {
            ", " strong { (points(Some(total))) } @if let Some(c) = &shown.capacity { " of about " (several(points(Some(c.mean)), "point")) " " (meter("Full", total / c.mean)) } @else { (if total == 1.0 { " point" } else { " points" }) }
            @if unsized_ > 0 { " " (pill("warning", &format!("{unsized_} without estimate"))) }
            @if let Some(Capacity { high, .. }) = shown.capacity && total > high { " " (pill("warning", "more than any of the last sprints took")) }
        }
        @if let Some(c) = &shown.capacity { span.quiet { (c.told()) } }
    } }
}

/// What all rows of both lists share.
struct Both<'a> {
    scope: &'a Scope,
    settable: Settable,
    sprint: i64,
    plans: bool,
}

/// A story as planning shows it, in whichever list.
struct Planned<'a> {
    number: i64,
    version: i64,
    line: (backlog::StoryKind, &'a str, Option<f64>, Option<&'a str>),
    state: Option<String>,
    not_ready: bool,
    no_thread: bool,
    blocked: bool,
    later: bool,
}

impl Planned<'_> {
    fn of(l: &Line) -> Planned<'_> {
        Planned {
            number: l.number,
            version: l.version,
            line: (l.kind, &l.title, l.points, l.assignee.as_deref()),
            state: state(l.stage, l.ready_at.is_some(), l.blocked_since.is_some()),
            not_ready: l.ready_at.is_none(),
            no_thread: l.feature.is_none(),
            blocked: l.blocked_since.is_some(),
            later: false,
        }
    }

    fn from(c: &Card) -> Planned<'_> {
        Planned {
            number: c.number,
            version: c.version,
            line: (c.kind, &c.title, c.points, c.assignee.as_deref()),
            state: state(c.stage, !c.warnings.not_ready, c.blocked_since.is_some()),
            not_ready: c.warnings.not_ready,
            no_thread: c.warnings.no_thread,
            blocked: c.blocked_since.is_some(),
            later: c.came_later,
        }
    }
}

fn row(both: &Both, p: &Planned, act: &Markup) -> Markup {
    let (scope, can) = (both.scope, &both.settable);
    let (number, key) = (p.number.to_string(), scope.key(p.number));
    let (kind, title, size, assignee) = p.line;
    html! { li.row-item data-id=(number) data-v=(p.version) data-state=[p.state.as_deref()] data-open id={ "s-" (number) } {
        @if both.plans { span.grip data-grip title="Drag into the sprint or out of it; p does it by keyboard" { (icon("grip-vertical")) } }
        (can.control(Fact::Kind, &number, "type", kind.word(), kind_icon(kind))) span.key { (key) }
        a.title href={ "sprint?sprint=" (both.sprint) "&plan=yes&open=" (number) } dir="auto" data-panel { (title) }
        span.row-facts {
            @if p.not_ready { (pill("warning", "not ready")) } @if p.no_thread { (pill("warning", "no thread")) } @if p.blocked { (pill("critical", "blocked")) } @if p.later { (later()) }
            (can.control(Fact::Assignee, &number, "face", assignee.unwrap_or_default(), face(assignee)))
            (can.control(Fact::Points, &number, "points", &size.map_or(String::new(), |size| points(Some(size))), html! { (points(size)) }))
        }
        span data-key="p" { (act) }
        (mover_button(&number, &key))
    } }
}

fn put_in(both: &Both, line: &Line) -> Markup {
    let (sprint, number) = (both.sprint.to_string(), line.number.to_string());
    let label = format!("Put {} into the sprint", both.scope.key(line.number));
    small_act(both.scope, Area::Sprints, "story.set", &[("sprint", &sprint), ("stories", &number)], "plus", &label)
}

fn take_out(both: &Both, card: &Card) -> Markup {
    if matches!(card.stage, Stage::Accepted | Stage::Dropped) {
        return html! {};
    }
    let label = format!("Take {} out", both.scope.key(card.number));
    small_act(both.scope, Area::Sprints, "story.set", &[("sprint", ""), ("stories", &card.number.to_string())], "x", &label)
}
