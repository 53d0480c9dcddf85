//! Throughput: how many stories were accepted in each week.

use super::{About, Found, Report, rank};
use crate::asked::{DAY, Sight, here};
use kernel::{Look, Result, Value};
use web::{
    chart::{Across, Chart, Plot, Series},
    points, several,
};

pub(super) const THROUGHPUT: Report = Report {
    word: "throughput",
    name: "Throughput",
    counts: "How many stories were accepted in each week.",
    how: "Stories, not points: each counts in the week of its acceptance, as long as it stands accepted. Forecasts draw from these weeks. The week that is not over yet is told as far as it goes.",
    about: About::Time,
    read,
};

/// How many stories that stood accepted at the moment were accepted on each day of the span.
pub(super) fn by_day(look: &mut Look, sight: &Sight) -> Result<Vec<(i32, i64)>> {
    let mut params = vec![here(look.scope)?, Value::Int(sight.from()), Value::Int(sight.now)];
    let (join, and) = sight.narrowed(look, &mut params)?;
    let sql = format!(
        "select day, count(*) from (select span.stage_at / {DAY} as day from story_span as span{join} where span.product = $1 and span.stage = 'accepted'
           and span.stage_at >= $2 and span.stage_at <= $3 and span.from_at <= $3 and (span.until_at is null or span.until_at > $3){and}) as done group by day"
    );
    let read = |mut row: kernel::Row| Ok((i32::try_from(row.take::<i64>()?).unwrap_or_default(), row.take()?));
    look.query(&sql, &params)?.into_iter().map(read).collect()
}

fn read(look: &mut Look, sight: &Sight) -> Result<Found> {
    let mut weeks = vec![0_i64; sight.weeks as usize];
    for (day, count) in by_day(look, sight)? {
        if let Some(week) = sight.week(day) {
            weeks[week] += count;
        }
    }
    let all: i64 = weeks.iter().sum();
    if all == 0 {
        return Ok(Found::nothing("No story was accepted in this time. Choose a longer span, or take a filter away."));
    }
    let values: Vec<f64> = weeks.iter().map(|n| *n as f64).collect();
    let across = Across::Bands { edges: sight.edges().iter().map(|day| f64::from(*day)).collect(), today: Some(sight.today) };
    // The week at hand is still open.
    let whole = &mut weeks[..values.len() - 1];
    whole.sort_unstable();
    let counted: Vec<(f64, i64)> = whole.iter().map(|n| (*n as f64, 1)).collect();
    let range = match (rank(&counted, 0.15), rank(&counted, 0.5), rank(&counted, 0.85)) {
        (Some(few), Some(middle), Some(many)) => format!(
            " Half of the whole weeks had at most {}; seven of ten lay between {} and {}.",
            points(Some(middle)),
            points(Some(few)),
            points(Some(many))
        ),
        _ => String::new(),
    };
    Ok(Found::chart(Chart::of("Accepted each week", Plot::new(across, "Stories").with(Series::bars("Accepted", &values))).told(format!(
        "{} in {}.{range}",
        several(all, "story"),
        several(sight.weeks, "week")
    ))))
}
