//! Letters to people without an account. The id of a stakeholder stands in each, and whoever has it may end those letters.

use crate::{events::*, model::*};
use kernel::{Authority, Column, Command, Decided, Id, Look, Moment, Refusal, Result, Scope, command, event::edit, look::find_rows};

/// By their id, of whatever product.
fn known(look: &mut Look, id: Id<Stakeholder>) -> Result<Stakeholder> {
    find_rows(look.reader, "where id = $1 and removed_at is null", &[id.value()])?.pop().ok_or(Refusal::NotFound)
}

/// Whether letters come to them still.
pub fn takes_letters(look: &mut Look, id: Id<Stakeholder>) -> bool {
    known(look, id).is_ok_and(|stakeholder| stakeholder.letters_to().is_some())
}

command! {
    /// Ends the letters to a stakeholder, from a link that stands in one.
    pub struct EndLetters in "stakeholder.end_letters" inside {
        pub stakeholder: Id<Stakeholder>,
    }
}

impl Command for EndLetters {
    type Before = Stakeholder;
    const AUTHORITY: Authority = Authority::Nobody;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Stakeholder> {
        known(look, self.stakeholder)
    }
    fn title(&self, _: &Stakeholder) -> String {
        "No updates as letters".into()
    }
    fn decide(self, before: Stakeholder, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.letters_stopped_at.is_some() {
            return Ok(Decided::default());
        }
        let event = edit(&LETTERS_ENDED, &before, |stakeholder| {
            stakeholder.letters_stopped_at = Some(moment.now);
            Ok(())
        })?;
        Ok(event.into())
    }
}
