//! Cycle time and lead time: how long stories took that were accepted, each a dot.

use super::{About, Found, Report, rank};
use crate::asked::{DAY, Sight, day_of, here};
use kernel::{Look, Result, Value};
use web::{
    chart::{Chart, Dots},
    points, several,
};

pub(super) const CYCLE: Report = Report {
    word: "cycle-time",
    name: "Cycle time",
    counts: "How many days each accepted story took from the start of work until it was accepted.",
    how: "Both days count, so what is begun and accepted on one day took one. Waiting for a verdict and being blocked are part of it. \
          Of stories that were brought in, only those count of which the day work began is known.",
    about: About::Time,
    read: |look, sight| read(look, sight, &FROM_START),
};

pub(super) const LEAD: Report = Report {
    word: "lead-time",
    name: "Lead time",
    counts: "How many days each accepted story took from the day it was written until it was accepted.",
    how: "Both days count. It is what somebody waits who asks for something: time in the backlog is part of it.",
    about: About::Time,
    read: |look, sight| read(look, sight, &FROM_IDEA),
};

/// What is counted from.
struct Since {
    /// The moment that is counted from.
    column: &'static str,
    chart: &'static str,
    none: &'static str,
}

const FROM_START: Since = Since {
    column: "story.started_at",
    chart: "From start to acceptance",
    none: "No story was accepted in this time of which it is known when work began. Choose a longer span, or take a filter away.",
};
const FROM_IDEA: Since = Since {
    column: "story.created_at",
    chart: "From the backlog to acceptance",
    none: "No story was accepted in this time. Choose a longer span, or take a filter away.",
};

pub(super) const TOLD: [f64; 3] = [0.5, 0.85, 0.95];
/// So many dots are drawn, the newest.
const MOST: usize = 500;

/// What was accepted in the span, for a query of stories.
fn accepted(look: &mut Look, sight: &Sight, from: &str) -> Result<(String, Vec<Value>)> {
    let mut params = vec![here(look.scope)?, Value::Int(sight.from()), Value::Int(sight.now)];
    let and = backlog::fitting(look, &sight.filter, &mut params)?;
    let sql = format!(
        "from story where story.product = $1 and story.stage = 'accepted' and story.settled_at >= $2 and story.settled_at <= $3
           and {from} is not null and story.removed_at is null{and}"
    );
    Ok((sql, params))
}

/// How many took so many days, in their order.
fn counted(look: &mut Look, sight: &Sight, from: &str) -> Result<Vec<(f64, i64)>> {
    let (those, params) = accepted(look, sight, from)?;
    let took = format!("story.settled_at / {DAY} - {from} / {DAY} + 1");
    let sql = format!(
        "select took, count(*) from (select case when {took} < 1 then 1 else {took} end as took {those}) as times group by took order by took"
    );
    look.query(&sql, &params)?.into_iter().map(|mut row| Ok((row.take::<i64>()? as f64, row.take()?))).collect()
}

/// The days within which such a share of the stories was done that were accepted in the span.
pub(super) fn within(look: &mut Look, sight: &Sight, share: f64) -> Result<Option<f64>> {
    Ok(rank(&counted(look, sight, FROM_START.column)?, share))
}

fn read(look: &mut Look, sight: &Sight, from: &Since) -> Result<Found> {
    let counted = counted(look, sight, from.column)?;
    let all: i64 = counted.iter().map(|(_, n)| n).sum();
    if all == 0 {
        return Ok(Found::nothing(from.none));
    }
    let (those, params) = accepted(look, sight, from.column)?;
    let sql =
        format!("select story.number, story.title, story.settled_at, {} {those} order by story.settled_at desc, story.id limit {MOST}", from.column);
    let mut dots = vec![];
    for mut row in look.query(&sql, &params)? {
        let (number, title, settled, begun): (i64, String, i64, i64) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let days = (day_of(settled) - day_of(begun) + 1).max(1);
        dots.push((f64::from(day_of(settled)), f64::from(days), format!("{} {title}", look.scope.key(number))));
    }
    dots.reverse();
    // Lines are those of all stories, also where not all are drawn.
    let lines: Vec<(f64, f64)> = TOLD.iter().filter_map(|share| Some((*share, rank(&counted, *share)?))).collect();
    let days = |days: f64| several(points(Some(days)), "day");
    let half = lines.first().map_or(0.0, |(_, days)| *days);
    let most = lines.get(1).map_or(0.0, |(_, days)| *days);
    let few = if all as usize > MOST { format!(" The newest {MOST} are drawn.") } else { String::new() };
    let told = format!("Each dot is one of {}. Half took at most {}, 85 % at most {}.{few}", several(all, "story"), days(half), days(most));
    Ok(Found::chart(Chart::of(from.chart, Dots::new("Accepted", "Days", dots).by_day(sight.today).lines_at(lines)).told(told)))
}
