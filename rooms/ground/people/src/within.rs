//! Who of a product can be chosen for something, and who of some members still sees a matter: quickly, however many there are.

use crate::{Person, rows};
use kernel::{Area, Column, Hat, Look, Matrix, Result, Standing, Uuid, Value, list, value::containing};
use std::collections::BTreeSet;

/// Up to so many members of a product are sorted; where there are more, accounts are walked in the order of their names.
const FEW: i64 = 200;
/// So many can be chosen from; where fewer are, they are all there are.
pub const MOST: usize = 200;

/// Somebody of the product who sees matters of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct Seer {
    pub id: Uuid,
    pub name: String,
    pub hats: Vec<Hat>,
    /// Their best standing in that area.
    pub standing: Standing,
}

impl Seer {
    fn of(person: Person, area: Area, matrix: &Matrix) -> Option<Seer> {
        let standing = matrix.best(area, &person.hats, None).map_or(Standing::None, |(_, standing)| standing);
        let sees = standing >= Standing::Sees && !person.is_assistant;
        sees.then_some(Seer { id: person.id.0, name: person.name, hats: person.hats, standing })
    }
}

/// The people to choose from for a matter of an area, by name: where they are too many, those who have a say before the others.
pub fn who_see(look: &mut Look, area: Area) -> Result<Vec<Seer>> {
    let matrix = look.scope.matrix.clone();
    who_see_by(look, area, &matrix)
}

/// The same by another matrix than the one that holds.
pub fn who_see_by(look: &mut Look, area: Area, matrix: &Matrix) -> Result<Vec<Seer>> {
    let with = |least: Standing| Hat::ALL.iter().copied().filter(|hat| matrix.standing(area, *hat) >= least).collect::<Vec<Hat>>();
    let mut found = people_with(look, &with(Standing::Proposes), "", MOST)?;
    if found.len() < MOST {
        let known: BTreeSet<Uuid> = found.iter().map(|person| person.id.0).collect();
        found.extend(people_with(look, &with(Standing::Sees), "", MOST)?.into_iter().filter(|person| !known.contains(&person.id.0)));
    }
    found.truncate(MOST);
    found.sort_by(|a, b| (&a.name, a.id.0).cmp(&(&b.name, b.id.0)));
    Ok(found.into_iter().filter_map(|person| Seer::of(person, area, matrix)).collect())
}

/// The people to choose from for whatever anybody may look after, by name, with those who are chosen already: where they are
/// too many, those of the team before those who look on.
pub fn to_choose(look: &mut Look, chosen: impl IntoIterator<Item = Uuid>) -> Result<Vec<Person>> {
    choose_first(look, &[Hat::Manager, Hat::Owner, Hat::Developer], chosen)
}

/// The same with those first who hold one of these hats.
pub fn choose_first(look: &mut Look, hats: &[Hat], chosen: impl IntoIterator<Item = Uuid>) -> Result<Vec<Person>> {
    // Nearly always these are all there are, in whatever order.
    let some = format!(
        "select member.id, member.name, member.email, membership.hats, member.answers_for from membership cross join member
         where membership.product = $1 and membership.removed_at is null and member.id = membership.member and member.removed_at is null limit {}",
        MOST + 1
    );
    let product = look.scope.product_id()?.value();
    let mut found: Vec<Person> = look.query(&some, &[product])?.iter_mut().map(rows::person).collect::<Result<_>>()?;
    if found.len() > MOST {
        found = people_with(look, hats, "", MOST)?;
        if found.len() < MOST {
            let others: Vec<Hat> = Hat::ALL.iter().copied().filter(|hat| !hats.contains(hat)).collect();
            found.extend(people_with(look, &others, "", MOST - found.len())?);
        }
        found.extend(these(look, chosen)?);
    }
    found.retain(|person| !person.is_assistant);
    found.sort_by(|a, b| (&a.name, a.id.0).cmp(&(&b.name, b.id.0)));
    found.dedup_by_key(|person| person.id);
    Ok(found)
}

/// Whoever of some members belongs to the product, by name.
pub fn these(look: &mut Look, members: impl IntoIterator<Item = Uuid>) -> Result<Vec<Person>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select member.id, member.name, member.email, membership.hats, member.answers_for from member join membership on membership.member = member.id
         where member.id in each($2) and membership.product = $1 and membership.removed_at is null and member.removed_at is null
         order by member.name, member.id",
        &[product.value(), list(members)],
    )?;
    rows.into_iter().map(|mut row| rows::person(&mut row)).collect()
}

/// Whoever of some members belongs to the product and sees matters of an area.
pub fn these_see(look: &mut Look, area: Area, members: impl IntoIterator<Item = Uuid>) -> Result<Vec<Seer>> {
    let matrix = look.scope.matrix.clone();
    these_see_by(look, area, &matrix, members)
}

/// The same by another matrix than the one that holds.
pub fn these_see_by(look: &mut Look, area: Area, matrix: &Matrix, members: impl IntoIterator<Item = Uuid>) -> Result<Vec<Seer>> {
    Ok(these(look, members)?.into_iter().filter_map(|person| Seer::of(person, area, matrix)).collect())
}

/// The first members, by name, who hold one of these hats and whose name contains what was typed; one more than are
/// asked for where there are more.
pub fn people_with(look: &mut Look, hats: &[Hat], words: &str, most: usize) -> Result<Vec<Person>> {
    let product = look.scope.product_id()?.value();
    let held: Vec<String> = hats.iter().map(|hat| format!("membership.hats like '%\"{hat}\"%'")).collect();
    if held.is_empty() {
        return Ok(vec![]);
    }
    let from = tables(look, &product)?;
    let (and, mut params) = called(words, product);
    params.push(Value::Int(most as i64 + 1));
    let sql = format!(
        "select member.id, member.name, member.email, membership.hats, member.answers_for from {from}
         where membership.product = $1 and membership.removed_at is null and ({}) and member.id = membership.member and member.removed_at is null{and}
         order by member.name, member.id limit ${}",
        held.join(" or "),
        params.len()
    );
    look.query(&sql, &params)?.iter_mut().map(rows::person).collect()
}

/// In which order accounts and memberships are read: few members are sorted, many are met in the order of their names.
pub fn tables(look: &mut Look, product: &Value) -> Result<&'static str> {
    let few = look.number(
        &format!("select count(*) from (select 1 from membership where product = $1 and removed_at is null limit {}) as members", FEW + 1),
        std::slice::from_ref(product),
    )? <= FEW;
    // A cross join keeps the order of the tables in SQLite.
    Ok(if few { "membership cross join member" } else { "member cross join membership" })
}

/// The condition on a name that contains what was typed, if something was, and the parameters with the product first.
pub fn called(words: &str, product: Value) -> (String, Vec<Value>) {
    if words.trim().is_empty() {
        return (String::new(), vec![product]);
    }
    let params = vec![product, containing(&words.trim().to_lowercase()), containing(words.trim())];
    (" and (lower(member.name) like $2 escape '!' or member.name like $3 escape '!')".to_owned(), params)
}
