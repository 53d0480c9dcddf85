//! A written story, drawn as a case by the same rules as an invented one.

use super::{
    Hypothesis, Mechanism, Nature,
    dice::Dice,
    draw::Practice,
    flow::{Counts, Flow, leaves},
};
use crate::{Wrong, wrong};

/// What somebody has written of an incident. Slices name dimensions and values.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Steps in order, each with the share of the one before; the first has 1.
    pub steps: Vec<(String, f64)>,
    /// How many come to the first step in the period.
    pub base: f64,
    pub dimensions: Vec<Dimension>,
    /// One, or two at different steps.
    pub causes: Vec<Cause>,
    pub decoys: Vec<Decoy>,
    /// Dimensions whose values had other shares in the period.
    pub mix: Vec<(String, Vec<(String, f64)>)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    pub name: String,
    /// Values with their shares, which sum to 1.
    pub values: Vec<(String, f64)>,
    /// Factors on the last step's share.
    pub rates: Vec<(String, f64)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    pub step: String,
    pub slice: Vec<(String, String)>,
    pub severity: f64,
    pub mechanism: Mechanism,
    /// Of the period, 1 to 7.
    pub day: u8,
}

/// Something else that happened, and did little or nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoy {
    pub what: String,
    pub step: String,
    pub slice: Vec<(String, String)>,
    pub severity: f64,
}

/// Leaves that a case may have.
const MOST: usize = 8000;
/// How often a story is drawn until it is fair.
const TRIES: u64 = 60;

impl Story {
    fn step(&self, name: &str) -> Result<usize, Wrong> {
        self.steps.iter().position(|(known, _)| known == name).map_or_else(|| wrong(format!("No step is called “{name}”.")), Ok)
    }

    fn slice(&self, named: &[(String, String)]) -> Result<Vec<(usize, usize)>, Wrong> {
        let place = |(dimension, value): &(String, String)| {
            let Some(d) = self.dimensions.iter().position(|d| d.name == *dimension) else {
                return wrong(format!("No dimension is called “{dimension}”."));
            };
            match self.dimensions[d].values.iter().position(|(known, _)| known == value) {
                Some(v) => Ok((d, v)),
                None => wrong(format!("“{dimension}” has no value “{value}”.")),
            }
        };
        let mut found: Vec<(usize, usize)> = named.iter().map(place).collect::<Result<_, _>>()?;
        found.sort_unstable();
        if found.len() > 2 || found.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return wrong("A slice has one value of at most two dimensions.");
        }
        Ok(found)
    }

    /// What happened.
    ///
    /// # Errors
    /// A step, dimension or value that the story does not have.
    pub fn truths(&self) -> Result<Vec<(Hypothesis, f64)>, Wrong> {
        let moved = || match self.mix.first() {
            Some((name, _)) => {
                self.dimensions.iter().position(|d| d.name == *name).map_or_else(|| wrong(format!("No dimension is called “{name}”.")), Ok)
            }
            None => wrong("A cause by mix needs shares that have moved."),
        };
        let truth = |cause: &Cause| {
            let nature = cause.mechanism.nature();
            Ok(match nature {
                Nature::Mix => (Hypothesis { nature, step: 0, slice: vec![(moved()?, 0)] }, 0.0),
                Nature::Nothing => (Hypothesis { nature, step: 0, slice: vec![] }, 0.0),
                _ => (Hypothesis { nature, step: self.step(&cause.step)?, slice: self.slice(&cause.slice)? }, cause.severity.clamp(0.0, 1.0)),
            })
        };
        let mut found: Vec<(Hypothesis, f64)> = self.causes.iter().map(truth).collect::<Result<_, Wrong>>()?;
        match found.as_mut_slice() {
            [_] => {}
            [a, b] if a.0.step != b.0.step => [a, b].into_iter().for_each(|truth| truth.0.nature = Nature::Loss),
            [_, _] => return wrong("Two causes lie at different steps, or nobody could tell them apart."),
            _ => return wrong("A story has one cause, or two."),
        }
        Ok(found)
    }

    /// The story as a case: the same seed gives the same figures. Drawn again until it is fair, so many times at most;
    /// [`Practice::is_fair`] tells whether it is.
    ///
    /// # Errors
    /// What the story lacks or names wrongly.
    pub fn draw(&self, seed: u64, difficulty: u8) -> Result<Practice, Wrong> {
        let mut case = self.once(seed, difficulty)?;
        for attempt in 1..TRIES {
            if case.is_fair() {
                break;
            }
            case = self.once(seed.wrapping_add(attempt.wrapping_mul(0x9e37_79b9)), difficulty)?;
        }
        Ok(case)
    }

    fn once(&self, seed: u64, difficulty: u8) -> Result<Practice, Wrong> {
        let sizes: Vec<usize> = self.dimensions.iter().map(|d| d.values.len()).collect();
        if self.steps.is_empty() || sizes.is_empty() || sizes.contains(&0) || sizes.iter().product::<usize>() > MOST {
            return wrong(format!("A story has steps and dimensions with values, of which there are at most {MOST} combinations."));
        }
        if !(self.base.is_finite() && self.base > 0.0 && self.base < 1e12) {
            return wrong("The base of a story is above 0.");
        }
        let truths = self.truths()?;
        let leaves = leaves(&sizes);
        let share = |leaf: &[usize]| leaf.iter().zip(&self.dimensions).map(|(v, d)| d.values[*v].1).product::<f64>();
        let volume: Vec<f64> = leaves.iter().map(|leaf| self.base * share(leaf)).collect();
        let factor = |leaf: &[usize]| -> f64 {
            let of = |(v, d): (&usize, &Dimension)| d.rates.iter().find(|(name, _)| *name == d.values[*v].0).map_or(1.0, |(_, rate)| *rate);
            leaf.iter().zip(&self.dimensions).map(of).product()
        };
        let last = self.steps.len() - 1;
        let rates: Vec<Vec<f64>> = (1..=last)
            .map(|step| leaves.iter().map(|leaf| (self.steps[step].1 * if step == last { factor(leaf) } else { 1.0 }).clamp(0.0, 1.0)).collect())
            .collect();
        let mut mix = vec![1.0; leaves.len()];
        for (name, shares) in &self.mix {
            let Some(d) = self.dimensions.iter().position(|d| d.name == *name) else { return wrong(format!("No dimension is called “{name}”.")) };
            for (leaf, factor) in leaves.iter().zip(&mut mix) {
                let (value, before) = &self.dimensions[d].values[leaf[d]];
                let now = shares.iter().find(|(known, _)| known == value).map_or(*before, |(_, now)| *now);
                *factor *= if *before > 0.0 { now / before } else { 1.0 };
            }
        }
        let decoy = |decoy: &Decoy| Ok((self.step(&decoy.step)?, self.slice(&decoy.slice)?, 1.0 - decoy.severity.clamp(0.0, 1.0)));
        let decoys: Vec<_> = self.decoys.iter().map(decoy).collect::<Result<_, Wrong>>()?;
        let mut dice = Dice::new(seed);
        let flow = Flow { leaves: &leaves, volume: &volume, rates: &rates, truths: &truths, decoys: &decoys, mix: &mix };
        let (Counts { expected, actual, books }, year) = (flow.period(&mut dice), flow.last_year(&mut dice));
        let (truths, severities) = truths.into_iter().unzip();
        Ok(Practice {
            steps: self.steps.iter().map(|(name, _)| name.clone()).collect(),
            dimensions: self.dimensions.iter().map(|d| (d.name.clone(), d.values.iter().map(|(value, _)| value.clone()).collect())).collect(),
            leaves,
            expected,
            actual,
            books,
            year_ago: (year.expected, year.actual),
            history: vec![],
            truths,
            severities,
            mechanisms: self.causes.iter().map(|cause| cause.mechanism).collect(),
            documents: vec![],
            difficulty: difficulty.clamp(1, 5),
            seed,
        })
    }
}
