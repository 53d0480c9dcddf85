//! Cumulative flow: how many stories stood in which stage at the end of each day.

use super::{About, Found, Report, throughput};
use crate::asked::{DAY, Sight, here};
use kernel::{Look, Result, Value};
use std::collections::BTreeMap;
use web::{
    chart::{Across, Chart, Plot, Series},
    points, several,
};

pub(super) const FLOW: Report = Report {
    word: "flow",
    name: "Cumulative flow",
    counts: "How many stories stood in each stage at the end of each day.",
    how: "Accepted stories are counted from the first day on. A band that grows wider is work that waits: bands for work under way should run even. \
          What was dropped or removed leaves its band.",
    about: About::Time,
    read,
};

/// From below, as they are drawn.
const BANDS: [(&str, &str); 4] =
    [("accepted", "Accepted since"), ("handed_over", "Waiting for a verdict"), ("doing", "In progress"), ("open", "Open")];
/// Longer spans are told week by week.
const DAILY: i32 = 26;

/// What came into a stage on each day, less what went out; all of before on the day -1.
fn moves(look: &mut Look, sight: &Sight) -> Result<BTreeMap<(String, i32), i64>> {
    let mut params = vec![here(look.scope)?, Value::Int(i64::from(sight.first)), Value::Int(i64::from(sight.today))];
    // Of all stories there is a tally for each day; of some of them those spans are counted that last into the time.
    let source = match sight.is_whole() {
        true => "select day, stage, net from story_flow where product = $1".to_owned(),
        false => {
            params.push(Value::Int(sight.from()));
            let (join, and) = sight.narrowed(look, &mut params)?;
            let of = |at: &str, net: &str, which: &str| {
                format!(
                    "select span.{at} / {DAY} as day, span.stage as stage, {net} as net from story_span as span{join} where span.product = $1 and {which}{and}"
                )
            };
            let (under_way, done) = ("span.stage in ('open', 'doing', 'handed_over')", "span.stage = 'accepted'");
            [
                of("from_at", "1", &format!("{under_way} and span.until_at is null")),
                of("from_at", "1", &format!("{under_way} and span.until_at >= $4")),
                of("until_at", "-1", &format!("{under_way} and span.until_at >= $4")),
                of("from_at", "1", &format!("{done} and span.until_at is null and span.from_at >= $4")),
                of("from_at", "1", &format!("{done} and span.until_at >= $4 and span.from_at >= $4")),
                of("until_at", "-1", &format!("{done} and span.until_at >= $4")),
            ]
            .join(" union all ")
        }
    };
    let sql = format!(
        "select day, stage, cast(sum(net) as bigint) from (select case when day < $2 then -1 else day end as day, stage, net from ({source}) as moved where day <= $3) as since
         group by day, stage"
    );
    let read = |mut row: kernel::Row| {
        let (day, stage, net): (i64, String, i64) = (row.take()?, row.take()?, row.take()?);
        Ok(((stage, i32::try_from(day).unwrap_or_default()), net))
    };
    look.query(&sql, &params)?.into_iter().map(read).collect()
}

fn read(look: &mut Look, sight: &Sight) -> Result<Found> {
    let moves = moves(look, sight)?;
    if moves.values().all(|net| *net == 0) {
        return Ok(Found::nothing("There is no story yet. Write one, and from then on each day stands here."));
    }
    let every = if sight.weeks > DAILY { 7 } else { 1 };
    // Whole weeks end on Sunday, and the last day is always told.
    let days: Vec<i32> = (sight.first..=sight.today).filter(|day| *day == sight.today || (day - sight.first + 1) % every == 0).collect();
    let mut plot = Plot::new(Across::Days { days: days.clone(), today: sight.today }, "Stories").stacked();
    let mut bands = BTreeMap::new();
    for (stage, says) in BANDS {
        let mut there = if stage == "accepted" { 0 } else { moves.get(&(stage.to_owned(), -1)).copied().unwrap_or_default() };
        let all: Vec<i64> = (sight.first..=sight.today)
            .map(|day| {
                there += moves.get(&(stage.to_owned(), day)).copied().unwrap_or_default();
                // What was accepted long ago may be reopened.
                there.max(0)
            })
            .collect();
        let drawn: Vec<f64> = days.iter().map(|day| all[(day - sight.first) as usize] as f64).collect();
        plot = plot.with(Series::area(says, &drawn));
        bands.insert(stage, all);
    }
    // As throughput counts them: what was reopened and settled before takes nothing from the pace.
    let accepted: i64 = throughput::by_day(look, sight)?.iter().map(|(_, count)| count).sum();
    Ok(Found::chart(Chart::of("Stories by stage", plot).told(told(&bands, accepted))))
}

/// What Little's law makes of it: how long a story takes that comes in now.
fn told(bands: &BTreeMap<&str, Vec<i64>>, accepted: i64) -> String {
    let of = |stage: &str| bands.get(stage).map_or(&[][..], Vec::as_slice);
    let days = of("doing").len().max(1) as f64;
    let under_way = of("doing").iter().chain(of("handed_over")).sum::<i64>() as f64 / days;
    let last = |stage: &str| of(stage).last().copied().unwrap_or_default();
    let mut told = format!(
        "{} under way now, {} on average.",
        several(last("doing") + last("handed_over"), "story"),
        points(Some((under_way * 10.0).round() / 10.0))
    );
    if accepted > 0 && under_way > 0.0 {
        let takes = (under_way / (accepted as f64 / days) * 10.0).round() / 10.0;
        told += &format!(" With {} accepted in that time, a story takes {} on average.", accepted, several(points(Some(takes)), "day"));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_under_way_and_pace_tell_how_long_it_takes() {
        let bands =
            BTreeMap::from([("accepted", vec![0, 1, 1, 2]), ("doing", vec![2, 1, 2, 1]), ("handed_over", vec![0, 1, 0, 1]), ("open", vec![5; 4])]);
        assert_eq!(told(&bands, 2), "2 stories under way now, 2 on average. With 2 accepted in that time, a story takes 4 days on average.");
    }
}
