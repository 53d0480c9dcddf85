//! A line in numbers.

use crate::run::Column;

/// Shares at which quantiles are told.
pub const SHARES: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/// Mean, spread, quantiles and histogram of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    pub mean: f64,
    pub sd: f64,
    /// At [`SHARES`].
    pub quantiles: [f64; SHARES.len()],
    /// From the 0.5th to the 99.5th percentile; empty where the line is certain.
    pub histogram: Vec<Bin>,
}

/// A part of a histogram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    pub low: f64,
    pub high: f64,
    /// The share of samples in it.
    pub share: f64,
}

const BINS: usize = 24;
/// From this ratio between its ends on, a positive quantity is shown on a logarithmic scale.
const WIDE: f64 = 50.0;

impl Summary {
    pub(crate) fn of(column: &Column, scale: f64) -> Summary {
        let values = match column {
            Column::Same(value) => return Summary { mean: value / scale, sd: 0.0, quantiles: [value / scale; SHARES.len()], histogram: vec![] },
            Column::Drawn(values) => values,
        };
        let mut sorted: Vec<f64> = values.iter().map(|v| v / scale).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let n = sorted.len() as f64;
        let mean = sorted.iter().sum::<f64>() / n;
        let sd = (sorted.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
        Summary { mean, sd, quantiles: SHARES.map(|p| quantile(&sorted, p)), histogram: histogram(&sorted) }
    }

    /// The quantile at one of [`SHARES`].
    pub fn at(&self, share: f64) -> f64 {
        SHARES.iter().position(|s| *s == share).map_or(f64::NAN, |i| self.quantiles[i])
    }
}

/// A quantile of sorted values, between neighbours by distance (type 5 of Hyndman and Fan 1996: the values are the
/// middles of their strata).
pub(crate) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = (sorted.len() as f64 * share - 0.5).clamp(0.0, sorted.len() as f64 - 1.0);
    let (below, part) = (at.floor() as usize, at.fract());
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * part
}

fn histogram(sorted: &[f64]) -> Vec<Bin> {
    let (low, high) = (quantile(sorted, 0.005), quantile(sorted, 0.995));
    if low >= high {
        return vec![];
    }
    let wide = low > 0.0 && high / low > WIDE;
    let edge = |i: usize| {
        let part = i as f64 / BINS as f64;
        if wide { low * (high / low).powf(part) } else { low + (high - low) * part }
    };
    (0..BINS)
        .map(|i| {
            let (from, to) = (edge(i), edge(i + 1));
            let count = sorted.partition_point(|v| *v < to) - sorted.partition_point(|v| *v < from);
            Bin { low: from, high: to, share: count as f64 / sorted.len() as f64 }
        })
        .collect()
}
