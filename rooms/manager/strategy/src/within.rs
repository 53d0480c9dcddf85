//! Objectives within objectives: which is drawn below which, and how deep they stand.

use crate::model::Objective;
use kernel::{Id, Noun};
use std::collections::{HashMap, HashSet};

/// So many objectives stand in one another at most.
pub(crate) const DEEPEST: usize = 8;

/// What each objective stands in, as it is drawn. Taking an edit back gives back what was, whatever has come since: so what
/// leads back to itself, and what is deeper than any may be, stands on its own here instead of nowhere.
#[derive(Debug, Default)]
pub(crate) struct Within(HashMap<Id<Objective>, Id<Objective>>);

impl Within {
    /// Of all objectives, in their order.
    pub fn of<'a>(all: impl Iterator<Item = &'a Objective>) -> Within {
        let named: Vec<(Id<Objective>, Option<Id<Objective>>)> = all.map(|objective| (objective.id(), objective.parent)).collect();
        Within::drawn(&named)
    }

    fn drawn(named: &[(Id<Objective>, Option<Id<Objective>>)]) -> Within {
        let there: HashSet<Id<Objective>> = named.iter().map(|(own, _)| *own).collect();
        let mut within = Within::default();
        for (own, parent) in named {
            // What is let in leads to no way back, so every way up ends.
            if let Some(parent) = parent.filter(|parent| there.contains(parent) && !within.leads(*parent, *own)) {
                within.0.insert(*own, parent);
            }
        }
        // From the top, so that only what is too deep is cut, and what hangs on it goes along.
        let mut by_depth: Vec<(usize, Id<Objective>)> = named.iter().map(|(own, _)| (within.depth(*own), *own)).collect();
        by_depth.sort_by_key(|(depth, _)| *depth);
        for (_, own) in by_depth {
            if within.depth(own) > DEEPEST {
                within.0.remove(&own);
            }
        }
        within
    }

    /// What it is drawn in; none where it stands on its own.
    pub fn parent(&self, of: Id<Objective>) -> Option<Id<Objective>> {
        self.0.get(&of).copied()
    }

    /// Itself and everything above it, nearest first.
    fn up(&self, from: Id<Objective>) -> impl Iterator<Item = Id<Objective>> + '_ {
        std::iter::successors(Some(from), move |at| self.parent(*at))
    }

    fn leads(&self, from: Id<Objective>, to: Id<Objective>) -> bool {
        self.up(from).any(|at| at == to)
    }

    /// How deep it stands; 1 on its own.
    pub fn depth(&self, of: Id<Objective>) -> usize {
        self.up(of).count()
    }

    /// So many stand in one another from it downwards, itself included.
    pub fn height(&self, of: Id<Objective>) -> usize {
        self.0.keys().filter_map(|below| self.up(*below).position(|at| at == of)).max().unwrap_or_default() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Uuid;

    fn id(n: u128) -> Id<Objective> {
        Id::new(Uuid::from_u128(n))
    }

    fn drawn(named: &[(u128, u128)]) -> Within {
        let named: Vec<_> = named.iter().map(|(own, parent)| (id(*own), (*parent > 0).then(|| id(*parent)))).collect();
        Within::drawn(&named)
    }

    #[test]
    fn what_leads_back_to_itself_still_stands_somewhere() {
        let round = drawn(&[(1, 2), (2, 1), (3, 2), (4, 4)]);
        assert_eq!((round.parent(id(1)), round.parent(id(2)), round.parent(id(3))), (Some(id(2)), None, Some(id(2))));
        assert_eq!(round.parent(id(4)), None);
        assert_eq!(drawn(&[(1, 9)]).parent(id(1)), None, "what is not there holds nothing");
        // Whatever is named, each has a way up to one that stands on its own.
        for a in 0..4 {
            for b in 0..4 {
                for c in 0..4 {
                    let any = drawn(&[(1, a), (2, b), (3, c)]);
                    assert!((1..4).all(|n| any.depth(id(n)) <= 3), "{a} {b} {c}");
                }
            }
        }
    }

    #[test]
    fn what_is_too_deep_begins_anew_with_what_hangs_on_it() {
        let deep: Vec<(u128, u128)> = (1..=10).map(|n| (n, n - 1)).collect();
        let within = drawn(&deep);
        assert_eq!((within.depth(id(8)), within.parent(id(9)), within.parent(id(10))), (8, None, Some(id(9))));
        assert_eq!((within.height(id(1)), within.height(id(9)), within.height(id(10))), (8, 2, 1));
    }
}
