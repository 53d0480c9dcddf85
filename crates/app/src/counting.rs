//! How answers are counted: without an event, without news, and told to nobody but whoever gave them.

use crate::{outcome::Thing, run::Work};
use kernel::{
    Column, Result, Scope, Uuid,
    counted::{self, Count},
};

impl Work<'_> {
    /// Counts answers and ends rounds of them; what the answer says of it.
    pub fn count(&mut self, scope: &Scope, counts: Vec<Count>) -> Result<Vec<Thing>> {
        let mut things = vec![];
        for count in counts {
            match count {
                Count::Give(answers) => {
                    let who = if answers.by.is_empty() { vec![scope.who.signed_in()?] } else { answers.by.clone() };
                    for (sql, values) in counted::counting(&answers, &who) {
                        self.writer.put_any(&sql, values)?;
                    }
                    things.push(Thing {
                        noun: answers.noun.to_owned(),
                        id: answers.round,
                        label: answers.label,
                        event: answers.kind.name.to_owned(),
                        moved: None,
                        changes: vec![],
                    });
                }
                Count::End(round) => {
                    for table in counted::TABLES {
                        self.writer.execute(&format!("delete from {table} where round = $1"), &[round.value()])?;
                    }
                }
            }
        }
        Ok(things)
    }

    /// Whose answers were counted cannot be told; that they answered is forgotten.
    pub fn forget_that_they_answered(&mut self, member: Uuid) -> Result<()> {
        self.writer.execute("delete from answered where member = $1", &[member.value()]).map(drop)
    }
}
