//! Reading the roadmap.

use crate::{model::*, places::Stand};
use kernel::{Column, Id, JsonSchema, Look, Noun, Query, Rank, Ref, Refusal, Result, Serialize, Uuid, Value, fields::Pointed, list, query};
use people::Member;
use std::collections::HashMap;

/// An initiative by number, key or id.
pub fn initiative(look: &mut Look, at: &Ref) -> Result<Initiative> {
    match at.resolve::<Initiative>(look.scope)? {
        Pointed::Id(id) => Initiative::get(look, id),
        Pointed::Number(n) => Initiative::all(look, "and number = $2", &[Value::Int(n)])?.pop().ok_or(Refusal::NotFound),
    }
}

/// A feature by number, key or id, or by where it came from (`jira:ABC-1`).
pub fn feature(look: &mut Look, at: &Ref) -> Result<Feature> {
    if at.is_origin() {
        return Feature::all(look, "and origin = $2", &[Value::Text(at.0.trim().to_owned())])?.pop().ok_or(Refusal::NotFound);
    }
    match at.resolve::<Feature>(look.scope)? {
        Pointed::Id(id) => Feature::get(look, id),
        Pointed::Number(n) => Feature::all(look, "and number = $2", &[Value::Int(n)])?.pop().ok_or(Refusal::NotFound),
    }
}

pub(crate) fn initiative_order(look: &mut Look) -> Result<Vec<Stand>> {
    order(look, Initiative::TABLE)
}

pub(crate) fn feature_order(look: &mut Look) -> Result<Vec<Stand>> {
    order(look, Feature::TABLE)
}

/// The place of the last feature.
pub(crate) fn last_feature(look: &mut Look) -> Result<Option<Rank>> {
    let sql = "select rank from feature where product = $1 and removed_at is null order by rank desc, id desc limit 1";
    look.first(sql, &[look.scope.product_id()?.value()])?.map(|mut row| row.take()).transpose()
}

fn order(look: &mut Look, table: &str) -> Result<Vec<Stand>> {
    let product = look.scope.product_id()?;
    let sql = format!("select id, rank, number, title, horizon from {table} where product = $1 and removed_at is null order by rank, id");
    let rows = look.query(&sql, &[product.value()])?;
    rows.into_iter().map(|mut r| Ok(Stand { id: r.take()?, rank: r.take()?, number: r.take()?, title: r.take()?, horizon: r.take()? })).collect()
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

/// As much of a feature as the board tells.
pub(crate) struct Slice {
    pub id: Id<Feature>,
    pub number: i64,
    pub title: String,
    pub initiative: Option<Id<Initiative>>,
    pub horizon: Horizon,
    pub owner: Option<Id<Member>>,
}

impl From<Feature> for Slice {
    fn from(f: Feature) -> Slice {
        Slice { id: f.id(), number: f.number, title: f.title, initiative: f.initiative, horizon: f.horizon, owner: f.owner }
    }
}

/// All features in their order, without what they say.
pub(crate) fn slices(look: &mut Look) -> Result<Vec<Slice>> {
    slices_by(look, "", &[])
}

/// The features still to be released that are not part of an initiative.
pub(crate) fn open_slices(look: &mut Look, without: Id<Initiative>) -> Result<Vec<Slice>> {
    slices_by(look, "and state = 'open' and (initiative is null or initiative <> $2)", &[without.value()])
}

fn slices_by(look: &mut Look, and: &str, params: &[Value]) -> Result<Vec<Slice>> {
    let bound: Vec<Value> = std::iter::once(look.scope.product_id()?.value()).chain(params.iter().cloned()).collect();
    let sql = format!(
        "select id, number, title, initiative, horizon, owner from feature where product = $1 and removed_at is null {and} order by rank, id"
    );
    look.query(&sql, &bound)?
        .into_iter()
        .map(|mut r| Ok(Slice { id: r.take()?, number: r.take()?, title: r.take()?, initiative: r.take()?, horizon: r.take()?, owner: r.take()? }))
        .collect()
}

/// How far the stories of a feature are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Delivery {
    pub stories: i64,
    pub accepted: i64,
}

/// Delivery of some features, as it is counted beside the stories.
pub(crate) fn delivery(look: &mut Look, features: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, Delivery>> {
    let sql = "select feature, stage, stories from story_tally where product = $1 and feature in each($2)";
    let rows = look.query(sql, &[look.scope.product_id()?.value(), list(features)])?;
    let mut delivered: HashMap<Uuid, Delivery> = HashMap::new();
    for mut row in rows {
        let (feature, stage, stories): (Uuid, String, i64) = (row.take()?, row.take()?, row.take()?);
        let told = delivered.entry(feature).or_default();
        match stage.as_str() {
            "accepted" => (told.stories, told.accepted) = (told.stories + stories, told.accepted + stories),
            "open" | "doing" | "handed_over" => told.stories += stories,
            _ => {}
        }
    }
    Ok(delivered)
}

/// What initiatives serve and address, by initiative: noun, id and title.
pub(crate) type Reasons = HashMap<Uuid, Vec<(String, Uuid, String)>>;

pub(crate) fn reasons(look: &mut Look) -> Result<Reasons> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select relation.from_id, 'objective', objective.id, objective.title from relation join objective on objective.id = relation.to_id
         where relation.product = $1 and relation.verb = 'serves' and relation.removed_at is null and objective.removed_at is null
         union all
         select relation.from_id, 'need', need.id, need.title from relation join need on need.id = relation.to_id
         where relation.product = $1 and relation.verb = 'addresses' and relation.removed_at is null and need.removed_at is null",
        &[product.value()],
    )?;
    let mut reasons = Reasons::new();
    for mut row in rows {
        reasons.entry(row.take()?).or_default().push((row.take()?, row.take()?, row.take()?));
    }
    Ok(reasons)
}

/// The trends that would change an initiative, as further reasons.
pub(crate) fn trends_on(look: &mut Look, initiative: Id<Initiative>) -> Result<Vec<(String, Uuid, String)>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select 'trend', trend.id, trend.title from relation join trend on trend.id = relation.from_id
         where relation.product = $1 and relation.to_id = $2 and relation.verb = 'changes' and relation.removed_at is null and trend.removed_at is null",
        &[product.value(), initiative.value()],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?, row.take()?))).collect()
}

/// A story below a feature: number, title, stage, points.
pub(crate) type Below = (i64, String, String, Option<f64>);

/// The first stories of a feature, those under way before those to come, and how many there are.
pub(crate) fn stories_of(look: &mut Look, feature: Id<Feature>) -> Result<(Vec<Below>, i64)> {
    let product = look.scope.product_id()?;
    let mut found = vec![];
    let rows = look.query(
        "select stage, cast(sum(stories) as bigint) from story_tally
         where product = $1 and feature = $2 and stage in ('open', 'doing', 'handed_over', 'accepted', 'dropped') and stories > 0 group by stage",
        &[product.value(), feature.value()],
    )?;
    let counts: HashMap<String, i64> = rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    for stage in ["doing", "handed_over", "open", "accepted", "dropped"].into_iter().filter(|s| counts.contains_key(*s)) {
        let rows = look.query(
            "select number, title, stage, points from story where product = $1 and feature = $2 and stage = $3 and removed_at is null
             order by rank limit $4",
            &[product.value(), feature.value(), Value::Text(stage.to_owned()), Value::Int(MOST_BELOW - found.len() as i64)],
        )?;
        for mut row in rows {
            found.push((row.take()?, row.take()?, row.take()?, row.take()?));
        }
    }
    Ok((found, counts.values().sum()))
}

/// So many stories of a feature are named in its panel; the others are found in the backlog.
const MOST_BELOW: i64 = 60;

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
