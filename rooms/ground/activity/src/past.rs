//! Any table as it was: today's rows with later changes taken back. No copy is ever kept.

use crate::rows;
use kernel::{Column, Look, Noun, NounSpec, Result, Row, Uuid, Value, room::Found};
use std::collections::HashMap;

/// The things of a noun in the product at hand as they were at a moment (milliseconds since 1970), without
/// those that did not exist yet or had been removed.
pub fn as_of(look: &mut Look, noun: &NounSpec, at: i64) -> Result<Vec<Found>> {
    let product = look.scope.product_id()?;
    let mut things = (noun.find)(look.reader, "where product = $1 and created_at <= $2", &[product.value(), Value::Int(at)])?;
    let undone = values_before(look, noun.table, at)?;
    for thing in &mut things {
        for (field, value) in noun.fields.iter().zip(&mut thing.values) {
            if let Some(old) = undone.get(&(thing.meta.id, (*field).to_owned())) {
                *value = old.clone();
            }
        }
        if let Some(old) = undone.get(&(thing.meta.id, "removed_at".to_owned())) {
            thing.meta.removed_at = Option::read(old.clone())?;
        }
    }
    things.retain(|t| t.meta.removed_at.is_none());
    Ok(things)
}

/// The same with their type; in no particular order.
pub fn things_as_of<T: Noun>(look: &mut Look, at: i64) -> Result<Vec<T>> {
    as_of(look, &NounSpec::of::<T>(), at)?.into_iter().map(typed).collect()
}

fn typed<T: Noun>(found: Found) -> Result<T> {
    let m = &found.meta;
    let mut cells = vec![m.id.value(), m.product.value(), m.version.value(), m.created_at.value(), m.updated_at.value(), m.removed_at.value()];
    cells.extend(found.values);
    T::read(&mut Row::new(cells))
}

/// For each field that changed since, what it held at the moment: the `from` of its first later change.
fn values_before(look: &mut Look, table: &str, at: i64) -> Result<HashMap<(Uuid, String), Value>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select noun_id, changes from activity where product = $1 and noun = $2 and at > $3 order by at desc, id desc",
        &[product.value(), Value::Text(table.to_owned()), Value::Int(at)],
    )?;
    let mut before = HashMap::new();
    for mut row in rows {
        let id: Uuid = row.take()?;
        for change in rows::changes(&row.take::<String>()?)? {
            before.insert((id, change.field), change.from);
        }
    }
    Ok(before)
}
