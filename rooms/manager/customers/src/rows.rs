//! Reading evidence and needs.

use crate::{filter, model::*};
use fields::Thing;
use kernel::{
    Area, Column, Id, JsonSchema, Look, Mark, Named, Names, Noun, Paged, Query, Result, Scope, Serialize, Uuid, Value, list, query, value::containing,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use web::Filter;

/// A need with what stands behind it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct NeedLine {
    #[serde(flatten)]
    pub need: Need,
    /// What the segment is called.
    pub segment_name: String,
    pub opportunity: Option<f64>,
    /// Pieces of evidence.
    pub evidence: i64,
    /// Initiatives that address it.
    pub initiatives: i64,
    #[serde(flatten)]
    pub demand: Demand,
}

/// Who asks for something, as far as evidence tells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Demand {
    /// Customers of whom there is evidence, each once.
    pub customers: i64,
    /// What comes from them in a year; nothing where it is known of none.
    pub revenue: Option<f64>,
    /// Of so many of them.
    pub revenue_known: i64,
    /// The day of the newest evidence.
    pub latest: Option<String>,
}

/// Who asks for each need: customers are counted once, however much they said.
pub fn demand(look: &mut Look) -> Result<HashMap<Uuid, Demand>> {
    asked(look, "", &[])
}

/// The same for some needs alone.
pub(crate) fn demand_of(look: &mut Look, needs: &[Uuid]) -> Result<HashMap<Uuid, Demand>> {
    asked(look, "and relation.to_id in each($2)", &[list(needs.iter().copied())])
}

fn asked(look: &mut Look, and: &str, params: &[Value]) -> Result<HashMap<Uuid, Demand>> {
    let product = look.scope.product_id()?;
    let bound: Vec<Value> = std::iter::once(product.value()).chain(params.iter().cloned()).collect();
    let sql = format!(
        "select asked.need, count(customer.id), sum(customer.revenue), count(customer.revenue), max(asked.latest)
         from (select relation.to_id as need, evidence.customer as who, max(evidence.noted_on) as latest
               from relation join evidence on evidence.id = relation.from_id and evidence.removed_at is null
               where relation.product = $1 and relation.verb = 'supports' and relation.to_noun = 'need' and relation.removed_at is null {and}
               group by relation.to_id, evidence.customer) as asked
         left join customer on customer.id = asked.who and customer.removed_at is null
         group by asked.need"
    );
    let rows = look.query(&sql, &bound)?;
    let read = |mut row: kernel::Row| {
        Ok((row.take()?, Demand { customers: row.take()?, revenue: row.take()?, revenue_known: row.take()?, latest: row.take()? }))
    };
    rows.into_iter().map(read).collect()
}

/// What some customers and segments are called.
pub(crate) fn names(
    look: &mut Look,
    customers: impl IntoIterator<Item = Option<Id<Customer>>>,
    segments: impl IntoIterator<Item = Option<Id<Segment>>>,
) -> Result<Names> {
    let customers: BTreeSet<Uuid> = customers.into_iter().flatten().map(|id| id.0).collect();
    let segments: BTreeSet<Uuid> = segments.into_iter().flatten().map(|id| id.0).collect();
    let wanted = BTreeMap::from([(Customer::TABLE, customers), (Segment::TABLE, segments)]);
    Names::of(look, wanted.into_iter().filter(|(_, ids)| !ids.is_empty()).collect())
}

/// What all segments are called: asked for beside the things that are of them, which takes no wait more.
fn segment_names(look: &mut Look) -> Result<Names> {
    let product = look.scope.product_id()?;
    let rows = look.query("select id, name from segment where product = $1 and removed_at is null", &[product.value()])?;
    let mut names = Names::default();
    for mut row in rows {
        names.learn(row.take()?, None, &row.take::<String>()?);
    }
    Ok(names)
}

/// What the customer or segment of a thing is called; nothing where the asker sees none.
pub(crate) fn called<T>(scope: &Scope, names: &Names, whom: &Named<T>) -> String {
    match whom {
        Named::Nothing => String::new(),
        Named::Record(id) => names.called(scope, id.0).unwrap_or_default(),
        Named::Name(name) => name.clone(),
    }
}

/// The product's needs: in the order that was agreed, where one was, and then the greatest opportunity first.
pub fn needs(look: &mut Look) -> Result<Vec<NeedLine>> {
    let mut lines = counted(look)?;
    let mut demand = demand(look)?;
    for line in &mut lines {
        line.demand = demand.remove(&line.need.meta.id).unwrap_or_default();
    }
    Ok(lines)
}

/// The same without who asks for each, which is counted over all that was said.
pub fn counted(look: &mut Look) -> Result<Vec<NeedLine>> {
    let product = look.scope.product_id()?;
    let counts: HashMap<Uuid, (i64, i64)> = look
        .query(
            "select to_id, coalesce(sum(case when verb = 'supports' then 1 end), 0), coalesce(sum(case when verb = 'addresses' then 1 end), 0)
             from relation where product = $1 and to_noun = 'need' and removed_at is null group by to_id",
            &[product.value()],
        )?
        .into_iter()
        .map(|mut row| Ok((row.take()?, (row.take()?, row.take()?))))
        .collect::<Result<_>>()?;
    let needs = Need::all(look, "order by created_at desc", &[])?;
    let names = segment_names(look)?;
    let mut lines: Vec<NeedLine> = needs
        .into_iter()
        .map(|need| {
            let (evidence, initiatives) = counts.get(&need.meta.id).copied().unwrap_or_default();
            let (segment_name, opportunity) = (called(look.scope, &names, &need.segment), need.opportunity());
            NeedLine { segment_name, opportunity, need, evidence, initiatives, demand: Demand::default() }
        })
        .collect();
    let after = |line: &NeedLine| line.need.place.is_none();
    lines.sort_by(|a, b| {
        let agreed = (after(a), &a.need.place).cmp(&(after(b), &b.need.place));
        agreed.then_with(|| b.opportunity.unwrap_or(-1.0).total_cmp(&a.opportunity.unwrap_or(-1.0)))
    });
    Ok(lines)
}

/// Those that a filter asks for, in the order of an own field, if one is named.
pub fn needs_fitting(look: &mut Look, filter: &Filter, sort: &str) -> Result<Vec<NeedLine>> {
    let lines = needs(look)?;
    fitting(look, lines, filter, sort)
}

pub(crate) fn fitting(look: &mut Look, mut lines: Vec<NeedLine>, filter: &Filter, sort: &str) -> Result<Vec<NeedLine>> {
    lines.retain(|line| filter::has_words(line, filter));
    fields::narrowed(look, Thing::Need, filter::of_needs(filter, sort), lines, |line| line.need.meta.id)
}

/// So many pieces of evidence stand on a page.
const PAGE: usize = 50;

/// Which page of the evidence is looked at.
#[derive(Clone, Debug, Default)]
pub struct EvidencePage {
    /// Where the last page ended.
    pub after: String,
    /// One that has to be on the page, however old it is.
    pub show: Option<String>,
    /// An own field that it is ordered by, with `-` in front for the other way: the first in that order, and no further page.
    pub sort: String,
}

/// A piece of evidence with the needs that it supports, and what its customer and segment are called.
#[derive(Clone, Debug)]
pub struct Piece {
    pub evidence: Evidence,
    pub needs: Vec<Uuid>,
    pub customer: String,
    pub segment: String,
}

/// Completes pieces of evidence, with two questions for any number of them.
pub fn pieces(look: &mut Look, evidence: Vec<Evidence>) -> Result<Vec<Piece>> {
    let mut needs = supported(look, evidence.iter().map(|e| e.meta.id).collect())?;
    let names = names(look, evidence.iter().map(|e| e.customer.record()), evidence.iter().map(|e| e.segment.record()))?;
    let scope = look.scope;
    let piece = |e: Evidence| Piece {
        needs: needs.remove(&e.meta.id).unwrap_or_default(),
        customer: called(scope, &names, &e.customer),
        segment: called(scope, &names, &e.segment),
        evidence: e,
    };
    Ok(evidence.into_iter().map(piece).collect())
}

/// Which of these remarks were taken over as evidence, and as which.
pub fn taken_from(look: &mut Look, remarks: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Id<Evidence>>> {
    let taken = Evidence::all(look, "and said_in in each($2)", &[list(remarks)])?;
    Ok(taken.iter().filter_map(|evidence| Some((evidence.said_in?.0, evidence.id()))).collect())
}

/// A page of the evidence that a filter asks for, newest first.
pub fn evidence(look: &mut Look, filter: &Filter, page: &EvidencePage) -> Result<Paged<Piece>> {
    let (mut and, mut params) = (String::new(), vec![]);
    let bind = |params: &mut Vec<Value>, value: Value| {
        params.push(value);
        format!("${}", params.len() + 1)
    };
    let words = filter.words();
    if !words.is_empty() {
        let (lower, exact) = (bind(&mut params, containing(&words.to_lowercase())), bind(&mut params, containing(words)));
        let has = |field: &str| format!("lower({field}) like {lower} escape '!' or {field} like {exact} escape '!'");
        let of = |field: &str| {
            format!("{field} in (select {field}.id from {field} where {field}.product = $1 and {field}.removed_at is null and ({}))", has("name"))
        };
        // Whoever does not see segments does not find by them either.
        let of_segment = if look.scope.sees(Area::Research) { of("segment") } else { "1 = 0".into() };
        and += &format!(" and ({} or {} or {} or {of_segment})", has("quote"), has("source"), of("customer"));
    }
    if let Some(kind) = filter::kind(filter) {
        and += &format!(" and kind = {}", bind(&mut params, kind.value()));
    }
    let wanted = fields::found(look, Thing::Evidence, filter::of_evidence(filter, &page.sort))?;
    if let Some(ids) = &wanted {
        and += &format!(" and id in each({})", bind(&mut params, list(ids.iter().copied())));
    }
    let page = match wanted.filter(|_| !page.sort.is_empty()) {
        Some(ids) => {
            let places: HashMap<Uuid, usize> = ids.into_iter().enumerate().map(|(place, id)| (id, place)).collect();
            let mut found = Evidence::all(look, &and, &params)?;
            found.sort_by_key(|e| places.get(&e.meta.id).copied());
            found.truncate(PAGE);
            Paged { items: found, next: None }
        }
        None => {
            let from = match &page.show {
                Some(id) => begins_at(look, Id::try_from(id.as_str())?)?,
                None => Mark::read(&page.after)?,
            };
            if let Some(mark) = from {
                // The one that is shown is on the page; the last of the page before is not.
                let than = if page.show.is_some() { "<=" } else { "<" };
                let (at, id) = (bind(&mut params, mark.at.value()), bind(&mut params, mark.id.value()));
                and += &format!(" and (created_at, id) {than} ({at}, {id})");
            }
            let found = Evidence::all(look, &format!("{and} order by created_at desc, id desc limit {}", PAGE + 1), &params)?;
            Paged::cut(found, PAGE, |e| Mark::new(e.meta.created_at, e.meta.id))
        }
    };
    Ok(Paged { items: pieces(look, page.items)?, next: page.next })
}

/// Where a page begins that shows a piece of evidence; nothing while it stands on the first, or is gone.
fn begins_at(look: &mut Look, id: Id<Evidence>) -> Result<Option<Mark<i64>>> {
    let Some(found) = Evidence::all(look, "and id = $2", &[id.value()])?.pop() else { return Ok(None) };
    let mark = Mark::new(found.meta.created_at, found.meta.id);
    let product = look.scope.product_id()?.value();
    let newer = look.number(
        &format!("select count(*) from (select 1 from evidence where product = $1 and removed_at is null and (created_at, id) > ($2, $3) limit {PAGE}) as newer"),
        &[product, mark.at.value(), mark.id.value()],
    )?;
    Ok((newer >= PAGE as i64).then_some(mark))
}

/// The needs that each of these supports.
pub(crate) fn supported(look: &mut Look, evidence: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let product = look.scope.product_id()?;
    let links = look.query(
        "select from_id, to_id from relation where product = $1 and verb = 'supports' and to_noun = 'need' and removed_at is null and from_id in each($2)",
        &[product.value(), list(evidence)],
    )?;
    let mut needs: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for mut row in links {
        needs.entry(row.take()?).or_default().push(row.take()?);
    }
    Ok(needs)
}

/// Whether there is a need at all.
pub(crate) fn any_need(look: &mut Look) -> Result<bool> {
    let product = look.scope.product_id()?;
    Ok(look.first("select 1 from need where product = $1 and removed_at is null limit 1", &[product.value()])?.is_some())
}

/// What some needs are called.
pub(crate) fn titles(look: &mut Look, needs: impl IntoIterator<Item = Uuid>) -> Result<Vec<(Uuid, String)>> {
    let needs: BTreeSet<Uuid> = needs.into_iter().collect();
    if needs.is_empty() {
        return Ok(vec![]);
    }
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select id, title from need where product = $1 and id in each($2) and removed_at is null order by title, id",
        &[product.value(), list(needs)],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// So many pieces of evidence stand behind a need on its panel.
pub(crate) const BEHIND: usize = 50;

/// What stands behind a need, newest first; one more than is shown where there is more.
pub(crate) fn behind(look: &mut Look, need: Id<Need>) -> Result<Vec<Piece>> {
    let supports = "and id in (select from_id from relation where product = $1 and to_id = $2 and verb = 'supports' and removed_at is null)";
    let evidence = Evidence::all(look, &format!("{supports} order by created_at desc, id desc limit {}", BEHIND + 1), &[need.value()])?;
    pieces(look, evidence)
}

/// How much evidence supports no need yet.
pub(crate) fn loose(look: &mut Look) -> Result<i64> {
    let product = look.scope.product_id()?;
    look.number(
        "select count(*) from evidence where product = $1 and removed_at is null and dismissed is null and not exists
         (select 1 from relation where relation.product = $1 and relation.from_id = evidence.id and relation.verb = 'supports' and relation.removed_at is null)",
        &[product.value()],
    )
}

query! {
    /// The needs of a product: in the order that was agreed, and then the greatest opportunity first.
    pub struct Needs in "need.opportunities" at "/products/{product}/opportunities" -> Vec<NeedLine> {}
}

impl Query for Needs {
    fn ask(self, look: &mut Look) -> Result<Self::Answer> {
        needs(look)
    }
}

/// The evidence behind a thing that links hang it on, the newest first; one more than so many, so that it shows that there are more.
pub fn supporting(look: &mut Look, thing: Uuid, most: usize) -> Result<Vec<Evidence>> {
    let links = look.query(
        "select from_id from relation where product = $1 and to_id = $2 and verb = 'supports' and from_noun = 'evidence' and removed_at is null",
        &[look.scope.product_id()?.value(), thing.value()],
    )?;
    let ids: Vec<Uuid> = links.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?;
    Evidence::all(look, "and id in each($2) order by noted_on desc, id desc limit $3", &[list(ids), Value::Int(most as i64 + 1)])
}
