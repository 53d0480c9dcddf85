//! Reading vision and objectives.

use crate::model::*;
use kernel::{Column, Id, JsonSchema, Look, Noun, Query, Rank, Result, Serialize, query};

/// The version of the vision that holds now.
pub fn current_vision(look: &mut Look) -> Result<Option<Vision>> {
    Ok(Vision::all(look, "order by number desc limit 1", &[])?.pop())
}

pub(crate) fn visions(look: &mut Look) -> Result<Vec<Vision>> {
    Vision::all(look, "order by number desc", &[])
}

pub(crate) fn confirmations(look: &mut Look, vision: Id<Vision>) -> Result<Vec<Confirmation>> {
    Confirmation::all(look, "and vision = $2", &[vision.value()])
}

pub(crate) fn last_rank(look: &mut Look) -> Result<Option<Rank>> {
    Ok(Objective::all(look, "order by rank desc limit 1", &[])?.pop().map(|o| o.rank))
}

/// An objective with its key results.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct ObjectiveLine {
    #[serde(flatten)]
    pub objective: Objective,
    pub key_results: Vec<KeyResult>,
    /// Open initiatives that serve it.
    pub initiatives: i64,
}

/// Objectives in their order.
pub fn objectives(look: &mut Look) -> Result<Vec<ObjectiveLine>> {
    let product = look.scope.product_id()?;
    let all = Objective::all(look, "order by rank", &[])?;
    let mut key_results = KeyResult::all(look, "order by created_at, id", &[])?;
    let counts: std::collections::HashMap<kernel::Uuid, i64> = look
        .query(
            "select relation.to_id, count(*) from relation join initiative on initiative.id = relation.from_id
             where relation.product = $1 and relation.verb = 'serves' and relation.removed_at is null and initiative.removed_at is null group by relation.to_id",
            &[product.value()],
        )?
        .into_iter()
        .map(|mut row| Ok((row.take()?, row.take()?)))
        .collect::<Result<_>>()?;
    Ok(all
        .into_iter()
        .map(|objective| {
            let (own, rest) = key_results.drain(..).partition(|k| k.objective == objective.id());
            key_results = rest;
            ObjectiveLine { initiatives: counts.get(&objective.meta.id).copied().unwrap_or(0), objective, key_results: own }
        })
        .collect())
}

/// All measurements by key result, oldest first.
pub(crate) fn measurements(look: &mut Look) -> Result<Vec<Measurement>> {
    Measurement::all(look, "order by on_day, created_at", &[])
}

query! {
    /// The current vision, and the objectives with their key results.
    pub struct Strategy in "strategy.read" at "/products/{product}/strategy" -> StrategyOut {}
}

/// The answer to `Strategy`.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct StrategyOut {
    pub vision: Option<Vision>,
    pub objectives: Vec<ObjectiveLine>,
}

impl Query for Strategy {
    fn ask(self, look: &mut Look) -> Result<StrategyOut> {
        Ok(StrategyOut { vision: current_vision(look)?, objectives: objectives(look)? })
    }
}
