//! The gap report: where the thread is broken, each gap with the one act that mends it. What a gap is say the nouns.

use crate::{
    graph::Knot,
    held::{Held, other},
    sql, then,
};
use kernel::{
    Area, Column, JsonSchema, Look, NounSpec, Query, Result, Scope, Serialize, Standing, Strand, Value,
    about::{Readable, may_read, noun},
    query,
    strand::thread,
};

/// A kind of gap with the things that show it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Gap {
    pub name: &'static str,
    /// Whoever decides here mends it.
    pub area: Area,
    /// Whether that is the reader.
    pub mine: bool,
    pub count: i64,
    /// The first of them.
    pub loose: Vec<Knot>,
    /// What it is, as its noun says.
    #[serde(skip)]
    pub kind: &'static kernel::Gap,
}

/// So many of a kind are counted: "50 and more".
const COUNTED: usize = 51;
/// So many of a kind are told.
const TOLD: usize = 20;

/// The kinds of gap about which a reader can be told: where they do not see a noun, nobody can say that it lacks.
fn kinds(scope: &Scope) -> Vec<(&'static NounSpec, &'static Strand, &'static kernel::Gap)> {
    let seen = |table: &str| noun(table).is_some_and(|noun| may_read(scope, noun.table, &noun.about) != Readable::Nothing);
    let all = thread().flat_map(|(noun, strand)| strand.gaps.iter().map(move |gap| (noun, strand, gap)));
    all.filter(|(noun, _, gap)| seen(noun.table) && gap.when.iter().filter_map(other).all(seen)).collect()
}

/// The gaps of the product at hand that there are: in one question, whatever the product's size.
pub fn gaps(look: &mut Look) -> Result<Vec<Gap>> {
    let kinds = kinds(look.scope);
    let part = |(n, (noun, strand, gap)): (usize, &(&NounSpec, &Strand, &kernel::Gap))| {
        let table = noun.table;
        let when: String = gap.when.iter().map(|fact| format!(" and {}", sql::holds(table, fact))).collect();
        let order: Vec<String> = gap.order.split(", ").map(|field| format!("{table}.{field}")).collect();
        format!(
            "select * from (select {n} as kind, {table}.id, {} from {table} where {table}.product = $1 and {table}.removed_at is null{when}
             order by {} limit {COUNTED}) as gap{n}",
            sql::shown(noun, strand),
            order.join(", ")
        )
    };
    let sql = kinds.iter().enumerate().map(part).collect::<Vec<_>>().join(" union all ");
    let mut loose: Vec<Vec<Knot>> = vec![vec![]; kinds.len()];
    if !kinds.is_empty() {
        let mut params = vec![look.scope.product_id()?.value()];
        if sql.contains("$2") {
            params.push(Value::Text(web::when::day(look.now())));
        }
        for mut row in look.query(&sql, &params)? {
            let kind = usize::try_from(row.take::<i64>()?).unwrap_or_default();
            let id = row.take()?;
            if let Some(((noun, ..), loose)) = kinds.get(kind).zip(loose.get_mut(kind)) {
                loose.push(Knot::read(noun.table.to_owned(), id, &mut row)?);
            }
        }
    }
    let found = kinds.iter().zip(loose).filter(|(_, loose)| !loose.is_empty());
    Ok(found.map(|((.., gap), loose)| told(look.scope, gap, loose.len(), loose)).collect())
}

/// The gaps as they were at the end of a past day.
pub(crate) fn gaps_as_of(look: &mut Look, at: i64, day: &str) -> Result<Vec<Gap>> {
    let then = Held::read(look, at)?;
    let mut gaps = vec![];
    for (noun, _, gap) in kinds(look.scope) {
        let broken = then.broken(noun, gap, day);
        if !broken.is_empty() {
            let first: Vec<_> = broken.iter().take(TOLD).map(|thing| thing.meta.id).collect();
            let mut loose = then::things(look, at, noun.table, &first.iter().copied().collect())?;
            loose.sort_by_key(|knot| first.iter().position(|id| *id == knot.id));
            gaps.push(told(look.scope, gap, broken.len().min(COUNTED), loose));
        }
    }
    Ok(gaps)
}

fn told(scope: &Scope, kind: &'static kernel::Gap, count: usize, mut loose: Vec<Knot>) -> Gap {
    loose.truncate(TOLD);
    let mine = matches!(scope.standing(kind.area).1, Standing::Decides | Standing::Signs);
    Gap { name: kind.name, area: kind.area, mine, count: count as i64, loose, kind }
}

/// Whether there is anything yet that could hang together.
pub(crate) fn begun(look: &mut Look) -> Result<bool> {
    let any = |table: &str| format!("exists (select 1 from {table} where product = $1 and removed_at is null)");
    let all: Vec<String> = ["need", "evidence", "objective", "initiative", "feature", "story"].map(any).into();
    let product = look.scope.product_id()?.value();
    Ok(look.number(&format!("select case when {} then 1 else 0 end", all.join(" or ")), &[product])? == 1)
}

query! {
    /// Where the thread from evidence to outcome is broken; up to 51 of each kind are counted.
    pub struct ReadGaps in "thread.gaps" at "/products/{product}/gaps" -> Vec<Gap> {
        /// A past day, such as 2026-11-23: the gaps as they stood at its end.
        pub as_of: Option<String>,
    }
}

impl Query for ReadGaps {
    fn ask(self, look: &mut Look) -> Result<Vec<Gap>> {
        let day = self.as_of.unwrap_or_default();
        match then::moment(&day)? {
            None => gaps(look),
            Some(at) => gaps_as_of(look, at, day.trim()),
        }
    }
}
