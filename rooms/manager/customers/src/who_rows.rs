//! Reading customers and segments.

use crate::{model::*, rows};
use kernel::{Column, Deserialize, Id, Look, Mark, Noun, Paged, Result, Uuid, Value, list, value::containing};
use std::collections::HashMap;

/// So many customers stand on a page.
const PAGE: usize = 100;
/// So many pieces of evidence stand on a customer's panel.
pub(crate) const SAID: usize = 50;
/// So many names are offered while one is typed.
const OFFERED: i64 = 300;

/// Which customers are looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct WhoWanted {
    /// A part of the name.
    #[serde(default)]
    pub find: String,
    /// Where the last page ended.
    #[serde(default)]
    pub after: String,
    /// Only those of a segment.
    #[serde(default)]
    pub of: String,
}

/// A customer with what is known of it.
#[derive(Clone, Debug)]
pub struct CustomerLine {
    pub customer: Customer,
    pub segment: String,
    pub heard: Heard,
}

/// What was heard of a customer.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    pub evidence: i64,
    /// Needs that it supports.
    pub needs: i64,
    /// The day of the newest.
    pub latest: Option<String>,
}

/// A page of customers by name.
pub fn customers(look: &mut Look, wanted: &WhoWanted) -> Result<Paged<CustomerLine>> {
    let (mut and, mut params) = (String::new(), vec![]);
    let words = wanted.find.trim();
    if !words.is_empty() {
        params.extend([containing(&words.to_lowercase()), containing(words)]);
        and += " and (lower(name) like $2 escape '!' or name like $3 escape '!')";
    }
    if !wanted.of.is_empty() && look.scope.sees(kernel::Area::Research) {
        params.push(Id::<Segment>::try_from(wanted.of.as_str())?.value());
        and += &format!(" and segment = ${}", params.len() + 1);
    }
    if let Some(mark) = Mark::<String>::read(&wanted.after)? {
        let n = params.len() + 2;
        and += &format!(" and (lower(name), id) > (${n}, ${})", n + 1);
        params.extend([Value::Text(mark.at), mark.id.value()]);
    }
    let found = Customer::all(look, &format!("{and} order by lower(name), id limit {}", PAGE + 1), &params)?;
    // The database has its own small letters; what it ordered by is asked of it.
    let ends = match found.get(PAGE - 1).filter(|_| found.len() > PAGE) {
        Some(last) => look.first("select lower(name) from customer where id = $1", &[last.meta.id.value()])?.map(|mut row| row.take()).transpose()?,
        None => None,
    };
    let ends: String = ends.unwrap_or_default();
    let page = Paged::cut(found, PAGE, |customer| Mark::new(ends.clone(), customer.meta.id));
    Ok(Paged { items: lines(look, page.items)?, next: page.next })
}

/// All customers as a file lists them.
pub fn all_customers(look: &mut Look, wanted: &WhoWanted) -> Result<Vec<CustomerLine>> {
    let (mut all, mut wanted) = (vec![], wanted.clone());
    loop {
        let page = customers(look, &wanted)?;
        all.extend(page.items);
        match page.next {
            Some(next) => wanted.after = next,
            None => return Ok(all),
        }
    }
}

/// Completes customers, with two questions for any number of them.
fn lines(look: &mut Look, customers: Vec<Customer>) -> Result<Vec<CustomerLine>> {
    let mut heard = heard(look, customers.iter().map(|c| c.meta.id).collect())?;
    let names = rows::names(look, [], customers.iter().map(|c| c.segment))?;
    let scope = look.scope;
    let line = |customer: Customer| CustomerLine {
        segment: customer.segment.and_then(|id| names.called(scope, id.0)).unwrap_or_default(),
        heard: heard.remove(&customer.meta.id).unwrap_or_default(),
        customer,
    };
    Ok(customers.into_iter().map(line).collect())
}

fn heard(look: &mut Look, customers: Vec<Uuid>) -> Result<HashMap<Uuid, Heard>> {
    if customers.is_empty() {
        return Ok(HashMap::new());
    }
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select evidence.customer, count(distinct evidence.id), count(distinct relation.to_id), max(evidence.noted_on)
         from evidence left join relation on relation.from_id = evidence.id and relation.verb = 'supports' and relation.to_noun = 'need' and relation.removed_at is null
         where evidence.product = $1 and evidence.customer in each($2) and evidence.removed_at is null group by evidence.customer",
        &[product.value(), list(customers)],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, Heard { evidence: row.take()?, needs: row.take()?, latest: row.take()? }))).collect()
}

/// One customer; of one that was merged the one that it turned out to be.
pub(crate) fn customer(look: &mut Look, id: Id<Customer>) -> Result<CustomerLine> {
    let found = match Customer::get(look, id) {
        Err(kernel::Refusal::NotFound) => {
            let stays = went_to(look, id)?;
            Customer::get(look, stays)?
        }
        found => found?,
    };
    lines(look, vec![found])?.pop().ok_or(kernel::Refusal::NotFound)
}

/// So many mergings in a row are followed.
const DEEPEST: usize = 8;

/// The customer that stays of one that was merged, and merged again.
fn went_to(look: &mut Look, id: Id<Customer>) -> Result<Id<Customer>> {
    let (product, mut at) = (look.scope.product_id()?, id);
    for _ in 0..DEEPEST {
        let gone =
            look.first("select merged_into from customer where product = $1 and id = $2 and removed_at is not null", &[product.value(), at.value()])?;
        let next = gone.map(|mut row| row.take::<Option<Id<Customer>>>()).transpose()?.flatten();
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(at)
}

/// What a customer said, newest first; one more than is shown where there is more.
pub(crate) fn said_by(look: &mut Look, customer: Id<Customer>) -> Result<Vec<rows::Piece>> {
    let clause = format!("and customer = $2 order by noted_on desc, id desc limit {}", SAID + 1);
    let evidence = Evidence::all(look, &clause, &[customer.value()])?;
    rows::pieces(look, evidence)
}

/// What a customer wants on the portal, and how that stands.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub post: Uuid,
    pub title: String,
    /// A word of the portal.
    pub status: String,
}

/// So many wishes stand on a customer's panel.
pub(crate) const WISHES: usize = 30;

/// What is wanted on the portal on behalf of a customer, the newest vote first; what was merged stands for what it was merged
/// into. One more than is shown where there is more.
pub(crate) fn wishes(look: &mut Look, customer: Id<Customer>) -> Result<Vec<Wish>> {
    let sql = format!(
        "select root.id, root.title, root.status from portal_voice join portal_post on portal_post.id = portal_voice.post
         join portal_post as root on root.id = portal_post.root and root.removed_at is null
         where portal_voice.product = $1 and portal_voice.customer = $2 and portal_voice.votes = 1 and portal_voice.removed_at is null
         group by root.id, root.title, root.status order by max(portal_voice.id) desc limit {}",
        WISHES + 1
    );
    let rows = look.query(&sql, &[look.scope.product_id()?.value(), customer.value()])?;
    rows.into_iter().map(|mut row| Ok(Wish { post: row.take()?, title: row.take()?, status: row.take()? })).collect()
}

/// Interviews with a customer, the newest first.
pub(crate) fn talks(look: &mut Look, customer: Id<Customer>) -> Result<Vec<Interview>> {
    Interview::all(look, "and customer = $2 order by held_on desc, id desc limit 20", &[customer.value()])
}

/// A segment with how many there are of everything in it.
#[derive(Clone, Debug)]
pub struct SegmentLine {
    pub segment: Segment,
    pub customers: i64,
    /// What comes from those of them of whom it is known.
    pub revenue: Option<f64>,
    pub needs: i64,
    pub evidence: i64,
}

/// All segments, the largest first.
pub fn segments(look: &mut Look) -> Result<Vec<SegmentLine>> {
    let product = look.scope.product_id()?;
    let segments = Segment::all(look, "order by coalesce(size, -1) desc, lower(name), id", &[])?;
    if segments.is_empty() {
        return Ok(vec![]);
    }
    let rows = look.query(
        "select 'customer', segment, count(*), sum(revenue) from customer where product = $1 and removed_at is null and segment is not null group by segment
         union all select 'need', segment, count(*), cast(null as double precision) from need where product = $1 and removed_at is null and segment <> '' group by segment
         union all select 'evidence', segment, count(*), cast(null as double precision) from evidence where product = $1 and removed_at is null and segment <> '' group by segment",
        &[product.value()],
    )?;
    let mut counted: HashMap<(String, String), (i64, Option<f64>)> = HashMap::new();
    for mut row in rows {
        counted.insert((row.take()?, row.take()?), (row.take()?, row.take()?));
    }
    let line = |segment: Segment| {
        let of = |noun: &str| counted.get(&(noun.to_owned(), segment.meta.id.simple().to_string())).copied().unwrap_or_default();
        let (customers, revenue) = of("customer");
        SegmentLine { customers, revenue, needs: of("need").0, evidence: of("evidence").0, segment }
    };
    Ok(segments.into_iter().map(line).collect())
}

/// The needs of a segment.
pub(crate) fn needs_of(look: &mut Look, segment: Id<Segment>) -> Result<Vec<Need>> {
    Need::all(look, "and segment = $2 order by created_at desc limit 100", &[segment.value()])
}

/// The names that are offered while one is typed: of customers, and of segments.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offered {
    pub customers: Vec<String>,
    pub segments: Vec<String>,
}

/// In one question.
pub(crate) fn offered(look: &mut Look) -> Result<Offered> {
    let product = look.scope.product_id()?;
    let of = |table: &str| {
        format!(
            "select '{table}', name from (select name from {table} where product = $1 and removed_at is null order by lower(name) limit {OFFERED}) as {table}s"
        )
    };
    let rows = look.query(&format!("{} union all {}", of("customer"), of("segment")), &[product.value()])?;
    let mut offered = Offered::default();
    for mut row in rows {
        let (table, name): (String, String) = (row.take()?, row.take()?);
        if table == Customer::TABLE { offered.customers.push(name) } else { offered.segments.push(name) }
    }
    Ok(offered)
}
