//! Reading needs with what stands behind each: all of them, or those that stand in a list.

use crate::{
    filter,
    model::*,
    rows::{called, segment_names},
    scores,
};
use fields::Thing;
use kernel::{Column, JsonSchema, Look, Noun, Query, Result, Serialize, Uuid, Value, list, query};
use std::collections::HashMap;
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

/// The product's needs: in the order that was agreed, where one was, and then the greatest opportunity first.
pub fn needs(look: &mut Look) -> Result<Vec<NeedLine>> {
    let mut lines = uncounted(look)?;
    count(look, &mut lines, "", &[])?;
    let mut demand = demand(look)?;
    for line in &mut lines {
        line.demand = demand.remove(&line.need.meta.id).unwrap_or_default();
    }
    Ok(lines)
}

/// The same without what stands behind each and who asks for it: that is counted with [`count_behind`] for those that are shown.
pub fn uncounted(look: &mut Look) -> Result<Vec<NeedLine>> {
    let needs = Need::all(look, "order by created_at desc", &[])?;
    let mut lines = lined(look, needs)?;
    let after = |line: &NeedLine| line.need.place.is_none();
    lines.sort_by(|a, b| {
        let agreed = (after(a), &a.need.place).cmp(&(after(b), &b.need.place));
        agreed.then_with(|| b.opportunity.unwrap_or(-1.0).total_cmp(&a.opportunity.unwrap_or(-1.0)))
    });
    Ok(lines)
}

fn lined(look: &mut Look, needs: Vec<Need>) -> Result<Vec<NeedLine>> {
    let names = segment_names(look)?;
    let scope = look.scope;
    let line = |need: Need| NeedLine {
        segment_name: called(scope, &names, &need.segment),
        opportunity: need.opportunity(),
        need,
        evidence: 0,
        initiatives: 0,
        demand: Demand::default(),
    };
    Ok(needs.into_iter().map(line).collect())
}

/// Counts what stands behind some needs.
pub fn count_behind(look: &mut Look, lines: &mut [NeedLine]) -> Result<()> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.need.meta.id).collect();
    if ids.is_empty() { Ok(()) } else { count(look, lines, "and to_id in each($2)", &[list(ids)]) }
}

/// Counts the evidence behind each, and the initiatives that address it.
fn count(look: &mut Look, lines: &mut [NeedLine], and: &str, params: &[Value]) -> Result<()> {
    let product = look.scope.product_id()?;
    let bound: Vec<Value> = std::iter::once(product.value()).chain(params.iter().cloned()).collect();
    let sql = format!(
        "select to_id, coalesce(sum(case when verb = 'supports' then 1 end), 0), coalesce(sum(case when verb = 'addresses' then 1 end), 0)
         from relation where product = $1 and to_noun = 'need' and removed_at is null {and} group by to_id"
    );
    let counts = look.query(&sql, &bound)?;
    let counts: HashMap<Uuid, (i64, i64)> = counts.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?)))).collect::<Result<_>>()?;
    for line in lines {
        (line.evidence, line.initiatives) = counts.get(&line.need.meta.id).copied().unwrap_or_default();
    }
    Ok(())
}

/// So many needs stand in the list.
pub(crate) const LISTED: usize = 200;

/// The needs that stand in the list.
#[derive(Default)]
pub(crate) struct Listed {
    /// With all that stands behind each: of very many the first ones.
    pub lines: Vec<NeedLine>,
    /// So many fit the filter.
    pub fit: usize,
    /// So many there are.
    pub all: usize,
}

/// Those that a filter asks for, in the order of an own field, if one is named. What stands behind them is counted of those
/// alone that are shown.
pub(crate) fn listed(look: &mut Look, filter: &Filter, sort: &str) -> Result<Listed> {
    let mut listed = if filter.is_plain() && sort.is_empty() {
        let needs = scores::choices(look)?;
        let all = match needs.len() {
            few if few < LISTED => few,
            _ => all_needs(look)?,
        };
        Listed { lines: lined(look, needs)?, fit: all, all }
    } else {
        let all = uncounted(look)?;
        let many = all.len();
        let mut lines = fitting(look, all, filter, sort)?;
        let fit = lines.len();
        lines.truncate(LISTED);
        Listed { lines, fit, all: many }
    };
    let ids: Vec<Uuid> = listed.lines.iter().map(|line| line.need.meta.id).collect();
    if !ids.is_empty() {
        count_behind(look, &mut listed.lines)?;
        let mut demand = demand_of(look, &ids)?;
        for line in &mut listed.lines {
            line.demand = demand.remove(&line.need.meta.id).unwrap_or_default();
        }
    }
    Ok(listed)
}

/// How many needs there are.
pub(crate) fn all_needs(look: &mut Look) -> Result<usize> {
    let product = look.scope.product_id()?;
    look.number("select count(*) from need where product = $1 and removed_at is null", &[product.value()]).map(|many| many as usize)
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

query! {
    /// The needs of a product: in the order that was agreed, and then the greatest opportunity first.
    pub struct Needs in "need.opportunities" at "/products/{product}/opportunities" -> Vec<NeedLine> {}
}

impl Query for Needs {
    fn ask(self, look: &mut Look) -> Result<Self::Answer> {
        needs(look)
    }
}
