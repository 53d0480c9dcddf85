//! Acceptance: what is accepted at the first verdict, and how long verdicts are waited for.

use super::{About, Found, Report, times::TOLD};
use crate::asked::{DAY, Sight, day_of, here};
use kernel::{Area, Look, Result, Value};
use web::{
    chart::{Across, Chart, Dots, Plot, Series},
    points, several,
    telling::percent,
};

pub(super) const ACCEPTANCE: Report = Report {
    word: "acceptance",
    name: "Acceptance",
    counts: "For each week, which verdicts were given: accepted at the first verdict, accepted after a rejection, rejected.",
    how: "Each verdict counts on its day. First time is the share of acceptances before which the story was never rejected. The wait goes from handing over to the verdict, in days of 24 hours.",
    about: About::Time,
    read,
};

/// So many waits are drawn, the newest.
const MOST: usize = 500;

/// Verdicts of each week: at the first go, after a rejection, rejections.
fn verdicts(look: &mut Look, sight: &Sight) -> Result<[Vec<f64>; 3]> {
    let mut params = vec![here(look.scope)?, Value::Int(sight.from()), Value::Int(sight.now)];
    let join = if sight.is_whole() { "" } else { " join story on story.id = given.story" };
    let and = if sight.is_whole() { String::new() } else { backlog::fitting(look, &sight.filter, &mut params)? };
    let sql = format!(
        "select day, what, count(*) from (
           select given.created_at / {DAY} as day, case when given.accepted = 0 then 2
             when exists (select 1 from verdict as before where before.story = given.story and before.accepted = 0 and before.created_at <= given.created_at
               and before.removed_at is null) then 1 else 0 end as what
           from verdict as given{join} where given.product = $1 and given.created_at >= $2 and given.created_at <= $3 and given.removed_at is null{and}) as told
         group by day, what"
    );
    let mut weeks = [(); 3].map(|()| vec![0.0; sight.weeks as usize]);
    for mut row in look.query(&sql, &params)? {
        let (day, what, count): (i64, i64, i64) = (row.take()?, row.take()?, row.take()?);
        let week = sight.week(i32::try_from(day).unwrap_or_default());
        if let (Some(week), Some(kind)) = (week, weeks.get_mut(usize::try_from(what).unwrap_or_default())) {
            kind[week] += count as f64;
        }
    }
    Ok(weeks)
}

/// How long each of the newest verdicts was waited for.
fn waits(look: &mut Look, sight: &Sight) -> Result<Vec<(f64, f64, String)>> {
    let mut params = vec![here(look.scope)?, Value::Int(sight.from()), Value::Int(sight.now)];
    let and = backlog::fitting(look, &sight.filter, &mut params)?;
    let sql = format!(
        "select story.number, story.title, given.created_at, span.stage_at from verdict as given
         join story_span as span on span.story = given.story and span.stage = 'handed_over' and span.until_at = given.created_at
         join story on story.id = given.story
         where given.product = $1 and given.created_at >= $2 and given.created_at <= $3 and given.removed_at is null{and}
         order by given.created_at desc, given.id limit {MOST}"
    );
    let mut dots = vec![];
    for mut row in look.query(&sql, &params)? {
        let (number, title, at, since): (i64, String, i64, i64) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let days = ((at - since).max(0) as f64 / DAY as f64 * 10.0).round() / 10.0;
        dots.push((f64::from(day_of(at)), days, format!("{} {title}", look.scope.key(number))));
    }
    dots.reverse();
    Ok(dots)
}

fn read(look: &mut Look, sight: &Sight) -> Result<Found> {
    if !look.tells(Area::Acceptance) {
        return Ok(Found::nothing("Verdicts are not shown to you in this product."));
    }
    let [first, later, rejected] = verdicts(look, sight)?;
    let sum = |of: &[f64]| of.iter().sum::<f64>();
    let accepted = sum(&first) + sum(&later);
    if accepted + sum(&rejected) == 0.0 {
        return Ok(Found::nothing("No verdict was given in this time. What is handed over waits under Acceptance."));
    }
    let across = || Across::Bands { edges: sight.edges().iter().map(|day| f64::from(*day)).collect(), today: Some(sight.today) };
    let plot = Plot::new(across(), "Verdicts")
        .with(Series::bars("Accepted at the first verdict", &first))
        .with(Series::bars("Accepted after a rejection", &later))
        .with(Series::bars("Rejected", &rejected));
    let rate = if accepted > 0.0 { format!(" ({})", percent(sum(&first) / accepted)) } else { String::new() };
    let told = format!(
        "{} of {}{rate} {} accepted at the first verdict; {} given.",
        points(Some(sum(&first))),
        several(points(Some(accepted)), "accepted story"),
        if sum(&first) == 1.0 { "was" } else { "were" },
        if sum(&rejected) == 1.0 { "1 rejection was".to_owned() } else { format!("{} rejections were", points(Some(sum(&rejected)))) }
    );
    let mut charts = vec![("", Chart::of("Verdicts each week", plot).told(told))];
    let waits = waits(look, sight)?;
    if !waits.is_empty() {
        let dots = Dots::new("Verdict", "Days waited", waits).by_day(sight.today).percentiles(&TOLD);
        let days = |days: f64| several(points(Some(days)), "day");
        let told = match dots.lines()[..] {
            [(_, half), (_, most), ..] => format!("Each dot is a verdict. Half were given within {}, 85 % within {}.", days(half), days(most)),
            _ => String::new(),
        };
        charts.push(("wait", Chart::of("From handing over to the verdict", dots).told(told)));
    }
    Ok(Found { charts, ..Found::empty() })
}
