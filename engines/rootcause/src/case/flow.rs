//! How a period runs through the funnel, leaf by leaf: what is seen, what the books have, and the same week a year ago.

use super::{Hypothesis, Nature, dice::Dice};

/// What runs, and what happens to it.
pub(super) struct Flow<'a> {
    pub leaves: &'a [Vec<usize>],
    /// The usual visits of each leaf.
    pub volume: &'a [f64],
    /// For each step but the first and each leaf, the share that goes on.
    pub rates: &'a [Vec<f64>],
    /// What is true, with the share that is lost.
    pub truths: &'a [(Hypothesis, f64)],
    /// What else moves: a step, a slice, and the factor on it.
    pub decoys: &'a [(usize, Vec<(usize, usize)>, f64)],
    /// By what the visits of each leaf are multiplied because shares have moved.
    pub mix: &'a [f64],
}

/// Counts of a period by step and leaf.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Counts {
    pub expected: Vec<Vec<f64>>,
    pub actual: Vec<Vec<f64>>,
    /// What the last step has in the books, usually and now.
    pub books: (Vec<f64>, Vec<f64>),
}

impl Flow<'_> {
    fn kept(&self, step: usize, leaf: &[usize], natures: &[Nature]) -> f64 {
        self.truths.iter().filter(|(h, _)| natures.contains(&h.nature) && h.step == step && h.holds(leaf)).map(|(_, lost)| 1.0 - lost).product()
    }

    /// The period itself. Later steps expect from what the step before them really had, so that a loss counts at its
    /// own step only.
    pub fn period(&self, dice: &mut Dice) -> Counts {
        let steps = self.rates.len() + 1;
        let mut found = Counts { expected: vec![vec![]; steps], actual: vec![vec![]; steps], books: (vec![], vec![]) };
        for (at, leaf) in self.leaves.iter().enumerate() {
            // Seen, and there but not recorded.
            let (mut seen, mut hidden) = (0.0, 0.0);
            for step in 0..steps {
                let decoy: f64 = self
                    .decoys
                    .iter()
                    .filter(|(s, slice, _)| *s == step && slice.iter().all(|(d, v)| leaf[*d] == *v))
                    .map(|(.., factor)| factor)
                    .product();
                let kept = decoy * self.kept(step, leaf, &[Nature::Loss, Nature::Season]);
                let recorded = self.kept(step, leaf, &[Nature::Record]);
                let there = if step == 0 {
                    found.expected[0].push(self.volume[at]);
                    dice.count(self.volume[at] * self.mix[at] * kept)
                } else {
                    let rate = self.rates[step - 1][at];
                    found.expected[step].push(seen * rate);
                    hidden = dice.binomial(hidden, (rate * kept).min(1.0));
                    dice.binomial(seen, (rate * kept).min(1.0))
                };
                seen = if recorded < 1.0 { dice.binomial(there, recorded) } else { there };
                hidden += there - seen;
                found.actual[step].push(seen);
            }
            found.books.0.push(self.volume[at] * self.rates.iter().map(|rate| rate[at]).product::<f64>());
            found.books.1.push(seen + hidden);
        }
        found
    }

    /// The same week a year ago, when a tenth fewer came.
    pub fn last_year(&self, dice: &mut Dice) -> Counts {
        let steps = self.rates.len() + 1;
        let mut found = Counts { expected: vec![vec![]; steps], actual: vec![vec![]; steps], books: (vec![], vec![]) };
        for (at, leaf) in self.leaves.iter().enumerate() {
            let mut seen = 0.0;
            for step in 0..steps {
                let kept = self.kept(step, leaf, &[Nature::Season]);
                if step == 0 {
                    found.expected[0].push(0.9 * self.volume[at]);
                    seen = dice.count(0.9 * self.volume[at] * kept);
                } else {
                    let rate = self.rates[step - 1][at];
                    found.expected[step].push(seen * rate);
                    seen = dice.binomial(seen, (rate * kept).min(1.0));
                }
                found.actual[step].push(seen);
            }
        }
        found
    }
}

/// Eight weeks of sums, day by day: calmer weekends, a slow rise, and chance.
pub(super) fn weeks(volume: &[f64], rates: &[Vec<f64>], dice: &mut Dice) -> Vec<Vec<f64>> {
    const WEEK: [f64; 7] = [1.0, 1.02, 1.03, 1.0, 0.97, 0.8, 0.78];
    let usual: Vec<f64> = (0..=rates.len())
        .map(|step| volume.iter().enumerate().map(|(leaf, v)| v * rates[..step].iter().map(|r| r[leaf]).product::<f64>()).sum())
        .collect();
    usual.iter().map(|sum| (0..56).map(|day| dice.count(sum * WEEK[day % 7] * (1.0 - 0.001 * (56 - day) as f64))).collect()).collect()
}

/// Every combination of values.
pub(super) fn leaves(sizes: &[usize]) -> Vec<Vec<usize>> {
    let mut leaves = vec![vec![]];
    for size in sizes {
        leaves = leaves.iter().flat_map(|leaf: &Vec<usize>| (0..*size).map(move |v| [leaf.as_slice(), &[v]].concat())).collect();
    }
    leaves
}
