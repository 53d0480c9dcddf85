//! Markup of the flow: how it goes, and its board with limits and ages.

use crate::flow::{AHEAD, Card, Pace, WAITING};
use backlog::{Doing, Fact, Settable, Stage, doing, face, kind_icon, menu, opens, order, state};
use kernel::{Area, Id, Noun, Scope};
use product::BoardColumn;
use web::{Markup, empty, html, may, mover_button, pill, points, several, time};

pub(crate) fn flow(scope: &Scope, columns: &[BoardColumn], cards: &[Card], pace: &Pace) -> Markup {
    let under_way = cards.iter().filter(|card| card.stage != Stage::Open).count();
    html! {
        p.lead { "Everything that is under way, whether it is in a sprint or not: as little as possible at once, the oldest first." }
        (figures(under_way, cards, pace))
        @if cards.is_empty() { (empty("square-kanban", "Nothing is under way and nothing waits", "Stories come from the backlog, in its order. Begin the first one as soon as there is room for it.", html! { a.button href="backlog" { "Go to the backlog" } })) }
        @else {
            (backlog::pick_form(scope))
            (menu(scope, moves(scope, columns)))
            div.board data-accepts[may(scope, Area::Acceptance)] { @for column in columns.iter().filter(|column| column.stage != Stage::Accepted) { (lane(scope, columns, column, cards, pace)) } }
        }
    }
}

fn figures(under_way: usize, cards: &[Card], pace: &Pace) -> Markup {
    let old = cards.iter().filter(|card| late(card, pace)).count();
    html! { p.figures {
        span { strong { (several(under_way, "story")) } " under way" @if old > 0 { " " (pill("warning", &format!("{old} older than most"))) } }
        span { (several(pace.lately, "story")) " accepted in the last four weeks" }
        @if let Some(took) = pace.took { span title="From the first day of work to the verdict, both counted" { "Half of them took at most " (several(took[0], "day")) ", 85 of 100 at most " (several(took[2], "day")) } }
        @match &pace.likely {
            Some(Ok(likely)) => { span { "In the next " (AHEAD) " days at least " strong { (several(points(Some(*likely)), "story")) } ", in 85 of 100 cases" } }
            Some(Err(why)) => { span.quiet { "No forecast yet: " (why) } }
            None => {}
        }
        a.button.plain href="sprint?flow=yes&rows=person" { "In rows, by person" } a.button.plain href="forecast" { "Forecast" } a.button.plain href="cadence" { "How we work" }
    } }
}

/// Older than 85 of 100 ever became.
fn late(card: &Card, pace: &Pace) -> bool {
    matches!((card.age, pace.took), (Some(age), Some(took)) if age > i64::from(took[2]))
}

/// The column that a card stands in: its own, or the first of its stage.
fn place(columns: &[BoardColumn], card: &Card) -> Option<Id<BoardColumn>> {
    let own = card.column.filter(|id| columns.iter().any(|column| column.id() == *id && column.stage == card.stage));
    own.or_else(|| columns.iter().find(|column| column.stage == card.stage).map(|column| column.id()))
}

fn lane(scope: &Scope, columns: &[BoardColumn], column: &BoardColumn, cards: &[Card], pace: &Pace) -> Markup {
    let here: Vec<&Card> = cards.iter().filter(|card| place(columns, card) == Some(column.id())).collect();
    let waits = column.stage == Stage::Open;
    let over = !waits && column.wip.is_some_and(|wip| here.len() as i64 > wip);
    let settable = Settable::by(scope);
    html! { section.lane.over[over] data-drop=[may(scope, Area::Work).then_some("card")] data-column=(column.id()) data-stage=(column.stage) aria-label=(column.name) {
        header { h2 { bdi { (column.name) } " " span.quiet { @if waits && here.len() as i64 == WAITING { "the first " } (here.len()) @if let Some(wip) = column.wip.filter(|_| !waits) { " of " (wip) } } } @if over { (pill("warning", "over its limit")) } }
        @for card in here { (one(scope, card, &settable, pace)) }
    } }
}

fn one(scope: &Scope, c: &Card, can: &Settable, pace: &Pace) -> Markup {
    let (number, key) = (c.number.to_string(), scope.key(c.number));
    html! { article.card data-id=(number) data-v=(c.version) data-state=[state(c.stage, c.ready, c.blocked_since.is_some())] data-open tabindex="0" id={ "s-" (number) } {
        a.title href={ "flow?open=" (number) } dir="auto" data-panel { (c.title) }
        p.meta { (can.control(Fact::Kind, &number, "", c.kind.word(), kind_icon(c.kind))) span.key { (key) }
            @if let Some(at) = c.blocked_since { span title=(c.blocked_reason) { (pill("critical", "blocked")) span.quiet { " " (time(scope, at, scope.now)) } } }
            @if c.stage == Stage::Open && !c.ready { (pill("warning", "not ready")) }
            @if let Some(age) = c.age { @if late(c, pace) { (pill("warning", &several(age, "day"))) } @else { span.quiet { (several(age, "day")) } } }
            span.tail { (can.control(Fact::Points, &number, "points", &c.points.map_or(String::new(), |size| points(Some(size))), html! { (points(c.points)) }))
                (can.control(Fact::Assignee, &number, "face", c.assignee.as_deref().unwrap_or_default(), face(c.assignee.as_deref()))) } }
        (mover_button(&number, &key))
    } }
}

/// What the menu of a card offers beside what every story's does.
fn moves(scope: &Scope, columns: &[BoardColumn]) -> Markup {
    let work = |command, label, key, on| Doing { area: Area::Work, command, name: "", value: "", label, key: Some(key), on, not: "" };
    html! {
        (doing(scope, &work("story.start", "Start work", 's', "open")))
        (doing(scope, &work("story.hand_over", "Hand over", 'h', "doing")))
        (opens(scope, Area::Acceptance, "accept", "Accept story", Some('y'), "handed_over"))
        (opens(scope, Area::Acceptance, "reject", "Reject", Some('n'), "handed_over"))
        @for column in columns.iter().filter(|column| column.stage != Stage::Accepted) {
            @let (id, label) = (column.id().to_string(), format!("Move to {}", column.name));
            (doing(scope, &Doing { area: Area::Work, command: "story.move_card", name: "column", value: &id, label: &label, key: None, on: "open doing handed_over", not: "" }))
        }
        (opens(scope, Area::Work, "block", "Blocked?", Some('b'), "open doing"))
        (order(scope))
    }
}
