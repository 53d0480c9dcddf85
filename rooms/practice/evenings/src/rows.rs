//! Reading club evenings.

use crate::{
    answering::{self, Sealed},
    model::*,
};
use kernel::{Column, Look, Noun, Result, Uuid, look::find_rows, sealed};

/// The evenings, the newest first.
pub(crate) fn evenings(look: &mut Look) -> Result<Vec<ClubEvening>> {
    ClubEvening::all(look, "order by created_at desc, id desc limit 100", &[])
}

/// What was revealed, the best first. It is read past who may read an answer, so whoever shows it keeps to how it went where
/// the reader has not handed one in.
pub(crate) fn answers(look: &mut Look, evening: &ClubEvening) -> Result<Vec<EveningAnswer>> {
    let clause = "where evening = $1 and removed_at is null order by coalesce(score, 0.0) desc, handed_in_at, id limit 200";
    find_rows(look.reader, clause, &[evening.id().value()])
}

/// Who has handed in, and what the reader has.
pub(crate) fn so_far(look: &mut Look, evening: &ClubEvening) -> Result<(Vec<Uuid>, Option<Sealed>)> {
    let who = sealed::who(look, [evening.meta.id])?.into_iter().map(|(_, member)| member).collect();
    let own = sealed::own(look, [evening.meta.id])?.remove(&evening.meta.id).map(|body| answering::read(&body)).transpose()?;
    Ok((who, own))
}
