//! Scores when inputs are ranges: samples of each input become samples of the score.

use crate::{Wrong, method::Method, wrong};
use rand_pcg::{Pcg64Mcg, rand_core::Rng};
use statrs::distribution::{ContinuousCDF, Normal};
use std::sync::Arc;

/// Standard deviations from the middle to the end of a 90 % interval, Φ⁻¹(0.95).
pub const Z90: f64 = 1.644_853_626_951_472_7;

/// An input: a number, a 90 % interval (lognormal when both ends are positive, else normal), or any distribution by what
/// was drawn from it.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    Point(f64),
    Range {
        low: f64,
        high: f64,
    },
    /// Equally likely values, from the smallest.
    Drawn(Arc<[f64]>),
}

impl From<f64> for Quantity {
    fn from(value: f64) -> Quantity {
        Quantity::Point(value)
    }
}

impl Quantity {
    /// A 90 % interval.
    ///
    /// # Errors
    /// Ends that are no numbers or stand the wrong way round.
    pub fn range(low: f64, high: f64) -> Result<Quantity, Wrong> {
        match low.is_finite() && high.is_finite() && low <= high {
            true => Ok(Quantity::Range { low, high }),
            false => wrong(format!("{low} to {high} is no range; write the lower end first.")),
        }
    }

    /// A distribution by equally likely values, in any order.
    ///
    /// # Errors
    /// No value, or one that is no number.
    pub fn drawn(mut values: Vec<f64>) -> Result<Quantity, Wrong> {
        if values.is_empty() || values.iter().any(|v| !v.is_finite()) {
            return wrong("What is drawn from a distribution are numbers, one at least.");
        }
        values.sort_unstable_by(f64::total_cmp);
        Ok(Quantity::Drawn(values.into()))
    }

    /// The value that lies in the middle of what is believed.
    pub fn middle(&self) -> f64 {
        match self {
            Quantity::Point(value) => *value,
            Quantity::Range { low, high } if *low > 0.0 => (low * high).sqrt(),
            Quantity::Range { low, high } => (low + high) / 2.0,
            Quantity::Drawn(values) => (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0,
        }
    }

    /// The ends between which it lies nine of ten times.
    pub fn ends(&self) -> (f64, f64) {
        match self {
            Quantity::Point(value) => (*value, *value),
            Quantity::Range { low, high } => (*low, *high),
            Quantity::Drawn(values) => {
                let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
                (at(0.05), at(0.95))
            }
        }
    }

    /// Whether it is more than one number.
    pub fn is_uncertain(&self) -> bool {
        !matches!(self, Quantity::Point(_))
    }

    /// The least that it is taken for, where a divisor has to stay above zero.
    fn least(&self) -> f64 {
        match self {
            Quantity::Point(value) | Quantity::Range { low: value, .. } => *value,
            Quantity::Drawn(values) => values[0],
        }
    }
}

/// Samples of every item's score, item by item.
pub struct Compared {
    scores: Vec<Vec<f32>>,
    medians: Vec<f64>,
}

/// Scores every item on samples of its inputs. The same seed gives the same samples, to the digit.
///
/// # Errors
/// What [`Method::score`] refuses, for the item that has it, and ranges whose divisor could reach zero.
pub fn compare(method: &Method, items: &[Vec<Quantity>], samples: usize, seed: u64) -> Result<Compared, Wrong> {
    method.check()?;
    if !(100..=1_000_000).contains(&samples) {
        return wrong(format!("{samples} samples are outside of 100 to 1,000,000."));
    }
    let normal = Normal::standard();
    // The middles of equally likely strata: each input gets exactly its own distribution, in an order of its own.
    let strata: Vec<f64> = (0..samples).map(|i| normal.inverse_cdf((i as f64 + 0.5) / samples as f64)).collect();
    let mut random = Pcg64Mcg::new((u128::from(seed) << 64) | 0x2545_f491_4f6c_dd1d);
    let mut scores = Vec::with_capacity(items.len());
    let mut medians = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let named = |w: Wrong| Wrong(format!("Item {}: {}", at + 1, w.0));
        let middles: Vec<f64> = item.iter().map(Quantity::middle).collect();
        method.score(&middles).map_err(named)?;
        if let Some(divisor) = method.divisor()
            && item[divisor].least() <= 0.0
        {
            return wrong(format!("Item {}: the {} could be zero; a range to divide by must be positive.", at + 1, method.inputs()[divisor]));
        }
        let columns: Vec<Column> = item.iter().map(|q| Column::draw(q, &strata, &mut random)).collect();
        let mut inputs = middles;
        let row = (0..samples)
            .map(|s| {
                for (input, column) in inputs.iter_mut().zip(&columns) {
                    *input = column.at(s);
                }
                method.formula(&inputs) as f32
            })
            .collect::<Vec<f32>>();
        if row.iter().any(|v| !v.is_finite()) {
            return wrong(format!("Item {}: the score is too large to be a number.", at + 1));
        }
        medians.push(median(&row));
        scores.push(row);
    }
    Ok(Compared { scores, medians })
}

enum Column {
    Same(f64),
    Drawn(Vec<f64>),
}

impl Column {
    fn draw(quantity: &Quantity, strata: &[f64], random: &mut Pcg64Mcg) -> Column {
        let (low, high) = match quantity {
            Quantity::Point(value) => return Column::Same(*value),
            Quantity::Range { low, high } if low == high => return Column::Same(*low),
            Quantity::Range { low, high } => (*low, *high),
            Quantity::Drawn(values) => {
                // Each of them as often as any other, as far as that comes out even.
                let mut drawn: Vec<f64> = (0..strata.len()).map(|i| values[i * values.len() / strata.len()]).collect();
                shuffle(&mut drawn, random);
                return Column::Drawn(drawn);
            }
        };
        let mut drawn = strata.to_vec();
        shuffle(&mut drawn, random);
        if low > 0.0 {
            let (m, s) = ((low.ln() + high.ln()) / 2.0, (high.ln() - low.ln()) / (2.0 * Z90));
            drawn.iter_mut().for_each(|z| *z = (m + s * *z).exp());
        } else {
            let (m, s) = ((low + high) / 2.0, (high - low) / (2.0 * Z90));
            drawn.iter_mut().for_each(|z| *z = m + s * *z);
        }
        Column::Drawn(drawn)
    }

    fn at(&self, sample: usize) -> f64 {
        match self {
            Column::Same(value) => *value,
            Column::Drawn(values) => values[sample],
        }
    }
}

/// Fisher and Yates, with Lemire's bounded draw.
fn shuffle(values: &mut [f64], random: &mut Pcg64Mcg) {
    for i in (1..values.len()).rev() {
        let j = ((u128::from(random.next_u64()) * (i as u128 + 1)) >> 64) as usize;
        values.swap(i, j);
    }
}

fn median(values: &[f32]) -> f64 {
    let mut sorted = values.to_vec();
    let middle = sorted.len() / 2;
    let (_, value, _) = sorted.select_nth_unstable_by(middle, f32::total_cmp);
    f64::from(*value)
}

impl Compared {
    /// The probability that item `a` scores above item `b`; an equal score counts half.
    pub fn outranks(&self, a: usize, b: usize) -> f64 {
        let (mut above, mut equal) = (0_u32, 0_u32);
        for (x, y) in self.scores[a].iter().zip(&self.scores[b]) {
            above += u32::from(x > y);
            equal += u32::from(x == y);
        }
        (f64::from(above) + 0.5 * f64::from(equal)) / self.scores[a].len() as f64
    }

    /// The median score of each item.
    pub fn medians(&self) -> &[f64] {
        &self.medians
    }

    /// Items by their median score, the highest first; equals keep their order.
    pub fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.medians.len()).collect();
        order.sort_by(|a, b| self.medians[*b].total_cmp(&self.medians[*a]));
        order
    }

    /// For each place but the last: the probability that it and the next stand the right way round. Near a half
    /// means that the two could as well be swapped.
    pub fn sureness(&self) -> Vec<f64> {
        self.order().windows(2).map(|pair| self.outranks(pair[0], pair[1])).collect()
    }

    /// A quantile of an item's score, for `share` from 0 to 1.
    pub fn quantile(&self, item: usize, share: f64) -> f64 {
        let mut sorted = self.scores[item].clone();
        let at = ((sorted.len() - 1) as f64 * share.clamp(0.0, 1.0)).round() as usize;
        let (_, value, _) = sorted.select_nth_unstable_by(at, f32::total_cmp);
        f64::from(*value)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn range(low: f64, high: f64) -> Quantity {
        Quantity::range(low, high).unwrap()
    }

    #[test]
    fn agrees_with_the_closed_form_of_lognormals() {
        // The quotient of lognormals is lognormal, so P(A > B) is Φ of the distance of the logarithms.
        let a = vec![range(100.0, 1000.0), range(1.0, 4.0)];
        let b = vec![range(200.0, 500.0), range(2.0, 3.0)];
        let log = |q: &Quantity| match *q {
            Quantity::Range { low, high } => ((low.ln() + high.ln()) / 2.0, ((high / low).ln() / (2.0 * Z90)).powi(2)),
            Quantity::Point(v) => (v.ln(), 0.0),
            Quantity::Drawn(_) => panic!("only ranges here"),
        };
        let mean = log(&a[0]).0 - log(&a[1]).0 - log(&b[0]).0 + log(&b[1]).0;
        let variance: f64 = [&a[0], &a[1], &b[0], &b[1]].into_iter().map(|q| log(q).1).sum();
        let exact = Normal::standard().cdf(mean / variance.sqrt());
        let compared = compare(&Method::Cd3, &[a, b], 100_000, 7).unwrap();
        assert!((compared.outranks(0, 1) - exact).abs() < 0.005, "{} against {exact}", compared.outranks(0, 1));
        assert!((compared.outranks(0, 1) + compared.outranks(1, 0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn seeds_repeat_and_points_are_certain() {
        let items = vec![vec![range(1.0, 9.0), range(1.0, 2.0)], vec![3.0.into(), 1.0.into()], vec![1.0.into(), 1.0.into()]];
        let (one, two) = (compare(&Method::ValueEffort, &items, 1000, 3).unwrap(), compare(&Method::ValueEffort, &items, 1000, 3).unwrap());
        assert_eq!(one.scores, two.scores);
        assert_eq!(one.outranks(1, 2), 1.0);
        assert_eq!(one.outranks(1, 1), 0.5);
        assert_eq!(one.order().len(), 3);
        assert_eq!(one.sureness().len(), 2);
    }

    #[test]
    fn what_was_drawn_elsewhere_is_as_good_as_its_range() {
        // The quantiles of the same lognormal, as another engine hands them over.
        let normal = Normal::standard();
        let values: Vec<f64> = (0..1000).map(|i| (100.0_f64.ln() + 0.5 * normal.inverse_cdf((f64::from(i) + 0.5) / 1000.0)).exp()).collect();
        let width = 0.5 * Z90;
        let same = range((100.0_f64.ln() - width).exp(), (100.0_f64.ln() + width).exp());
        let drawn = Quantity::drawn(values).unwrap();
        assert!((drawn.middle() - same.middle()).abs() < 0.01 && drawn.is_uncertain());
        let compared =
            compare(&Method::ValueEffort, &[vec![drawn, 1.0.into()], vec![same, 1.0.into()], vec![130.0.into(), 1.0.into()]], 10_000, 5).unwrap();
        assert!((compared.outranks(0, 1) - 0.5).abs() < 0.01, "{}", compared.outranks(0, 1));
        assert!((compared.outranks(0, 2) - compared.outranks(1, 2)).abs() < 0.005);
        assert!(Quantity::drawn(vec![]).is_err() && Quantity::drawn(vec![f64::NAN]).is_err());
        let zero = Quantity::drawn(vec![0.0, 1.0]).unwrap();
        assert!(compare(&Method::ValueEffort, &[vec![1.0.into(), zero]], 1000, 1).is_err_and(|w| w.0.contains("could be zero")));
    }

    #[test]
    fn bad_ranges_are_sentences() {
        assert!(Quantity::range(3.0, 1.0).is_err());
        assert!(Quantity::range(f64::NAN, 1.0).is_err());
        let could_be_zero = vec![vec![1.0.into(), range(-1.0, 5.0)]];
        assert!(compare(&Method::Cd3, &could_be_zero, 1000, 1).is_err_and(|w| w.0.contains("Item 1")));
        assert!(compare(&Method::Cd3, &[], 0, 1).is_err());
        assert!(compare(&Method::Cd3, &[vec![1.0.into()]], 1000, 1).is_err());
    }
}
