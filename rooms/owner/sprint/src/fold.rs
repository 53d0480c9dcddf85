//! Which cards of a board are drawn: the first of each column, and all of a column that is asked for whole or in which the card
//! that is open lies beyond them. What is counted counts all of them.

use crate::{board_view::place, rows::Card};
use backlog::Story;
use kernel::{Id, Noun, Ref, Scope, fields::Pointed};
use product::BoardColumn;
use std::collections::{HashMap, HashSet};
use web::{Markup, html};

/// So many cards of a column are drawn at first.
pub(crate) const FIRST: usize = 50;

/// What stands behind the first cards of each column.
#[derive(Default)]
pub(crate) struct Fold {
    /// The columns that the address asks for whole.
    asked: Vec<Id<BoardColumn>>,
    /// The numbers of the cards that are not drawn.
    behind: HashSet<i64>,
    /// The columns with more cards than are drawn at first.
    long: HashSet<Id<BoardColumn>>,
}

impl Fold {
    /// Of a board with all of its cards: `asked` has ids of columns with commas, `open` is the card that is open.
    pub fn of(scope: &Scope, (asked, open): (&str, Option<&str>), columns: &[BoardColumn], cards: &[Card]) -> Fold {
        let asked = asked.split(',').filter_map(|one| Id::try_from(one).ok()).filter(|id| columns.iter().any(|c| c.id() == *id)).collect();
        let open = open.and_then(|open| Ref(open.to_owned()).resolve::<Story>(scope).ok());
        let is_open = |card: &Card| match &open {
            Some(Pointed::Number(number)) => card.number == *number,
            Some(Pointed::Id(id)) => card.id == id.0,
            None => false,
        };
        let mut held: HashMap<Id<BoardColumn>, Vec<&Card>> = HashMap::new();
        for card in cards {
            if let Some(column) = place(columns, card) {
                held.entry(column).or_default().push(card);
            }
        }
        held.retain(|_, cards| cards.len() > FIRST);
        let mut fold = Fold { asked, behind: HashSet::new(), long: held.keys().copied().collect() };
        for (column, cards) in held {
            let rest = cards.get(FIRST..).unwrap_or_default();
            if !fold.asked.contains(&column) && !rest.iter().any(|card| is_open(card)) {
                fold.behind.extend(rest.iter().map(|card| card.number));
            }
        }
        fold
    }

    pub fn draws(&self, card: &Card) -> bool {
        !self.behind.contains(&card.number)
    }

    /// As an address goes on with it; empty where nothing is asked for whole.
    pub fn asked(&self) -> String {
        Fold::said(self.asked.iter().copied())
    }

    fn said(columns: impl Iterator<Item = Id<BoardColumn>>) -> String {
        columns.map(|id| id.to_string()).collect::<Vec<_>>().join(",")
    }

    /// The link that shows the cards of a lane that are not drawn, below those that are. `at` makes the address of the board
    /// from the columns that are asked for whole. The script finds there what a link hides.
    pub fn rest(&self, column: Id<BoardColumn>, cards: &[&Card], at: &dyn Fn(&str) -> String) -> Markup {
        let hidden: Vec<String> = cards.iter().filter(|card| !self.draws(card)).map(|card| card.number.to_string()).collect();
        let whole = Fold::said(self.asked.iter().copied().chain([column]));
        html! { @if !hidden.is_empty() { a.button.plain.rest href=(at(&whole)) data-rest=(hidden.join(" ")) { "Show the other " (hidden.len()) } } }
    }

    /// The link back to the first cards of a column that was asked for whole.
    pub fn first(&self, column: Id<BoardColumn>, at: &dyn Fn(&str) -> String) -> Markup {
        let others = Fold::said(self.asked.iter().copied().filter(|other| *other != column));
        html! { @if self.long.contains(&column) && self.asked.contains(&column) { a.button.plain.rest href=(at(&others)) data-stay { "Show the first " (FIRST) " alone" } } }
    }
}
