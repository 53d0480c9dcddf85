//! Who can be asked to rate.

use kernel::{Area, Look, Refusal, Result, Scope, Uuid, list};
use people::Seer;
use std::collections::{BTreeSet, HashMap};

/// Who belongs to the product and sees matters of an area, by name.
pub fn who_see(look: &mut Look, area: Area) -> Result<Vec<Seer>> {
    let matrix = look.scope.matrix.clone();
    people::who_see(look, area, &matrix)
}

/// Whoever of some members does.
pub(crate) fn these_see(look: &mut Look, area: Area, members: impl IntoIterator<Item = Uuid>) -> Result<Vec<Seer>> {
    let matrix = look.scope.matrix.clone();
    people::these_see(look, area, &matrix, members)
}

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
