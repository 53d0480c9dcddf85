//! What can still be true: explanations, questions, and which explanations fit which answers.

use super::{
    Nature,
    draw::{LEAST, Practice},
};

/// An explanation. Its slice has at most two values (dimension and value by their places) and none where all of the
/// step is meant; where shares have moved it names the dimension, and the value counts for nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hypothesis {
    pub nature: Nature,
    pub step: usize,
    pub slice: Vec<(usize, usize)>,
}

impl Hypothesis {
    /// Part of a step is lost in a slice.
    pub fn loss(step: usize, slice: &[(usize, usize)]) -> Hypothesis {
        Hypothesis { nature: Nature::Loss, step, slice: slice.to_vec() }
    }

    /// Whether a leaf lies in the slice.
    pub fn holds(&self, leaf: &[usize]) -> bool {
        self.slice.iter().all(|(d, v)| leaf[*d] == *v)
    }
}

/// Where a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// What was recorded in the period.
    Period,
    /// An independent count of the last step: whether the data are right.
    Books,
    /// The same week a year ago.
    YearAgo,
}

/// A question: a step, by the values of a dimension or as one sum, of everything or of one value only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query {
    pub source: Source,
    pub step: usize,
    pub by: Option<usize>,
    pub only: Option<(usize, usize)>,
}

impl Query {
    /// Of the period.
    pub fn of(step: usize, by: Option<usize>, only: Option<(usize, usize)>) -> Query {
        Query { source: Source::Period, step, by, only }
    }
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

/// Shares that may have been lost: 25 % to 95 %. Less is nothing that everybody sees.
const SEVERITIES: usize = 15;
const ALL: u32 = (1 << SEVERITIES) - 1;
/// Standard deviations that chance may take.
const BAND: f64 = 3.5;

/// The explanations that are left, each with the losses it would still allow, a bit for each.
#[derive(Clone)]
pub(super) struct Space {
    pub allowed: Vec<u32>,
    /// Steps at which something has been seen to be lost; counts where two things broke.
    broken: Vec<bool>,
}

/// What an answer leaves of each explanation.
#[derive(Clone)]
pub(super) struct Mask {
    fits: Vec<u32>,
    broken: Option<usize>,
}

/// All explanations of a case.
pub(super) struct Explanations {
    pub all: Vec<Hypothesis>,
    slices: Vec<Vec<(usize, usize)>>,
    /// For each explanation its slice, and for each leaf the slices it lies in.
    slice_of: Vec<usize>,
    of_leaf: Vec<Vec<usize>>,
    two: bool,
}

impl Explanations {
    pub fn start(&self, steps: usize) -> Space {
        Space { allowed: vec![ALL; self.all.len()], broken: vec![false; steps] }
    }

    /// How many explanations are left; pairs at different steps where two things broke.
    pub fn left(&self, space: &Space) -> usize {
        let alive = space.allowed.iter().filter(|bits| **bits != 0).count();
        if !self.two {
            return alive;
        }
        let mut of_step = vec![0_usize; space.broken.len()];
        for (hypothesis, _) in self.all.iter().zip(&space.allowed).filter(|(_, bits)| **bits != 0) {
            of_step[hypothesis.step] += 1;
        }
        let known: Vec<usize> = (0..of_step.len()).filter(|step| space.broken[*step]).collect();
        let mut pairs = 0;
        for a in 0..of_step.len() {
            for b in a + 1..of_step.len() {
                if known.iter().all(|step| *step == a || *step == b) {
                    pairs += of_step[a] * of_step[b];
                }
            }
        }
        pairs
    }

    pub fn learn(&self, space: &mut Space, mask: &Mask) {
        space.allowed.iter_mut().zip(&mask.fits).for_each(|(allowed, fits)| *allowed &= fits);
        if let Some(step) = mask.broken {
            space.broken[step] = true;
        }
    }

    /// How many would be left.
    pub fn tried(&self, space: &Space, mask: &Mask) -> usize {
        if self.two {
            let mut after = space.clone();
            self.learn(&mut after, mask);
            return self.left(&after);
        }
        space.allowed.iter().zip(&mask.fits).filter(|(allowed, fits)| **allowed & **fits != 0).count()
    }
}

impl Practice {
    /// Every explanation there is.
    pub fn hypotheses(&self) -> Vec<Hypothesis> {
        self.explanations().all
    }

    /// Whether two things broke, which whoever plays is told.
    pub fn has_two(&self) -> bool {
        self.truths.len() == 2
    }

    pub(super) fn explanations(&self) -> Explanations {
        let sizes: Vec<usize> = self.dimensions.iter().map(|(_, values)| values.len()).collect();
        let mut slices: Vec<Vec<(usize, usize)>> = vec![vec![]];
        for d in 0..sizes.len() {
            for v in 0..sizes[d] {
                slices.push(vec![(d, v)]);
                for (e, size) in sizes.iter().enumerate().skip(d + 1) {
                    slices.extend((0..*size).map(|w| vec![(d, v), (e, w)]));
                }
            }
        }
        let inside = |slice: &[(usize, usize)], leaf: &[usize]| slice.iter().all(|(d, v)| leaf[*d] == *v);
        let of_leaf: Vec<Vec<usize>> = self.leaves.iter().map(|leaf| (0..slices.len()).filter(|at| inside(&slices[*at], leaf)).collect()).collect();
        let two = self.has_two();
        let natures: &[Nature] = if two { &[Nature::Loss] } else { &[Nature::Loss, Nature::Record, Nature::Season] };
        let (mut all, mut slice_of) = (vec![], vec![]);
        for step in 0..self.steps.len() {
            let mut share = vec![0.0; slices.len()];
            for (volume, of) in self.expected[step].iter().zip(&of_leaf) {
                of.iter().for_each(|slice| share[*slice] += volume);
            }
            for (at, slice) in slices.iter().enumerate() {
                let true_one = self.truths.iter().any(|truth| truth.step == step && truth.slice == *slice);
                if share[at] >= LEAST * share[0] || true_one {
                    for nature in natures {
                        all.push(Hypothesis { nature: *nature, step, slice: slice.clone() });
                        slice_of.push(at);
                    }
                }
            }
        }
        if !two {
            all.extend((0..sizes.len()).map(|d| Hypothesis { nature: Nature::Mix, step: 0, slice: vec![(d, 0)] }));
            all.push(Hypothesis { nature: Nature::Nothing, step: 0, slice: vec![] });
            slice_of.resize(all.len(), 0);
        }
        Explanations { all, slices, slice_of, of_leaf, two }
    }

    /// Every question there is.
    pub fn queries(&self) -> Vec<Query> {
        let mut only: Vec<Option<(usize, usize)>> = vec![None];
        only.extend(self.dimensions.iter().enumerate().flat_map(|(d, (_, values))| (0..values.len()).map(move |v| Some((d, v)))));
        let last = self.steps.len() - 1;
        let mut found = vec![];
        for by in std::iter::once(None).chain((0..self.dimensions.len()).map(Some)) {
            for filter in &only {
                if by.is_none() || filter.is_none_or(|(d, _)| Some(d) != by) {
                    found.extend((0..=last).map(|step| Query { source: Source::Period, step, by, only: *filter }));
                    if !self.has_two() {
                        found.push(Query { source: Source::Books, step: last, by, only: *filter });
                    }
                }
            }
            if !self.has_two() {
                found.extend((0..=last).map(|step| Query { source: Source::YearAgo, step, by, only: None }));
            }
        }
        found
    }

    fn figures(&self, query: &Query) -> (&[f64], &[f64]) {
        match query.source {
            Source::Period => (&self.expected[query.step], &self.actual[query.step]),
            Source::Books => (&self.books.0, &self.books.1),
            Source::YearAgo => (&self.year_ago.0[query.step], &self.year_ago.1[query.step]),
        }
    }

    /// The answer to a question.
    pub fn answer(&self, query: &Query) -> Vec<Cell> {
        let groups = query.by.map_or(1, |d| self.dimensions[d].1.len());
        let mut cells: Vec<Cell> = (0..groups).map(|g| Cell { value: query.by.map(|_| g), expected: 0.0, actual: 0.0 }).collect();
        let (expected, actual) = self.figures(query);
        for (at, leaf) in self.leaves.iter().enumerate().filter(|(_, leaf)| query.only.is_none_or(|(d, v)| leaf[d] == v)) {
            let cell = &mut cells[query.by.map_or(0, |d| leaf[d])];
            cell.expected += expected[at];
            cell.actual += actual[at];
        }
        cells
    }

    /// By how much the figure of a cell may differ from what was expected, by chance and by what moves anyway.
    pub fn band(&self, query: &Query, cell: &Cell) -> f64 {
        let wobble = if query.source == Source::Books { 0.015 } else { 0.01 };
        let chance = match (query.step, query.source) {
            (0, _) | (_, Source::Books) => 1.0,
            // What goes on from a step is binomial.
            (step, _) => (1.0 - self.expected[step].iter().sum::<f64>() / self.actual[step - 1].iter().sum::<f64>().max(1.0)).clamp(0.05, 1.0),
        };
        BAND * (cell.expected * chance + 1.0 + (wobble * cell.expected).powi(2)).sqrt()
    }

    /// What an answer leaves: for some loss, every figure lies within chance of what the explanation expects.
    pub(super) fn mask(&self, explanations: &Explanations, query: &Query) -> Mask {
        let cells = self.answer(query);
        let band: Vec<f64> = cells.iter().map(|cell| self.band(query, cell)).collect();
        let calm = cells.iter().zip(&band).all(|(cell, band)| (cell.actual - cell.expected).abs() <= *band);
        let untouched = if calm || explanations.two { ALL } else { 0 };
        // What each slice has of each cell.
        let (expected, _) = self.figures(query);
        let mut own = vec![0.0; explanations.slices.len() * cells.len()];
        for (at, leaf) in self.leaves.iter().enumerate().filter(|(_, leaf)| query.only.is_none_or(|(d, v)| leaf[d] == v)) {
            let cell = query.by.map_or(0, |d| leaf[d]);
            explanations.of_leaf[at].iter().for_each(|slice| own[slice * cells.len() + cell] += expected[at]);
        }
        let lossy = |slice: usize| -> u32 {
            let lost = &own[slice * cells.len()..][..cells.len()];
            (0..SEVERITIES)
                .filter(|severity| {
                    let share = 0.25 + 0.05 * *severity as f64;
                    let each = cells.iter().zip(lost).zip(&band);
                    each.into_iter().all(|((cell, lost), band)| (cell.actual - (cell.expected - share * lost)).abs() <= band + 0.025 * lost)
                })
                .fold(0, |bits, severity| bits | 1 << severity)
        };
        let mut known: Vec<Option<u32>> = vec![None; explanations.slices.len()];
        let fits = explanations.all.iter().zip(&explanations.slice_of).map(|(hypothesis, slice)| {
            let touches = match (hypothesis.nature, query.source) {
                (Nature::Nothing, _) | (Nature::Record, Source::Books) | (Nature::Loss | Nature::Record | Nature::Mix, Source::YearAgo) => false,
                (Nature::Mix, Source::Period) => query.step == 0,
                (Nature::Mix, Source::Books) => return if explanations.two { ALL } else { self.mixed(hypothesis, query, &cells, &band) },
                (_, Source::Books) => true,
                (_, Source::Period | Source::YearAgo) => hypothesis.step == query.step,
            };
            match (touches, hypothesis.nature) {
                (false, _) => untouched,
                (true, Nature::Mix) => self.mixed(hypothesis, query, &cells, &band),
                (true, _) => *known[*slice].get_or_insert_with(|| lossy(*slice)),
            }
        });
        let fits = fits.collect();
        Mask { fits, broken: (!calm && query.source == Source::Period).then_some(query.step) }
    }

    /// Whether an answer fits that the shares of a dimension have moved, as they are seen to have.
    fn mixed(&self, hypothesis: &Hypothesis, query: &Query, cells: &[Cell], band: &[f64]) -> u32 {
        let d = hypothesis.slice[0].0;
        let asked = Query::of(0, Some(d), None);
        let values = self.answer(&asked);
        let all = Cell { value: None, expected: values.iter().map(|c| c.expected).sum(), actual: values.iter().map(|c| c.actual).sum() };
        let beyond = |cell: &Cell| (cell.actual - cell.expected) / self.band(&asked, cell);
        // Some gain, some lose, and as many come as before.
        let moved = values.iter().any(|c| beyond(c) > 1.0) && values.iter().any(|c| beyond(c) < -1.0) && beyond(&all).abs() <= 1.0;
        let shows = query.by == Some(d) || query.by.is_none() && query.only.is_none() && query.source == Source::Period;
        if shows && !moved {
            return 0;
        }
        let (expected, _) = self.figures(query);
        let mut predicted = vec![0.0; cells.len()];
        for (at, leaf) in self.leaves.iter().enumerate().filter(|(_, leaf)| query.only.is_none_or(|(d, v)| leaf[d] == v)) {
            let value = &values[leaf[d]];
            predicted[query.by.map_or(0, |d| leaf[d])] += expected[at] * value.actual / value.expected.max(1.0);
        }
        let fits =
            cells.iter().zip(&predicted).zip(band).all(|((cell, predicted), band)| (cell.actual - predicted).abs() <= 1.3 * band + 0.01 * predicted);
        if fits { ALL } else { 0 }
    }

    /// Whether the truth, and nothing else, fits the answers to all questions.
    pub fn is_unique(&self) -> bool {
        let explanations = self.explanations();
        let mut space = explanations.start(self.steps.len());
        self.queries().iter().for_each(|query| explanations.learn(&mut space, &self.mask(&explanations, query)));
        let left = explanations.all.iter().zip(&space.allowed).filter(|(_, allowed)| **allowed != 0).map(|(h, _)| h);
        let of_truth = |left: &Hypothesis| self.truths.contains(left);
        explanations.left(&space) == 1 && left.filter(|h| of_truth(h)).count() == self.truths.len()
    }

    /// What each of some questions was worth, in their order.
    pub fn narrow(&self, asked: &[Query]) -> Vec<Gain> {
        let explanations = self.explanations();
        let mut space = explanations.start(self.steps.len());
        asked
            .iter()
            .map(|query| {
                let before = explanations.left(&space);
                explanations.learn(&mut space, &self.mask(&explanations, query));
                Gain { before, after: explanations.left(&space) }
            })
            .collect()
    }

    /// The explanations that fit the answers to some questions; for two causes, each that may be one of them.
    pub fn still_possible(&self, asked: &[Query]) -> Vec<Hypothesis> {
        let explanations = self.explanations();
        let mut space = explanations.start(self.steps.len());
        asked.iter().for_each(|query| explanations.learn(&mut space, &self.mask(&explanations, query)));
        let Explanations { all, .. } = explanations;
        all.into_iter().zip(space.allowed).filter(|(_, allowed)| *allowed != 0).map(|(h, _)| h).collect()
    }
}
