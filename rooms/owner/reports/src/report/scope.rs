//! Scope change: what came into sprints after they began, and what went out.

use super::{About, Found, Report};
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

fn changes(look: &mut Look, sight: &Sight, runs: &[Run]) -> Result<HashMap<Uuid, Changed>> {
    let mut params = vec![here(look.scope)?, list(runs.iter().map(|run| run.id)), Value::Int(sight.now)];
    let (join, and) = sight.narrowed(look, &mut params)?;
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
    let came = format!("case when {later} and {new} then 1 else 0 end");
    let went = "case when span.until_at > run.started_at and span.until_at <= $3 and (run.closed_at is null or span.until_at < run.closed_at)
        and (span.goes_on is null or span.goes_on > span.until_at or span.sprint_after <> span.sprint) then 1 else 0 end";
    let sized = format!("case when {later} and not {new} then span.points - span.points_before else 0.0 end");
    let sql = format!(
        "select run.id, cast(sum({came}) as bigint), sum(({came}) * span.points), cast(sum({went}) as bigint), sum(({went}) * span.points), sum({sized})
         from ({spans}) as span join sprint as run on run.id = span.sprint{join}
         where span.product = $1 and run.id in each($2){and} group by run.id"
    );
    let read = |mut row: kernel::Row| {
        let (id, came, came_points): (Uuid, i64, f64) = (row.take()?, row.take()?, row.take()?);
        let (went, went_points, sized): (i64, f64, f64) = (row.take()?, row.take()?, row.take()?);
        let much = |stories: i64, points: f64| Much { stories: stories as f64, points };
        Ok((id, Changed { came: much(came, came_points), went: much(went, went_points), sized }))
    };
    look.query(&sql, &params)?.into_iter().map(read).collect()
}

fn read(look: &mut Look, sight: &Sight) -> Result<Found> {
    let runs = runs::lately(look, sight)?;
    if runs.is_empty() {
        return Ok(Found::nothing("No sprint ran in this time. What comes into a sprint after it began stands here."));
    }
    let committed = runs::committed(look, sight, &runs)?;
    let changes = changes(look, sight, &runs)?;
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
    Ok(Found::chart(Chart::of("Scope change by sprint", plot).told(format!(
        "In {sprints} {} came in after the start and {} were taken out.",
        told(all),
        told(-out)
    ))))
}
