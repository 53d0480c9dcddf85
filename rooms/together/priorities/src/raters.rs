//! That those who rate are people.

use kernel::{Refusal, Result, Scope};

/// Rating is for people.
pub(crate) fn a_person(scope: &Scope) -> Result<()> {
    match scope.who.assistant {
        None => Ok(()),
        Some(_) => Err(Refusal::denied("An assistant does not rate; people do.")),
    }
}
