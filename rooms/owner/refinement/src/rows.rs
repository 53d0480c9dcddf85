//! Reading sessions.

use crate::model::*;
use backlog::{Line, Readiness};
use kernel::{Column, JsonSchema, Look, Noun, Query, Result, Serialize, Uuid, Value, list, query};
use product::ReadyLine;

/// The session that runs.
pub(crate) fn running(look: &mut Look) -> Result<Option<Refinement>> {
    Ok(Refinement::all(look, "and ended_at is null order by number desc limit 1", &[])?.pop())
}

/// The last sessions, the newest first.
pub(crate) fn lately(look: &mut Look) -> Result<Vec<Refinement>> {
    Refinement::all(look, "and ended_at is not null order by number desc limit 20", &[])
}

/// Numbers are never used twice, so removed sessions count.
pub(crate) fn next_number(look: &mut Look) -> Result<i64> {
    let product = look.scope.product_id()?;
    Ok(look.number("select max(number) from refinement where product = $1", &[product.value()])? + 1)
}

/// The first open stories that nobody has marked as ready.
pub(crate) fn unready(look: &mut Look, count: i64) -> Result<Vec<Uuid>> {
    let sql = "select id from story where product = $1 and stage = 'open' and ready_at is null and sprint is null and removed_at is null order by rank, id limit $2";
    look.query(sql, &[look.scope.product_id()?.value(), Value::Int(count)])?.into_iter().map(|mut row| row.take()).collect()
}

/// The stories of an agenda, in its order; what was removed meanwhile is left out.
pub(crate) fn agenda(look: &mut Look, session: &Refinement) -> Result<Vec<Line>> {
    let mut lines = backlog::lines_where(look, "and story.id in each($2)", &[list(session.stories.iter().copied())])?;
    lines.sort_by_key(|line| session.stories.iter().position(|id| *id == line.id.0));
    Ok(lines)
}

/// What was noted in a session, as it was said, each with who did.
pub(crate) fn notes(look: &mut Look, session: &Refinement) -> Result<Vec<(RefinementNote, String)>> {
    let notes = RefinementNote::all(look, "and refinement = $2 order by created_at, id limit 500", &[session.id().value()])?;
    if notes.is_empty() {
        return Ok(vec![]);
    }
    let sql = "select refinement_note.id, member.name from refinement_note join member on member.id = refinement_note.member where refinement_note.refinement = $1";
    let names = look.query(sql, &[session.id().value()])?;
    let names: std::collections::HashMap<Uuid, String> = names.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let by = |note: &RefinementNote| names.get(&note.meta.id).cloned().unwrap_or_default();
    Ok(notes.into_iter().map(|note| (note.clone(), by(&note))).collect())
}

/// What a story of the agenda lacks before it is ready, in the words that people read.
pub(crate) fn lacks(look: &Look, agreed: &[ReadyLine], line: &Line) -> Vec<String> {
    Readiness::of_line(look.scope, agreed, line).missing().into_iter().map(str::to_owned).collect()
}

/// A story of an agenda.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct AgendaItem {
    pub number: i64,
    pub title: String,
    pub ready: bool,
    /// What it lacks of the definition of ready.
    pub missing: Vec<String>,
    /// Milliseconds that it took so far.
    pub took: i64,
    /// It is the one at hand.
    pub at_hand: bool,
}

query! {
    /// The agenda of the refinement session that runs; empty where none does.
    pub struct ReadAgenda in "refinement.read" at "/products/{product}/refinement" -> Vec<AgendaItem> {}
}

impl Query for ReadAgenda {
    fn ask(self, look: &mut Look) -> Result<Vec<AgendaItem>> {
        let Some(session) = running(look)? else { return Ok(vec![]) };
        let agreed = product::definition_of_ready(look)?;
        let now = look.now();
        let lines = agenda(look, &session)?;
        let item = |line: Line| AgendaItem {
            missing: lacks(look, &agreed, &line),
            ready: line.ready_at.is_some(),
            took: session.took(line.id.0, now),
            at_hand: session.at_story == Some(line.id.0),
            number: line.number,
            title: line.title,
        };
        Ok(lines.into_iter().map(item).collect())
    }
}
