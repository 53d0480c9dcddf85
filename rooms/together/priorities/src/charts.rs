//! The charts of priorities: value against effort, and how far raters agreed over time.

use crate::{
    model::{Method, Round},
    rows::Scored,
    table::Figures,
};
use kernel::{Scope, Uuid};
use scoring::{
    agree::{Band, band},
    method::Quarter,
};
use web::{
    chart::{Across, Chart, Dots, Plot, Series},
    clipped, several,
    telling::figure,
};

const DAY: i64 = 86_400_000;

/// Value up, effort across; none where the method does not speak of both, or fewer than two things are scored.
pub(crate) fn against(scored: &Scored, figures: &Figures) -> Option<Chart> {
    let dots: Vec<(f64, f64, String)> = figures
        .order
        .iter()
        .filter_map(|placed| placed.against.map(|(value, effort)| (effort, value, scored.items[placed.item].title.clone())))
        .collect();
    if dots.len() < 2 {
        return None;
    }
    let up = match scored.scheme.method {
        Method::Rice => "Reach × impact × confidence",
        Method::Wsjf => "Cost of delay",
        _ => "Value",
    };
    let across = if scored.scheme.method == Method::Wsjf { "Job size" } else { "Effort" };
    let address = format!("priorities/value-effort?scheme={}", scored.scheme.meta.id.simple());
    Some(Chart::of("Value against effort", Dots::new(across, up, dots).named()).told(quarters(scored, figures)).taken_from(address))
}

/// So many are named of each quarter.
const NAMED: usize = 3;

/// "2 quick wins: Hold a bike, Rain mode. 1 big bet: …"
fn quarters(scored: &Scored, figures: &Figures) -> String {
    let of = |quarter: Quarter, called: &str| {
        let titles: Vec<String> = figures
            .order
            .iter()
            .filter(|placed| figures.quarter(placed) == Some(quarter))
            .map(|placed| clipped(&scored.items[placed.item].title, 40))
            .collect();
        let more = if titles.len() > NAMED { " and more" } else { "" };
        let named = titles.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        (!titles.is_empty()).then(|| format!("{}: {named}{more}.", several(titles.len(), called)))
    };
    [(Quarter::QuickWin, "quick win"), (Quarter::BigBet, "big bet"), (Quarter::FillIn, "fill-in"), (Quarter::MoneyPit, "money pit")]
        .into_iter()
        .filter_map(|(quarter, called)| of(quarter, called))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Agreement in words.
pub(crate) fn in_words(agreement: f64) -> &'static str {
    match band(agreement) {
        Band::High => "strong agreement",
        Band::Medium => "some agreement",
        Band::Low if agreement < 0.0 => "opposite orders",
        Band::Low => "little agreement",
    }
}

/// How far raters agreed, round by round; none before there are two.
pub(crate) fn agreement(scope: &Scope, rounds: &[Round]) -> Option<Chart> {
    let mut found: Vec<(i64, f64, Uuid)> = rounds.iter().filter_map(|round| Some((round.opened_at?, round.agreement?, round.meta.id))).collect();
    found.sort_by_key(|(at, _, id)| (*at, *id));
    // Of several on a day the last one stands for it.
    let mut days: Vec<(i32, f64)> = vec![];
    for (at, value, _) in found {
        let day = (at / DAY) as i32;
        match days.last_mut() {
            Some(last) if last.0 == day => last.1 = value,
            _ => days.push((day, value)),
        }
    }
    if days.len() < 2 {
        return None;
    }
    let (first, last) = (days[0], days[days.len() - 1]);
    let values: Vec<f64> = days.iter().map(|(_, value)| (value * 100.0).round() / 100.0).collect();
    let across = Across::Days { days: days.iter().map(|(day, _)| *day).collect(), today: (scope.now / DAY) as i32 };
    let told = format!("From {} in the first round shown to {} in the last; 1 is the same order.", figure(first.1), figure(last.1));
    Some(
        Chart::of("Agreement over time", Plot::new(across, "Agreement").with(Series::line("Agreement", &values)))
            .told(told)
            .taken_from("rounds/agreement"),
    )
}
