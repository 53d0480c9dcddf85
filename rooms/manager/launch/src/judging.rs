//! Hits and misses: outcomes by quarter as a chart, and the share of hits by how sure one was.

use crate::model::*;
use roadmap::{BANDS, Band, Initiative, band_of};
use std::collections::BTreeMap;
use web::{
    chart::{Across, Chart, Plot, Series, Tone},
    several,
    telling::percent,
};

/// "2026 Q4" of a day.
fn quarter(day: &str) -> String {
    let month: u32 = day.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(1);
    format!("{} Q{}", day.get(..4).unwrap_or(""), month.saturating_sub(1) / 3 + 1)
}

/// Outcomes by quarter, each verdict as a part of the bar; nothing before there is one.
pub fn hits_and_misses(judged: &[(Outcome, Initiative)]) -> Option<Chart> {
    if judged.is_empty() {
        return None;
    }
    let mut quarters: BTreeMap<String, [f64; 4]> = BTreeMap::new();
    for (outcome, _) in judged {
        quarters.entry(quarter(&outcome.settled_on)).or_default()[outcome.verdict as usize] += 1.0;
    }
    let mut plot = Plot::new(Across::Names(quarters.keys().cloned().collect()), "Bets");
    for (at, verdict) in Judged::ALL.iter().enumerate() {
        let counts: Vec<f64> = quarters.values().map(|counts| counts[at]).collect();
        if counts.iter().any(|count| *count > 0.0) {
            let series = Series::bars(web::capital(verdict.says()), &counts);
            plot = plot.with(if *verdict == Judged::Missed { series.tone(Tone::Quiet) } else { series });
        }
    }
    let hits = judged.iter().filter(|(outcome, _)| outcome.verdict.is_hit()).count();
    let told = format!("{hits} of {} came as believed, or better.", several(judged.len(), "settled bet"));
    Some(Chart::of("Hits and misses", plot).told(told).taken_from("outcomes/hits-and-misses"))
}

/// The bands of confidence in which bets were settled.
pub fn bands(judged: &[(Outcome, Initiative)]) -> Vec<Band> {
    let mut counts = [(0, 0); BANDS];
    for (outcome, _) in judged {
        if let Some(confidence) = outcome.bet_confidence {
            let (settled, hits) = &mut counts[band_of(confidence)];
            *settled += 1;
            *hits += i64::from(outcome.verdict.is_hit());
        }
    }
    let band = |(n, (settled, hits)): (usize, (i64, i64))| Band::nth(n, settled, hits);
    counts.into_iter().enumerate().map(band).filter(|band| band.settled > 0).collect()
}

/// What a band says: the share of hits with its interval, or that too few are settled.
pub fn says(band: &Band) -> String {
    match band.rate() {
        Some((share, low, high)) => format!("{} ({} to {})", percent(share), percent(low), percent(high)),
        None => format!("{} settled; a share is told from {} on", band.settled, roadmap::FEWEST),
    }
}

#[cfg(test)]
mod tests {
    use super::quarter;

    #[test]
    fn days_fall_into_quarters() {
        assert_eq!(["2026-01-31", "2026-03-31", "2026-04-01", "2026-12-31"].map(quarter), ["2026 Q1", "2026 Q1", "2026 Q2", "2026 Q4"]);
    }
}
