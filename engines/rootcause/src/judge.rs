//! What a scan comes to: whether its best slice is beyond chance, and whether it explains the change.

use crate::{
    chance::{UNLIKELY, Usual, chance_of},
    report::{Cause, Verdict},
    scan::{Scan, Side},
};

/// Rows of which fewer may be too few to tell a cause from chance.
const FEW_ROWS: usize = 100;
/// A chance below which the best slice of few rows is still named.
const WORTH_NAMING: f64 = 0.5;
/// Changes go against each other when the smaller has this part of the larger.
const AGAINST: f64 = 0.3;

/// A chance below which everything together has moved.
const ALL_MOVED: f64 = 0.005;

pub(crate) struct Judge<'a> {
    pub scan: &'a Scan<'a>,
    pub expected: &'a [f64],
    /// What is usual, the best of both sides left out.
    usual: Usual,
    /// Whether everything together moved beyond chance.
    pub all_moved: bool,
}

impl<'a> Judge<'a> {
    pub fn new(scan: &'a Scan<'a>, expected: &'a [f64], rises: &Side, falls: &Side) -> Judge<'a> {
        let usual = Usual::of(scan.cube, expected, &[&rises.cells, &falls.cells]);
        let all: Vec<usize> = (0..expected.len()).collect();
        let all_moved = usual.chance(scan.cube, expected, &all) < ALL_MOVED;
        Judge { scan, expected, usual, all_moved }
    }

    fn is_few(&self) -> bool {
        self.expected.len() < FEW_ROWS
    }

    /// How likely chance alone would be to move some slice as far as the best of a side.
    pub fn chance(&self, side: &Side, other: &Side) -> f64 {
        if side.cells.is_empty() { 1.0 } else { self.of(self.expected, &[], (&side.cells, &other.cells), side.looks) }
    }

    /// The same for any slice, by the number of slices that it was chosen from. In few rows every one counts for what is
    /// usual, and so those of the slice are left out.
    pub fn of(&self, expected: &[f64], known: &[usize], (own, other): (&[usize], &[usize]), looks: f64) -> f64 {
        match self.is_few() {
            true => chance_of(self.scan.cube, expected, known, (own, other), looks).min(1.0),
            false => (self.usual.chance(self.scan.cube, expected, own) * looks).min(1.0),
        }
    }

    fn sums(&self, cells: &[usize]) -> (f64, f64) {
        cells.iter().fold((0.0, 0.0), |sum, c| (sum.0 + self.scan.now[*c], sum.1 + self.expected[*c]))
    }

    /// The verdict on the side whose best slice is by chance as likely as this.
    pub fn verdict(&self, first: &Side, other: &Side, chance: f64) -> Verdict {
        let all = (self.scan.now.iter().sum::<f64>(), self.expected.iter().sum::<f64>());
        let own = self.sums(&first.cells);
        let rest = (all.0 - own.0, all.1 - own.1);
        let change = |(now, expected): (f64, f64)| now - expected;
        // What goes the other way may be all the rest together.
        let against = self.goes_against(first, other) || (change(rest) * change(own) < 0.0 && change(rest).abs() > change(own).abs() / 2.0);
        let explains = change(all) != 0.0 && change(own) / change(all) >= 0.5;
        match chance {
            chance if chance < UNLIKELY && against => Verdict::Against,
            chance if chance < UNLIKELY && (!explains || self.rest_moved_alike(&first.cells, own, rest)) => Verdict::NoSingle,
            chance if chance < UNLIKELY && first.together > 1 => Verdict::Several,
            chance if chance < UNLIKELY => Verdict::One,
            chance if self.is_few() && (chance < WORTH_NAMING || first.cells.len() == self.expected.len()) && (explains || !self.all_moved) => {
                Verdict::TooFew
            }
            _ if self.all_moved => Verdict::NoSingle,
            _ => Verdict::Nothing,
        }
    }

    /// Whether the best of the other side is beyond chance and no small matter beside the first.
    fn goes_against(&self, first: &Side, other: &Side) -> bool {
        let change = |side: &Side| self.sums(&side.cells).0 - self.sums(&side.cells).1;
        change(other).abs() >= AGAINST * change(first).abs() && self.of(self.expected, &[], (&other.cells, &first.cells), other.looks) < UNLIKELY
    }

    /// What a cause leaves over should not have moved like the cause.
    fn rest_moved_alike(&self, cells: &[usize], own: (f64, f64), rest: (f64, f64)) -> bool {
        let mut is_own = vec![false; self.scan.now.len()];
        cells.iter().for_each(|c| is_own[*c] = true);
        let others: Vec<usize> = (0..is_own.len()).filter(|c| !is_own[*c]).collect();
        let moved = |(now, expected): (f64, f64)| (now.max(1e-9) / expected.max(1e-9)).ln();
        let usual = Usual::of(self.scan.cube, self.expected, &[cells]);
        moved(rest) / moved(own) > 0.5 && usual.chance(self.scan.cube, self.expected, &others) < UNLIKELY
    }

    /// Gives each cause its chance, and its share of the change where all parts went one way.
    pub fn tell(&self, first: &Side, other: &Side, verdict: Verdict) -> Vec<Cause> {
        let mut ranked = first.ranked.clone();
        let one_way = ranked.iter().all(|c| (0.0..1.005).contains(&c.power)) && verdict != Verdict::Against && !self.goes_against(first, other);
        for cause in &mut ranked {
            cause.chance = self.of(self.expected, &[], (&self.scan.cube.within(&cause.slice).unwrap_or_default(), &other.cells), first.slices as f64);
            cause.share = Some(cause.power).filter(|power| one_way && *power >= 0.005);
        }
        ranked
    }
}
