//! Reading the stream.

use crate::model::*;
use kernel::{Column, Id, Look, Noun, Result, Uuid, Value};
use std::collections::HashMap;

/// So many stand on the page.
const MOST: i64 = 30;

/// What the stream shows.
pub(crate) struct Stream {
    /// Newest first.
    pub updates: Vec<Update>,
    pub names: HashMap<Uuid, String>,
}

/// The stream, or what of it is of one kind.
pub(crate) fn stream(look: &mut Look, kind: Option<Kind>) -> Result<Stream> {
    let updates = match kind {
        None => Update::all(look, "order by created_at desc, id desc limit $2", &[Value::Int(MOST)])?,
        Some(kind) => Update::all(look, "and kind = $2 order by created_at desc, id desc limit $3", &[kind.value(), Value::Int(MOST)])?,
    };
    let names = names(look, updates.iter())?;
    Ok(Stream { updates, names })
}

/// One update with the names of whom it speaks.
pub(crate) fn one(look: &mut Look, id: Id<Update>) -> Result<(Update, HashMap<Uuid, String>)> {
    let update = Update::get(look, id)?;
    let names = names(look, [&update].into_iter())?;
    Ok((update, names))
}

/// So many questions of people without an account are shown with one update.
const MOST_ASKED: i64 = 300;

/// What people without an account asked about an update, those first that wait.
pub(crate) fn asked_by_link(look: &mut Look, update: &Update) -> Result<Vec<UpdateQuestion>> {
    let ordered = "and update_of = $2 order by case when state = 'waits' then 0 else 1 end, created_at, id limit $3";
    UpdateQuestion::all(look, ordered, &[update.meta.id.value(), Value::Int(MOST_ASKED)])
}

fn names<'u>(look: &mut Look, updates: impl Iterator<Item = &'u Update>) -> Result<HashMap<Uuid, String>> {
    people::names_of(look, updates.flat_map(|update| [update.member.0].into_iter().chain(update.audience.members.iter().copied())))
}

/// So many of the newest that whoever asks may read.
pub fn latest(look: &mut Look, most: i64) -> Result<Vec<Update>> {
    Update::all(look, "order by created_at desc, id desc limit $2", &[Value::Int(most)])
}

/// After so long without an update those who decide are reminded that others wait.
const LONG: i64 = 21 * 86_400_000;

/// Of what nothing was told for long, and since when, where ever something was.
pub fn silence(look: &mut Look) -> Result<Vec<(Kind, Option<i64>)>> {
    let product = look.scope.product_id()?;
    let sql = "select kind, max(created_at) from product_update where product = $1 and removed_at is null group by kind";
    let last: HashMap<Kind, i64> =
        look.query(sql, &[product.value()])?.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let now = look.now();
    let quiet = |kind: &Kind| last.get(kind).is_none_or(|at| now - at > LONG).then(|| (*kind, last.get(kind).copied()));
    Ok(Kind::ALL.iter().filter_map(quiet).collect())
}
