//! Scope change: what came into sprints after they began, and what went out.

use super::{About, Found, Moved, Report};
use crate::{
    asked::{Sight, here},
    runs::{self, Much, Run},
};
use kernel::{Look, Result, Uuid, Value, list};
use std::collections::HashMap;
use web::{
    chart::{Across, Chart, Plot, Series},
    points, several,
};

pub(super) const SCOPE: Report = Report {
    word: "scope-change",
    name: "Scope change",
    counts: "For each sprint, what was in it when it began, what came in afterwards and what was taken out before it closed.",
    how: "Points where stories have sizes, else stories. What comes in and goes out again counts in both; a story that is sized anew while it is in the sprint \
          stands under “Sized anew” by the difference. What is left when a sprint closes was not taken out.",
    about: About::Sprints,
    read,
};

/// How the scope of a sprint changed.
#[derive(Clone, Copy, Default)]
struct Changed {
    came: Much,
    went: Much,
    sized: f64,
}

/// What one story did to the scope of a sprint by one stretch of its time in it.
struct Change {
    run: Uuid,
    number: i64,
    title: String,
    points: f64,
    /// When it came in after the start, and when it went out before the end.
    came: Option<i64>,
    went: Option<i64>,
    /// By how much it was sized anew.
    sized: f64,
}

fn changes(look: &mut Look, sight: &Sight, runs: &[Run]) -> Result<Vec<Change>> {
    let mut params = vec![here(look.scope)?, list(runs.iter().map(|run| run.id)), Value::Int(sight.now)];
    let (_, and) = sight.narrowed(look, &mut params)?;
    // Each span beside the one before it and the one behind it: a story came in where it was not in the sprint just before.
    let ever = "select sprint_story.story from sprint_story where sprint_story.sprint in each($2)";
    let spans = format!(
        "select story, product, from_at, until_at, coalesce(points, 0.0) as points, case when stage = 'dropped' then '' else coalesce(sprint, '') end as sprint,
           lag(case when stage = 'dropped' then '' else coalesce(sprint, '') end) over same as sprint_before, lag(until_at) over same as over_before,
           lag(coalesce(points, 0.0)) over same as points_before,
           lead(case when stage = 'dropped' then '' else coalesce(sprint, '') end) over same as sprint_after, lead(from_at) over same as goes_on
         from story_span where story in ({ever}) window same as (partition by story order by from_at)"
    );
    let later = "span.from_at > run.started_at and span.from_at <= $3 and (run.closed_at is null or span.from_at < run.closed_at)";
    let new = "(span.sprint_before is null or span.sprint_before <> span.sprint or span.over_before < span.from_at)";
    let came = format!("case when {later} and {new} then span.from_at end");
    let went = "case when span.until_at > run.started_at and span.until_at <= $3 and (run.closed_at is null or span.until_at < run.closed_at)
        and (span.goes_on is null or span.goes_on > span.until_at or span.sprint_after <> span.sprint) then span.until_at end";
    let sized = format!("case when {later} and not {new} then span.points - span.points_before else 0.0 end");
    let sql = format!(
        "select run, number, title, points, came, went, sized from
         (select run.id as run, story.number as number, story.title as title, span.points as points, {came} as came, {went} as went, {sized} as sized
          from ({spans}) as span join sprint as run on run.id = span.sprint join story on story.id = span.story
          where span.product = $1 and run.id in each($2){and}) as change
         where came is not null or went is not null or sized <> 0.0 order by run, number"
    );
    let read = |mut row: kernel::Row| {
        let (run, number, title, points) = (row.take()?, row.take()?, row.take()?, row.take()?);
        Ok(Change { run, number, title, points, came: row.take()?, went: row.take()?, sized: row.take()? })
    };
    look.query(&sql, &params)?.into_iter().map(read).collect()
}

fn summed(changes: &[Change]) -> HashMap<Uuid, Changed> {
    let mut all: HashMap<Uuid, Changed> = HashMap::new();
    for change in changes {
        let sum = all.entry(change.run).or_default();
        let much = Much { stories: 1.0, points: change.points };
        if change.came.is_some() {
            sum.came.add(much);
        }
        if change.went.is_some() {
            sum.went.add(much);
        }
        sum.sized += change.sized;
    }
    all
}

/// Which stories they were, what happened last first.
fn told_of(sight: &Sight, runs: &[Run], changes: Vec<Change>) -> Vec<Moved> {
    let name = |id: Uuid| runs.iter().find(|run| run.id == id).map_or_else(String::new, |run| run.name.clone());
    let mut moved = vec![];
    for Change { run, number, title, points, came, went, .. } in changes {
        let points = (sight.sizes && points > 0.0).then_some(points);
        for (at, came) in [(came, true), (went, false)].into_iter().filter_map(|(at, came)| Some((at?, came))) {
            moved.push(Moved { sprint: name(run), number, title: title.clone(), points, came, at });
        }
    }
    moved.sort_by_key(|one| (std::cmp::Reverse(one.at), one.number));
    moved
}

/// What came into some sprints after they began, and what went out.
pub(super) fn moved(look: &mut Look, sight: &Sight, runs: &[Run]) -> Result<Vec<Moved>> {
    let changes = changes(look, sight, runs)?;
    Ok(told_of(sight, runs, changes))
}

fn read(look: &mut Look, sight: &Sight) -> Result<Found> {
    let runs = runs::lately(look, sight)?;
    if runs.is_empty() {
        return Ok(Found::nothing("No sprint ran in this time. What comes into a sprint after it began stands here."));
    }
    let committed = runs::committed(look, sight, &runs)?;
    let found = changes(look, sight, &runs)?;
    let changes = summed(&found);
    let sized = sight.sizes && (committed.values().any(|much| much.points > 0.0) || changes.values().any(|c| c.came.points > 0.0));
    let each = |part: &dyn Fn(Uuid) -> f64| runs.iter().map(|run| part(run.id)).collect::<Vec<f64>>();
    let changed = |id: Uuid| changes.get(&id).copied().unwrap_or_default();
    let (came, went) = (each(&|id| changed(id).came.of(sized)), each(&|id| -changed(id).went.of(sized)));
    let mut plot = Plot::new(Across::Names(runs::called(&runs)), if sized { "Points" } else { "Stories" })
        .with(Series::bars("At the start", &each(&|id| committed.get(&id).copied().unwrap_or_default().of(sized))).quiet())
        .with(Series::bars("Came in", &came))
        .with(Series::bars("Taken out", &went));
    let anew = each(&|id| changed(id).sized);
    if sized && anew.iter().any(|more| *more != 0.0) {
        plot = plot.with(Series::bars("Sized anew", &anew));
    }
    let told = |amount: f64| several(points(Some(amount)), if sized { "point" } else { "story" });
    let (all, out): (f64, f64) = (came.iter().sum(), went.iter().sum());
    let sprints = several(runs.len(), "sprint");
    let chart = Chart::of("Scope change by sprint", plot).told(format!(
        "In {sprints} {} came in after the start and {} were taken out.",
        told(all),
        told(-out)
    ));
    Ok(Found { moved: Some(told_of(sight, &runs, found)), ..Found::chart(chart) })
}
