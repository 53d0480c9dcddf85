//! The chain of a thing: everything above it, up to the vision and the evidence, and everything below it,
//! down to the verdict.

use kernel::{
    By, Column, Hang, JsonSchema, Key, Look, NounSpec, Query, Refusal, Result, Serialize, Strand, Uuid, Value, about, list, query, strand::thread,
};
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

/// The steps upwards: child noun, parent noun, and SQL that gives (child id, parent id) pairs of a product.
fn steps() -> impl Iterator<Item = (&'static str, &'static str, String)> {
    thread().flat_map(|(noun, strand)| strand.hangs.iter().map(|hang| (noun.table, hang.on, pairs(noun.table, hang))))
}

fn pairs(noun: &str, Hang { on, by, .. }: &Hang) -> String {
    // The few that are asked for lead, not the product.
    let of = |table: &str| format!("from {table} where coalesce({table}.product, '') = $1 and {table}.removed_at is null");
    match by {
        By::Field(field) => {
            format!("select id as child, {field} as parent from {noun} where product = $1 and {field} is not null and removed_at is null")
        }
        By::TheirField(field) => format!("select {field} as child, id as parent {} and {field} is not null", of(on)),
        By::Tie(tie) => format!("select from_id as child, to_id as parent {} and verb = '{tie}' and from_noun = '{noun}'", of("relation")),
        By::TiedBy(tie) => format!("select to_id as child, from_id as parent {} and verb = '{tie}' and from_noun = '{on}'", of("relation")),
        By::Newest => format!(
            "select {noun}.id as child, {on}.id as parent from {noun} join {on} on {on}.product = {noun}.product and {on}.removed_at is null
             and {on}.number = (select max(number) from {on} where product = $1 and removed_at is null)
             where {noun}.product = $1 and {noun}.removed_at is null"
        ),
    }
}

/// Follows the links from a set of things to the next level, up or down.
fn follow(look: &mut Look, noun: &str, ids: &BTreeSet<Uuid>, up: bool) -> Result<Vec<(&'static str, BTreeSet<Uuid>)>> {
    let product = look.scope.product_id()?;
    let mut found = vec![];
    for (child, parent, sql) in steps() {
        let (from, to) = if up { (child, parent) } else { (parent, child) };
        if from != noun || ids.is_empty() {
            continue;
        }
        let (by, wanted) = if up { ("child", "parent") } else { ("parent", "child") };
        let sql = format!("select distinct {wanted} from ({sql}) as step where {by} in each($2) limit {}", MOST + 1);
        let rows = look.query(&sql, &[product.value(), list(ids.iter().copied())])?;
        found.push((to, rows.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?));
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
        let levels: Vec<&str> = thread().map(|(noun, _)| noun.table).collect();
        out.sort_by_key(|k| (levels.iter().position(|level| *level == k.noun), k.number, k.id));
    }
    Ok(Chain { of, above, below, cut })
}

/// The things behind ids, as far as they still stand.
fn knots(look: &mut Look, table: &str, ids: &BTreeSet<Uuid>) -> Result<Vec<Knot>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let (noun, Strand { title, state, .. }) = thread().find(|(noun, _)| noun.table == table).ok_or(Refusal::NotFound)?;
    // What has no number of its own goes by that of what it is a part of.
    let number = match noun.fields.contains(&"number") {
        true => "number".to_owned(),
        false => part_of(noun).map_or("cast(null as bigint)".into(), |(field, whole)| {
            format!("(select number from {whole} where {whole}.id = {table}.{field})", whole = whole.table)
        }),
    };
    let product = look.scope.product_id()?;
    let sql =
        format!("select id, {number}, {title}, {state} from {table} where coalesce(product, '') = $1 and removed_at is null and id in each($2)");
    let rows = look.query(&sql, &[product.value(), list(ids.iter().copied())])?;
    rows.into_iter().map(|mut r| Ok(Knot { noun: table.to_owned(), id: r.take()?, number: r.take()?, title: r.take()?, state: r.take()? })).collect()
}

/// The numbered noun that a noun is a part of, with the field that says which.
fn part_of(noun: &NounSpec) -> Option<(&'static str, &'static NounSpec)> {
    let fields = noun.about.thread?.hangs.iter().filter_map(|hang| if let By::Field(field) = hang.by { Some((field, hang.on)) } else { None });
    fields.filter_map(|(field, on)| Some((field, about::noun(on)?))).find(|(_, whole)| whole.fields.contains(&"number"))
}

/// Whether the number of a noun's things in the thread is that of a key.
pub(crate) fn is_keyed(table: &str) -> bool {
    about::noun(table).is_some_and(|noun| noun.about.keyed || part_of(noun).is_some_and(|(_, whole)| whole.about.keyed))
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
    }
}

impl Query for ReadChain {
    fn ask(self, look: &mut Look) -> Result<Chain> {
        let (noun, id) = find(look, &self.of, self.id.as_deref())?;
        chain(look, &noun, id)
    }
}
