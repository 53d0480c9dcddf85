//! Reading what a model said, what was given, and how it was marked.

use crate::model::*;
use club::{Attempt, PeerReview};
use kernel::{Column, Id, Look, Mark, Noun, Paged, Reader, Result, Uuid, Value, look::find_rows};

/// One of the asker's own.
pub(crate) fn feedback(look: &mut Look, id: Id<Feedback>) -> Result<Option<Feedback>> {
    Ok(Feedback::all(look, "and id = $2", &[id.value()])?.pop())
}

/// The last about an attempt.
pub(crate) fn last_feedback(look: &mut Look, attempt: Id<Attempt>) -> Result<Option<Feedback>> {
    Ok(Feedback::all(look, "and attempt = $2 order by created_at desc, id desc limit 1", &[attempt.value()])?.pop())
}

pub(crate) fn specimen(reader: &mut dyn Reader, id: Id<Specimen>) -> Result<Option<Specimen>> {
    Ok(find_rows(reader, "where id = $1 and removed_at is null", &[id.value()])?.pop())
}

/// What the asker gave of an attempt.
pub(crate) fn given_of(look: &mut Look, attempt: Id<Attempt>) -> Result<Option<Specimen>> {
    let me = look.scope.oneself()?;
    Ok(find_rows(look.reader, "where attempt = $1 and member = $2 and removed_at is null", &[attempt.value(), me.value()])?.pop())
}

/// So many stand on a page.
const PAGE: usize = 30;

/// What was given, the newest first.
pub(crate) fn given(reader: &mut dyn Reader, after: Option<&Mark<i64>>) -> Result<Paged<Specimen>> {
    let (mut and, mut params) = ("", vec![]);
    if let Some(mark) = after {
        and = " and (created_at, id) < ($1, $2)";
        params.extend([Value::Int(mark.at), mark.id.value()]);
    }
    let found = find_rows(reader, &format!("where removed_at is null{and} order by created_at desc, id desc limit {}", PAGE + 1), &params)?;
    Ok(Paged::cut(found, PAGE, |specimen: &Specimen| Mark::new(specimen.meta.created_at, specimen.meta.id)))
}

/// The challenge that it is an answer to.
pub(crate) fn task(look: &mut Look, specimen: &Specimen) -> Result<Option<club::Task>> {
    club::edition_of(look, &specimen.challenge, specimen.edition)
}

/// Whether the asker may read it: it is their own, or they have handed in the same challenge.
pub(crate) fn may_mark(look: &mut Look, specimen: &Specimen) -> Result<bool> {
    Ok(specimen.member.0 == look.scope.oneself()? || club::has_handed_in(look, &specimen.challenge, specimen.edition)?)
}

/// What somebody marked of it.
pub(crate) fn mark_by(reader: &mut dyn Reader, specimen: Id<Specimen>, member: Uuid) -> Result<Option<SpecimenMark>> {
    Ok(find_rows(reader, "where specimen = $1 and member = $2 and removed_at is null", &[specimen.value(), member.value()])?.pop())
}

/// The marks of people on these.
pub(crate) fn marks_on(reader: &mut dyn Reader, specimens: &[Specimen]) -> Result<Vec<SpecimenMark>> {
    let ids = kernel::list(specimens.iter().map(|specimen| specimen.meta.id.simple().to_string()));
    find_rows(reader, "where specimen in each($1) and member is not null and removed_at is null", &[ids])
}

/// More answers than these are not compared at once.
const MOST_COMPARED: usize = 400;

/// Answers that somebody else has marked, here or in a review.
const MARKED: &str = "removed_at is null and (id in (select specimen from specimen_mark where member is not null and removed_at is null)
    or attempt in (select attempt from peer_review where removed_at is null))";

/// The answers that somebody has marked, the newest first.
pub(crate) fn marked_specimens(reader: &mut dyn Reader) -> Result<Vec<Specimen>> {
    find_rows(reader, &format!("where {MARKED} order by created_at desc, id desc limit {MOST_COMPARED}"), &[])
}

/// How many answers somebody has marked.
pub(crate) fn marked_count(reader: &mut dyn Reader) -> Result<i64> {
    reader.query(&format!("select count(*) from specimen where {MARKED}"), &[])?.pop().map_or(Ok(0), |mut row| row.take())
}

/// The marks of people on these: those that were given for comparison, and those of reviews.
pub(crate) fn marks_of_people(reader: &mut dyn Reader, specimens: &[Specimen]) -> Result<Vec<Marked>> {
    let marks = marks_on(reader, specimens)?;
    let attempts = kernel::list(specimens.iter().map(|specimen| specimen.attempt.0.simple().to_string()));
    let reviews: Vec<PeerReview> = find_rows(reader, "where attempt in each($1) and removed_at is null", &[attempts])?;
    let given = marks.into_iter().map(|mark| Marked { specimen: mark.specimen, levels: mark.levels.0 });
    let reviewed = reviews.into_iter().filter_map(|review| {
        let specimen = specimens.iter().find(|specimen| specimen.attempt == review.attempt)?.id();
        Some(Marked { specimen, levels: review.marks.0.into_iter().map(|mark| (mark.row, mark.level)).collect() })
    });
    Ok(given.chain(reviewed).collect())
}

/// The answers of a comparison that still stand, as far as they were read.
pub(crate) fn specimens_in(reader: &mut dyn Reader, comparison: Id<Comparison>) -> Result<Vec<Specimen>> {
    let clause = "where removed_at is null and id in (select specimen from specimen_mark where comparison = $1)";
    find_rows(reader, clause, &[comparison.value()])
}

/// The marks of a comparison's model so far.
pub(crate) fn marks_in(reader: &mut dyn Reader, comparison: Id<Comparison>) -> Result<Vec<SpecimenMark>> {
    find_rows(reader, "where comparison = $1", &[comparison.value()])
}

pub(crate) fn comparison(reader: &mut dyn Reader, id: Id<Comparison>) -> Result<Option<Comparison>> {
    Ok(find_rows(reader, "where id = $1 and removed_at is null", &[id.value()])?.pop())
}

/// The newest comparisons.
pub(crate) fn comparisons(reader: &mut dyn Reader, most: usize) -> Result<Vec<Comparison>> {
    find_rows(reader, &format!("where removed_at is null order by created_at desc, id desc limit {most}"), &[])
}

/// The last that says how far a model agrees with people, asked as it is asked now.
pub(crate) fn agreed(reader: &mut dyn Reader, model: &str) -> Result<Option<Comparison>> {
    let clause =
        "where removed_at is null and model = $1 and form = $2 and answers >= $3 and ended_at is not null order by ended_at desc, id desc limit 1";
    let params = [Value::Text(model.to_owned()), Value::Int(marking::FORM), Value::Int(marking::NEEDED as i64)];
    Ok(find_rows(reader, clause, &params)?.pop())
}
