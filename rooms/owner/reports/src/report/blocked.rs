//! Blocked time: how long stories stood still.

use super::{About, Found, Report};
use crate::asked::{DAY, Sight, day_of, here};
use kernel::{Look, Result, Value};
use std::collections::BTreeMap;
use web::{
    chart::{Across, Chart, Dots, Plot, Series},
    points, several,
};

pub(super) const BLOCKED: Report = Report {
    word: "blocked",
    name: "Blocked time",
    counts: "For each week, the days that stories stood blocked, all of them together.",
    how: "From the moment a story was marked as blocked until somebody lifted it, handed it over or settled it, in days of 24 hours; two stories blocked for a day are two days.",
    about: About::Time,
    read,
};

/// So many spans are read.
const MOST: i64 = 5_000;

/// A story that stood blocked, for so many days in the time, and when that began last.
struct Held {
    title: String,
    days: f64,
    last: i64,
    still: bool,
}

fn tenth(days: f64) -> f64 {
    (days * 10.0).round() / 10.0
}

fn read(look: &mut Look, sight: &Sight) -> Result<Found> {
    let mut params = vec![here(look.scope)?, Value::Int(sight.from()), Value::Int(sight.now)];
    let and = backlog::fitting(look, &sight.filter, &mut params)?;
    let sql = format!(
        "select story.number, story.title, span.from_at, span.until_at, span.blocked_since from story_span as span join story on story.id = span.story
         where span.product = $1 and span.blocked_since is not null and span.stage in ('open', 'doing', 'handed_over')
         and (span.until_at is null or span.until_at > $2) and span.from_at <= $3{and}
         order by span.from_at limit {MOST}"
    );
    let mut weeks = vec![0.0; sight.weeks as usize];
    let mut stories: BTreeMap<i64, Held> = BTreeMap::new();
    for mut row in look.query(&sql, &params)? {
        let (number, title, from, until): (i64, String, i64, Option<i64>) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let since: i64 = row.take()?;
        let still = until.is_none_or(|until| until > sight.now);
        let (from, until) = (from.max(sight.from()), until.unwrap_or(sight.now).min(sight.now));
        let lasted = |from: i64, until: i64| (until - from).max(0) as f64 / DAY as f64;
        for (week, days) in weeks.iter_mut().enumerate() {
            let begins = sight.from() + week as i64 * 7 * DAY;
            *days += lasted(from.max(begins), until.min(begins + 7 * DAY));
        }
        let held = stories.entry(number).or_insert(Held { title, days: 0.0, last: since, still: false });
        held.days += lasted(from, until);
        held.last = held.last.max(since);
        held.still |= still;
    }
    if stories.is_empty() {
        return Ok(Found::nothing("No story stood blocked in this time. Whoever is held up marks the story as blocked and says why."));
    }
    let across = Across::Bands { edges: sight.edges().iter().map(|day| f64::from(*day)).collect(), today: Some(sight.today) };
    let values: Vec<f64> = weeks.iter().map(|days| tenth(*days)).collect();
    let all = tenth(stories.values().map(|held| held.days).sum());
    let still = stories.values().filter(|held| held.still).count();
    let told = format!(
        "{} stood blocked for {}; {still} {} now.",
        several(stories.len(), "story"),
        several(points(Some(all)), "day"),
        if still == 1 { "is" } else { "are" }
    );
    let dot = |(number, held): (&i64, &Held)| (f64::from(day_of(held.last)), tenth(held.days), format!("{} {}", look.scope.key(*number), held.title));
    let dots = Dots::new("Blocked last", "Days blocked", stories.iter().map(dot).collect()).by_day(sight.today).named();
    Ok(Found {
        charts: vec![
            ("", Chart::of("Days blocked each week", Plot::new(across, "Days").with(Series::bars("Days blocked", &values))).told(told)),
            ("by-story", Chart::of("How long each story stood blocked", dots).told("Each dot is a story, at the day on which it was blocked last.")),
        ],
        ..Found::empty()
    })
}
