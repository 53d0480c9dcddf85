//! The board as it stood at the end of a past day, and what has become of its cards.

use crate::{
    board_view::{card, place},
    fold::Fold,
    model::*,
    rows::Card,
};
use backlog::{Settable, Stage};
use kernel::{Noun, Scope};
use product::BoardColumn;
use std::collections::HashMap;
use web::{Markup, date, empty, html, keyed, pill, points, several};

/// What a past board is drawn from.
pub(crate) struct Then<'a> {
    /// As `2026-11-23`.
    pub day: &'a str,
    pub sprint: Option<&'a Sprint>,
    pub columns: &'a [BoardColumn],
    pub cards: &'a [Card],
    /// The cards of the same sprint today.
    pub today: &'a [Card],
    /// Which of the cards are drawn.
    pub fold: &'a Fold,
}

impl Then<'_> {
    /// The address of this board, to be gone on with, with these columns whole: a card opens as it stood on that day.
    fn address_with(&self, whole: &str) -> String {
        let sprint = self.sprint.map_or(String::new(), |s| format!("sprint={}&", s.number));
        let whole = if whole.is_empty() { String::new() } else { format!("whole={whole}&") };
        format!("sprint?{sprint}as_of={}&{whole}", self.day)
    }
}

/// Asks for a day.
pub(crate) fn as_of(sprint: Option<&Sprint>, day: &str) -> Markup {
    html! { form.row.as-of method="get" {
        @if let Some(sprint) = sprint { input type="hidden" name="sprint" value=(sprint.number); }
        label.field { span { "As of" } input type="date" name="as_of" value=(day); } button type="submit" { "Show" }
        @if !day.is_empty() { a.button href="sprint" { "Back to today" } }
    } }
}

pub(crate) fn board(scope: &Scope, then: &Then) -> Markup {
    let sum = |fine: &dyn Fn(&Card) -> bool| points(Some(then.cards.iter().filter(|c| fine(c)).filter_map(|c| c.points).sum()));
    html! {
        (as_of(then.sprint, then.day))
        @match then.sprint {
            None => { (empty("square-kanban", "No sprint then", "No sprint was running or planned at the end of that day.", html! {})) }
            Some(s) => {
                section.sprint-head {
                    @if !s.goal.is_empty() { p.statement dir="auto" { (s.goal) } }
                    p.figures { span { (web::capital(s.state.says())) " on " (date(scope, then.day)) } span { strong { (sum(&|c| c.stage == Stage::Accepted)) } " of " (several(sum(&|_| true), "point")) " accepted" } }
                }
                (since(scope, then))
                @let at = then.address_with(&then.fold.asked());
                div.board { @for column in then.columns {
                    @let cards: Vec<&Card> = then.cards.iter().filter(|c| place(then.columns, c) == Some(column.id())).collect();
                    section.lane aria-label=(column.name) {
                        header { h2 { bdi { (column.name) } " " span.quiet { (cards.len()) } } }
                        @for c in cards.iter().filter(|c| then.fold.draws(c)) { (card(scope, c, &Settable::nothing(), None, &at)) }
                        (then.fold.rest(column.id(), &cards, &|whole| then.address_with(whole)))
                        (then.fold.first(column.id(), &|whole| then.address_with(whole)))
                    }
                } }
            }
        }
    }
}

/// What differs between the day and today.
fn since(scope: &Scope, then: &Then) -> Markup {
    let name = |c: &Card| place(then.columns, c).and_then(|id| then.columns.iter().find(|x| x.id() == id)).map_or("–", |c| c.name.as_str());
    let (old, new): (HashMap<i64, &Card>, HashMap<i64, &Card>) =
        (then.cards.iter().map(|c| (c.number, c)).collect(), then.today.iter().map(|c| (c.number, c)).collect());
    let line = |tone: &str, word: &str, c: &Card, told: String| {
        html! { li { (pill(tone, word)) a.what href={ "backlog?open=" (c.number) } { (keyed(scope, c.number, &c.title)) } bdi.quiet { (told) } } }
    };
    html! { section.compared { h2 { "Since " (date(scope, then.day)) } ul.lines {
        @for c in then.today.iter().filter(|c| !old.contains_key(&c.number)) { (line("good", "entered", c, String::new())) }
        @for c in then.cards.iter().filter(|c| !new.contains_key(&c.number)) { (line("warning", "left", c, String::new())) }
        @for c in then.cards { @if let Some(now) = new.get(&c.number) {
            @if name(c) != name(now) { (line("neutral", "moved", now, format!("from {} to {}", name(c), name(now)))) }
            @if c.points != now.points { (line("neutral", "re-estimated", now, format!("from {} to {}", points(c.points), points(now.points)))) }
        } }
    } } }
}
