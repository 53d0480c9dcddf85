//! What one room's command makes as a part of another's act: a note on a canvas becomes an initiative, what is to follow from
//! an outcome a story. The rules are those of the command that makes it, and both take effect together or not at all.

use crate::{Command, Decided, Look, Moment, Refusal, Result, Scope};
use uuid::Uuid;

/// A command with what it has read.
pub struct Making<C: Command> {
    command: C,
    before: C::Before,
}

impl<C: Command> Making<C> {
    /// Reads what the command needs.
    ///
    /// # Errors
    /// Whatever it refuses.
    pub fn read(look: &mut Look, command: C) -> Result<Making<C>> {
        Ok(Making { before: command.load(look)?, command })
    }

    /// What it would be called as a proposal.
    pub fn title(&self) -> String {
        self.command.title(&self.before)
    }

    /// What follows from it, and the id of what it makes: the thing of its first event.
    ///
    /// # Errors
    /// Whatever it refuses; `Broken` where it makes nothing.
    pub fn decide(self, moment: &Moment, scope: &Scope) -> Result<(Decided, Uuid)> {
        let decided = self.command.decide(self.before, moment, scope)?;
        let made = decided.events.first().map(|event| event.id).ok_or_else(|| Refusal::broken("nothing was made"))?;
        Ok((decided, made))
    }
}
