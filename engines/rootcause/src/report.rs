//! What a scan found.

use crate::{cube::Slice, split::Split};

/// A slice that may be the cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    pub slice: Slice,
    /// What it has now.
    pub now: f64,
    /// What it would have had.
    pub expected: f64,
    /// The score by which slices are ranked.
    pub score: f64,
    /// Explanatory power: its part of the whole change (above 1 where others went the other way, 0 where the whole did
    /// not change).
    pub power: f64,
    /// Surprise: how far its share of everything moved (half of a Jensen and Shannon term, as in Adtributor, 2014).
    pub surprise: f64,
    /// Its share of the change, where shares make sense: not where parts go against each other.
    pub share: Option<f64>,
    /// How likely chance alone would be to move some slice as far.
    pub chance: f64,
}

impl Cause {
    /// By how much it rose, or fell.
    pub fn change(&self) -> f64 {
        self.now - self.expected
    }
}

/// What the scan says on the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing stands out against the usual noise.
    Nothing,
    /// One slice explains most of it.
    One,
    /// Several values or slices explain it together.
    Several,
    /// Something happened, but no slice explains half of it, or all the rest moved much like the best one: look for
    /// what all have in common.
    NoSingle,
    /// The first slice stands out, but so few rows cannot tell it from chance.
    TooFew,
    /// Changes go against each other: they are in [`Report::apart`].
    Against,
    /// The rate moved because the shares of its parts did: [`Report::mix`] has them.
    Mix,
}

/// What a scan found.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub verdict: Verdict,
    /// The measure of everything before and now: sums, or rates. Of a long file, before is what was to be expected.
    pub whole: (f64, f64),
    /// Amount and base of a rate, before and now.
    pub bases: Option<((f64, f64), (f64, f64))>,
    /// Whether the slices in `ranked` rose; the whole may have gone the other way.
    pub rose: bool,
    /// What all cells have now, and would have had at their own past rates.
    pub now: f64,
    pub expected: f64,
    /// Slices by their score. Where several values of a dimension stand out together they come first.
    pub ranked: Vec<Cause>,
    /// Values of one dimension that together beat every single slice: how many of the first in `ranked`.
    pub together: usize,
    /// Causes one after another, rises and falls, each found after the ones before had been explained away.
    pub apart: Vec<Cause>,
    /// Along which dimension the shares of the parts moved, where that moved a rate.
    pub mix: Option<(String, Split)>,
    /// How likely chance alone would be to move some slice as far as the first, with all that was looked at.
    pub chance: f64,
    pub slices: u64,
    /// Dimensions that a slice was allowed; less than asked where the cube is large.
    pub looked: usize,
}

impl Report {
    /// Whether the verdict is that the mix along this dimension explains it.
    pub fn is_mix_of(&self, dimension: &str) -> bool {
        self.verdict == Verdict::Mix && self.mix.as_ref().is_some_and(|(own, _)| own == dimension)
    }

    /// Now and expected of all that the causes in `apart` leave over; `None` where these overlap.
    pub fn rest(&self) -> Option<(f64, f64)> {
        let disjoint = self.apart.iter().enumerate().all(|(at, a)| self.apart[..at].iter().all(|b| a.slice.is_apart_from(&b.slice)));
        disjoint.then(|| self.apart.iter().fold((self.now, self.expected), |rest, c| (rest.0 - c.now, rest.1 - c.expected)))
    }
}
