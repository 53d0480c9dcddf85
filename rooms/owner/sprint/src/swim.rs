//! Rows of the board: the cards of a person, a feature or a type side by side, under the same columns.

use crate::{
    board_view::{Row, lanes, place},
    marks::is_over,
    rows::Card,
    views::Shown,
};
use backlog::Settable;
use kernel::{Noun, Scope, words};
use std::collections::BTreeMap;
use web::{Markup, capital, html, menu_button, pill};

words! {
    /// What the rows of a board are.
    pub enum Rows { Person = "person", Feature = "feature", Type = "type" }
}

impl Rows {
    /// The row that a card belongs to; of none those come last.
    fn of(self, card: &Card) -> Option<String> {
        match self {
            Rows::Person => card.assignee.clone(),
            Rows::Feature => card.feature.clone(),
            Rows::Type => Some(capital(card.kind.word())),
        }
    }

    fn without(self) -> &'static str {
        match self {
            Rows::Person => "Nobody yet",
            Rows::Feature => "Without a feature",
            Rows::Type => "Other",
        }
    }
}

/// The same board with rows. A drag moves a card between columns and leaves it in its row.
pub(crate) fn board(scope: &Scope, shown: &Shown, by: Rows, settable: &Settable) -> Markup {
    let mut rows: BTreeMap<(bool, String), Vec<&Card>> = BTreeMap::new();
    for card in shown.cards {
        let named = by.of(card);
        rows.entry((named.is_none(), named.unwrap_or_else(|| by.without().to_owned()))).or_default().push(card);
    }
    html! { div.swims tabindex="0" role="region" aria-label={ "Board by " (by.says()) } {
        div.board.heads { @for column in shown.columns {
            @let count = shown.cards.iter().filter(|c| place(shown.columns, c) == Some(column.id())).count();
            @let over = shown.filter.is_plain() && is_over(shown.columns, column, shown.cards);
            div.lane.over[over] { header { h2 { bdi { (column.name) } " " span.quiet { (count) @if let Some(wip) = column.wip { " of " (wip) } } } @if over { (pill("warning", "over its limit")) } } (shown.marks.of_column(column, over))
                (shown.fold.first(column.id(), &|whole| shown.address_of(shown.rows, whole))) }
        } }
        @for (n, ((_, title), cards)) in rows.into_iter().enumerate() { section.swim {
            h3 { bdi { (title) } " " span.quiet { (cards.len()) } }
            (lanes(scope, shown, &Row { cards, title: &title, id: &format!("row-{n}"), heads: false }, settable))
        } }
    } }
}

/// Chooses what the rows are; kept in the address.
pub(crate) fn switch(shown: &Shown) -> Markup {
    let whole = shown.fold.asked();
    let link = |rows: Option<Rows>, says: &str| html! { a.button.plain href=(shown.address_of(rows, &whole)) aria-current=[(shown.rows == rows).then_some("true")] { (says) } };
    let says = shown.rows.map_or("Rows".to_owned(), |rows| format!("By {}", rows.says()));
    menu_button(&says, html! { (link(None, "No rows")) @for rows in Rows::ALL { (link(Some(*rows), &format!("By {}", rows.says()))) } })
}
