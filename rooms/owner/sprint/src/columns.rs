//! Removing a column of the board: the cards in it go to another one that means the same, so nothing becomes of them by it.

use crate::{events::*, model::*};
use backlog::{Stage, Story};
use kernel::{Column, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Value, command};
use product::{BoardColumn, COLUMN_REMOVED};

/// So many cards go over in one act; what was accepted long ago stays where it was.
const MOST: usize = 1_000;

command! {
    /// Removes a column. The cards in it go to another one of the same stage, in the same act.
    pub struct RemoveColumn in "column.remove" at Delete "/products/{product}/columns/{column}" [Sprints] {
        pub column: Id<BoardColumn>,
        /// Where its cards go: another column of the same stage. Asked for where it holds any.
        pub to: Option<Id<BoardColumn>>,
    }
}

impl Command for RemoveColumn {
    /// The column, the others of its stage, and the cards in it.
    type Before = (BoardColumn, Vec<BoardColumn>, Vec<Story>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let column = BoardColumn::get(look, self.column)?;
        let alike: Vec<BoardColumn> = product::columns_of(look)?.into_iter().filter(|other| other.stage == column.stage).collect();
        let is_first = alike.first().is_some_and(|first| first.id() == column.id());
        let cards = cards(look, &column, is_first)?;
        Ok((column, alike.into_iter().filter(|other| other.id() != self.column).collect(), cards))
    }
    fn title(&self, (column, ..): &Self::Before) -> String {
        format!("Remove {}", column.label())
    }
    fn decide(self, (column, others, cards): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        if others.is_empty() {
            return Err(Refusal::invalid("column", "This is the only column of its stage; the board needs it."));
        }
        if cards.len() > MOST {
            return Err(Refusal::invalid("column", format!("More than {MOST} cards stand in it. Move some of them first.")));
        }
        let to = match self.to {
            Some(to) if others.iter().any(|other| other.id() == to) => Some(to),
            Some(to) if to == self.column => return Err(Refusal::invalid("to", "Choose another column than the one that goes.")),
            Some(_) => return Err(Refusal::invalid("to", format!("Its cards go to another column in which they are {}.", column.stage.says()))),
            None if cards.is_empty() => None,
            None => {
                let held = web::several(cards.len(), "card");
                return Err(Refusal::invalid("to", format!("This column still holds {held}. Choose the column that they go to.")));
            }
        };
        let goes = |card: &Story| Event::changed(&CARD_MOVED, card, &Story { board_column: to, ..card.clone() });
        let mut events: Vec<Event> = cards.iter().map(goes).collect();
        events.push(Event::removed(&COLUMN_REMOVED, &column, moment.now));
        Ok(events.into())
    }
}

/// What stands in a column: what is not settled yet, and what a sprint shows that is not over. What was put into no column stands
/// in the first of its stage.
fn cards(look: &mut Look, column: &BoardColumn, is_first: bool) -> Result<Vec<Story>> {
    let sprints = Sprint::all(look, "and state in ('planned', 'active')", &[])?;
    let shown = "and sprint in each($3) and (board_column = $2 or (board_column is null and stage = $4))";
    let unsettled = "and board_column = $2 and stage in ('open', 'doing', 'handed_over')";
    let unsettled = Story::all(look, &format!("{unsettled} order by rank, id limit {}", MOST + 1), &[column.meta.id.value()])?;
    let stage = if is_first { column.stage.word() } else { "" };
    let params = [column.meta.id.value(), kernel::list(sprints.iter().map(|sprint| sprint.meta.id)), Value::Text(stage.to_owned())];
    let shown = Story::all(look, &format!("{shown} order by rank, id limit {}", MOST + 1), &params)?;
    let mut all = unsettled;
    all.extend(shown.into_iter().filter(|card| card.stage != Stage::Dropped));
    all.sort_by(|a, b| (&a.rank, a.meta.id).cmp(&(&b.rank, b.meta.id)));
    all.dedup_by_key(|card| card.meta.id);
    Ok(all)
}
