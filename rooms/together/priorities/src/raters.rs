//! What those who rate are called, and that they are people.

use kernel::{Look, Refusal, Result, Scope, Uuid, list};
use std::collections::{BTreeSet, HashMap};

/// What some members are called.
pub(crate) fn names(look: &mut Look, members: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let members: BTreeSet<Uuid> = members.into_iter().collect();
    if members.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = look.query("select id, name from member where id in each($1)", &[list(members)])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// What one of them is called.
pub(crate) fn called(names: &HashMap<Uuid, String>, member: Uuid) -> &str {
    names.get(&member).map_or("someone who left", String::as_str)
}

/// Rating is for people.
pub(crate) fn a_person(scope: &Scope) -> Result<()> {
    match scope.who.assistant {
        None => Ok(()),
        Some(_) => Err(Refusal::denied("An assistant does not rate; people do.")),
    }
}
