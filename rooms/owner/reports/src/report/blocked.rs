//! Blocked time: how long stories stood still.

use super::{About, Found, Report};
use crate::asked::{DAY, Sight, here};
use kernel::{Look, Result, Value};
use std::collections::BTreeMap;
use web::{
    chart::{Across, Chart, Plot, Series},
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

/// So many spans are read, and so many stories drawn.
const MOST: i64 = 5_000;
const DRAWN: usize = 20;

fn tenth(days: f64) -> f64 {
    (days * 10.0).round() / 10.0
}

fn read(look: &mut Look, sight: &Sight) -> Result<Found> {
    let mut params = vec![here(look.scope)?, Value::Int(sight.from()), Value::Int(sight.now)];
    let and = backlog::fitting(look, &sight.filter, &mut params)?;
    let sql = format!(
        "select story.number, story.title, span.from_at, span.until_at from story_span as span join story on story.id = span.story
         where span.product = $1 and span.blocked_since is not null and (span.until_at is null or span.until_at > $2) and span.from_at <= $3{and}
         order by span.from_at limit {MOST}"
    );
    let mut weeks = vec![0.0; sight.weeks as usize];
    let mut stories: BTreeMap<i64, (String, f64, bool)> = BTreeMap::new();
    for mut row in look.query(&sql, &params)? {
        let (number, title, from, until): (i64, String, i64, Option<i64>) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let still = until.is_none_or(|until| until > sight.now);
        let (from, until) = (from.max(sight.from()), until.unwrap_or(sight.now).min(sight.now));
        let lasted = |from: i64, until: i64| (until - from).max(0) as f64 / DAY as f64;
        for (week, days) in weeks.iter_mut().enumerate() {
            let begins = sight.from() + week as i64 * 7 * DAY;
            *days += lasted(from.max(begins), until.min(begins + 7 * DAY));
        }
        let story = stories.entry(number).or_insert((title, 0.0, false));
        story.1 += lasted(from, until);
        story.2 |= still;
    }
    if stories.is_empty() {
        return Ok(Found::nothing("No story stood blocked in this time. Whoever is held up marks the story as blocked and says why."));
    }
    let across = Across::Bands { edges: sight.edges().iter().map(|day| f64::from(*day)).collect(), today: Some(sight.today) };
    let values: Vec<f64> = weeks.iter().map(|days| tenth(*days)).collect();
    let all = tenth(stories.values().map(|(_, days, _)| days).sum());
    let still = stories.values().filter(|(.., still)| *still).count();
    let told = format!(
        "{} stood blocked for {}; {still} {} now.",
        several(stories.len(), "story"),
        several(points(Some(all)), "day"),
        if still == 1 { "is" } else { "are" }
    );
    let mut longest: Vec<(i64, &(String, f64, bool))> = stories.iter().map(|(number, told)| (*number, told)).collect();
    longest.sort_by(|(a, one), (b, other)| other.1.total_cmp(&one.1).then(a.cmp(b)));
    longest.truncate(DRAWN);
    let names = longest.iter().map(|(number, (title, ..))| format!("{} {title}", look.scope.key(*number))).collect();
    let days: Vec<f64> = longest.iter().map(|(_, (_, days, _))| tenth(*days)).collect();
    let by_story = Chart::of("The longest blocked", Plot::new(Across::Names(names), "Days").with(Series::bars("Days blocked", &days)));
    Ok(Found {
        charts: vec![
            ("", Chart::of("Days blocked each week", Plot::new(across, "Days").with(Series::bars("Days blocked", &values))).told(told)),
            ("by-story", by_story.told("What stood still for longest in this time.")),
        ],
        none: None,
        sprints: vec![],
    })
}
