//! Reading trends, competitors and personas.

use crate::model::*;
use customers::{Evidence, Segment};
use kernel::{Area, Column, Id, JsonSchema, Look, Names, Noun, Refusal, Result, Serialize, Uuid, Value, list, look::find_rows};
use std::collections::{BTreeMap, HashMap};
use web::when;

/// So many trends, competitors, personas are read at most; more are no picture any more.
const MOST: usize = 300;
/// So many pieces of evidence stand on a panel.
pub(crate) const BEHIND: usize = 30;

/// The day it is for whoever reads.
pub(crate) fn today(look: &Look) -> String {
    when::day_in(look.now(), &look.scope.who.zone)
}

/// Refuses a name that another one of the product has, whoever asks.
pub(crate) fn is_free<T: Noun>(look: &mut Look, name: &str, own: Option<Id<T>>) -> Result<()> {
    let lower = name.to_lowercase();
    let product = look.scope.product_id()?;
    // Databases agree on small letters of English alone.
    let clause = "where product = $1 and (lower(name) = $2 or name in each($3)) and removed_at is null order by created_at, id limit 2";
    let found: Vec<T> =
        find_rows(look.reader, clause, &[product.value(), Value::Text(lower.clone()), list([name.to_owned(), lower, name.to_uppercase()])])?;
    match found.into_iter().find(|other| Some(other.id()) != own) {
        None => Ok(()),
        Some(other) => Err(Refusal::invalid("name", format!("There is “{}” already.", other.label()))),
    }
}

/// A trend with what hangs on it.
#[derive(Clone, Debug)]
pub struct TrendLine {
    pub trend: Trend,
    /// Pieces of evidence.
    pub evidence: i64,
    /// The initiatives that it would change: number and title.
    pub initiatives: Vec<(i64, String, Uuid)>,
}

/// All trends: what is near first, and of that what matters most.
pub fn trends(look: &mut Look) -> Result<Vec<TrendLine>> {
    let trends = Trend::all(look, &format!("order by created_at desc, id desc limit {MOST}"), &[])?;
    let mut evidence = supports(look, Trend::TABLE)?;
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select relation.from_id, initiative.number, initiative.title, initiative.id from relation join initiative on initiative.id = relation.to_id
         where relation.product = $1 and relation.verb = 'changes' and relation.removed_at is null and initiative.removed_at is null order by initiative.number",
        &[product.value()],
    )?;
    let mut changed: HashMap<Uuid, Vec<(i64, String, Uuid)>> = HashMap::new();
    for mut row in rows {
        changed.entry(row.take()?).or_default().push((row.take()?, row.take()?, row.take()?));
    }
    let mut lines: Vec<TrendLine> = trends
        .into_iter()
        .map(|trend| TrendLine {
            evidence: evidence.remove(&trend.meta.id).unwrap_or(0),
            initiatives: changed.remove(&trend.meta.id).unwrap_or_default(),
            trend,
        })
        .collect();
    lines.sort_by_key(|line| (line.trend.horizon, std::cmp::Reverse(line.trend.impact)));
    Ok(lines)
}

/// How much evidence supports each thing of a noun, as far as the reader sees it.
pub(crate) fn supports(look: &mut Look, noun: &str) -> Result<HashMap<Uuid, i64>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select relation.to_id, count(*) from relation join evidence on evidence.id = relation.from_id
         where relation.product = $1 and relation.to_noun = $2 and relation.verb = 'supports' and relation.removed_at is null and evidence.removed_at is null
         group by relation.to_id",
        &[product.value(), Value::Text(noun.to_owned())],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// The evidence behind some things, each newest first, with the thing that it supports.
pub(crate) fn behind(look: &mut Look, things: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Vec<Evidence>>> {
    let things: Vec<Uuid> = things.into_iter().collect();
    if things.is_empty() {
        return Ok(HashMap::new());
    }
    let product = look.scope.product_id()?;
    let links = look.query(
        "select to_id, from_id from relation where product = $1 and to_id in each($2) and verb = 'supports' and from_noun = 'evidence' and removed_at is null",
        &[product.value(), list(things)],
    )?;
    let links: Vec<(Uuid, Uuid)> = links.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let found = Evidence::all(look, "and id in each($2) order by noted_on desc, id desc limit 300", &[list(links.iter().map(|(_, from)| *from))])?;
    let mut behind: HashMap<Uuid, Vec<Evidence>> = HashMap::new();
    for piece in &found {
        for (to, _) in links.iter().filter(|(_, from)| *from == piece.meta.id) {
            behind.entry(*to).or_default().push(piece.clone());
        }
    }
    Ok(behind)
}

/// All competitors in the order in which they were added.
pub fn competitors(look: &mut Look) -> Result<Vec<Competitor>> {
    Competitor::all(look, &format!("order by created_at, id limit {MOST}"), &[])
}

/// A persona with what stands behind it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct PersonaLine {
    #[serde(flatten)]
    pub persona: Persona,
    /// What the segment is called; empty where there is none, or none any more.
    pub segment_name: String,
    /// Pieces of evidence; none where the reader sees no evidence.
    pub evidence: Option<i64>,
    /// Three pieces of evidence stand behind it; without them it is assumed.
    pub researched: Option<bool>,
}

/// All personas, those of one segment together.
pub fn personas(look: &mut Look) -> Result<Vec<PersonaLine>> {
    let personas = Persona::all(look, &format!("order by created_at, id limit {MOST}"), &[])?;
    let mut evidence = supports(look, Persona::TABLE)?;
    let wanted = personas.iter().filter_map(|persona| persona.segment).map(|segment| segment.0).collect();
    let names = Names::of(look, BTreeMap::from([(Segment::TABLE, wanted)]))?;
    // Whoever sees no evidence is not told that there is none.
    let told = look.tells(Area::Customers);
    let scope = look.scope;
    let line = |persona: Persona| {
        let pieces = told.then(|| evidence.remove(&persona.meta.id).unwrap_or(0));
        let segment = persona.segment.filter(|id| !names.is_gone(id.0));
        PersonaLine {
            segment_name: segment.and_then(|id| names.called(scope, id.0)).unwrap_or_default(),
            researched: pieces.map(|pieces| pieces >= RESEARCHED),
            evidence: pieces,
            persona,
        }
    };
    let mut lines: Vec<PersonaLine> = personas.into_iter().map(line).collect();
    lines.sort_by(|a, b| (a.segment_name.is_empty(), &a.segment_name).cmp(&(b.segment_name.is_empty(), &b.segment_name)));
    Ok(lines)
}

/// The charts with two axes.
pub(crate) fn positionings(look: &mut Look) -> Result<Vec<Positioning>> {
    Positioning::all(look, &format!("order by created_at, id limit {MOST}"), &[])
}

/// What stands on one of them.
pub(crate) fn spots(look: &mut Look, chart: Id<Positioning>) -> Result<Vec<Spot>> {
    Spot::all(look, "and positioning = $2 order by created_at, id", &[chart.value()])
}
