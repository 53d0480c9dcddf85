//! Reading the tree.

use crate::model::*;
use customers::NeedLine;
use kernel::{Column, Id, Look, Noun, Result, Uuid};
use roadmap::Initiative;
use std::collections::{BTreeSet, HashMap, HashSet};
use strategy::Objective;

/// A bet with the tests of what it rests on.
#[derive(Clone, Debug)]
pub(crate) struct Bet {
    pub initiative: Initiative,
    pub tests: Vec<AssumptionTest>,
}

/// A need with the bets that address it, both by their places.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub need: usize,
    pub bets: Vec<usize>,
    /// Somebody placed it here; else it stands here because of a bet.
    pub placed: bool,
}

/// What stands below an objective, or below none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Below {
    pub needs: Vec<Branch>,
    /// Bets that serve it and address no need of it.
    pub bets: Vec<usize>,
    /// So many more stand here that are not shown.
    pub more: usize,
}

impl Below {
    pub(crate) fn is_empty(&self) -> bool {
        self.needs.is_empty() && self.bets.is_empty()
    }

    /// All that stands here, shown or not.
    pub(crate) fn all(&self) -> usize {
        self.needs.len() + self.bets.len() + self.more
    }

    /// Keeps so many, and what is looked at.
    fn cut(&mut self, most: usize, looked_at: Option<usize>) {
        let (all, mut left) = (self.all(), most);
        let mut keeps = |is_looked_at: bool| {
            let keeps = left > 0 || is_looked_at;
            left = left.saturating_sub(1);
            keeps
        };
        self.needs.retain(|branch| keeps(looked_at.is_some_and(|bet| branch.bets.contains(&bet))));
        self.bets.retain(|bet| keeps(looked_at == Some(*bet)));
        self.more = all - self.needs.len() - self.bets.len();
    }
}

/// The whole tree, or one of its parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grown {
    /// Open objectives, each with what stands below it.
    pub roots: Vec<(Objective, Below)>,
    /// Needs that stand under no open objective, the greatest opportunity first.
    pub loose: Below,
    /// The needs that branches name.
    pub needs: HashMap<usize, NeedLine>,
    pub bets: Vec<Bet>,
}

/// Which part of the tree is looked at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    Whole,
    Of(Id<Objective>),
    /// What stands under no open objective.
    Loose,
}

/// So many needs and bets stand under each objective while all are looked at, and under one that is looked at alone.
const FEW: usize = 12;
pub(crate) const MOST: usize = 150;

/// The tree as it is: open objectives, their needs, the bets that are not dropped, and the tests of these.
pub(crate) fn grown(look: &mut Look, part: &Part, test: &str) -> Result<Grown> {
    let product = look.scope.product_id()?;
    let objectives = Objective::all(look, "and state = 'open' order by rank, id", &[])?;
    let initiatives = Initiative::all(look, "and state <> 'dropped' order by rank, id", &[])?;
    let tests = AssumptionTest::all(look, "order by created_at, id", &[])?;
    let links = look.query(
        "select from_noun, from_id, to_noun, to_id from relation where product = $1 and verb in ('serves', 'addresses') and removed_at is null",
        &[product.value()],
    )?;
    let needs = customers::uncounted(look)?;
    let looked_at = tests.iter().find(|known| known.id().to_string() == test).map(|known| known.initiative.0);
    let mut tests_of: HashMap<Uuid, Vec<AssumptionTest>> = HashMap::new();
    for test in tests {
        tests_of.entry(test.initiative.0).or_default().push(test);
    }
    let bets: Vec<Bet> =
        initiatives.into_iter().map(|initiative| Bet { tests: tests_of.remove(&initiative.meta.id).unwrap_or_default(), initiative }).collect();
    let bet_at: HashMap<Uuid, usize> = bets.iter().enumerate().map(|(n, bet)| (bet.initiative.meta.id, n)).collect();
    let need_at: HashMap<Uuid, usize> = needs.iter().enumerate().map(|(n, line)| (line.need.meta.id, n)).collect();
    let looked_at = looked_at.and_then(|id| bet_at.get(&id).copied());
    // By places, which are in the order in which all is shown: the bets of each need, the needs and the bets of each objective.
    let mut addressing: HashMap<usize, BTreeSet<usize>> = HashMap::new();
    let mut addressed: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut placed: HashMap<Uuid, BTreeSet<usize>> = HashMap::new();
    let mut serving: HashMap<Uuid, BTreeSet<usize>> = HashMap::new();
    for mut row in links {
        let (child, from, parent, to): (String, Uuid, String, Uuid) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let (bet, need) = (bet_at.get(&from).copied(), need_at.get(if child == "need" { &from } else { &to }).copied());
        match (child.as_str(), parent.as_str(), bet, need) {
            ("initiative", "need", Some(bet), Some(need)) => {
                addressing.entry(need).or_default().insert(bet);
                addressed.entry(bet).or_default().push(need);
            }
            ("initiative", "objective", Some(bet), _) => {
                serving.entry(to).or_default().insert(bet);
            }
            ("need", "objective", _, Some(need)) => {
                placed.entry(to).or_default().insert(need);
            }
            _ => {}
        }
    }
    let mut stand: HashSet<usize> = HashSet::new();
    let mut roots = vec![];
    for objective in objectives {
        let id = objective.meta.id;
        let (placed, serving) = (placed.remove(&id).unwrap_or_default(), serving.remove(&id).unwrap_or_default());
        // Where a need is placed, everything that addresses it stands there; else what serves this objective too.
        let led = serving.iter().filter_map(|bet| addressed.get(bet)).flatten().copied();
        let here: BTreeSet<usize> = placed.iter().copied().chain(led).collect();
        let branch = |need: usize| {
            let is_placed = placed.contains(&need);
            let of = addressing.get(&need).into_iter().flatten().copied().filter(|bet| is_placed || serving.contains(bet));
            Branch { need, bets: of.collect(), placed: is_placed }
        };
        let branches: Vec<Branch> = here.into_iter().map(branch).collect();
        stand.extend(branches.iter().map(|branch| branch.need));
        let used: HashSet<usize> = branches.iter().flat_map(|branch| branch.bets.iter().copied()).collect();
        let bets = serving.into_iter().filter(|bet| !used.contains(bet)).collect();
        roots.push((objective, Below { needs: branches, bets, more: 0 }));
    }
    let loose = (0..needs.len()).filter(|need| !stand.contains(need));
    let loose = loose.map(|need| Branch { need, bets: addressing.get(&need).into_iter().flatten().copied().collect(), placed: false });
    let mut loose = Below { needs: loose.collect(), ..Below::default() };
    let most = match part {
        Part::Whole => FEW,
        Part::Of(id) => {
            roots.retain(|(objective, _)| objective.id() == *id);
            loose = Below::default();
            MOST
        }
        Part::Loose => {
            roots.clear();
            MOST
        }
    };
    roots.iter_mut().for_each(|(_, below)| below.cut(most, looked_at));
    loose.cut(most, looked_at);
    // What stands behind a need is counted for those alone that are shown.
    let shown: HashSet<usize> =
        roots.iter().map(|(_, below)| below).chain([&loose]).flat_map(|below| &below.needs).map(|branch| branch.need).collect();
    let (places, mut lines): (Vec<usize>, Vec<NeedLine>) = needs.into_iter().enumerate().filter(|(place, _)| shown.contains(place)).unzip();
    customers::count_behind(look, &mut lines)?;
    Ok(Grown { roots, loose, needs: places.into_iter().zip(lines).collect(), bets })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_very_many_the_first_are_kept_and_what_is_looked_at() {
        let branch = |need: usize, bets: &[usize]| Branch { need, bets: bets.to_vec(), placed: true };
        let mut below = Below { needs: vec![branch(0, &[]), branch(1, &[]), branch(2, &[7])], bets: vec![8, 9], more: 0 };
        below.cut(2, Some(7));
        assert_eq!((below.needs.iter().map(|b| b.need).collect::<Vec<_>>(), below.bets.clone(), below.more), (vec![0, 1, 2], vec![], 2));
        assert_eq!(below.all(), 5);
        let mut few = Below { bets: vec![8], ..Below::default() };
        few.cut(2, None);
        assert_eq!((few.bets.len(), few.more), (1, 0));
    }
}
