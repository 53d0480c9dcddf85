//! Things as they were: today's rows with later changes taken back. No copy is ever kept.

use kernel::{
    Column, Look, Noun, NounSpec, Result, Row, Uuid, Value,
    about::{Readable, may_read},
    event::{Change, read_changes},
    room::Found,
};
use std::collections::HashMap;

/// The things of a noun in the product at hand as they were at a moment (milliseconds since 1970), without
/// those that did not exist yet or had been removed. `among` narrows them by what never changes, such as their
/// ids; its parameters start at `$3`.
pub fn as_of(look: &mut Look, noun: &NounSpec, at: i64, among: &str, params: &[Value]) -> Result<Vec<Found>> {
    let mut bound = vec![look.scope.product_id()?.value(), Value::Int(at)];
    bound.extend_from_slice(params);
    let readable = may_read(look.scope, noun.table, &noun.about);
    if readable == Readable::Nothing {
        return Ok(vec![]);
    }
    // Where things are narrowed they are looked up by that, not by their product.
    let product = if among.is_empty() { "product" } else { "coalesce(product, '')" };
    let which = format!("{product} = $1 and created_at <= $2{} {among}", readable.and());
    let mut things = look.found(noun, &format!("where {which}"), &bound)?;
    let mut before = values_before(look, noun.table, &which, &bound)?;
    for thing in &mut things {
        let Some(mut before) = before.remove(&thing.meta.id) else { continue };
        for (field, value) in noun.fields.iter().zip(&mut thing.values) {
            if let Some(old) = before.remove(*field) {
                *value = old;
            }
        }
        if let Some(old) = before.remove("removed_at") {
            thing.meta.removed_at = Option::read(old)?;
        }
    }
    things.retain(|t| t.meta.removed_at.is_none());
    Ok(things)
}

/// The same with their type; in no particular order.
pub fn things_as_of<T: Noun>(look: &mut Look, at: i64, among: &str, params: &[Value]) -> Result<Vec<T>> {
    as_of(look, &NounSpec::of::<T>(), at, among, params)?
        .into_iter()
        .map(|found| {
            let mut thing = typed(found)?;
            look.veil(&mut thing);
            Ok(thing)
        })
        .collect()
}

fn typed<T: Noun>(found: Found) -> Result<T> {
    let m = &found.meta;
    let mut cells = vec![m.id.value(), m.product.value(), m.version.value(), m.created_at.value(), m.updated_at.value(), m.removed_at.value()];
    cells.extend(found.values);
    T::read(&mut Row::new(cells))
}

/// For each thing the fields that changed since, with what they held at the moment: the `from` of the first later
/// change.
fn values_before(look: &mut Look, table: &str, which: &str, params: &[Value]) -> Result<HashMap<Uuid, HashMap<String, Value>>> {
    let mut before: HashMap<Uuid, HashMap<String, Value>> = HashMap::new();
    later_changes(look, table, which, params, "", |thing, _, changes| {
        let fields = before.entry(thing).or_default();
        for change in changes {
            fields.entry(change.field).or_insert(change.from);
        }
    })?;
    Ok(before)
}

/// Each line of activity after the moment in `$2`, in the order of time, of the things in the product in `$1` that `which`
/// names, narrowed by `also`. Only things that changed since are looked up, each by its own lines (`+ 0`: not all lines
/// since the moment by their time, which looks like less to a planner whose figures end before it).
fn later_changes(
    look: &mut Look,
    table: &str,
    which: &str,
    params: &[Value],
    also: &str,
    mut each: impl FnMut(Uuid, i64, Vec<Change>),
) -> Result<()> {
    let sql = format!(
        "select activity.noun_id, activity.at, activity.changes
         from (select id from {table} where {which} and updated_at > $2) as thing
         cross join activity where activity.product = $1 and activity.noun_id = thing.id and activity.at + 0 > $2 and activity.did <> 'created'{also}
         order by activity.at, activity.id"
    );
    for mut row in look.query(&sql, params)? {
        each(row.take()?, row.take()?, read_changes(&row.take::<String>()?)?);
    }
    Ok(())
}

/// How some fields of a thing went: what they hold now, and what each held before each of its changes.
pub struct Course {
    pub id: Uuid,
    pub created_at: i64,
    now: Vec<Value>,
    removed_at: Option<i64>,
    /// For each field and, last, for its removal: when it changed, in the order of time, and from what.
    before: Vec<Vec<(i64, Value)>>,
}

impl Course {
    /// What the fields held at a moment; none where there was no such thing then.
    pub fn at(&self, moment: i64) -> Option<Vec<&Value>> {
        let (removals, fields) = self.before.split_last()?;
        let first_after = |changes: &'_ [(i64, Value)]| changes.iter().position(|(at, _)| *at > moment);
        let removed = match first_after(removals) {
            Some(at) => !removals[at].1.is_unset(),
            None => self.removed_at.is_some(),
        };
        if removed || self.created_at > moment {
            return None;
        }
        let held = |(changes, now)| first_after(changes).map_or(now, |at| &changes[at].1);
        Some(fields.iter().map(Vec::as_slice).zip(&self.now).map(held).collect())
    }
}

/// How some fields of things of a noun in the product at hand went since a moment. `among` narrows the things by what
/// never changes; its parameters start at `$3`.
pub fn courses(look: &mut Look, noun: &NounSpec, fields: &[&str], since: i64, among: &str, params: &[Value]) -> Result<Vec<Course>> {
    let readable = may_read(look.scope, noun.table, &noun.about);
    if readable == Readable::Nothing {
        return Ok(vec![]);
    }
    let mut bound = vec![look.scope.product_id()?.value(), Value::Int(since)];
    bound.extend_from_slice(params);
    let product = if among.is_empty() { "product" } else { "coalesce(product, '')" };
    let which = format!("{product} = $1{} {among}", readable.and());
    // Every parameter is used in both questions, as PostgreSQL wants it.
    let sql = format!(
        "select id, created_at, removed_at, {} from {} where {which} and (removed_at is null or removed_at > $2)",
        fields.join(", "),
        noun.table
    );
    let mut courses: Vec<Course> = vec![];
    for mut row in look.query(&sql, &bound)? {
        let (id, created_at, removed_at) = (row.take()?, row.take()?, row.take()?);
        let now = fields.iter().map(|_| row.take()).collect::<Result<_>>()?;
        courses.push(Course { id, created_at, removed_at, now, before: vec![vec![]; fields.len() + 1] });
    }
    let at: HashMap<Uuid, usize> = courses.iter().enumerate().map(|(n, course)| (course.id, n)).collect();
    // Most of what happens to a thing happens to other fields: such lines are not even read.
    let of_field = |field: &str| format!("activity.changes like '%\"{field}\"%'");
    let of_fields: Vec<String> = fields.iter().copied().chain(["removed_at"]).map(of_field).collect();
    let also = format!(" and ({})", of_fields.join(" or "));
    later_changes(look, noun.table, &which, &bound, &also, |thing, when, changes| {
        let Some(course) = at.get(&thing).and_then(|n| courses.get_mut(*n)) else { return };
        for change in changes {
            let field = fields.iter().position(|field| *field == change.field).or((change.field == "removed_at").then_some(fields.len()));
            if let Some(field) = field {
                course.before[field].push((when, change.from));
            }
        }
    })?;
    Ok(courses)
}
