//! A measure over its days, as a chart.

use crate::{
    model::*,
    rows::{MeasureLine, Point, Reached},
};
use kernel::{Noun, Scope};
use std::collections::BTreeSet;
use web::{
    chart::{Across, Chart, Plot, Series},
    date,
    telling::{figure, percent},
    when,
};

/// A day counted from 1970-01-01.
pub fn day_number(day: &str) -> i32 {
    i32::try_from(when::days_between("1970-01-01", day)).unwrap_or_default()
}

/// "1,240 riders", "12 %".
pub(crate) fn amount(measure: &Measure, value: f64) -> String {
    if measure.unit.is_empty() { figure(value) } else { format!("{} {}", figure(value), measure.unit) }
}

/// How it went since four weeks before: in percent, or by how much where there was nothing to take percents of; and whether
/// that is the good way. None where nothing is known of then, or next to nothing changed.
pub fn change(line: &MeasureLine) -> Option<(String, bool)> {
    let (last, before) = (line.last()?, line.before()?);
    let by = last.amount - before.amount;
    if by == 0.0 {
        return None;
    }
    let good = (by > 0.0) == (line.measure.better == Better::More);
    let share = (by / before.amount).abs();
    let much = match before.amount == 0.0 {
        true => figure(by.abs()),
        // "0 % more" would say that something moved.
        false if share < 0.005 => return None,
        false => percent(share),
    };
    Some((format!("{much} {}", if by > 0.0 { "more" } else { "less" }), good))
}

/// What its chart shows, in a sentence.
pub(crate) fn told(scope: &Scope, line: &MeasureLine) -> String {
    let Some(last) = line.last() else { return "Nothing has been noted yet.".into() };
    let now = format!("{} on {}", amount(&line.measure, last.amount), date(scope, &last.on_day));
    match (line.before(), change(line)) {
        (Some(before), Some((way, _))) => format!("{now}, {way} than on {}.", date(scope, &before.on_day)),
        (Some(before), None) if before.amount == last.amount => format!("{now}, as on {}.", date(scope, &before.on_day)),
        (Some(before), None) => format!("{now}, much as on {}.", date(scope, &before.on_day)),
        (None, _) => format!("{now}."),
    }
}

/// So many parts are drawn as lines of their own.
const MOST_PARTS: usize = 5;

/// What reached users, as lines from top to bottom, as far as it was among the days that are drawn.
fn marked(plot: Plot, days: &[i32], reached: &[Reached]) -> Plot {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return plot };
    let there = reached.iter().map(|one| (day_number(&one.on_day), &one.name)).filter(|(day, _)| (first..=last).contains(&day));
    there.fold(plot, |plot, (day, name)| plot.rule(f64::from(day), web::clipped(name, 24)))
}

/// The chart of a measure, or of its parts along a dimension, with what reached users meanwhile.
pub fn chart(scope: &Scope, line: &MeasureLine, by: &str, parts: &[(String, Vec<Point>)], reached: &[Reached]) -> Chart {
    let m = &line.measure;
    let up = if m.unit.is_empty() { m.name.clone() } else { m.unit.clone() };
    let today = day_number(&when::day(scope.now));
    let address = format!("measures/history?measure={}&by={}", m.id(), web::text::encode(by));
    if parts.is_empty() {
        let days: Vec<i32> = line.points.iter().map(|point| day_number(&point.on_day)).collect();
        let amounts: Vec<f64> = line.points.iter().map(|point| point.amount).collect();
        let plot = marked(Plot::new(Across::Days { days: days.clone(), today }, up), &days, reached).with(Series::line(m.name.clone(), &amounts));
        return Chart::of("Day by day", plot).told(told(scope, line)).taken_from(address);
    }
    let shown = &parts[..parts.len().min(MOST_PARTS)];
    let days: BTreeSet<&str> = shown.iter().flat_map(|(_, points)| points.iter().map(|point| point.on_day.as_str())).collect();
    let numbers: Vec<i32> = days.iter().map(|day| day_number(day)).collect();
    let mut plot = marked(Plot::new(Across::Days { days: numbers.clone(), today }, up), &numbers, reached);
    for (part, points) in shown {
        let of = |day: &&str| points.iter().find(|point| point.on_day == **day).map_or(f64::NAN, |point| point.amount);
        plot = plot.with(Series::line(part.clone(), &days.iter().map(of).collect::<Vec<_>>()));
    }
    let more = if parts.len() > MOST_PARTS { format!(" These are the {MOST_PARTS} with most of {}.", parts.len()) } else { String::new() };
    let most = shown.first().and_then(|(part, points)| Some(format!("Most in {part}: {}.", amount(m, points.last()?.amount)))).unwrap_or_default();
    Chart::of(format!("{} by {by}", m.name), plot).told(format!("{most}{more}")).taken_from(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Meta, Uuid, value::Packed};

    fn line(better: Better, points: &[(&str, f64)]) -> MeasureLine {
        let measure = Measure {
            meta: Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            name: "Riders".into(),
            meaning: String::new(),
            unit: String::new(),
            part: Part::Input,
            better,
            parts_make: PartsMake::Sum,
            dimensions: Packed(vec![]),
        };
        MeasureLine { measure, points: points.iter().map(|(day, amount)| Point { on_day: (*day).into(), amount: *amount }).collect() }
    }

    #[test]
    fn the_newest_is_held_against_four_weeks_before() {
        let grown = [("2026-09-01", 90.0), ("2026-10-02", 100.0), ("2026-10-20", 140.0), ("2026-10-30", 125.0)];
        assert_eq!(change(&line(Better::More, &grown)), Some(("25\u{a0}% more".into(), true)));
        assert_eq!(change(&line(Better::Less, &grown)), Some(("25\u{a0}% more".into(), false)));
        assert_eq!(change(&line(Better::Less, &[("2026-09-01", 0.0), ("2026-10-30", 4.0)])), Some(("4 more".into(), false)));
        assert_eq!(change(&line(Better::More, &[("2026-10-29", 4.0), ("2026-10-30", 5.0)])), None, "nothing is known of then");
        assert_eq!(change(&line(Better::More, &[("2026-09-01", 5.0), ("2026-10-30", 5.0)])), None);
        assert_eq!(change(&line(Better::More, &[("2026-09-01", 500.0), ("2026-10-30", 502.0)])), None, "0 % more says nothing");
        assert_eq!(change(&line(Better::More, &[])), None);
    }

    #[test]
    fn days_are_counted() {
        assert_eq!((day_number("1970-01-02"), day_number("2026-11-23")), (1, 20_780));
    }
}
