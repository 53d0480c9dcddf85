//! Markup of the board and its cards.

use crate::{
    marks::{Marks, is_over},
    rows::Card,
    swim,
    views::Shown,
};
use backlog::{Doing, Fact, Settable, Stage, doing, face, filter_bar, kind_icon, menu, opens, order, state};
use kernel::{Area, Id, Noun, Scope};
use product::BoardColumn;
use web::{Markup, html, may, mover_button, pill, points, time};

/// The column that a card stands in: its own, or the first of its stage.
pub(crate) fn place(columns: &[BoardColumn], card: &Card) -> Option<Id<BoardColumn>> {
    card.column
        .filter(|id| columns.iter().any(|c| c.id() == *id))
        .or_else(|| columns.iter().find(|c| c.stage == card.stage).map(|c| c.id()))
        .or(columns.first().map(|c| c.id()))
}

pub(crate) fn board(scope: &Scope, shown: &Shown) -> Markup {
    let settable = Settable::by(scope);
    html! {
        (menu(scope, moves(scope, shown.columns)))
        // Where no card can take the focus, the board itself is scrolled by keys.
        @let empty = shown.cards.is_empty();
        @if let (true, false, Some(s)) = (empty, shown.whole.is_empty(), shown.chosen) { p.hint role="status" { "No story of this sprint fits. " a href={ "sprint?sprint=" (s.number) } { "Show all of them" } } }
        @match shown.rows {
            Some(by) if !empty => { (swim::board(scope, shown, by, &settable)) }
            _ => { (lanes(scope, shown, &Row { cards: shown.cards.iter().collect(), title: "", id: "", heads: true }, &settable)) }
        }
    }
}

/// The columns with some of the cards: all there are, or those of one row.
pub(crate) struct Row<'a> {
    pub cards: Vec<&'a Card>,
    /// What the row is of; empty where there is one.
    pub title: &'a str,
    /// What tells it from others.
    pub id: &'a str,
    /// The columns are named here, with how many cards are in them.
    pub heads: bool,
}

pub(crate) fn lanes(scope: &Scope, shown: &Shown, row: &Row, settable: &Settable) -> Markup {
    let movable = may(scope, Area::Work);
    let empty = row.cards.is_empty();
    let (at, whole) = (shown.address(), |whole: &str| shown.address_of(shown.rows, whole));
    // Of a sprint that is over only what holds something is shown.
    let closed = shown.chosen.is_some_and(|s| s.state == crate::SprintState::Closed) && !shown.cards.is_empty();
    html! {
        // What a drop in a lane means is said by its stage: work moves cards, a verdict alone accepts.
        div.board data-accepts[may(scope, Area::Acceptance)] tabindex=[empty.then_some("0")] role=[empty.then_some("region")] aria-label=[empty.then_some("Board")] { @for column in shown.columns {
            @let cards: Vec<&Card> = row.cards.iter().copied().filter(|c| place(shown.columns, c) == Some(column.id())).collect();
            @if !closed || shown.cards.iter().any(|c| place(shown.columns, c) == Some(column.id())) {
            @let over = shown.filter.is_plain() && is_over(shown.columns, column, shown.cards);
            section.lane.over[over && row.heads] data-drop=[movable.then_some("card")] data-column=(column.id()) data-stage=(column.stage) data-row=[(!row.heads).then_some(row.id)]
                aria-label=(if row.heads { column.name.clone() } else { format!("{}, {}", column.name, row.title) }) {
                @if row.heads {
                    header { h2 { bdi { (column.name) } " " span.quiet { (cards.len()) @if let Some(wip) = column.wip { " of " (wip) } } } @if over { (pill("warning", "over its limit")) } }
                    (shown.marks.of_column(column, over))
                }
                @for c in cards.iter().filter(|c| shown.fold.draws(c)) { (card(scope, c, settable, Some(shown.marks), &at)) }
                (shown.fold.rest(column.id(), &cards, &whole))
                @if row.heads { (shown.fold.first(column.id(), &whole)) }
            } }
        } }
    }
}

/// Which cards are shown; kept in the address.
pub(crate) fn narrowed(scope: &Scope, shown: &Shown) -> Markup {
    let (number, whole) = (shown.chosen.map_or(String::new(), |s| s.number.to_string()), shown.fold.asked());
    let mut keeps = vec![];
    if shown.chosen.is_some() {
        keeps.push(("sprint", number.as_str()));
    }
    if shown.flow {
        keeps.push(("flow", "yes"));
    }
    if let Some(by) = shown.rows {
        keeps.push(("rows", by.word()));
    }
    if !whole.is_empty() {
        keeps.push(("whole", &whole));
    }
    html! {
        (filter_bar(scope, "Filter the board", "sprint", shown.filter, &keeps, &[]))
        (filters::view(scope, shown.saved, &keeps))
        (swim::switch(shown))
        @if let Some(odd) = shown.odd { p.hint dir="auto" { (odd) } }
    }
}

/// What the menu of a card offers beside what every story's does.
fn moves(scope: &Scope, columns: &[BoardColumn]) -> Markup {
    let work = |command, label, key, on| Doing { area: Area::Work, command, name: "", value: "", label, key: Some(key), on, not: "" };
    html! {
        (doing(scope, &work("story.start", "Start work", 's', "open")))
        (doing(scope, &work("story.hand_over", "Hand over", 'h', "doing")))
        (opens(scope, Area::Acceptance, "accept", "Accept story", Some('y'), "handed_over"))
        (opens(scope, Area::Acceptance, "reject", "Reject", Some('n'), "handed_over"))
        @for column in columns.iter().filter(|c| c.stage != Stage::Accepted) {
            @let (id, label) = (column.id().to_string(), format!("Move to {}", column.name));
            (doing(scope, &Doing { area: Area::Work, command: "story.move_card", name: "column", value: &id, label: &label, key: None, on: "open doing handed_over", not: "" }))
        }
        (opens(scope, Area::Work, "block", "Blocked?", Some('b'), "open doing"))
        (order(scope))
    }
}

/// The mark of what came in after the start of the sprint.
pub(crate) fn later() -> Markup {
    html! { span title="It came in after the sprint had started." { (pill("neutral", "came in later")) } }
}

/// A card; its marks are those of a board that goes on, and it opens over the board that it is on.
pub(crate) fn card(scope: &Scope, c: &Card, can: &Settable, marks: Option<&Marks>, at: &str) -> Markup {
    let live = marks.is_some();
    let number = c.number.to_string();
    let key = scope.key(c.number);
    html! { article.card data-id=(number) data-v=[live.then_some(c.version)] data-state=[state(c.stage, !c.warnings.not_ready, c.blocked_since.is_some())] data-open tabindex="0" id={ "s-" (number) } {
        a.title href={ (at) "open=" (number) } dir="auto" data-panel { (c.title) }
        @if c.rejected || c.came_later { p { @if c.rejected { (pill("critical", "rejected")) } " " @if c.came_later { (later()) } } }
        (can.control(Fact::Feature, &number, "clip", c.feature.as_deref().unwrap_or_default(), html! { @if let Some(feature) = &c.feature { bdi { (feature) } } }))
        p.meta { (can.control(Fact::Kind, &number, "", c.kind.word(), kind_icon(c.kind))) span.key { (key) }
            @if c.blocked_since.is_some() { span title=(c.blocked_reason) { (pill("critical", "blocked")) @if let Some(at) = c.blocked_since { span.quiet { " " (time(scope, at, scope.now)) } } } }
            span.tail { (can.control(Fact::Points, &number, "points", &c.points.map_or(String::new(), |size| points(Some(size))), html! { (points(c.points)) }))
                (can.control(Fact::Assignee, &number, "face", c.assignee.as_deref().unwrap_or_default(), face(c.assignee.as_deref()))) } }
        @if let Some(marks) = marks { (marks.of_card(scope, c)) (mover_button(&number, &key)) }
    } }
}
