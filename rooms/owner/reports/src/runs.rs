//! Sprints as reports see them: those that had begun, and how one went day by day.

use crate::asked::{DAY, Sight, day_of, here};
use kernel::{Column, Look, Result, Row, Uuid, Value, list};
use std::collections::{BTreeMap, HashMap};
use web::when;

/// A sprint that has begun.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub id: Uuid,
    pub number: i64,
    pub name: String,
    pub ends_on: String,
    pub started: i64,
    /// When it closed or was cancelled, if that was before the moment that is looked at.
    pub over: Option<i64>,
    pub closed: bool,
}

impl Run {
    /// The last moment of it that counts: when it is closed, what is left leaves it.
    pub fn until(&self, sight: &Sight) -> i64 {
        self.over.map_or(sight.now, |over| sight.now.min(over - 1))
    }

    fn read(sight: &Sight, mut row: Row) -> Result<Run> {
        let (id, number, name, ends_on) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let (started, over, state): (i64, Option<i64>, String) = (row.take()?, row.take()?, row.take()?);
        let over = over.filter(|at| *at <= sight.now);
        Ok(Run { id, number, name, ends_on, started, over, closed: over.is_some() && state == "closed" })
    }
}

/// A sprint is a month or less; what lasts longer is drawn as far.
const MOST_DAYS: i32 = 100;
/// So many sprints are offered and compared.
pub(crate) const MOST: i64 = 52;

/// The sprints that had begun at the moment, newest first.
pub(crate) fn begun(look: &mut Look, sight: &Sight) -> Result<Vec<Run>> {
    let rows = look.query(
        "select id, number, name, ends_on, started_at, closed_at, state from sprint
         where product = $1 and removed_at is null and started_at <= $2 order by started_at desc, number desc limit $3",
        &[here(look.scope)?, Value::Int(sight.now), Value::Int(MOST)],
    )?;
    rows.into_iter().map(|row| Run::read(sight, row)).collect()
}

/// Of those the ones that ended in the span of time, and the one that runs, oldest first.
pub(crate) fn lately(look: &mut Look, sight: &Sight) -> Result<Vec<Run>> {
    let mut runs = begun(look, sight)?;
    runs.retain(|run| run.over.is_none_or(|over| over >= sight.from()));
    runs.reverse();
    Ok(runs)
}

/// What sprints are called beside one another: of "Sprint 39" and "Sprint 40" the word that all begin with says nothing.
pub(crate) fn called(runs: &[Run]) -> Vec<String> {
    let word = runs.first().and_then(|run| run.name.split_once(' ')).map(|(word, _)| format!("{word} ")).unwrap_or_default();
    let rest = |run: &Run| run.name.strip_prefix(&word).map(str::trim).filter(|rest| !rest.is_empty()).map(str::to_owned);
    let short: Option<Vec<String>> = runs.iter().map(rest).collect();
    short.filter(|_| runs.len() > 1 && !word.is_empty()).unwrap_or_else(|| runs.iter().map(|run| run.name.clone()).collect())
}

/// How much, in points and in stories.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Much {
    pub stories: f64,
    pub points: f64,
}

impl Much {
    pub fn add(&mut self, other: Much) {
        self.stories += other.stories;
        self.points += other.points;
    }

    /// In the unit of the report.
    pub fn of(self, sized: bool) -> f64 {
        if sized { self.points } else { self.stories }
    }
}

/// How a sprint went: for each of its days what was in it and what of that was accepted, at the end of the day.
pub(crate) struct Went {
    pub first: i32,
    /// The last day that it was planned for, and the last one that is drawn.
    pub planned: i32,
    pub last: i32,
    /// At its start, and then for each day that has been.
    pub start: Much,
    pub days: Vec<(Much, Much)>,
}

impl Went {
    pub fn sized(&self) -> bool {
        self.start.points > 0.0 || self.days.iter().any(|(scope, _)| scope.points > 0.0)
    }
}

pub(crate) fn went(look: &mut Look, sight: &Sight, run: &Run) -> Result<Went> {
    let until = run.until(sight);
    let first = day_of(run.started);
    let planned = when::end_of(&run.ends_on).map_or(first, day_of).max(first);
    let last = planned.max(if run.over.is_some() { day_of(until) } else { first });
    let last = if run.over.is_none() && run.started <= sight.now { last.max(day_of(until)) } else { last }.min(first + MOST_DAYS);
    let mut params = vec![here(look.scope)?, run.id.value(), Value::Int(run.started), Value::Int(until)];
    let (join, and) = sight.narrowed(look, &mut params)?;
    // What was there at the start stands on the day before.
    let move_at = |at: &str, sign: &str| {
        format!(
            "select case when span.{at} <= $3 then -1 else span.{at} / {DAY} end as day, case when span.stage = 'accepted' then 1 else 0 end as done,
               {sign}1 as n, {sign}coalesce(span.points, 0.0) as size
             from story_span as span{join} where span.product = $1 and span.sprint = $2 and span.stage <> 'dropped' and span.{at} <= $4{and}"
        )
    };
    let sql = format!(
        "select day, done, cast(sum(n) as bigint), sum(size) from ({} union all {}) as moves group by day, done",
        move_at("from_at", ""),
        move_at("until_at", "-")
    );
    let mut moves: BTreeMap<i32, (Much, Much)> = BTreeMap::new();
    for mut row in look.query(&sql, &params)? {
        let (day, done, stories, points): (i64, i64, i64, f64) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let much = Much { stories: stories as f64, points };
        let (scope, accepted) = moves.entry(i32::try_from(day).unwrap_or_default()).or_default();
        scope.add(much);
        if done == 1 {
            accepted.add(much);
        }
    }
    let (mut scope, mut accepted) = moves.remove(&-1).unwrap_or_default();
    let start = scope;
    let known = first..=day_of(until).min(last);
    let days = known.map(|day| {
        if let Some((more, done)) = moves.get(&day) {
            scope.add(*more);
            accepted.add(*done);
        }
        (scope, accepted)
    });
    Ok(Went { first, planned, last, start, days: days.collect() })
}

/// What was in each sprint when it began.
pub(crate) fn committed(look: &mut Look, sight: &Sight, runs: &[Run]) -> Result<HashMap<Uuid, Much>> {
    let mut params = vec![here(look.scope)?, list(runs.iter().map(|run| run.id))];
    let (join, and) = sight.narrowed(look, &mut params)?;
    let sql = format!(
        "select span.sprint, count(*), coalesce(sum(span.points), 0.0) from sprint as run join story_span as span on span.sprint = run.id
           and span.from_at <= run.started_at and (span.until_at is null or span.until_at > run.started_at){join}
         where run.product = $1 and run.id in each($2) and span.stage <> 'dropped'{and} group by span.sprint"
    );
    by_sprint(look, &sql, &params)
}

/// What of each sprint was accepted at the moment: in it, or afterwards where the verdict was still due when it closed.
pub(crate) fn accepted(look: &mut Look, sight: &Sight, runs: &[Run]) -> Result<HashMap<Uuid, Much>> {
    let mut params = vec![here(look.scope)?, list(runs.iter().map(|run| run.id)), Value::Int(sight.now)];
    let (join, and) = sight.narrowed(look, &mut params)?;
    let sql = format!(
        "select span.sprint, count(*), coalesce(sum(span.points), 0.0) from story_span as span{join}
         where span.product = $1 and span.sprint in each($2) and span.stage = 'accepted' and span.from_at <= $3
           and (span.until_at is null or span.until_at > $3){and} group by span.sprint"
    );
    by_sprint(look, &sql, &params)
}

fn by_sprint(look: &mut Look, sql: &str, params: &[Value]) -> Result<HashMap<Uuid, Much>> {
    let read = |mut row: Row| {
        let (id, stories, points): (Uuid, i64, f64) = (row.take()?, row.take()?, row.take()?);
        Ok((id, Much { stories: stories as f64, points }))
    };
    look.query(sql, params)?.into_iter().map(read).collect()
}
