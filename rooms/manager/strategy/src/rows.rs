//! Reading vision and objectives.

use crate::{
    confirming::{CONFIRMED, Confirmable},
    feeding,
    model::*,
};
use kernel::{Column, JsonSchema, Look, Noun, Query, Rank, Result, Serialize, Uuid, query};

/// The version of the vision that holds now.
pub fn current_vision(look: &mut Look) -> Result<Option<Vision>> {
    Vision::current(look)
}

/// All versions of something, the newest first.
pub(crate) fn versions<T: Confirmable>(look: &mut Look) -> Result<Vec<T>> {
    T::all(look, "order by number desc", &[])
}

/// How the newest version of something stands with those who belong to the product.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Foundation {
    /// `vision`, `target_market` or `top_needs`.
    pub about: String,
    pub id: Uuid,
    pub number: i64,
    /// Since when it holds; milliseconds since 1970.
    pub since: i64,
    /// Members who confirmed it.
    pub confirmed: i64,
    /// Members who ask about it.
    pub asked: i64,
    /// Whether the reader has confirmed it; nothing where they have said nothing.
    pub own: Option<bool>,
}

/// How vision, target market and top needs stand, as far as there are any, in one question.
pub fn foundation(look: &mut Look) -> Result<Vec<Foundation>> {
    let each = CONFIRMED.map(|table| {
        let said = format!(
            "from confirmation where confirmation.{table} = {table}.id and confirmation.removed_at is null
             and confirmation.member in (select membership.member from membership where membership.product = $1 and membership.removed_at is null)"
        );
        format!(
            "select * from (select '{table}' as about, {table}.id as id, {table}.number as number, {table}.created_at as since,
             (select count(*) {said} and confirmation.question = '') as confirmed, (select count(*) {said} and confirmation.question <> '') as asked,
             (select max(case when confirmation.question = '' then 1 else 0 end) {said} and confirmation.member = $me) as own
             from {table} where {table}.product = $1 and {table}.removed_at is null order by {table}.number desc limit 1) as newest_{table}"
        )
    });
    let product = look.scope.product_id()?;
    let rows = look.query(&each.join(" union all "), &[product.value()])?;
    let read = |mut row: kernel::Row| {
        Ok(Foundation {
            about: row.take()?,
            id: row.take()?,
            number: row.take()?,
            since: row.take()?,
            confirmed: row.take()?,
            asked: row.take()?,
            own: row.take()?,
        })
    };
    rows.into_iter().map(read).collect()
}

/// The needs that can be chosen from, by their titles.
pub(crate) fn needs(look: &mut Look) -> Result<Vec<(Uuid, String)>> {
    let product = look.scope.product_id()?;
    let rows = look.query("select id, title from need where product = $1 and removed_at is null order by title, id limit 500", &[product.value()])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
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
    feeding::feed(look, &mut key_results)?;
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
    /// The current vision, target market and top needs, how they stand with the members, and the objectives with their key results.
    pub struct Strategy in "strategy.read" at "/products/{product}/strategy" -> StrategyOut {}
}

/// The answer to `Strategy`.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct StrategyOut {
    pub vision: Option<Vision>,
    pub target_market: Option<TargetMarket>,
    pub top_needs: Option<TopNeeds>,
    pub foundation: Vec<Foundation>,
    pub objectives: Vec<ObjectiveLine>,
}

impl Query for Strategy {
    fn ask(self, look: &mut Look) -> Result<StrategyOut> {
        Ok(StrategyOut {
            vision: current_vision(look)?,
            target_market: TargetMarket::current(look)?,
            top_needs: TopNeeds::current(look)?,
            foundation: foundation(look)?,
            objectives: objectives(look)?,
        })
    }
}
