//! How good an estimate was: one number against the truth, an interval, and many intervals together.
//!
//! ```
//! use estimate::score::{Band, Verdict, calibration, distance, interval_points};
//! assert_eq!(distance(800.0, 1000.0).map(|d| d.band), Some(Band::Excellent));
//! assert!(interval_points(500.0, 2000.0, 1000.0) > interval_points(100.0, 10_000.0, 1000.0), "narrow and right is best");
//! assert_eq!(calibration(14, 20, 0.9).map(|c| c.verdict), Some(Verdict::TooSure));
//! ```

use statrs::distribution::{Binomial, DiscreteCDF};

/// How far an estimate is from the truth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// `|log10(estimate / truth)|`.
    pub orders: f64,
    /// `max(0, 1 − orders / 3)` (Kalyan and others 2021, arXiv 2110.14207).
    pub points: f64,
    pub band: Band,
}

/// How near, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// Within a factor of 1.25.
    Excellent,
    /// Within 2.
    VeryGood,
    /// Within half an order of magnitude.
    Good,
    /// Within a factor of 10.
    RightOrder,
    Off,
}

/// The distance of an estimate; `None` unless both are positive numbers.
pub fn distance(estimate: f64, truth: f64) -> Option<Distance> {
    let fine = |v: f64| v.is_finite() && v > 0.0;
    if !fine(estimate) || !fine(truth) {
        return None;
    }
    let orders = (estimate / truth).log10().abs();
    let band = match 10_f64.powf(orders) {
        f if f <= 1.25 => Band::Excellent,
        f if f <= 2.0 => Band::VeryGood,
        f if f <= 10_f64.sqrt() => Band::Good,
        f if f <= 10.0 => Band::RightOrder,
        _ => Band::Off,
    };
    Some(Distance { orders, points: (1.0 - orders / 3.0).max(0.0), band })
}

/// Points from 0 to 100 for a 90 % interval, `100·exp(−IS/2)` with the interval score in orders of magnitude:
/// `IS = (u − l) + 20·(l − y) below + 20·(y − u) above`, all in log10 (Winkler 1972; Gneiting and Raftery 2007,
/// equation 43 with α = 0.1). It is proper: who says what they believe expects the most, and covers 90 %. `None`
/// unless all three are positive and the ends in order.
pub fn interval_points(low: f64, high: f64, truth: f64) -> Option<f64> {
    interval_score(low, high, truth).map(|score| 100.0 * (-score / 2.0).exp())
}

/// The interval score itself; lower is better.
pub fn interval_score(low: f64, high: f64, truth: f64) -> Option<f64> {
    let fine = |v: f64| v.is_finite() && v > 0.0;
    if !(fine(low) && fine(high) && fine(truth) && low <= high) {
        return None;
    }
    let (l, u, y) = (low.log10(), high.log10(), truth.log10());
    Some((u - l) + 20.0 * (l - y).max(0.0) + 20.0 * (y - u).max(0.0))
}

/// What many intervals say of the one who gave them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    pub hits: u64,
    pub given: u64,
    /// Hits that someone well calibrated has 95 % of the time, both ends included.
    pub usual: (u64, u64),
    pub verdict: Verdict,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Fewer than twenty: counts, but no judgement.
    TooFew,
    /// Too many misses: intervals are too narrow.
    TooSure,
    /// Hardly a miss: intervals are too wide.
    TooUnsure,
    Calibrated,
}

/// Judges hits of intervals of a stated level, such as 0.9, by the binomial distribution, one-sided at 5 %.
pub fn calibration(hits: u64, given: u64, level: f64) -> Option<Calibration> {
    let chance = Binomial::new(level, given).ok().filter(|_| hits <= given && given > 0)?;
    let at_most = |n: u64| chance.cdf(n);
    let at_least = |n: u64| if n == 0 { 1.0 } else { 1.0 - chance.cdf(n - 1) };
    let usual = ((0..=given).find(|n| at_most(*n) > 0.025).unwrap_or(0), (0..=given).rev().find(|n| at_least(*n) > 0.025).unwrap_or(given));
    let verdict = match () {
        () if given < 20 => Verdict::TooFew,
        () if at_most(hits) < 0.05 => Verdict::TooSure,
        () if at_least(hits) < 0.05 => Verdict::TooUnsure,
        () => Verdict::Calibrated,
    };
    Some(Calibration { hits, given, usual, verdict })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::draw::{Distribution, Drawer, Z90};

    #[test]
    fn distances_and_bands() {
        assert_eq!(distance(100.0, 100.0).unwrap(), Distance { orders: 0.0, points: 1.0, band: Band::Excellent });
        let off = distance(1000.0, 100.0).unwrap();
        assert!((off.points - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!((off.band, distance(1e6, 1.0).unwrap().points), (Band::RightOrder, 0.0));
        assert_eq!(distance(-1.0, 5.0), None);
        assert_eq!(distance(f64::NAN, 5.0), None);
    }

    #[test]
    fn the_interval_score_is_best_answered_with_the_truth() {
        // A truthful player believes a lognormal; the widest points come from covering 88 to 92 %.
        for sd in [0.1, 0.3, 0.6, 1.0] {
            let belief = Distribution::Normal { mean: 0.0, sd };
            let truths = Drawer::new(20_000, 9).draw(&belief, 1);
            let expected = |half: f64| {
                let end = 10_f64.powf(half);
                truths.iter().filter_map(|y| interval_score(1.0 / end, end, 10_f64.powf(*y))).sum::<f64>()
            };
            let best = (1..400).map(|i| sd * f64::from(i) * 0.01).min_by(|a, b| expected(*a).total_cmp(&expected(*b))).unwrap();
            let covered = truths.iter().filter(|y| y.abs() <= best).count() as f64 / truths.len() as f64;
            assert!((0.88..=0.92).contains(&covered), "sd {sd}: {covered}");
            assert!((best / sd - Z90).abs() < 0.1);
        }
        assert_eq!(interval_score(5.0, 2.0, 3.0), None);
        assert!(interval_points(1.0, 10.0, 5.0).unwrap() > interval_points(1.0, 100.0, 5.0).unwrap());
    }

    #[test]
    fn calibration_flags_overconfidence_at_the_known_counts() {
        assert_eq!(calibration(15, 20, 0.9).unwrap().verdict, Verdict::TooSure);
        assert_eq!(calibration(16, 20, 0.9).unwrap().verdict, Verdict::Calibrated);
        assert_eq!(calibration(40, 50, 0.9).unwrap().verdict, Verdict::TooSure);
        assert_eq!(calibration(50, 50, 0.9).unwrap().verdict, Verdict::TooUnsure);
        assert_eq!(calibration(2, 10, 0.9).unwrap().verdict, Verdict::TooFew);
        assert_eq!(calibration(5, 4, 0.9), None);
    }
}
