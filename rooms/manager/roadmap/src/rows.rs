//! Reading the roadmap.

use crate::model::*;
use kernel::{Column, Id, JsonSchema, Look, Noun, Query, Rank, Ref, Refusal, Result, Serialize, Uuid, Value, fields::Pointed, query};
use std::collections::HashMap;

pub(crate) fn initiative(look: &mut Look, at: &Ref) -> Result<Initiative> {
    match at.resolve::<Initiative>(look.scope)? {
        Pointed::Id(id) => Initiative::get(look, id),
        Pointed::Number(n) => Initiative::all(look, "and number = $2", &[Value::Int(n)])?.pop().ok_or(Refusal::NotFound),
    }
}

/// A feature by number, key or id.
pub fn feature(look: &mut Look, at: &Ref) -> Result<Feature> {
    match at.resolve::<Feature>(look.scope)? {
        Pointed::Id(id) => Feature::get(look, id),
        Pointed::Number(n) => Feature::all(look, "and number = $2", &[Value::Int(n)])?.pop().ok_or(Refusal::NotFound),
    }
}

pub(crate) fn initiative_order(look: &mut Look) -> Result<Vec<(Id<Initiative>, Rank)>> {
    Ok(initiatives(look)?.into_iter().map(|i| (i.id(), i.rank)).collect())
}

pub(crate) fn feature_order(look: &mut Look) -> Result<Vec<(Id<Feature>, Rank)>> {
    Ok(features(look)?.into_iter().map(|f| (f.id(), f.rank)).collect())
}

/// All initiatives in their order.
pub fn initiatives(look: &mut Look) -> Result<Vec<Initiative>> {
    Initiative::all(look, "order by rank, id", &[])
}

/// All features in their order.
pub fn features(look: &mut Look) -> Result<Vec<Feature>> {
    Feature::all(look, "order by rank, id", &[])
}

pub(crate) fn features_of(look: &mut Look, initiative: Id<Initiative>) -> Result<Vec<Feature>> {
    Feature::all(look, "and initiative = $2 order by rank, id", &[initiative.value()])
}

/// How far the stories of a feature are.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Delivery {
    pub stories: i64,
    pub accepted: i64,
    pub points: f64,
    pub accepted_points: f64,
}

/// Delivery by feature.
pub(crate) fn delivery(look: &mut Look) -> Result<HashMap<Uuid, Delivery>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select feature, count(*), coalesce(sum(case when stage = 'accepted' then 1 end), 0), coalesce(sum(points), 0.0),
                coalesce(sum(case when stage = 'accepted' then points end), 0.0)
         from story where product = $1 and feature is not null and removed_at is null and stage <> 'dropped' group by feature",
        &[product.value()],
    )?;
    rows.into_iter()
        .map(|mut row| Ok((row.take()?, Delivery { stories: row.take()?, accepted: row.take()?, points: row.take()?, accepted_points: row.take()? })))
        .collect()
}

/// Titles of what initiatives serve and address, by initiative.
pub(crate) fn reasons(look: &mut Look) -> Result<HashMap<Uuid, Vec<(String, Uuid, String)>>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select relation.from_id, 'objective', objective.id, objective.title from relation join objective on objective.id = relation.to_id
         where relation.product = $1 and relation.verb = 'serves' and relation.removed_at is null and objective.removed_at is null
         union all
         select relation.from_id, 'need', need.id, need.title from relation join need on need.id = relation.to_id
         where relation.product = $1 and relation.verb = 'addresses' and relation.removed_at is null and need.removed_at is null",
        &[product.value()],
    )?;
    let mut reasons: HashMap<Uuid, Vec<(String, Uuid, String)>> = HashMap::new();
    for mut row in rows {
        reasons.entry(row.take()?).or_default().push((row.take()?, row.take()?, row.take()?));
    }
    Ok(reasons)
}

/// The stories of a feature: number, title, stage, points.
pub(crate) fn stories_of(look: &mut Look, feature: Id<Feature>) -> Result<Vec<(i64, String, String, Option<f64>)>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select number, title, stage, points from story where product = $1 and feature = $2 and removed_at is null order by rank",
        &[product.value(), feature.value()],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?, row.take()?, row.take()?))).collect()
}

query! {
    /// Initiatives and features, in their order.
    pub struct Roadmap in "roadmap.read" at "/products/{product}/roadmap" -> RoadmapOut {}
}

/// The answer to `Roadmap`.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct RoadmapOut {
    pub initiatives: Vec<Initiative>,
    pub features: Vec<Feature>,
}

impl Query for Roadmap {
    fn ask(self, look: &mut Look) -> Result<RoadmapOut> {
        Ok(RoadmapOut { initiatives: initiatives(look)?, features: features(look)? })
    }
}
