//! Who can be asked to rate.

use kernel::{Area, Column, Hat, Look, Refusal, Result, Scope, Standing, Uuid, Value, list, value::Packed};
use std::collections::{BTreeSet, HashMap};

/// Somebody in the product.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub id: Uuid,
    pub name: String,
    pub hats: Vec<Hat>,
    /// Their best standing in the area that was asked about.
    pub standing: Standing,
}

/// So many people can be chosen from.
const MOST_PEOPLE: i64 = 200;

/// Who belongs to the product and sees matters of an area, by name.
pub fn who_see(look: &mut Look, area: Area) -> Result<Vec<Person>> {
    let rows = look.query(
        "select member.id, member.name, membership.hats from membership join member on member.id = membership.member where membership.product = $1
         and membership.removed_at is null and member.removed_at is null and member.answers_for is null order by member.name, member.id limit $2",
        &[look.scope.product_id()?.value(), Value::Int(MOST_PEOPLE)],
    )?;
    let mut people = vec![];
    for mut row in rows {
        let (id, name, hats): (Uuid, String, Packed<Vec<Hat>>) = (row.take()?, row.take()?, row.take()?);
        let standing = look.scope.matrix.best(area, &hats, None).map_or(Standing::None, |(_, standing)| standing);
        if standing >= Standing::Sees {
            people.push(Person { id, name, hats: hats.0, standing });
        }
    }
    Ok(people)
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
