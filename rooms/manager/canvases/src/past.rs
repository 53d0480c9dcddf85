//! A canvas as it stood at a past moment, with all that hung on it then: which links there were, what stood behind its notes,
//! and what of the roadmap delivered or addressed what. From that the fit of that day follows as it does today.

use crate::{
    boxes::Kind,
    model::*,
    rows::{self, Whole, Work},
};
use customers::{Evidence, Need};
use discovery::AssumptionTest;
use kernel::{Id, Look, Noun, Relation, Result, Tie, Uuid, list};
use roadmap::{Feature, Initiative};
use std::collections::{HashMap, HashSet};

/// Things that a canvas leads to, as they were.
fn among<T: Noun>(look: &mut Look, at: i64, ids: impl Iterator<Item = Uuid>) -> Result<Vec<T>> {
    let ids: Vec<Uuid> = ids.collect();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    activity::things_as_of::<T>(look, at, "and id in each($3)", &[list(ids)])
}

/// Links that led to any of these.
fn to(look: &mut Look, at: i64, ids: impl Iterator<Item = Uuid>) -> Result<Vec<Relation>> {
    let ids: Vec<Uuid> = ids.collect();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let mut links = activity::things_as_of::<Relation>(look, at, "and to_id in each($3)", &[list(ids)])?;
    links.sort_by_key(|link| link.meta.id);
    Ok(links)
}

/// Nothing where there was no such canvas then.
pub(crate) fn whole_then(look: &mut Look, id: Id<Canvas>, at: i64) -> Result<Option<Whole>> {
    let Some((canvas, notes)) = rows::then(look, id, at)? else { return Ok(None) };
    let links = to(look, at, notes.iter().map(|note| note.meta.id))?;
    let answers =
        links.iter().filter(|link| link.verb == Tie::Addresses && link.from_noun == CanvasNote::TABLE).map(|link| (link.from_id, link.to_id));
    let answers: Vec<(Uuid, Uuid)> = answers.collect();
    let shows: Vec<&Relation> = links.iter().filter(|link| link.verb == Tie::Supports && link.from_noun == Evidence::TABLE).collect();
    let there: HashSet<Uuid> = among::<Evidence>(look, at, shows.iter().map(|link| link.from_id))?.into_iter().map(|piece| piece.meta.id).collect();
    let mut evidence: HashMap<Uuid, i64> = HashMap::new();
    for link in shows.iter().filter(|link| there.contains(&link.from_id)) {
        *evidence.entry(link.to_id).or_default() += 1;
    }
    let wanted = || notes.iter().filter_map(|note| note.need).map(|id| id.0);
    let needs = among::<Need>(look, at, wanted())?.into_iter().map(|need| (need.meta.id, need.title)).collect();
    let mut through: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    if canvas.kind == Kind::ValueProposition {
        for link in to(look, at, wanted())? {
            if link.verb == Tie::Addresses && link.from_noun == Initiative::TABLE {
                through.entry(link.to_id).or_default().push(link.from_id);
            }
        }
    }
    let bets = notes.iter().filter_map(|note| note.initiative).map(|id| id.0).chain(through.values().flatten().copied());
    let bets: Vec<Uuid> = bets.collect();
    let bets = among::<Initiative>(look, at, bets.into_iter())?;
    let slices = among::<Feature>(look, at, notes.iter().filter_map(|note| note.feature).map(|id| id.0))?;
    let bets = bets.into_iter().map(|bet| (bet.meta.id, Work { number: bet.number, title: bet.title, state: bet.state }));
    let slices = slices.into_iter().map(|slice| (slice.meta.id, Work { number: slice.number, title: slice.title, state: slice.state }));
    let works = bets.chain(slices).collect();
    let risks = among::<Risk>(look, at, notes.iter().filter_map(|note| note.risk).map(|id| id.0))?;
    let tests = among::<AssumptionTest>(look, at, notes.iter().filter_map(|note| note.assumption_test).map(|id| id.0))?;
    Ok(Some(Whole {
        canvas,
        notes,
        answers,
        evidence,
        works,
        needs,
        risks: risks.into_iter().map(|risk| (risk.meta.id, risk)).collect(),
        tests: tests.into_iter().map(|test| (test.meta.id, test)).collect(),
        through,
        segment: None,
        persona: None,
    }))
}
