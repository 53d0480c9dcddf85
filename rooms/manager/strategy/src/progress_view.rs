//! How a key result goes: where it stands against where it was expected by now, its days as a chart, and what was said at
//! check-ins.

use crate::{estimated::Estimates, model::*};
use kernel::{Noun, Scope, Uuid};
use measures::{MeasureLine, Point, day_number};
use people::Person;
use std::collections::{BTreeSet, HashMap};
use web::{
    Markup,
    chart::{Across, Chart, Plot, Series},
    date, html,
    telling::{figure, percent},
    when,
};

/// What is known of key results besides their rows.
pub(crate) struct Known<'a> {
    pub measurements: &'a [Measurement],
    pub measures: &'a [MeasureLine],
    pub courses: &'a HashMap<Uuid, Vec<Point>>,
    pub people: &'a [Person],
    pub estimates: &'a Estimates,
}

/// From when until when a key result is to go from its start to its target: the time of its objective, from the day it was
/// written down where that says no beginning.
fn period(k: &KeyResult, o: &Objective) -> Option<(String, String)> {
    let from = o.starts_on.clone().unwrap_or_else(|| when::day(k.meta.created_at));
    let until = o.ends_on.clone()?;
    (from < until).then_some((from, until))
}

/// Where it was to stand on a day, going evenly.
fn expected(k: &KeyResult, (from, until): &(String, String), day: &str) -> f64 {
    let whole = when::days_between(from, until).max(1) as f64;
    let gone = (when::days_between(from, day) as f64 / whole).clamp(0.0, 1.0);
    k.start_value + (k.target - k.start_value) * gone
}

/// So far behind the expected way one may be, as a share of all of it, before it is said.
const BEHIND: f64 = 0.1;

/// How it stands against the expected line today; nothing where no end is named, or its time has not begun.
pub fn pace(scope: &Scope, k: &KeyResult, o: &Objective) -> Option<(&'static str, String)> {
    let today = when::day_in(scope.now, &scope.who.zone);
    let period = period(k, o).filter(|(from, _)| *from < today)?;
    let by_now = expected(k, &period, &today);
    let way = k.target - k.start_value;
    if way == 0.0 {
        return None;
    }
    let ahead = (k.current_value - by_now) / way;
    let told = format!("{} expected by now", web::points(Some(by_now)));
    Some((
        if ahead < -BEHIND {
            "warning"
        } else if ahead < 0.0 {
            "neutral"
        } else {
            "good"
        },
        told,
    ))
}

/// A key result day by day, with the line on which it was expected.
pub(crate) fn chart(scope: &Scope, k: &KeyResult, o: &Objective, course: &[Point]) -> Chart {
    let period = period(k, o);
    let within = |day: &str| period.as_ref().is_none_or(|(from, until)| day >= from.as_str() && day <= until.as_str());
    let shown: Vec<&Point> = course.iter().filter(|point| within(&point.on_day)).collect();
    let mut days: BTreeSet<&str> = shown.iter().map(|point| point.on_day.as_str()).collect();
    if let Some((from, until)) = &period {
        days.extend([from.as_str(), until.as_str()]);
    }
    let amount = |day: &&str| shown.iter().find(|point| point.on_day == **day).map_or(f64::NAN, |point| point.amount);
    let amounts: Vec<f64> = days.iter().map(amount).collect();
    let today = day_number(&when::day_in(scope.now, &scope.who.zone));
    let across = Across::Days { days: days.iter().map(|day| day_number(day)).collect(), today };
    let up = if k.unit.is_empty() { k.title.clone() } else { k.unit.clone() };
    let mut plot = Plot::new(across, up).with(Series::line("Where it stands", &amounts));
    let mut told = format!("{} of the way from {} to {}", percent(k.progress()), figure(k.start_value), figure(k.target));
    if let Some(period) = &period {
        let line: Vec<f64> = days.iter().map(|day| expected(k, period, day)).collect();
        plot = plot.with(Series::line("Expected", &line).quiet().dashed());
        told += &format!(", to be reached by {}", date(scope, &period.1));
    }
    Chart::of(k.title.clone(), plot).told(format!("{told}."))
}

/// So many check-ins are told.
const TOLD: usize = 6;

/// The chart and the check-ins of a key result, opened where somebody wants to know.
pub(crate) fn details(scope: &Scope, k: &KeyResult, o: &Objective, known: &Known) -> Markup {
    let empty = vec![];
    let course = known.courses.get(&k.meta.id).unwrap_or(&empty);
    let said: Vec<&Measurement> = known.measurements.iter().filter(|m| m.key_result == k.id()).collect();
    if course.is_empty() && said.is_empty() {
        return html! {};
    }
    let name = |m: &Measurement| m.member.map_or(people::LEFT, |id| people::name_among(known.people, id.0));
    html! { details.more.kr-progress { summary { "How it goes" }
        (chart(scope, k, o, course).view())
        @if !said.is_empty() { h4 { "Check-ins" } ul.lines { @for m in said.iter().rev().take(TOLD) { li.long {
            span { (date(scope, &m.on_day)) " · " strong { (figure(m.amount)) } @if let Some(c) = m.confidence { " · " (percent(c)) " sure" } " · " bdi { (name(m)) } }
            @if !m.note.is_empty() { p dir="auto" { (m.note) } }
        } } }
        @if said.len() > TOLD { p.hint { "And " (said.len() - TOLD) " more before." } } }
    } }
}

/// Where its values come from, where nobody types them.
pub(crate) fn source(k: &KeyResult, known: &Known) -> Markup {
    html! {
        @if let Some(id) = k.measure { @match known.measures.iter().find(|line| line.measure.id() == id) {
            Some(line) => { span.quiet { "reads " a href={ "measures?open=" (id) } { bdi { (line.measure.name) } } } }
            None => { span.quiet { "its measure is gone" } } } }
        @else if let Some(work) = k.fed_by { span.quiet { "from " (work.says()) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, Meta, Rank};

    fn pair(current_value: f64, ends_on: Option<&str>) -> (KeyResult, Objective) {
        let meta = Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
        let objective = Objective {
            meta: meta.clone(),
            title: String::new(),
            why: String::new(),
            rank: Rank::between(None, None),
            share: None,
            starts_on: Some("2026-01-01".into()),
            ends_on: ends_on.map(Into::into),
            state: ObjectiveState::Open,
            parent: None,
            product_goal: false,
        };
        let key_result = KeyResult {
            meta,
            objective: Id::new(Uuid::nil()),
            title: "Riders".into(),
            unit: String::new(),
            start_value: 100.0,
            target: 200.0,
            current_value,
            confidence: None,
            measure: None,
            fed_by: None,
            estimate_model: None,
            estimated: None,
        };
        (key_result, objective)
    }

    #[test]
    fn the_expected_line_goes_evenly() {
        let (k, o) = pair(0.0, Some("2026-04-11"));
        let period = period(&k, &o).unwrap();
        assert_eq!(
            ["2025-12-01", "2026-01-01", "2026-02-20", "2026-04-11", "2026-06-01"].map(|day| expected(&k, &period, day)),
            [100.0, 100.0, 150.0, 200.0, 200.0]
        );
    }

    #[test]
    fn what_is_far_behind_is_said() {
        // The 50th of 100 days.
        let scope = Scope::nowhere(kernel::Door::Page, day_number("2026-02-20") as i64 * 86_400_000);
        let tone = |current: f64| {
            let (k, o) = pair(current, Some("2026-04-11"));
            pace(&scope, &k, &o).map(|(tone, _)| tone)
        };
        assert_eq!([130.0, 145.0, 150.0, 190.0].map(tone), [Some("warning"), Some("neutral"), Some("good"), Some("good")]);
        let (k, o) = pair(130.0, None);
        assert_eq!(pace(&scope, &k, &o), None, "no end is named");
    }
}
