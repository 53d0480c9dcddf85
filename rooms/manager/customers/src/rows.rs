//! Reading evidence and needs.

use crate::model::*;
use kernel::{Column, Deserialize, Id, JsonSchema, Look, Mark, Noun, Paged, Query, Result, Serialize, Uuid, list, query, value::containing};
use std::collections::HashMap;

/// A need with what stands behind it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct NeedLine {
    #[serde(flatten)]
    pub need: Need,
    pub opportunity: Option<f64>,
    /// Pieces of evidence.
    pub evidence: i64,
    /// Initiatives that address it.
    pub initiatives: i64,
}

/// The product's needs, greatest opportunity first.
pub fn needs(look: &mut Look) -> Result<Vec<NeedLine>> {
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
    let mut lines: Vec<NeedLine> = Need::all(look, "order by created_at desc", &[])?
        .into_iter()
        .map(|need| {
            let (evidence, initiatives) = counts.get(&need.meta.id).copied().unwrap_or_default();
            NeedLine { opportunity: need.opportunity(), need, evidence, initiatives }
        })
        .collect();
    lines.sort_by(|a, b| b.opportunity.unwrap_or(-1.0).total_cmp(&a.opportunity.unwrap_or(-1.0)));
    Ok(lines)
}

/// So many pieces of evidence stand on a page.
const PAGE: usize = 50;

/// Which evidence is looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Wanted {
    /// Words of it, of its customer or its source.
    #[serde(default)]
    pub find: String,
    /// Where the last page ended.
    #[serde(default)]
    pub after: String,
    /// One that has to be on the page, however old it is.
    pub show: Option<String>,
}

/// A piece of evidence with the needs that it supports.
pub type Linked = (Evidence, Vec<Uuid>);

/// A page of evidence, newest first.
pub fn evidence(look: &mut Look, wanted: &Wanted) -> Result<Paged<Linked>> {
    let mut params = vec![];
    let mut and = String::new();
    let words = wanted.find.trim();
    if !words.is_empty() {
        params.extend([containing(&words.to_lowercase()), containing(words)]);
        let fields =
            ["quote", "customer", "source", "segment"].map(|field| format!("lower({field}) like $2 escape '!' or {field} like $3 escape '!'"));
        and += &format!(" and ({})", fields.join(" or "));
    }
    let from = match &wanted.show {
        Some(id) => begins_at(look, Id::try_from(id.as_str())?)?,
        None => Mark::read(&wanted.after)?,
    };
    if let Some(mark) = from {
        let n = params.len() + 2;
        // The one that is shown is on the page; the last of the page before is not.
        and += &format!(" and (created_at, id) <{} (${n}, ${})", if wanted.show.is_some() { "=" } else { "" }, n + 1);
        params.extend([mark.at.value(), mark.id.value()]);
    }
    let found = Evidence::all(look, &format!("{and} order by created_at desc, id desc limit {}", PAGE + 1), &params)?;
    let page = Paged::cut(found, PAGE, |e| Mark::new(e.meta.created_at, e.meta.id));
    let mut needs = supported(look, page.items.iter().map(|e| e.meta.id).collect())?;
    let items = page.items.into_iter().map(|e| (needs.remove(&e.meta.id).unwrap_or_default(), e)).map(|(needs, e)| (e, needs)).collect();
    Ok(Paged { items, next: page.next })
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
fn supported(look: &mut Look, evidence: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let product = look.scope.product_id()?;
    let links = look.query(
        "select from_id, to_id from relation where product = $1 and verb = 'supports' and removed_at is null and from_id in each($2)",
        &[product.value(), list(evidence)],
    )?;
    let mut needs: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for mut row in links {
        needs.entry(row.take()?).or_default().push(row.take()?);
    }
    Ok(needs)
}

/// So many pieces of evidence stand behind a need on its panel.
pub(crate) const BEHIND: usize = 50;

/// What stands behind a need, newest first; one more than is shown where there is more.
pub(crate) fn behind(look: &mut Look, need: Id<Need>) -> Result<Vec<Evidence>> {
    let supports = "and id in (select from_id from relation where product = $1 and to_id = $2 and verb = 'supports' and removed_at is null)";
    Evidence::all(look, &format!("{supports} order by created_at desc, id desc limit {}", BEHIND + 1), &[need.value()])
}

/// How much evidence supports no need yet.
pub(crate) fn loose(look: &mut Look) -> Result<i64> {
    let product = look.scope.product_id()?;
    look.number(
        "select count(*) from evidence where product = $1 and removed_at is null and not exists
         (select 1 from relation where relation.product = $1 and relation.from_id = evidence.id and relation.verb = 'supports' and relation.removed_at is null)",
        &[product.value()],
    )
}

query! {
    /// The needs of a product, greatest opportunity first.
    pub struct Needs in "need.opportunities" at "/products/{product}/opportunities" -> Vec<NeedLine> {}
}

impl Query for Needs {
    fn ask(self, look: &mut Look) -> Result<Self::Answer> {
        needs(look)
    }
}
