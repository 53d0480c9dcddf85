//! Reading evidence and needs.

use crate::model::*;
use kernel::{Column, JsonSchema, Look, Noun, Query, Result, Serialize, Uuid, query};

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
    let counts: std::collections::HashMap<Uuid, (i64, i64)> = look
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

/// Evidence, newest first, with the needs that each supports.
pub fn evidence(look: &mut Look, most: i64) -> Result<Vec<(Evidence, Vec<Uuid>)>> {
    let found = Evidence::all(look, "order by created_at desc limit $2", &[kernel::Value::Int(most)])?;
    let product = look.scope.product_id()?;
    let links =
        look.query("select from_id, to_id from relation where product = $1 and verb = 'supports' and removed_at is null", &[product.value()])?;
    let mut needs: std::collections::HashMap<Uuid, Vec<Uuid>> = std::collections::HashMap::new();
    for mut row in links {
        needs.entry(row.take()?).or_default().push(row.take()?);
    }
    Ok(found
        .into_iter()
        .map(|e| {
            let linked = needs.remove(&e.meta.id).unwrap_or_default();
            (e, linked)
        })
        .collect())
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
