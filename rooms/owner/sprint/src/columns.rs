//! Removing a column of the board: the cards in it go to another one. Where that means something else, each goes there as if it
//! had been moved by hand; so none is accepted by it, and none that is accepted leaves.

use crate::{
    events::*,
    model::*,
    work::{hands_over, moved},
};
use backlog::{Stage, Story};
use board::Blocker;
use kernel::{Area, Authority, Column, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Value, command};
use product::{BoardColumn, COLUMN_REMOVED};

/// So many cards go over in one act; what was accepted long ago stays where it was.
const MOST: usize = 1_000;

command! {
    /// Removes a column. The cards in it go to another one in the same act; where that means another stage, their stories take it
    /// on, which is a matter of work, too.
    pub struct RemoveColumn in "column.remove" at Delete "/products/{product}/columns/{column}" [Sprints, Work] {
        pub column: Id<BoardColumn>,
        /// Where its cards go. Asked for where it holds any. Only what is accepted goes to a column of accepted stories, and
        /// nowhere else.
        pub to: Option<Id<BoardColumn>>,
    }
}

/// The column, the others, the cards in it, and what blocks those of them that are handed over by it.
pub struct Removed {
    column: BoardColumn,
    others: Vec<BoardColumn>,
    cards: Vec<Story>,
    blockers: Vec<Blocker>,
}

impl RemoveColumn {
    /// Where the cards go, if that is said and may be.
    fn goes(&self, before: &Removed) -> Result<Option<BoardColumn>> {
        let no = |why: &str| Err(Refusal::invalid("to", why));
        let Some(to) = self.to else { return Ok(None) };
        if to == self.column {
            return no("Choose another column than the one that goes.");
        }
        let to = before.others.iter().find(|other| other.id() == to).ok_or(Refusal::NotFound)?;
        match (before.column.stage == Stage::Accepted, to.stage == Stage::Accepted) {
            (false, true) => no("Accepting takes a verdict. Choose a column of stories that are not accepted."),
            (true, false) => no("What is accepted stays so. Choose another column of accepted stories."),
            _ => Ok(Some(to.clone())),
        }
    }
}

impl Command for RemoveColumn {
    type Before = Removed;

    fn load(&self, look: &mut Look) -> Result<Removed> {
        let column = BoardColumn::get(look, self.column)?;
        let mut others = product::columns_of(look)?;
        let is_first = product::column_of(&others, column.stage) == Some(self.column);
        others.retain(|other| other.id() != self.column);
        let cards = cards(look, &column, is_first)?;
        let to = others.iter().find(|other| Some(other.id()) == self.to);
        let freed = cards.iter().filter(|card| card.blocked_since.is_some() && to.is_some_and(|to| hands_over(card, to)));
        let blockers = board::open_blockers(look, freed.map(Noun::id))?;
        Ok(Removed { column, others, cards, blockers })
    }
    fn title(&self, before: &Removed) -> String {
        format!("Remove {}", before.column.label())
    }
    fn authority(&self, before: &Removed) -> Authority {
        let to = before.others.iter().find(|other| Some(other.id()) == self.to);
        match to.is_some_and(|to| to.stage != before.column.stage) && !before.cards.is_empty() {
            true => Authority::Areas(vec![Area::Sprints, Area::Work]),
            false => Authority::Area(Area::Sprints),
        }
    }
    fn decide(self, before: Removed, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if !before.others.iter().any(|other| other.stage == before.column.stage) {
            return Err(Refusal::invalid("column", "This is the only column of its stage; the board needs it."));
        }
        if before.cards.len() > MOST {
            return Err(Refusal::invalid("column", format!("More than {MOST} cards stand in it. Move some of them first.")));
        }
        let to = self.goes(&before)?;
        if to.is_none() && !before.cards.is_empty() {
            let held = web::several(before.cards.len(), "card");
            return Err(Refusal::invalid("to", format!("This column still holds {held}. Choose the column that they go to.")));
        }
        let mut events = vec![];
        for card in &before.cards {
            // What was settled in the meantime goes on standing where its own stage does.
            let (kind, after) = match to.as_ref() {
                Some(to) if card.stage != Stage::Accepted || to.stage == Stage::Accepted => moved(card, to, moment.now),
                _ => (&CARD_MOVED, Story { board_column: None, ..card.clone() }),
            };
            events.push(Event::changed(kind, card, &after));
        }
        for blocker in &before.blockers {
            events.push(board::lifted(blocker, "", moment, scope)?);
        }
        events.push(Event::removed(&COLUMN_REMOVED, &before.column, moment.now));
        Ok(events.into())
    }
}

/// What stands in a column: what is not settled yet, and what a sprint shows that is not over. What was put into no column stands
/// in the first of its stage.
fn cards(look: &mut Look, column: &BoardColumn, is_first: bool) -> Result<Vec<Story>> {
    let sprints = Sprint::all(look, "and state in ('planned', 'active')", &[])?;
    let shown = "and sprint in each($3) and (board_column = $2 or (board_column is null and stage = $4))";
    let unsettled = "and board_column = $2 and stage in ('open', 'doing', 'handed_over')";
    // They are put in order below: else the order of the whole product would be walked.
    let unsettled = Story::all(look, &format!("{unsettled} limit {}", MOST + 1), &[column.meta.id.value()])?;
    let stage = if is_first { column.stage.word() } else { "" };
    let params = [column.meta.id.value(), kernel::list(sprints.iter().map(|sprint| sprint.meta.id)), Value::Text(stage.to_owned())];
    let shown = Story::all(look, &format!("{shown} limit {}", MOST + 1), &params)?;
    let mut all = unsettled;
    all.extend(shown.into_iter().filter(|card| card.stage != Stage::Dropped));
    all.sort_by(|a, b| (&a.rank, a.meta.id).cmp(&(&b.rank, b.meta.id)));
    all.dedup_by_key(|card| card.meta.id);
    Ok(all)
}
