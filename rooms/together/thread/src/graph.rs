//! The chain of a thing: everything above it, up to the vision and the evidence, and everything below it,
//! down to the verdict.

use kernel::{Column, JsonSchema, Key, Look, Query, Refusal, Result, Serialize, Uuid, Value, list, query};
use std::collections::BTreeSet;

/// One thing in the chain.
#[derive(Clone, Debug, Serialize, JsonSchema)]
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
    /// Levels of which only the first are told, because they hold so many.
    pub cut: BTreeSet<String>,
}

/// So many things of a level are followed at most.
const MOST: usize = 200;

/// The order of levels, from why to what became of it.
pub(crate) const LEVELS: &[&str] = &["vision", "objective", "evidence", "need", "initiative", "feature", "story", "sprint", "verdict"];

/// Steps upwards: child noun, parent noun, SQL that gives (child id, parent id) pairs of a product.
const STEPS: &[(&str, &str, &str)] = &[
    ("objective", "vision", "select objective.id as child, vision.id as parent from objective join vision on vision.product = objective.product and vision.removed_at is null
      and vision.number = (select max(number) from vision where product = $1 and removed_at is null) where objective.product = $1 and objective.removed_at is null"),
    ("initiative", "objective", "select from_id as child, to_id as parent from relation where product = $1 and verb = 'serves' and from_noun = 'initiative' and removed_at is null"),
    ("initiative", "need", "select from_id as child, to_id as parent from relation where product = $1 and verb = 'addresses' and removed_at is null"),
    ("need", "evidence", "select to_id as child, from_id as parent from relation where product = $1 and verb = 'supports' and removed_at is null"),
    ("feature", "initiative", "select id as child, initiative as parent from feature where product = $1 and initiative is not null and removed_at is null"),
    ("story", "feature", "select id as child, feature as parent from story where product = $1 and feature is not null and removed_at is null"),
];

/// Follows the links from a set of things to the next level, up or down.
fn follow(look: &mut Look, noun: &str, ids: &BTreeSet<Uuid>, up: bool) -> Result<Vec<(&'static str, BTreeSet<Uuid>)>> {
    let product = look.scope.product_id()?;
    let mut found = vec![];
    for (child, parent, sql) in STEPS {
        let (from, to) = if up { (*child, *parent) } else { (*parent, *child) };
        if from != noun || ids.is_empty() {
            continue;
        }
        let by = if up { "child" } else { "parent" };
        let sql = format!("select child, parent from ({sql}) as step where {by} in each($2) limit {}", MOST + 1);
        let mut next = BTreeSet::new();
        for mut row in look.query(&sql, &[product.value(), list(ids.iter().copied())])? {
            let (c, p): (Uuid, Uuid) = (row.take()?, row.take()?);
            next.insert(if up { p } else { c });
        }
        found.push((to, next));
    }
    Ok(found)
}

/// The chain of a thing.
pub fn chain(look: &mut Look, noun: &str, id: Uuid) -> Result<Chain> {
    let of = knots(look, noun, &BTreeSet::from([id]))?.pop().ok_or(Refusal::NotFound)?;
    let (mut above, mut below, mut cut) = (vec![], vec![], BTreeSet::new());
    for up in [true, false] {
        let mut frontier: Vec<(&str, BTreeSet<Uuid>)> = vec![(noun, BTreeSet::from([id]))];
        let mut seen: BTreeSet<Uuid> = BTreeSet::from([id]);
        let out = if up { &mut above } else { &mut below };
        while let Some((noun, ids)) = frontier.pop() {
            for (next, mut ids) in follow(look, noun, &ids, up)? {
                ids.retain(|id| seen.insert(*id));
                if ids.len() > MOST {
                    cut.insert(next.to_owned());
                    ids = ids.into_iter().take(MOST).collect();
                }
                out.extend(knots(look, next, &ids)?);
                frontier.push((next, ids));
            }
        }
        let level = |k: &Knot| LEVELS.iter().position(|l| *l == k.noun).unwrap_or(LEVELS.len());
        out.sort_by(|a, b| level(a).cmp(&level(b)).then(a.number.cmp(&b.number)));
    }
    let mut stories: BTreeSet<Uuid> = below.iter().filter(|k| k.noun == "story").map(|k| k.id).collect();
    if noun == "story" {
        stories.insert(id);
    }
    below.extend(ends(look, &stories)?);
    Ok(Chain { of, above, below, cut })
}

/// The things behind ids, as far as they still stand.
fn knots(look: &mut Look, noun: &str, ids: &BTreeSet<Uuid>) -> Result<Vec<Knot>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let (number, title, state) = match noun {
        "vision" => ("number", "is_a || ': ' || that", "''"),
        "objective" => ("cast(null as bigint)", "title", "state"),
        "need" => ("cast(null as bigint)", "title", "segment"),
        "evidence" => ("cast(null as bigint)", "quote", "customer"),
        "initiative" | "feature" => ("number", "title", "horizon"),
        "story" => ("number", "title", "stage"),
        _ => return Err(Refusal::NotFound),
    };
    let product = look.scope.product_id()?;
    let sql = format!("select id, {number}, {title}, {state} from {noun} where coalesce(product, '') = $1 and removed_at is null and id in each($2)");
    let rows = look.query(&sql, &[product.value(), list(ids.iter().copied())])?;
    rows.into_iter().map(|mut r| Ok(Knot { noun: noun.to_owned(), id: r.take()?, number: r.take()?, title: r.take()?, state: r.take()? })).collect()
}

/// Sprints and verdicts of stories.
fn ends(look: &mut Look, stories: &BTreeSet<Uuid>) -> Result<Vec<Knot>> {
    if stories.is_empty() {
        return Ok(vec![]);
    }
    let product = look.scope.product_id()?;
    // The few stories lead, not the product.
    let params = [product.value(), list(stories.iter().copied())];
    let sprints = look.query(
        "select distinct sprint.id, sprint.number, sprint.name, sprint.state from story join sprint on sprint.id = story.sprint
         where coalesce(story.product, '') = $1 and story.id in each($2) order by sprint.number",
        &params,
    )?;
    let verdicts = look.query(
        "select verdict.id, story.number, coalesce(member.name, 'Someone') || case when verdict.reason = '' then '' else ': ' || verdict.reason end,
                case when verdict.accepted = 1 then 'accepted' else 'rejected' end
         from verdict join story on story.id = verdict.story left join member on member.id = verdict.member
         where coalesce(verdict.product, '') = $1 and verdict.removed_at is null and story.id in each($2) order by verdict.created_at",
        &params,
    )?;
    let mut out = vec![];
    for (noun, rows) in [("sprint", sprints), ("verdict", verdicts)] {
        for mut r in rows {
            out.push(Knot { noun: noun.into(), id: r.take()?, number: r.take()?, title: r.take()?, state: r.take()? });
        }
    }
    Ok(out)
}

/// Finds a thing by its key or number (initiative, feature, story), or by noun and id.
pub(crate) fn find(look: &mut Look, of: &str, id: Option<&str>) -> Result<(String, Uuid)> {
    if let Some(id) = id {
        return Ok((of.to_owned(), Uuid::parse_str(id).map_err(|_| Refusal::NotFound)?));
    }
    let key = look.scope.product()?.key.clone();
    let number = match Key::parse(&of.to_uppercase()) {
        Some(found) if found.product == key => found.number,
        _ => of.parse().map_err(|_| Refusal::NotFound)?,
    };
    let product = look.scope.product_id()?;
    let found = look.first(
        "select 'story', id from story where product = $1 and number = $2 and removed_at is null
         union all select 'feature', id from feature where product = $1 and number = $2 and removed_at is null
         union all select 'initiative', id from initiative where product = $1 and number = $2 and removed_at is null",
        &[product.value(), Value::Int(number)],
    )?;
    let mut row = found.ok_or(Refusal::NotFound)?;
    Ok((row.take()?, row.take()?))
}

query! {
    /// What stands above a thing, up to why, and below it, down to what became of it; of each level up to 200.
    pub struct ReadChain in "thread.chain" at "/products/{product}/thread/{of}" -> Chain {
        /// A key such as ORB-42, a number, or a noun when `id` is given.
        pub of: String,
        pub id: Option<String>,
    }
}

impl Query for ReadChain {
    fn ask(self, look: &mut Look) -> Result<Chain> {
        let (noun, id) = find(look, &self.of, self.id.as_deref())?;
        chain(look, &noun, id)
    }
}
