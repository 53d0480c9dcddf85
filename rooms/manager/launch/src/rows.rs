//! Reading releases and outcomes.

use crate::{model::*, notes, scope::Slice};
use backlog::Story;
use customers::Evidence;
use kernel::{Column, Id, JsonSchema, Look, Noun, Query, Refusal, Result, Serialize, Uuid, Value, list, query};
use roadmap::{Feature, Initiative};
use std::collections::HashMap;
use web::when;

/// How far the stories of each feature are: those that were not dropped, and the accepted ones among them.
const TALLY: &str = "(select feature, sum(case when stage in ('open', 'doing', 'handed_over', 'accepted') then stories else 0 end) as stories,
     sum(case when stage = 'accepted' then stories else 0 end) as accepted from story_tally where product = $1 and feature <> '' group by feature)";

fn slice(row: &mut kernel::Row) -> Result<Slice> {
    Ok(Slice {
        id: row.take()?,
        number: row.take()?,
        title: row.take()?,
        body: row.take()?,
        state: row.take()?,
        stories: row.take()?,
        accepted: row.take()?,
    })
}

const SLICE: &str = "feature.id, feature.number, feature.title, feature.body, feature.state,
     cast(coalesce(tally.stories, 0) as bigint), cast(coalesce(tally.accepted, 0) as bigint)";

/// What each release ships, by its id; or what one does.
fn scopes(look: &mut Look, and: &str, params: &[Value]) -> Result<HashMap<Uuid, Vec<Slice>>> {
    let sql = format!(
        "select relation.from_id, {SLICE} from relation join feature on feature.id = relation.to_id
         left join {TALLY} tally on tally.feature = feature.id
         where relation.product = $1 and relation.verb = 'ships' and relation.removed_at is null and feature.removed_at is null {and}
         order by feature.rank, feature.id"
    );
    let bound: Vec<Value> = std::iter::once(look.scope.product_id()?.value()).chain(params.iter().cloned()).collect();
    let mut scopes: HashMap<Uuid, Vec<Slice>> = HashMap::new();
    for mut row in look.query(&sql, &bound)? {
        scopes.entry(row.take()?).or_default().push(slice(&mut row)?);
    }
    Ok(scopes)
}

/// What a release ships, in the order of the roadmap.
pub(crate) fn scope_of(look: &mut Look, release: Uuid) -> Result<Vec<Slice>> {
    Ok(scopes(look, "and relation.from_id = $2", &[release.value()])?.remove(&release).unwrap_or_default())
}

/// Another planned release that ships a feature.
pub(crate) fn planned_elsewhere(look: &mut Look, feature: Uuid, but: Uuid) -> Result<Option<String>> {
    let found = look.first(
        "select release.name from relation join release on release.id = relation.from_id where relation.product = $1 and relation.verb = 'ships'
         and relation.to_id = $2 and release.id <> $3 and release.state = 'planned' and relation.removed_at is null and release.removed_at is null",
        &[look.scope.product_id()?.value(), feature.value(), but.value()],
    )?;
    found.map(|mut row| row.take()).transpose()
}

/// So many features are offered for a scope.
const MOST_OFFERED: i64 = 200;

/// Open features that no release ships yet, those that are accepted first.
pub(crate) fn to_ship(look: &mut Look) -> Result<Vec<Slice>> {
    let sql = format!(
        "select {SLICE} from feature left join {TALLY} tally on tally.feature = feature.id
         where feature.product = $1 and feature.state = 'open' and feature.removed_at is null and feature.id not in
           (select relation.to_id from relation join release on release.id = relation.from_id where relation.product = $1 and relation.verb = 'ships'
            and relation.removed_at is null and release.removed_at is null and release.state = 'planned')
         order by case when coalesce(tally.stories, 0) > 0 and tally.stories = tally.accepted then 0 when coalesce(tally.accepted, 0) > 0 then 1 else 2 end,
           feature.rank, feature.id limit $2"
    );
    let product = look.scope.product_id()?.value();
    look.query(&sql, &[product, Value::Int(MOST_OFFERED)])?.iter_mut().map(slice).collect()
}

/// An accepted story of what is shipped.
#[derive(Clone, Debug)]
pub struct Found {
    pub feature: Uuid,
    pub kind: String,
    pub title: String,
}

/// So many accepted stories are told in a draft of notes.
const MOST_TOLD: i64 = 300;

/// The accepted stories of features, as notes tell of them.
pub(crate) fn accepted_stories(look: &mut Look, slices: &[Slice]) -> Result<Vec<Found>> {
    if slices.is_empty() {
        return Ok(vec![]);
    }
    let rows = look.query(
        "select feature, kind, title from story where product = $1 and feature in each($2) and stage = 'accepted' and removed_at is null
         order by rank, id limit $3",
        &[look.scope.product_id()?.value(), list(slices.iter().map(|slice| slice.id)), Value::Int(MOST_TOLD)],
    )?;
    rows.into_iter().map(|mut row| Ok(Found { feature: row.take()?, kind: row.take()?, title: row.take()? })).collect()
}

/// The initiatives that features are part of, each with all of its features.
pub(crate) fn bets_of(look: &mut Look, features: &[Feature]) -> Result<Vec<(Initiative, Vec<Feature>)>> {
    let mut ids: Vec<Uuid> = features.iter().filter_map(|f| f.initiative).map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let bets = Initiative::all(look, "and id in each($2) order by rank, id", &[list(ids.iter().copied())])?;
    let mut all = Feature::all(look, "and initiative in each($2) order by rank, id", &[list(ids)])?;
    Ok(bets
        .into_iter()
        .map(|bet| {
            let (own, rest) = all.drain(..).partition(|f| f.initiative == Some(bet.id()));
            all = rest;
            (bet, own)
        })
        .collect())
}

/// What is to be done for a launch: what is open by its day, then what is done.
pub(crate) fn tasks_of(look: &mut Look, release: Uuid) -> Result<Vec<LaunchTask>> {
    let order = "and release = $2 order by case when done_at is null then 0 else 1 end, coalesce(due_on, '9999'), created_at, id";
    LaunchTask::all(look, order, &[release.value()])
}

/// A release with what it ships, and how much of its list is done.
#[derive(Clone, Debug)]
pub struct ReleaseLine {
    pub release: Release,
    pub slices: Vec<Slice>,
    /// Things to do, and how many of them are done, and are late.
    pub tasks: i64,
    pub done: i64,
    pub late: i64,
}

/// How ready a launch is: each question that its tier asks, with whether it is answered. A quiet one is for nobody in
/// particular, and is not measured by itself.
pub(crate) fn readiness(line: &ReleaseLine) -> Vec<(&'static str, bool)> {
    let r = &line.release;
    let accepted = ("Everything that it ships is accepted", !line.slices.is_empty() && line.slices.iter().all(Slice::is_accepted));
    let listed = ("Its list is done", line.tasks > 0 && line.done == line.tasks);
    let signed = ("A go is signed", r.go == Some(Go::Go));
    match r.tier {
        Tier::Quiet => vec![accepted, ("What users are told is written down", !r.message.is_empty()), listed, signed],
        _ => vec![
            accepted,
            ("For whom it is and what they are told is written down", r.segment.is_some() && !r.message.is_empty()),
            listed,
            ("How it will be measured is known", !r.measures.is_empty()),
            signed,
        ],
    }
}

/// So many releases that reached users stand on the page; the others in the changelog.
const MOST_OUT: i64 = 12;

/// The releases: those that are planned by their day, then those that are out, the newest first.
pub(crate) fn releases(look: &mut Look) -> Result<Vec<ReleaseLine>> {
    let mut releases = Release::all(look, "and state = 'planned' order by coalesce(target_on, '9999'), created_at, id limit 100", &[])?;
    releases.extend(Release::all(look, "and state = 'released' order by released_on desc, id desc limit $2", &[Value::Int(MOST_OUT)])?);
    lines(look, releases)
}

fn lines(look: &mut Look, releases: Vec<Release>) -> Result<Vec<ReleaseLine>> {
    if releases.is_empty() {
        return Ok(vec![]);
    }
    let ids = list(releases.iter().map(|release| release.meta.id));
    let mut ships = scopes(look, "and relation.from_id in each($2)", std::slice::from_ref(&ids))?;
    let today = today(look);
    let counted = look.query(
        "select release, count(*), count(done_at), count(case when done_at is null and due_on < $3 then 1 end) from launch_task
         where product = $1 and release in each($2) and removed_at is null group by release",
        &[look.scope.product_id()?.value(), ids, Value::Text(today)],
    )?;
    let counted: HashMap<Uuid, (i64, i64, i64)> =
        counted.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?, row.take()?)))).collect::<Result<_>>()?;
    let line = |release: Release| {
        let (tasks, done, late) = counted.get(&release.meta.id).copied().unwrap_or_default();
        ReleaseLine { slices: ships.remove(&release.meta.id).unwrap_or_default(), tasks, done, late, release }
    };
    Ok(releases.into_iter().map(line).collect())
}

/// One release.
pub(crate) fn one(look: &mut Look, id: Id<Release>) -> Result<ReleaseLine> {
    let release = Release::get(look, id)?;
    lines(look, vec![release])?.pop().ok_or(Refusal::NotFound)
}

/// The day it is where whoever asks is.
pub(crate) fn today(look: &Look) -> String {
    when::day_in(look.now(), &look.scope.who.zone)
}

/// So many releases stand in the changelog.
const MOST_LOGGED: i64 = 50;

/// What reached users, the newest first.
pub(crate) fn changelog(look: &mut Look) -> Result<Vec<Release>> {
    Release::all(look, "and state = 'released' order by released_on desc, id desc limit $2", &[Value::Int(MOST_LOGGED)])
}

/// What is recorded of a bet.
pub(crate) fn outcome_of(look: &mut Look, initiative: Id<Initiative>) -> Result<Option<Outcome>> {
    Ok(Outcome::all(look, "and initiative = $2", &[initiative.value()])?.pop())
}

/// So many bets are asked about at once.
const MOST_DUE: i64 = 50;
/// What is so of bets that are to be judged by a day, `$2`.
const DUE: &str = "state = 'released' and (ends_on is null or ends_on <= $2) and not exists
     (select 1 from outcome where outcome.initiative = initiative.id and outcome.removed_at is null)";

/// Released bets whose promised day has come, and of which nobody has said what came of them, the oldest first.
///
/// # Errors
/// Whatever reading refuses.
pub fn due(look: &mut Look) -> Result<Vec<Initiative>> {
    let today = today(look);
    let clause = format!("and {DUE} order by coalesce(ends_on, ''), number limit $3");
    Initiative::all(look, &clause, &[Value::Text(today), Value::Int(MOST_DUE)])
}

/// The same for a product, whoever asks.
pub(crate) fn due_in(look: &mut Look, product: Uuid, today: &str) -> Result<Vec<Initiative>> {
    let clause = format!("where product = $1 and removed_at is null and {DUE} order by coalesce(ends_on, ''), number limit $3");
    kernel::look::find_rows(look.reader, &clause, &[product.value(), Value::Text(today.to_owned()), Value::Int(MOST_DUE)])
}

/// So many outcomes are listed, and drawn.
const MOST_JUDGED: i64 = 200;

/// What came of bets, the newest first, each with its bet.
pub fn judged(look: &mut Look) -> Result<Vec<(Outcome, Initiative)>> {
    let outcomes = Outcome::all(look, "order by settled_on desc, id desc limit $2", &[Value::Int(MOST_JUDGED)])?;
    if outcomes.is_empty() {
        return Ok(vec![]);
    }
    let bets = Initiative::all(look, "and id in each($2)", &[list(outcomes.iter().map(|o| o.initiative.0))])?;
    let mut bets: HashMap<Uuid, Initiative> = bets.into_iter().map(|bet| (bet.meta.id, bet)).collect();
    Ok(outcomes.into_iter().filter_map(|outcome| Some((outcome.clone(), bets.remove(&outcome.initiative.0)?))).collect())
}

/// So many pieces of evidence stand on the panel of an outcome.
pub(crate) const BEHIND: usize = 30;

/// What shows an outcome, and what follows from it, as far as the reader sees it.
pub(crate) struct Hangs {
    /// The newest first, one more than is shown.
    pub evidence: Vec<Evidence>,
    pub initiative: Option<Initiative>,
    pub story: Option<Story>,
}

pub(crate) fn hangs(look: &mut Look, outcome: &Outcome) -> Result<Hangs> {
    Ok(Hangs {
        evidence: customers::supporting(look, outcome.meta.id, BEHIND)?,
        initiative: outcome.next_initiative.and_then(|id| Initiative::get(look, id).ok()),
        story: outcome.next_story.and_then(|id| Story::get(look, id).ok()),
    })
}

/// A question of a launch's readiness.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Question {
    pub question: String,
    pub answered: bool,
}

/// A feature of a release's scope.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Shipped {
    pub id: Uuid,
    pub number: i64,
    pub title: String,
    /// What is missing before it can be released; nothing where it is accepted.
    pub missing: Option<String>,
}

/// How ready a launch is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Readiness {
    pub ships: Vec<Shipped>,
    pub questions: Vec<Question>,
    pub tasks: i64,
    pub done: i64,
    /// Release notes as they would be drafted.
    pub draft: String,
}

query! {
    /// How ready the launch of a release is: what it ships and what is missing, what of its list is done, and its notes as they
    /// would be drafted.
    pub struct ReadReadiness in "release.readiness" at "/products/{product}/releases/{release}/readiness" -> Readiness {
        pub release: Id<Release>,
    }
}

/// The notes of a release as they would be drafted from what it ships.
pub fn drafted_notes(look: &mut Look, release: Id<Release>) -> Result<String> {
    let line = one(look, release)?;
    let stories = accepted_stories(look, &line.slices)?;
    Ok(notes::draft(&line.slices, &stories))
}

impl Query for ReadReadiness {
    fn ask(self, look: &mut Look) -> Result<Readiness> {
        let line = one(look, self.release)?;
        let stories = accepted_stories(look, &line.slices)?;
        Ok(Readiness {
            questions: readiness(&line).into_iter().map(|(question, answered)| Question { question: question.into(), answered }).collect(),
            draft: notes::draft(&line.slices, &stories),
            tasks: line.tasks,
            done: line.done,
            ships: line.slices.into_iter().map(|s| Shipped { missing: s.missing(), id: s.id, number: s.number, title: s.title }).collect(),
        })
    }
}
