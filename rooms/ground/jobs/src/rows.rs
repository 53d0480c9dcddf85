//! Reading what was given up.

use kernel::{Column, Id, Mark, Names, Paged, Reader, Refusal, Result, Value, look::find_rows, task::DeadLetter};

/// So many stand on a page.
const PAGE: usize = 50;

pub(crate) fn given_up(reader: &mut dyn Reader, id: Id<DeadLetter>) -> Result<DeadLetter> {
    find_rows(reader, "where id = $1 and removed_at is null", &[id.value()])?.pop().ok_or(Refusal::NotFound)
}

/// What was given up, the newest first.
pub(crate) fn all_given_up(reader: &mut dyn Reader, after: Option<&Mark<i64>>) -> Result<Paged<DeadLetter>> {
    let (mut and, mut params) = ("", vec![]);
    if let Some(mark) = after {
        and = " and (created_at, id) < ($1, $2)";
        params.extend([Value::Int(mark.at), mark.id.value()]);
    }
    let sql = format!("where removed_at is null{and} order by created_at desc, id desc limit {}", PAGE + 1);
    let found = find_rows(reader, &sql, &params)?;
    Ok(Paged::cut(found, PAGE, |d: &DeadLetter| Mark::new(d.meta.created_at, d.meta.id)))
}

/// The names of those in whose name something was tried, and of the products that it belongs to.
pub(crate) fn names(look: &mut kernel::Look, letters: &[DeadLetter]) -> Result<Names> {
    let people = letters.iter().filter_map(|d| d.actor).collect();
    let products = letters.iter().filter_map(|d| d.product_of).collect();
    Names::of(look, [("member", people), ("product", products)].into())
}
