//! Reading what says whether the product does well in the market.

use kernel::{Column, Id, Look, Result, Uuid, Value};
use launch::{Outcome, Release};
use measures::{MeasureLine, Part, Reached};
use roadmap::{BetState, Initiative};
use std::collections::HashMap;
use strategy::{ObjectiveLine, ObjectiveState};
use web::when;

/// A bet that serves an objective, as it explains what became of its key results.
#[derive(Clone, Debug)]
pub(crate) struct Serving {
    pub number: i64,
    pub title: String,
    pub state: BetState,
    /// What came of it, once that was said.
    pub outcome: Option<Uuid>,
}

/// A window that was promised, and the day on which what it promised reached users.
#[derive(Clone, Debug)]
pub(crate) struct Promise {
    pub number: i64,
    pub title: String,
    pub until: String,
    pub released_on: String,
}

impl Promise {
    pub fn kept(&self) -> bool {
        self.released_on <= self.until
    }
}

/// All of it.
pub(crate) struct Success {
    pub measures: Vec<MeasureLine>,
    pub reached: Vec<Reached>,
    /// The objectives that are open, and those that were settled within a year.
    pub objectives: Vec<ObjectiveLine>,
    /// By objective.
    pub serving: HashMap<Uuid, Vec<Serving>>,
    pub judged: Vec<(Outcome, Initiative)>,
    /// Released bets that nobody has judged though their day has come.
    pub due: usize,
    /// The newest first.
    pub promises: Vec<Promise>,
}

/// So many bets are named below an objective.
const MOST_SERVING: i64 = 400;
/// So many promises are told.
const MOST_PROMISES: i64 = 100;
/// So many days back promises and settled objectives are told.
pub(crate) const BACK: i64 = 365;

pub(crate) fn success(look: &mut Look) -> Result<Success> {
    let since = when::days_after(&when::day(look.now()), -BACK);
    let mut objectives = strategy::objectives(look)?;
    objectives.retain(|line| match line.objective.state {
        ObjectiveState::Open => true,
        ObjectiveState::Reached | ObjectiveState::Missed => line.objective.ends_on.as_ref().is_none_or(|end| *end >= since),
        ObjectiveState::Dropped => false,
    });
    Ok(Success {
        measures: measures::lines(look)?,
        reached: measures::reached(look)?,
        serving: serving(look)?,
        judged: launch::judged(look)?,
        due: launch::due(look)?.len(),
        promises: promises(look, &since)?,
        objectives,
    })
}

/// The bets that serve each objective, those that are out first, with what came of them.
fn serving(look: &mut Look) -> Result<HashMap<Uuid, Vec<Serving>>> {
    let rows = look.query(
        "select relation.to_id, initiative.number, initiative.title, initiative.state, outcome.id
         from relation join initiative on initiative.id = relation.from_id and initiative.removed_at is null
         left join outcome on outcome.initiative = initiative.id and outcome.removed_at is null
         where relation.product = $1 and relation.verb = 'serves' and relation.removed_at is null and initiative.state <> 'dropped'
         order by case initiative.state when 'released' then 0 else 1 end, initiative.rank, initiative.id limit $2",
        &[look.scope.product_id()?.value(), Value::Int(MOST_SERVING)],
    )?;
    let mut serving: HashMap<Uuid, Vec<Serving>> = HashMap::new();
    for mut row in rows {
        let objective: Uuid = row.take()?;
        let one = Serving { number: row.take()?, title: row.take()?, state: row.take()?, outcome: row.take()? };
        serving.entry(objective).or_default().push(one);
    }
    Ok(serving)
}

/// Bets that reached users by a release, each with the window that was promised last. A bet is out on the day of the last
/// release that ships a part of it.
fn promises(look: &mut Look, since: &str) -> Result<Vec<Promise>> {
    let rows = look.query(
        "select initiative.number, initiative.title, initiative.ends_on, max(release.released_on)
         from release
         join relation on relation.from_id = release.id and relation.verb = 'ships' and relation.removed_at is null
         join feature on feature.id = relation.to_id and feature.removed_at is null
         join initiative on initiative.id = feature.initiative and initiative.removed_at is null
         where release.product = $1 and release.state = 'released' and release.removed_at is null
         and initiative.state = 'released' and initiative.ends_on is not null
         group by initiative.id, initiative.number, initiative.title, initiative.ends_on having max(release.released_on) >= $2
         order by max(release.released_on) desc, initiative.number limit $3",
        &[look.scope.product_id()?.value(), Value::Text(since.to_owned()), Value::Int(MOST_PROMISES)],
    )?;
    rows.into_iter().map(|mut row| Ok(Promise { number: row.take()?, title: row.take()?, until: row.take()?, released_on: row.take()? })).collect()
}

impl Success {
    pub fn is_empty(&self) -> bool {
        self.measures.is_empty() && self.objectives.is_empty() && self.judged.is_empty() && self.promises.is_empty() && self.due == 0
    }

    pub fn of(&self, part: Part) -> impl Iterator<Item = &MeasureLine> {
        self.measures.iter().filter(move |line| line.measure.part == part)
    }

    /// The key results that read a measure, each with its objective.
    pub fn reads(&self, measure: Id<measures::Measure>) -> impl Iterator<Item = (&strategy::KeyResult, &ObjectiveLine)> {
        self.objectives.iter().flat_map(move |line| line.key_results.iter().filter(move |k| k.measure == Some(measure)).map(move |k| (k, line)))
    }

    /// How many settled bets came as was believed, or better, and how many are settled.
    pub fn hits(&self) -> (usize, usize) {
        (self.judged.iter().filter(|(outcome, _)| outcome.verdict.is_hit()).count(), self.judged.len())
    }

    /// How many promised windows were kept, and how many there were.
    pub fn kept(&self) -> (usize, usize) {
        (self.promises.iter().filter(|promise| promise.kept()).count(), self.promises.len())
    }

    /// Key results of open objectives that are where they were expected by now, and how many have such a day; nothing is
    /// expected of those whose objective names no end.
    pub fn on_pace(&self, scope: &kernel::Scope) -> (usize, usize) {
        let open = self.objectives.iter().filter(|line| line.objective.state == ObjectiveState::Open);
        let paced = open.flat_map(|line| line.key_results.iter().filter_map(|k| strategy::pace(scope, k, &line.objective)));
        paced.fold((0, 0), |(well, all), (tone, _)| (well + usize::from(tone != "warning"), all + 1))
    }
}

/// What a release is called where it explains a figure.
pub(crate) fn shipped(look: &mut Look) -> Result<Vec<Release>> {
    let since = when::days_after(&when::day(look.now()), -91);
    <Release as kernel::Noun>::all(
        look,
        "and state = 'released' and released_on >= $2 order by released_on desc, id desc limit 6",
        &[Value::Text(since)],
    )
}
