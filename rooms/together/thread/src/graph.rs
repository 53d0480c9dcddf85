//! The chain of a thing: everything above it, up to the vision and the evidence, and everything below it,
//! down to the verdict. Followed level by level, each level with one question.

use crate::{sql, then};
use kernel::{
    Column, JsonSchema, Key, Look, Query, Refusal, Result, Row, Serialize, Uuid, Value, about, list, query,
    strand::{ANYTHING, Hang, depth, strand, thread},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// One thing in the chain.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Knot {
    pub noun: String,
    pub id: Uuid,
    pub number: Option<i64>,
    pub title: String,
    /// What is said about it: a horizon, a stage, a verdict.
    pub state: String,
}

impl Knot {
    /// As a question selects it behind what it asks besides: id, number, title, state.
    pub(crate) fn read(noun: String, id: Uuid, row: &mut Row) -> Result<Knot> {
        let (number, title, state): (_, String, Option<String>) = (row.take()?, row.take()?, row.take()?);
        Ok(Knot { noun, id, number, title: titled(&title), state: state.unwrap_or_default() })
    }

    /// What is said of it in words: "in progress".
    pub fn says(&self) -> String {
        let spoken = strand(&self.noun).and_then(|(noun, strand)| noun.spoken(strand.state, &self.state));
        spoken.map_or_else(|| self.state.replace('_', " "), str::to_owned)
    }
}

/// A title without what its parts left empty.
pub(crate) fn titled(title: &str) -> String {
    title.trim_end_matches(": ").trim_start_matches(": ").to_owned()
}

/// A thing with what is above and below, by level.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Chain {
    pub of: Knot,
    /// From the vision down to just above the thing.
    pub above: Vec<Knot>,
    /// From just below the thing down to verdicts.
    pub below: Vec<Knot>,
    /// What hangs on what: the lower one first.
    pub ties: Vec<(Uuid, Uuid)>,
    /// Levels of which only the first are told, because they hold so many.
    pub cut: BTreeSet<String>,
}

impl Chain {
    pub fn all(&self) -> impl Iterator<Item = &Knot> {
        self.above.iter().chain([&self.of]).chain(&self.below)
    }
}

/// So many things of a level are followed at most.
pub(crate) const MOST: usize = 200;

/// The things from which the next step leads, by noun.
pub(crate) type Front = BTreeMap<&'static str, BTreeSet<Uuid>>;

/// A tie that was followed: which way, its ends, and the thing that it leads to.
pub(crate) struct Step {
    pub up: bool,
    pub child: Uuid,
    pub parent: Uuid,
    pub to: Knot,
}

/// The hangs that lead on from a noun: what hangs, how, and whether it leads up.
pub(crate) fn ways(from: &str, up: bool) -> Vec<(&'static str, &'static Hang)> {
    match up {
        true => strand(from).into_iter().flat_map(|(noun, strand)| strand.hangs.iter().map(|hang| (noun.table, hang))).collect(),
        false => {
            let all = thread().flat_map(|(noun, strand)| strand.hangs.iter().map(|hang| (noun.table, hang)));
            all.filter(|(child, hang)| hang.on == from || hang.on == ANYTHING && *child != from).collect()
        }
    }
}

/// One step from everything at both fronts, in one question.
fn steps(look: &mut Look, fronts: [(&Front, bool); 2]) -> Result<Vec<Step>> {
    let (mut params, mut parts) = (vec![look.scope.product_id()?.value()], vec![]);
    for (front, up) in fronts {
        for (from, ids) in front {
            params.push(list(ids.iter().copied()));
            let place = params.len();
            let led = ways(from, up).into_iter().filter_map(|(child, hang)| sql::step(child, hang, up, place));
            let before = parts.len();
            parts.extend(led.map(|sql| (up, sql)));
            if parts.len() == before {
                params.pop();
            }
        }
    }
    if parts.is_empty() {
        return Ok(vec![]);
    }
    let part = |(n, (up, sql)): (usize, &(bool, String))| {
        format!("select {} as up, noun, child, parent, number, title, state from ({sql} limit {}) as step{n}", i32::from(*up), MOST + 1)
    };
    let rows = look.query(&parts.iter().enumerate().map(part).collect::<Vec<_>>().join(" union all "), &params)?;
    rows.into_iter().map(read_step).collect()
}

fn read_step(mut row: Row) -> Result<Step> {
    let (up, noun, child, parent): (bool, String, Uuid, Uuid) = (row.take()?, row.take()?, row.take()?, row.take()?);
    Ok(Step { up, child, parent, to: Knot::read(noun, if up { parent } else { child }, &mut row)? })
}

/// The chain of a thing, today or as it was at a moment.
pub fn chain(look: &mut Look, noun: &str, id: Uuid, past: Option<i64>) -> Result<Chain> {
    let noun = strand(noun).ok_or(Refusal::NotFound)?.0.table;
    let of = match past {
        None => thing(look, noun, id)?,
        Some(at) => then::things(look, at, noun, &BTreeSet::from([id]))?.pop(),
    };
    let mut chain = Chain { of: of.ok_or(Refusal::NotFound)?, above: vec![], below: vec![], ties: vec![], cut: BTreeSet::new() };
    let (mut ties, mut seen) = (FxHashSet::default(), [FxHashSet::from_iter([id]), FxHashSet::from_iter([id])]);
    let mut fronts = [Front::from([(noun, BTreeSet::from([id]))]), Front::from([(noun, BTreeSet::from([id]))])];
    let mut held: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    while fronts.iter().any(|front| !front.is_empty()) {
        let both = [(&fronts[0], true), (&fronts[1], false)];
        let steps = match past {
            None => steps(look, both)?,
            Some(at) => then::steps(look, at, both)?,
        };
        let mut next = [Front::new(), Front::new()];
        for Step { up, child, parent, to } in steps {
            let (Some((noun, _)), way) = (strand(&to.noun), usize::from(!up)) else { continue };
            let held = held.entry((up, noun.table)).or_default();
            if !seen[way].contains(&to.id) {
                if *held == MOST {
                    chain.cut.insert(to.noun);
                    continue;
                }
                *held += 1;
                seen[way].insert(to.id);
                // What is reached by both ways (a decision about a part and the whole) stands where it was met first.
                if !seen[1 - way].contains(&to.id) {
                    next[way].entry(noun.table).or_default().insert(to.id);
                    if up { chain.above.push(to) } else { chain.below.push(to) }
                }
            }
            if ties.insert((child, parent)) {
                chain.ties.push((child, parent));
            }
        }
        fronts = next;
    }
    let levels: FxHashMap<&str, (usize, usize)> = thread().enumerate().map(|(n, (noun, _))| (noun.table, (depth(noun.table), n))).collect();
    for side in [&mut chain.above, &mut chain.below] {
        side.sort_by_cached_key(|knot| (levels.get(knot.noun.as_str()).copied(), knot.number, knot.id));
    }
    Ok(chain)
}

/// A thing of the thread, as far as it still stands.
pub(crate) fn thing(look: &mut Look, table: &str, id: Uuid) -> Result<Option<Knot>> {
    let (noun, strand) = strand(table).ok_or(Refusal::NotFound)?;
    let product = look.scope.product_id()?;
    let sql =
        format!("select {} from {table} where {table}.product = $1 and {table}.removed_at is null and {table}.id = $2", sql::shown(noun, strand));
    let row = look.first(&sql, &[product.value(), id.value()])?;
    row.map(|mut row| Knot::read(table.to_owned(), id, &mut row)).transpose()
}

/// Whether the number of a noun's things in the thread is that of a key.
pub(crate) fn is_keyed(table: &str) -> bool {
    about::noun(table).is_some_and(|noun| noun.about.keyed || sql::numbered_whole(noun).is_some())
}

/// Finds a thing by its key or number (initiative, feature, story), or by noun and id.
pub(crate) fn find(look: &mut Look, of: &str, id: Option<&str>) -> Result<(String, Uuid)> {
    if let Some(id) = id {
        return Ok((of.to_owned(), Uuid::parse_str(id).map_err(|_| Refusal::NotFound)?));
    }
    let product = look.scope.product()?;
    let number = match Key::parse(&of.to_uppercase()) {
        Some(found) if product.goes_by(&found.product) => found.number,
        _ => of.parse().map_err(|_| Refusal::NotFound)?,
    };
    let keyed = thread().filter(|(noun, _)| noun.about.keyed).map(|(noun, _)| noun.table);
    let each = keyed.map(|noun| format!("select '{noun}', id from {noun} where product = $1 and number = $2 and removed_at is null"));
    let found = look.first(&each.collect::<Vec<_>>().join(" union all "), &[look.scope.product_id()?.value(), Value::Int(number)])?;
    let mut row = found.ok_or(Refusal::NotFound)?;
    Ok((row.take()?, row.take()?))
}

query! {
    /// What stands above a thing, up to why, and below it, down to what became of it; of each level up to 200.
    pub struct ReadChain in "thread.chain" at "/products/{product}/thread/{of}" -> Chain {
        /// A key such as ORB-42, a number, or a noun when `id` is given.
        pub of: String,
        pub id: Option<String>,
        /// A past day, such as 2026-11-23: the chain as it stood at its end.
        pub as_of: Option<String>,
    }
}

impl Query for ReadChain {
    fn ask(self, look: &mut Look) -> Result<Chain> {
        let (noun, id) = find(look, &self.of, self.id.as_deref())?;
        let past = then::moment(self.as_of.as_deref().unwrap_or_default())?;
        chain(look, &noun, id, past)
    }
}
