//! Reading the tree.

use crate::model::*;
use customers::NeedLine;
use kernel::{Column, Look, Noun, Result, Uuid};
use roadmap::Initiative;
use std::collections::{HashMap, HashSet};
use strategy::Objective;

/// A bet with the tests of what it rests on.
#[derive(Clone, Debug)]
pub(crate) struct Bet {
    pub initiative: Initiative,
    pub tests: Vec<AssumptionTest>,
}

/// A need with the bets that address it, by their places.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub line: NeedLine,
    pub bets: Vec<usize>,
    /// Somebody placed it here; else it stands here because of a bet.
    pub placed: bool,
}

/// An objective with what stands below it.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    pub objective: Objective,
    pub needs: Vec<Branch>,
    /// Bets that serve it and address no need of it.
    pub bets: Vec<usize>,
}

/// The whole tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grown {
    pub roots: Vec<Root>,
    /// Needs that stand under no open objective, the greatest opportunity first.
    pub loose: Vec<Branch>,
    pub bets: Vec<Bet>,
}

/// The tree as it is: open objectives, their needs, the bets that are not dropped, and the tests of these.
pub(crate) fn grown(look: &mut Look) -> Result<Grown> {
    let product = look.scope.product_id()?;
    let objectives = Objective::all(look, "and state = 'open' order by rank, id", &[])?;
    let initiatives = Initiative::all(look, "and state <> 'dropped' order by rank, id", &[])?;
    let tests = AssumptionTest::all(look, "order by created_at, id", &[])?;
    let links = look.query(
        "select from_noun, from_id, to_noun, to_id from relation where product = $1 and verb in ('serves', 'addresses') and removed_at is null order by id",
        &[product.value()],
    )?;
    let needs = customers::counted(look)?;
    let mut of: HashMap<(String, String), HashMap<Uuid, Vec<Uuid>>> = HashMap::new();
    for mut row in links {
        let (child, from, parent, to): (String, Uuid, String, Uuid) = (row.take()?, row.take()?, row.take()?, row.take()?);
        of.entry((child, parent)).or_default().entry(to).or_default().push(from);
    }
    let below = |child: &str, parent: &str, id: Uuid| -> Vec<Uuid> {
        of.get(&(child.to_owned(), parent.to_owned())).and_then(|all| all.get(&id)).cloned().unwrap_or_default()
    };
    let mut tests_of: HashMap<Uuid, Vec<AssumptionTest>> = HashMap::new();
    for test in tests {
        tests_of.entry(test.initiative.0).or_default().push(test);
    }
    let bets: Vec<Bet> =
        initiatives.into_iter().map(|initiative| Bet { tests: tests_of.remove(&initiative.meta.id).unwrap_or_default(), initiative }).collect();
    let place: HashMap<Uuid, usize> = bets.iter().enumerate().map(|(n, bet)| (bet.initiative.meta.id, n)).collect();
    let places = |ids: Vec<Uuid>| {
        let mut places: Vec<usize> = ids.iter().filter_map(|id| place.get(id).copied()).collect();
        places.sort_unstable();
        places.dedup();
        places
    };
    let addressing: HashMap<Uuid, Vec<usize>> =
        needs.iter().map(|line| (line.need.meta.id, places(below("initiative", "need", line.need.meta.id)))).collect();
    let mut stand: HashSet<Uuid> = HashSet::new();
    let mut roots = vec![];
    for objective in objectives {
        let id = objective.meta.id;
        let placed: HashSet<Uuid> = below("need", "objective", id).into_iter().collect();
        let serving = places(below("initiative", "objective", id));
        let mut used: HashSet<usize> = HashSet::new();
        let mut branches = vec![];
        for line in &needs {
            let need = line.need.meta.id;
            let all = addressing.get(&need).cloned().unwrap_or_default();
            let is_placed = placed.contains(&need);
            // Where it is placed, everything that addresses it stands there; else what serves this objective too.
            let here: Vec<usize> = all.into_iter().filter(|bet| is_placed || serving.contains(bet)).collect();
            if is_placed || !here.is_empty() {
                used.extend(&here);
                stand.insert(need);
                branches.push(Branch { line: line.clone(), bets: here, placed: is_placed });
            }
        }
        let bets = serving.into_iter().filter(|bet| !used.contains(bet)).collect();
        roots.push(Root { objective, needs: branches, bets });
    }
    let loose = needs.into_iter().filter(|line| !stand.contains(&line.need.meta.id));
    let loose = loose.map(|line| Branch { bets: addressing.get(&line.need.meta.id).cloned().unwrap_or_default(), line, placed: false }).collect();
    Ok(Grown { roots, loose, bets })
}
