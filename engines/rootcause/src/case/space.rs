//! What can still be true: explanations, questions, and which explanations fit which answers.

use super::{STEPS, draw::Practice};

/// An explanation: part of a step is lost in a slice of one or two values (dimension and value by their places).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hypothesis {
    pub step: usize,
    pub slice: Vec<(usize, usize)>,
}

impl Hypothesis {
    /// Whether a leaf lies in the slice.
    pub fn holds(&self, leaf: &[usize]) -> bool {
        self.slice.iter().all(|(d, v)| leaf[*d] == *v)
    }
}

/// A question: a step, by the values of a dimension or as one sum, of everything or of one value only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query {
    pub step: usize,
    pub by: Option<usize>,
    pub only: Option<(usize, usize)>,
}

/// One figure of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The value of the dimension that was asked for.
    pub value: Option<usize>,
    pub expected: f64,
    pub actual: f64,
}

/// What one question was worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Explanations that were possible, and that still are.
    pub before: usize,
    pub after: usize,
}

impl Gain {
    /// In bits.
    pub fn bits(&self) -> f64 {
        (self.before as f64 / self.after.max(1) as f64).log2()
    }
}

/// Shares that may have been lost: 10 % to 95 %.
const SEVERITIES: usize = 18;
/// Standard deviations that chance may take.
const BAND: f64 = 3.5;

/// The explanations that are left, each with the losses it would still allow, a bit for each.
#[derive(Clone)]
pub(super) struct Space {
    pub hypotheses: Vec<Hypothesis>,
    pub allowed: Vec<u32>,
}

impl Space {
    pub fn left(&self) -> usize {
        self.allowed.iter().filter(|bits| **bits != 0).count()
    }
}

impl Practice {
    /// Every explanation there is: each step in each slice of one or two values.
    pub fn hypotheses(&self) -> Vec<Hypothesis> {
        let sizes: Vec<usize> = self.dimensions.iter().map(|(_, values)| values.len()).collect();
        let mut slices: Vec<Vec<(usize, usize)>> = vec![];
        for d in 0..sizes.len() {
            for v in 0..sizes[d] {
                slices.push(vec![(d, v)]);
                for (e, size) in sizes.iter().enumerate().skip(d + 1) {
                    slices.extend((0..*size).map(|w| vec![(d, v), (e, w)]));
                }
            }
        }
        (0..STEPS.len()).flat_map(|step| slices.iter().map(move |slice| Hypothesis { step, slice: slice.clone() })).collect()
    }

    /// Every question there is.
    pub fn queries(&self) -> Vec<Query> {
        let mut only: Vec<Option<(usize, usize)>> = vec![None];
        only.extend(self.dimensions.iter().enumerate().flat_map(|(d, (_, values))| (0..values.len()).map(move |v| Some((d, v)))));
        let mut found = vec![];
        for step in 0..STEPS.len() {
            for by in std::iter::once(None).chain((0..self.dimensions.len()).map(Some)) {
                for filter in &only {
                    if by.is_none() || filter.is_none_or(|(d, _)| Some(d) != by) {
                        found.push(Query { step, by, only: *filter });
                    }
                }
            }
        }
        found
    }

    /// The answer to a question.
    pub fn answer(&self, query: &Query) -> Vec<Cell> {
        let groups = query.by.map_or(1, |d| self.dimensions[d].1.len());
        let mut cells: Vec<Cell> = (0..groups).map(|g| Cell { value: query.by.map(|_| g), expected: 0.0, actual: 0.0 }).collect();
        for (at, leaf) in self.leaves.iter().enumerate().filter(|(_, leaf)| query.only.is_none_or(|(d, v)| leaf[d] == v)) {
            let cell = &mut cells[query.by.map_or(0, |d| leaf[d])];
            cell.expected += self.expected[query.step][at];
            cell.actual += self.actual[query.step][at];
        }
        cells
    }

    pub(super) fn space(&self) -> Space {
        let hypotheses = self.hypotheses();
        Space { allowed: vec![(1 << SEVERITIES) - 1; hypotheses.len()], hypotheses }
    }

    /// Keeps what fits an answer: for some loss, every figure lies within chance of what the explanation expects.
    pub(super) fn learn(&self, space: &mut Space, query: &Query) {
        let cells = self.answer(query);
        let band: Vec<f64> = cells
            .iter()
            .map(|cell| BAND * (cell.expected * if query.step == 0 { 1.0 } else { 0.5 } + 1.0 + (0.01 * cell.expected).powi(2)).sqrt())
            .collect();
        let calm = cells.iter().zip(&band).all(|(cell, band)| (cell.actual - cell.expected).abs() <= *band);
        let mut lost = vec![0.0; cells.len()];
        for (hypothesis, allowed) in space.hypotheses.iter().zip(&mut space.allowed).filter(|(_, allowed)| **allowed != 0) {
            if hypothesis.step != query.step {
                *allowed = if calm { *allowed } else { 0 };
                continue;
            }
            lost.fill(0.0);
            for (at, leaf) in self.leaves.iter().enumerate() {
                if query.only.is_none_or(|(d, v)| leaf[d] == v) && hypothesis.holds(leaf) {
                    lost[query.by.map_or(0, |d| leaf[d])] += self.expected[query.step][at];
                }
            }
            for severity in (0..SEVERITIES).filter(|s| *allowed >> s & 1 == 1).collect::<Vec<_>>() {
                let share = 0.1 + 0.05 * severity as f64;
                let fits = cells
                    .iter()
                    .zip(&lost)
                    .zip(&band)
                    .all(|((cell, lost), band)| (cell.actual - (cell.expected - share * lost)).abs() <= band + 0.025 * lost);
                if !fits {
                    *allowed &= !(1 << severity);
                }
            }
        }
    }

    /// Whether the truth, and nothing else, fits the answers to all questions.
    pub fn is_unique(&self) -> bool {
        let mut space = self.space();
        self.queries().iter().for_each(|query| self.learn(&mut space, query));
        let left: Vec<&Hypothesis> = space.hypotheses.iter().zip(&space.allowed).filter(|(_, a)| **a != 0).map(|(h, _)| h).collect();
        left == [&self.truth]
    }

    /// What each of some questions was worth, in their order.
    pub fn narrow(&self, asked: &[Query]) -> Vec<Gain> {
        let mut space = self.space();
        asked
            .iter()
            .map(|query| {
                let before = space.left();
                self.learn(&mut space, query);
                Gain { before, after: space.left() }
            })
            .collect()
    }
}
