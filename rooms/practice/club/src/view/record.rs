//! One's record: ratings, history, how often intervals hold, and days of practice.

use super::rating;
use crate::model::*;
use challenge::rating::Rating;
use estimate::score::{Verdict, calibration};
use kernel::{Paged, Scope};
use std::collections::HashMap;
use web::{
    Markup,
    chart::{Across, Chart, Plot, Series},
    empty, html, several,
    telling::percent,
    time,
};

pub(crate) struct Record {
    pub history: Paged<Attempt>,
    pub ratings: HashMap<Discipline, (Rating, i64)>,
    /// Whether each interval held, the oldest first.
    pub hits: Vec<bool>,
    pub streak: usize,
}

pub(crate) fn record(scope: &Scope, shown: &Record) -> Markup {
    html! {
        (super::ways("record"))
        p.lead { "What you have practised, for your eyes alone. A rating rests on first tries in exam mode, each held against how hard the challenge is; a question mark stands while little is known." }
        @if shown.history.items.is_empty() {
            (empty("target", "Nothing handed in yet", "Once you have handed in an answer, what was found stands here, with your rating and how often your intervals hold.", html! { a.button href="/practice" { "Choose a challenge" } }))
        } @else {
            @if shown.streak > 0 { p { (several(shown.streak, "day")) " of practice in a row. Weekends and your days off don’t break it." } }
            @if !shown.ratings.is_empty() { section { h2 { "Ratings" } dl.facts { @for of in Discipline::ALL { @if let Some((r, many)) = shown.ratings.get(of) {
                div { dt { (of.many()) } dd { strong { (rating(r)) } " " span.quiet { "likely " (format!("{:.0}", r.interval().0)) " to " (format!("{:.0}", r.interval().1)) ", from " (several(*many, "first try")) } } }
            } } } } }
            @if !shown.hits.is_empty() { (intervals(&shown.hits)) }
            section { h2 { "Handed in" }
                ul.lines { @for attempt in &shown.history.items { li.handed-in {
                    a.what href={ "/practice/attempts/" (attempt.meta.id.simple()) } { (attempt.title) }
                    span.quiet { (attempt.discipline.says()) @if attempt.discipline != Discipline::Drill { ", " (attempt.mode.says()) } @if attempt.rated { ", rated" } @if attempt.revises.is_some() { ", revised" } }
                    strong { @if let Some(score) = attempt.score { (percent(score)) } }
                    @if let Some(at) = attempt.handed_in_at { span.quiet { (time(scope, at, scope.now)) } }
                } } }
                @if let Some(next) = &shown.history.next { p { a href={ "/practice/record?after=" (next) } { "Earlier" } } }
            }
        }
    }
}

/// So many intervals make no line yet.
const FEW: usize = 3;

/// How often intervals hold, with what somebody well calibrated would have.
fn intervals(hits: &[bool]) -> Markup {
    let held = hits.iter().filter(|hit| **hit).count();
    let Some(found) = calibration(held as u64, hits.len() as u64, 0.9) else { return html! {} };
    let (low, high) = found.usual;
    let judged = match found.verdict {
        Verdict::TooFew => "Fewer than twenty are too few to judge by.",
        Verdict::TooSure => "That is too sure: make them wider.",
        Verdict::TooUnsure => "That is wider than needed: make them narrower.",
        Verdict::Calibrated => "That is how sure you said you were.",
    };
    let mut so_far = 0.0;
    let shares: Vec<f64> = hits
        .iter()
        .zip(1..)
        .map(|(hit, n)| {
            so_far += f64::from(u8::from(*hit));
            (100.0 * so_far / f64::from(n)).round()
        })
        .collect();
    let band = |end: fn((u64, u64)) -> u64| -> Vec<f64> {
        (1..=hits.len() as u64).map(|n| calibration(n, n, 0.9).map_or(90.0, |c| (100.0 * end(c.usual) as f64 / n as f64).round())).collect()
    };
    let names = (1..=hits.len()).map(|n| n.to_string()).collect();
    let plot = Plot::new(Across::Names(names), "Held, in %")
        .with(Series::line("Yours", &shares))
        .with(Series::line("At least", &band(|usual| usual.0)).quiet().dashed())
        .with(Series::line("At most", &band(|usual| usual.1)).quiet().dashed());
    let told = format!(
        "{held} of {} held. Of that many, somebody who is right in their 90 % would have {low} to {high}. {judged}",
        several(hits.len(), "interval")
    );
    html! { section { h2 { "Intervals" } @if hits.len() > FEW { (Chart::of("How often your intervals hold", plot).told(format!("{told} Between “at least” and “at most” lies what is well calibrated.")).view()) } @else { p { (told) } } } }
}
