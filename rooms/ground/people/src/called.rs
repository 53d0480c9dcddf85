//! What members are called, by their ids, whether or not they still belong anywhere; and who does.

use crate::Person;
use kernel::{Column, Look, Result, Uuid, list};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What some members are called; nothing is asked where nobody is meant.
pub fn names_of(look: &mut Look, members: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let members: BTreeSet<Uuid> = members.into_iter().collect();
    if members.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = look.query("select id, name from member where id in each($1)", &[list(members)])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// What stands for somebody who is not known any more, or not here.
pub const LEFT: &str = "someone who left";

/// What one of them is called.
pub fn name_in(names: &HashMap<Uuid, String>, member: Uuid) -> &str {
    names.get(&member).map_or(LEFT, String::as_str)
}

/// What one of some people is called: of those who belong to the product, say, so that whoever does not is one who left.
pub fn name_among(people: &[Person], member: Uuid) -> &str {
    people.iter().find(|person| person.id.0 == member).map_or(LEFT, |person| person.name.as_str())
}

/// Which of some members still belong to the product.
pub fn who_belong(look: &mut Look, members: impl IntoIterator<Item = Uuid>) -> Result<HashSet<Uuid>> {
    let members: BTreeSet<Uuid> = members.into_iter().collect();
    if members.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = "select member from membership where product = $1 and member in each($2) and removed_at is null";
    let rows = look.query(sql, &[look.scope.product_id()?.value(), list(members)])?;
    rows.into_iter().map(|mut row| row.take()).collect()
}
