//! What says the same as a piece of evidence, and the needs that it may support.

use crate::model::*;
use kernel::{Area, Column, Id, Look, Noun, Refusal, Result, Uuid, list};
use likeness::{LIKELY, Texts};
use std::collections::HashMap;

/// What evidence says.
const EVIDENCE: Texts = Texts::of(Evidence::TABLE, "quote");
/// What needs say.
const NEEDS: Texts = Texts::of(Need::TABLE, "title || ' ' || statement");

/// Things that are most like a text, the most alike first; of whoever does not see customers none.
pub fn like(look: &mut Look, texts: Texts, text: &str, most: usize) -> Result<Vec<(Uuid, f32)>> {
    if look.scope.sees(Area::Customers) { texts.like(look, text, most) } else { Ok(vec![]) }
}

/// So many that are alike are looked at for needs.
const LOOKED_AT: usize = 25;
/// So alike evidence or a need has to be for the need to be offered.
const OFFERED_FROM: f32 = 0.25;

/// What stands beside a piece of evidence while it is triaged.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Evidence that likely says the same, with how alike it is.
    pub same: Vec<(Evidence, f32)>,
    /// Needs that it may support, the likeliest first.
    pub needs: Vec<Need>,
}

/// Likely duplicates of a piece and the needs that it may support: those of what is like it, and those that sound like it.
pub fn beside(look: &mut Look, piece: &Evidence, linked: &[Uuid]) -> Result<Beside> {
    let own = piece.meta.id;
    let alike: Vec<(Uuid, f32)> = like(look, EVIDENCE, &piece.quote, LOOKED_AT)?.into_iter().filter(|(id, _)| *id != own).collect();
    let likeness: HashMap<Uuid, f32> = alike.iter().copied().collect();
    let likely = list(alike.iter().filter(|(_, likeness)| *likeness >= LIKELY).map(|(id, _)| *id).take(5));
    // A whole and what was taken from it are not duplicates of one another.
    let whole = piece.split_from.unwrap_or(piece.id());
    let mut same: Vec<(Evidence, f32)> =
        Evidence::all(look, "and id in each($2) and id <> $3 and coalesce(split_from, '') <> $3", &[likely, whole.value()])?
            .into_iter()
            .map(|e| (likeness.get(&e.meta.id).copied().unwrap_or_default(), e))
            .map(|(likeness, e)| (e, likeness))
            .collect();
    same.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut scores: HashMap<Uuid, f32> = HashMap::new();
    for (need, likeness) in like(look, NEEDS, &piece.quote, 8)? {
        scores.insert(need, likeness);
    }
    let near: Vec<Uuid> = alike.iter().filter(|(_, likeness)| *likeness >= OFFERED_FROM).map(|(id, _)| *id).collect();
    for (evidence, needs) in crate::rows::supported(look, near)? {
        let likeness = likeness.get(&evidence).copied().unwrap_or_default();
        for need in needs {
            let score = scores.entry(need).or_default();
            *score = score.max(likeness);
        }
    }
    scores.retain(|need, score| *score >= OFFERED_FROM && !linked.contains(need));
    let mut needs = Need::all(look, "and id in each($2)", &[list(scores.keys().copied())])?;
    needs.sort_by(|a, b| scores.get(&b.meta.id).unwrap_or(&0.0).total_cmp(scores.get(&a.meta.id).unwrap_or(&0.0)).then(a.meta.id.cmp(&b.meta.id)));
    needs.truncate(4);
    Ok(Beside { same, needs })
}

/// The piece with this id, its needs and what is like it.
pub(crate) fn one(look: &mut Look, id: Id<Evidence>) -> Result<(crate::rows::Piece, Beside)> {
    let evidence = Evidence::get(look, id)?;
    let piece = crate::rows::pieces(look, vec![evidence])?.pop().ok_or(Refusal::NotFound)?;
    let beside = beside(look, &piece.evidence, &piece.needs)?;
    Ok((piece, beside))
}
