//! Commands about the columns of the board.

use crate::{events::*, model::*, rows};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Rank, Refusal, Result, Scope, Text, command, event::edit, give};

command! {
    /// Adds a column to the board, after another.
    pub struct AddColumn in "column.add" at Post "/products/{product}/columns" [Sprints] {
        pub name: Line<40>,
        /// What being in this column means.
        pub stage: Stage,
        pub after: Option<Id<BoardColumn>>,
        /// The most cards that should be in it at once.
        pub wip: Option<i64>,
        /// What has to hold of a card before it leaves.
        #[serde(default)]
        pub policy: Text<300>,
    }
}

impl Command for AddColumn {
    type Before = Vec<BoardColumn>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        rows::columns_of(look)
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Add the column “{}”", self.name)
    }
    fn decide(self, columns: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let at = match self.after {
            Some(after) => columns.iter().position(|c| c.id() == after).ok_or(Refusal::NotFound)? + 1,
            // Before the last column of the same or a later stage.
            None => columns.iter().rposition(|c| c.stage <= self.stage).map_or(0, |i| i + 1),
        };
        let before = at.checked_sub(1).and_then(|i| columns.get(i)).map(|c| &c.rank);
        let column = BoardColumn {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            stage: self.stage,
            rank: Rank::between(before, columns.get(at).map(|c| &c.rank)),
            wip: limit(self.wip)?,
            policy: self.policy.into(),
        };
        Ok(Event::created(&COLUMN_ADDED, &column).into())
    }
}

fn limit(wip: Option<i64>) -> Result<Option<i64>> {
    match wip {
        Some(n) if !(0..=999).contains(&n) => Err(Refusal::invalid("wip", "A limit is between 1 and 999; leave it empty for none.")),
        Some(0) | None => Ok(None),
        some => Ok(some),
    }
}

command! {
    /// Renames a column or changes its limit or its policy.
    pub struct EditColumn in "column.edit" at Patch "/products/{product}/columns/{column}" [Sprints] {
        pub column: Id<BoardColumn>,
        pub name: Option<Line<40>>,
        /// 0 takes the limit away.
        pub wip: Option<i64>,
        /// What has to hold of a card before it leaves.
        pub policy: Option<Text<300>>,
    }
}

impl Command for EditColumn {
    type Before = BoardColumn;

    fn load(&self, look: &mut Look) -> Result<BoardColumn> {
        BoardColumn::get(look, self.column)
    }
    fn title(&self, before: &BoardColumn) -> String {
        format!("Change {}", before.label())
    }
    fn decide(self, before: BoardColumn, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&COLUMN_EDITED, &before, |c| {
            give(&mut c.name, self.name);
            give(&mut c.policy, self.policy);
            if self.wip.is_some() {
                c.wip = limit(self.wip)?;
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}
