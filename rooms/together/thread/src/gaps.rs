//! The gap report: where the thread is broken, each gap with the one act that mends it.

use kernel::{Column, JsonSchema, Look, Query, Result, Serialize, query};

/// A kind of gap with the things that show it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Gap {
    pub name: &'static str,
    /// What to do about it.
    pub mend: &'static str,
    pub count: i64,
    /// Number (for what has a key), title and the place that mends it.
    pub examples: Vec<(Option<i64>, String, String)>,
}

/// Name, what mends it, the query that gives id, number and title in an order that an index has, so that it stops early,
/// and the path below the product.
struct Kind {
    name: &'static str,
    mend: &'static str,
    select: &'static str,
    place: &'static str,
}

/// The gap that Home tells by itself, too.
pub const LOOSE_EVIDENCE: &str = "Evidence never linked";

const KINDS: &[Kind] = &[
    Kind { name: "Needs without evidence", mend: "Link evidence to it", place: "customers?open={id}",
        select: "select id, cast(null as bigint) as number, title from need n where product = $1 and removed_at is null
                 and not exists (select 1 from relation where to_id = n.id and verb = 'supports' and removed_at is null) order by id" },
    Kind { name: LOOSE_EVIDENCE, mend: "Link it to a need", place: "customers",
        select: "select id, cast(null as bigint) as number, quote as title from evidence e where product = $1 and removed_at is null
                 and not exists (select 1 from relation where from_id = e.id and verb = 'supports' and removed_at is null)
                 order by created_at desc" },
    Kind { name: "Objectives without an initiative", mend: "Say which initiative serves it", place: "roadmap",
        select: "select id, cast(null as bigint) as number, title from objective o where product = $1 and removed_at is null and state = 'open'
                 and not exists (select 1 from relation where to_id = o.id and verb = 'serves' and removed_at is null) order by rank" },
    Kind { name: "Initiatives without an objective", mend: "Say which objective it serves", place: "roadmap?open={number}",
        select: "select id, number, title from initiative i where product = $1 and removed_at is null and state = 'open'
                 and not exists (select 1 from relation where from_id = i.id and verb = 'serves' and removed_at is null) order by number" },
    Kind { name: "Initiatives without a need", mend: "Say which need it addresses", place: "roadmap?open={number}",
        select: "select id, number, title from initiative i where product = $1 and removed_at is null and state = 'open'
                 and not exists (select 1 from relation where from_id = i.id and verb = 'addresses' and removed_at is null) order by number" },
    Kind { name: "Features without an initiative", mend: "Say which initiative it is part of", place: "roadmap?open={number}",
        select: "select id, number, title from feature f where product = $1 and removed_at is null and state = 'open' and initiative is null order by number" },
    Kind { name: "Features in Now without ready stories", mend: "Write and ready stories for it", place: "roadmap?open={number}",
        select: "select id, number, title from feature f where product = $1 and removed_at is null and state = 'open' and horizon = 'now'
                 and not exists (select 1 from story_tally where product = f.product and feature = f.id
                   and stage in ('open', 'doing', 'handed_over', 'accepted') and stories > 0 and (stage <> 'open' or ready > 0)) order by number" },
    Kind { name: "Stories without a feature", mend: "Hang it on a feature", place: "backlog?open={number}",
        select: "select id, number, title from story s where product = $1 and removed_at is null and feature is null and stage in ('open', 'doing', 'handed_over')
                 order by stage, rank" },
    Kind { name: "Stories at work whose criteria nobody has verified", mend: "Check its criteria", place: "backlog?open={number}",
        select: "select id, number, title from story s where product = $1 and removed_at is null and stage in ('doing', 'handed_over')
                 and exists (select 1 from criterion where story = s.id and state in ('none', 'stale') and removed_at is null) order by stage, rank" },
    Kind { name: "Accepted stories whose feature is not released", mend: "Release the feature", place: "roadmap?open={number}",
        select: "select id, number, title from feature where product = $1 and removed_at is null and state = 'open' and id in (
                   select feature from story_tally where product = $1 group by feature
                   having sum(case when stage = 'accepted' then stories else 0 end) > 0
                   and sum(case when stage in ('open', 'doing', 'handed_over') then stories else 0 end) = 0) order by number" },
    Kind { name: "Initiatives whose window has passed", mend: "Release it, or agree on a new window", place: "roadmap?open={number}",
        select: "select id, number, title from initiative i where product = $1 and removed_at is null and state = 'open' and ends_on < $2 order by number" },
];

/// The gaps of the product at hand that there are; one query each, whatever the product's size.
pub fn gaps(look: &mut Look) -> Result<Vec<Gap>> {
    let product = look.scope.product_id()?;
    let today = kernel::Value::Text(web::when::day(look.now()));
    let mut gaps = vec![];
    for kind in KINDS {
        let params = if kind.select.contains("$2") { vec![product.value(), today.clone()] } else { vec![product.value()] };
        // Up to 51 tell the count well enough: "50 and more".
        let rows = look.query(&format!("{} limit 51", kind.select), &params)?;
        let count = rows.len() as i64;
        let mut examples = vec![];
        for mut row in rows.into_iter().take(20) {
            let (id, number, title): (kernel::Uuid, Option<i64>, String) = (row.take()?, row.take()?, row.take()?);
            let place = kind.place.replace("{id}", &id.simple().to_string()).replace("{number}", &number.unwrap_or(0).to_string());
            examples.push((number, title, place));
        }
        if count > 0 {
            gaps.push(Gap { name: kind.name, mend: kind.mend, count, examples });
        }
    }
    Ok(gaps)
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
    pub struct ReadGaps in "thread.gaps" at "/products/{product}/gaps" -> Vec<Gap> {}
}

impl Query for ReadGaps {
    fn ask(self, look: &mut Look) -> Result<Vec<Gap>> {
        gaps(look)
    }
}
