//! How bets went of which one was as sure: the share of hits among those that were settled, with its interval. It stands
//! beside the confidence that somebody entered and never replaces it.

use crate::model::Initiative;
use kernel::{Column, Look, Noun, Result, Value};

/// From so many settled bets on a share is told.
pub const FEWEST: i64 = 5;
/// Confidence is told in so many bands, each as wide.
pub const BANDS: usize = 5;

/// Settled bets of one band of confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// From and up to which confidence, 0 to 1.
    pub from: f64,
    pub to: f64,
    pub settled: i64,
    pub hits: i64,
}

/// The band that a confidence falls into.
pub fn band_of(confidence: f64) -> usize {
    ((confidence.clamp(0.0, 1.0) * BANDS as f64 + 1e-9) as usize).min(BANDS - 1)
}

impl Band {
    pub fn nth(n: usize, settled: i64, hits: i64) -> Band {
        let width = 1.0 / BANDS as f64;
        Band { from: n as f64 * width, to: (n + 1) as f64 * width, settled, hits }
    }

    /// The share of hits and the interval in which it lies with 90 % (Wilson); nothing while too few are settled.
    pub fn rate(&self) -> Option<(f64, f64, f64)> {
        if self.settled < FEWEST {
            return None;
        }
        /// The 95 % point of the normal distribution, for 5 % on each side.
        const Z: f64 = 1.644_853_626_951_472_2;
        let (n, share) = (self.settled as f64, self.hits as f64 / self.settled as f64);
        let middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        Some((share, (middle - half).max(0.0), (middle + half).min(1.0)))
    }
}

/// How the settled bets went of which one was about as sure as of this one; nothing where it says no confidence. What came of
/// bets is recorded downstream and read here by its table.
pub(crate) fn beside(look: &mut Look, bet: &Initiative) -> Result<Option<Band>> {
    let Some(confidence) = bet.confidence else { return Ok(None) };
    let band = Band::nth(band_of(confidence), 0, 0);
    let (from, to) = (band.from - 1e-9, if band.to > 0.999 { 2.0 } else { band.to - 1e-9 });
    let counted = look.first(
        "select count(*), count(case when verdict in ('exceeded', 'met') then 1 end) from outcome
         where product = $1 and bet_confidence >= $2 and bet_confidence < $3 and initiative <> $4 and removed_at is null",
        &[look.scope.product_id()?.value(), Value::Real(from), Value::Real(to), bet.id().value()],
    )?;
    let (settled, hits) = counted.map_or(Ok((0, 0)), |mut row| Ok((row.take()?, row.take()?)))?;
    Ok(Some(Band { settled, hits, ..band }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_told_from_five_on_with_its_interval() {
        assert_eq!(Band::nth(3, 4, 4).rate(), None);
        // Eight of ten by the formula of Wilson (1927), worked out by hand with z = 1.6449.
        let (share, low, high) = Band::nth(3, 10, 8).rate().unwrap();
        assert_eq!(share, 0.8);
        assert!((low - 0.540_793).abs() < 1e-6 && (high - 0.931_442).abs() < 1e-6, "{low} {high}");
        let (_, low, high) = Band::nth(0, 5, 0).rate().unwrap();
        assert!(low == 0.0 && high < 0.4, "{low} {high}");
    }

    #[test]
    fn confidence_falls_into_bands() {
        assert_eq!([0.0, 0.19, 0.2, 0.6, 0.79, 0.8, 1.0].map(band_of), [0, 0, 1, 3, 3, 4, 4]);
    }
}
