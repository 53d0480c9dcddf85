//! What an answer hangs on: the share of each uncertain thing in its variance, the tornado, and what it would be
//! worth to know one of them.

use crate::{
    run::{Column, Results, middle},
    text::Wrong,
};
use std::sync::Arc;

/// How much one leaf matters for a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Influence {
    /// The leaf, by its place in [`crate::Model::leaves`].
    pub leaf: usize,
    /// Its share of the variance; of the logarithm where the line has a closed form, else of the ranks.
    pub share: f64,
    /// The line with the leaf at its 5th and its 95th percentile and all others in their middle, in the line's unit.
    pub tornado: (f64, f64),
    /// By how much of its variance (of the logarithm, where all samples are positive) the line would shrink if the
    /// leaf were known: the first-order index of Sobol (1993).
    pub knowing: f64,
}

impl Results<'_> {
    /// The leaves that a line hangs on, what matters most first.
    ///
    /// # Errors
    /// When the line cannot be computed with a leaf at an end of its range.
    pub fn influences(&self, line: usize) -> Result<Vec<Influence>, Wrong> {
        let Column::Drawn(output) = &self.columns[line] else { return Ok(vec![]) };
        let model = self.model;
        let involved = involved(self, line);
        let exact = model.exact(line);
        let tornado = self.tornado(line, &involved)?;
        let ranks = ranks(output);
        let rho: Vec<f64> = involved.iter().map(|leaf| correlation(&crate::sense::ranks(&self.leaves[*leaf]), &ranks)).collect();
        let all: f64 = rho.iter().map(|r| r * r).sum();
        let spread: Vec<f64> = match output.iter().all(|v| *v > 0.0) {
            true => output.iter().map(|v| v.ln()).collect(),
            false => output.to_vec(),
        };
        let mut found: Vec<Influence> = involved
            .iter()
            .zip(tornado)
            .zip(&rho)
            .map(|((leaf, tornado), rho)| Influence {
                leaf: *leaf,
                share: match &exact {
                    Some(exact) => exact.shares.get(leaf).copied().unwrap_or(0.0),
                    None if all > 0.0 => rho * rho / all,
                    None => 0.0,
                },
                tornado,
                knowing: explained(&self.leaves[*leaf], &spread),
            })
            .collect();
        found.sort_by(|a, b| b.share.total_cmp(&a.share));
        Ok(found)
    }

    /// The line with one leaf after another at both ends, computed in one go.
    fn tornado(&self, line: usize, involved: &[usize]) -> Result<Vec<(f64, f64)>, Wrong> {
        let cases = 2 * involved.len();
        let columns: Vec<Arc<Vec<f64>>> = self
            .model
            .leaves
            .iter()
            .enumerate()
            .map(|(leaf, known)| {
                let mut column = vec![middle(&known.distribution); cases];
                if let Some(at) = involved.iter().position(|i| *i == leaf) {
                    column[2 * at] = known.distribution.quantile(0.05);
                    column[2 * at + 1] = known.distribution.quantile(0.95);
                }
                Arc::new(column)
            })
            .collect();
        let scale = self.model.lines[line].unit.scale();
        let computed = self.model.compute(&columns, cases)?;
        Ok((0..involved.len()).map(|at| (computed[line].at(2 * at) / scale, computed[line].at(2 * at + 1) / scale)).collect())
    }
}

/// Where one leaf brings a line to a value, moved within its own 90 % interval while all others stay in their middle.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// The leaf, by its place in [`crate::Model::leaves`].
    pub leaf: usize,
    /// What the line that the leaf stands in holds there, in that line's unit.
    pub at: f64,
    /// The same with the leaf in its middle.
    pub from: f64,
    /// How far the leaf is moved: the share of its possible values between its middle and there.
    pub way: f64,
}

/// Into so many parts an interval is divided to look for a meeting.
const PARTS: usize = 64;
/// How often the part that has it is divided again.
const CLOSER: usize = 4;

impl Results<'_> {
    /// The leaves each of which alone brings a line to a value (in the line's unit), the one that has to move least first;
    /// none where no leaf can.
    ///
    /// # Errors
    /// When the line cannot be computed with a leaf somewhere in its range.
    pub fn meetings(&self, line: usize, value: f64) -> Result<Vec<Meeting>, Wrong> {
        let mut found = vec![];
        for leaf in involved(self, line) {
            found.extend(self.meeting(line, value, leaf)?);
        }
        found.sort_by(|a, b| a.way.total_cmp(&b.way));
        Ok(found)
    }

    fn meeting(&self, line: usize, value: f64, leaf: usize) -> Result<Option<Meeting>, Wrong> {
        let scale = |line: usize| self.model.lines[line].unit.scale();
        let place = self.model.leaves[leaf].line;
        // The line, and the one that the leaf stands in, with the leaf at each of these shares.
        let at = |shares: &[f64]| -> Result<Vec<(f64, f64)>, Wrong> {
            let columns = self.model.leaves.iter().enumerate().map(|(n, known)| {
                let column = |share: &f64| known.distribution.quantile(if n == leaf { *share } else { 0.5 });
                Arc::new(shares.iter().map(column).collect())
            });
            let computed = self.model.compute(&columns.collect::<Vec<_>>(), shares.len())?;
            Ok((0..shares.len()).map(|n| (computed[line].at(n) / scale(line) - value, computed[place].at(n) / scale(place))).collect())
        };
        let (mut low, mut high) = (0.05, 0.95);
        let from = at(&[0.5])?[0].1;
        for _ in 0..CLOSER {
            let shares: Vec<f64> = (0..=PARTS).map(|n| low + (high - low) * n as f64 / PARTS as f64).collect();
            let points = at(&shares)?;
            // Of several the one nearest to the middle.
            let near = |n: &usize| ((shares[*n] + shares[*n + 1]) / 2.0 - 0.5).abs();
            let crossed = (0..PARTS).filter(|n| points[*n].0 * points[*n + 1].0 <= 0.0).min_by(|a, b| near(a).total_cmp(&near(b)));
            let Some(n) = crossed else { return Ok(None) };
            (low, high) = (shares[n], shares[n + 1]);
        }
        let share = (low + high) / 2.0;
        Ok(Some(Meeting { leaf, at: at(&[share])?[0].1, from, way: (share - 0.5).abs() }))
    }
}

/// The leaves of a line and of all lines below it.
fn involved(results: &Results, line: usize) -> Vec<usize> {
    let lines = &results.model.lines;
    let mut seen = vec![false; lines.len()];
    let mut left = vec![line];
    while let Some(at) = left.pop() {
        if !std::mem::replace(&mut seen[at], true) {
            left.extend(&lines[at].uses);
        }
    }
    (0..results.model.leaves.len()).filter(|leaf| seen[results.model.leaves[*leaf].line]).collect()
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_unstable_by(|a, b| values[*a as usize].total_cmp(&values[*b as usize]));
    let mut ranks = vec![0.0; values.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at as usize] = rank as f64;
    }
    ranks
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (x, y) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let (mut both, mut own_a, mut own_b) = (0.0, 0.0, 0.0);
    for (p, q) in a.iter().zip(b) {
        both += (p - x) * (q - y);
        own_a += (p - x).powi(2);
        own_b += (q - y).powi(2);
    }
    if own_a > 0.0 && own_b > 0.0 { both / (own_a * own_b).sqrt() } else { 0.0 }
}

/// The share of the variance of `output` that lies between groups of like `input`, less what chance would bring.
fn explained(input: &[f64], output: &[f64]) -> f64 {
    const GROUPS: usize = 40;
    let ranks = ranks(input);
    let n = output.len() as f64;
    let mut sums = [(0.0, 0.0); GROUPS];
    for (rank, value) in ranks.iter().zip(output) {
        let group = &mut sums[((rank * GROUPS as f64 / n) as usize).min(GROUPS - 1)];
        group.0 += value;
        group.1 += 1.0;
    }
    let mean = output.iter().sum::<f64>() / n;
    let all: f64 = output.iter().map(|v| (v - mean).powi(2)).sum();
    let between: f64 = sums.iter().filter(|(_, count)| *count > 0.0).map(|(sum, count)| count * (sum / count - mean).powi(2)).sum();
    let chance = (GROUPS as f64 - 1.0) / n;
    if all > 0.0 { ((between / all - chance) / (1.0 - chance)).clamp(0.0, 1.0) } else { 0.0 }
}
