//! Reading measures.

use crate::{
    model::*,
    values::{self},
};
use kernel::{Column, Id, JsonSchema, Look, Noun, Query, Refusal, Result, Serialize, Uuid, Value, query};
use std::collections::{BTreeMap, HashMap};
use web::when;

/// What a measure was on a day, of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Point {
    pub on_day: String,
    pub amount: f64,
}

/// A measure with its days, the oldest first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct MeasureLine {
    #[serde(flatten)]
    pub measure: Measure,
    pub points: Vec<Point>,
}

/// So many days back the page and key results look.
pub(crate) const DAYS: i64 = 400;
/// So long before is what the newest is held against.
pub(crate) const BEFORE: i64 = 28;

impl MeasureLine {
    pub fn last(&self) -> Option<&Point> {
        self.points.last()
    }

    /// What it was four weeks before the newest, or last before that.
    pub fn before(&self) -> Option<&Point> {
        let day = when::days_after(&self.last()?.on_day, -BEFORE);
        self.points.iter().rev().find(|point| point.on_day <= day)
    }

    /// Its days from one on.
    pub fn since<'a>(&'a self, day: &'a str) -> impl Iterator<Item = &'a Point> {
        self.points.iter().filter(move |point| point.on_day.as_str() >= day)
    }
}

/// All measures, the north star first, each with its days, in two questions; none for whoever does not see strategy.
///
/// # Errors
/// Whatever reading refuses.
pub fn lines(look: &mut Look) -> Result<Vec<MeasureLine>> {
    let order = "order by case part when 'north_star' then 0 when 'input' then 1 else 2 end, created_at, id";
    let measures = Measure::all(look, order, &[])?;
    if measures.is_empty() {
        return Ok(vec![]);
    }
    let since = when::days_after(&when::day(look.now()), -DAYS);
    let mut points = totals(look, &since)?;
    Ok(measures.into_iter().map(|measure| MeasureLine { points: points.remove(&measure.meta.id).unwrap_or_default(), measure }).collect())
}

/// Of each measure what it was on each day from one on: what was noted of the whole, or what its parts make.
fn totals(look: &mut Look, since: &str) -> Result<HashMap<Uuid, Vec<Point>>> {
    let rows = look.query(
        "select value.measure, value.on_day, coalesce(max(case when value.along = '{}' then value.amount end),
                case measure.parts_make when 'mean' then avg(value.amount) else sum(value.amount) end)
         from measure_value value join measure on measure.id = value.measure
         where value.product = $1 and value.on_day >= $2 and value.removed_at is null and measure.removed_at is null
         group by value.measure, value.on_day, measure.parts_make order by value.measure, value.on_day",
        &[look.scope.product_id()?.value(), Value::Text(since.to_owned())],
    )?;
    let mut points: HashMap<Uuid, Vec<Point>> = HashMap::new();
    for mut row in rows {
        points.entry(row.take()?).or_default().push(Point { on_day: row.take()?, amount: row.take()? });
    }
    Ok(points)
}

/// Something that reached users.
pub struct Reached {
    pub on_day: String,
    pub name: String,
}

/// So many releases are marked in a chart.
const MOST_MARKED: i64 = 5;

/// What reached users in the days that are drawn, the newest. Releases lie downstream and are read here by their table.
pub fn reached(look: &mut Look) -> Result<Vec<Reached>> {
    let since = when::days_after(&when::day(look.now()), -DAYS);
    let rows = look.query(
        "select released_on, name from release where product = $1 and state = 'released' and released_on >= $2 and removed_at is null
         order by released_on desc, id desc limit $3",
        &[look.scope.product_id()?.value(), Value::Text(since), Value::Int(MOST_MARKED)],
    )?;
    rows.into_iter().map(|mut row| Ok(Reached { on_day: row.take()?, name: row.take()? })).collect()
}

/// So many values of a measure stand on its panel.
pub(crate) const NOTED: i64 = 30;

/// What was noted of a measure, the newest day first.
pub(crate) fn newest(look: &mut Look, measure: Id<Measure>) -> Result<Vec<MeasureValue>> {
    MeasureValue::all(look, "and measure = $2 order by on_day desc, id desc limit $3", &[measure.value(), Value::Int(NOTED)])
}

/// So many values are read to be taken apart.
const MOST_APART: i64 = 6_000;

/// Days of a measure taken apart by a dimension: for each part its days, the parts with most in the end first. The values of
/// other dimensions make the part as they make the whole.
pub(crate) fn apart(look: &mut Look, measure: &Measure, dimension: &str) -> Result<Vec<(String, Vec<Point>)>> {
    let since = when::days_after(&when::day(look.now()), -DAYS);
    let clause = "and measure = $2 and on_day >= $3 and along <> '{}' order by on_day desc, id desc limit $4";
    let values = MeasureValue::all(look, clause, &[measure.id().value(), Value::Text(since), Value::Int(MOST_APART)])?;
    let mut parts: BTreeMap<String, BTreeMap<String, Vec<f64>>> = BTreeMap::new();
    for value in values {
        if let Some(part) = value.along.get(dimension) {
            parts.entry(part.clone()).or_default().entry(value.on_day.clone()).or_default().push(value.amount);
        }
    }
    let makes = |amounts: &[f64]| match measure.parts_make {
        PartsMake::Sum => amounts.iter().sum(),
        PartsMake::Mean => amounts.iter().sum::<f64>() / amounts.len().max(1) as f64,
    };
    let points = |days: BTreeMap<String, Vec<f64>>| days.into_iter().map(|(on_day, amounts)| Point { amount: makes(&amounts), on_day }).collect();
    let mut parts: Vec<(String, Vec<Point>)> = parts.into_iter().map(|(part, days)| (part, points(days))).collect();
    parts.sort_by(|(_, a), (_, b)| b.last().map_or(0.0, |p| p.amount).total_cmp(&a.last().map_or(0.0, |p| p.amount)));
    Ok(parts)
}

/// A measure, its days, and the same taken apart.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct History {
    #[serde(flatten)]
    pub whole: MeasureLine,
    pub parts: Vec<PartLine>,
}

/// A part of a measure with its days.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct PartLine {
    pub part: String,
    pub points: Vec<Point>,
}

query! {
    /// What a measure was day by day in the last 400 days, as a whole and, where a dimension is named, by its parts.
    pub struct ReadHistory in "measure.history" at "/products/{product}/measures/{measure}/history" -> History {
        pub measure: Id<Measure>,
        /// The dimension by which it is taken apart.
        #[serde(default)]
        pub by: String,
    }
}

impl Query for ReadHistory {
    fn ask(self, look: &mut Look) -> Result<History> {
        let (whole, parts) = history(look, self.measure, &self.by)?;
        Ok(History { whole, parts: parts.into_iter().map(|(part, points)| PartLine { part, points }).collect() })
    }
}

/// A measure with its days, and taken apart by a dimension of it.
type Apart = (MeasureLine, Vec<(String, Vec<Point>)>);

pub(crate) fn history(look: &mut Look, id: Id<Measure>, by: &str) -> Result<Apart> {
    let line = lines(look)?.into_iter().find(|line| line.measure.id() == id).ok_or(Refusal::NotFound)?;
    let parts = match by {
        "" => vec![],
        by if line.measure.dimensions.iter().any(|dimension| dimension == by) => apart(look, &line.measure, by)?,
        _ => return Err(Refusal::invalid("by", "This measure has no such dimension.")),
    };
    Ok((line, parts))
}

/// The day it is where whoever asks is.
pub(crate) fn today(look: &Look) -> String {
    values::today(look.scope, look.now())
}
