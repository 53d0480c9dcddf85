//! Whether chance alone would do as much: how much the cells of a table vary that are no cause, and how likely a slice
//! would be to move so far among them.

use crate::cube::Cube;
use statrs::{
    distribution::{ContinuousCDF, StudentsT},
    function::{beta::beta_reg, erf::erfc},
};

/// Exposure at the usual rate that every cell is given on top of its own past: small cells have little past.
pub(crate) const TRUST: f64 = 15.0;
/// A chance below this is none.
pub(crate) const UNLIKELY: f64 = 0.05;
/// Up to so many cells the variance is the mean of all squares; of more, that of the calmest quarter, so that what else
/// happened does not count as usual.
const FEW: usize = 100;
/// Standard deviations that all cells must have moved together to be taken to have.
const TOGETHER: f64 = 4.0;
/// Counts up to which the chance is counted out exactly.
const EXACT: f64 = 2000.0;

/// What is usual in a table.
pub(crate) struct Usual {
    /// By how much a cell varies more than counts at random would.
    wider: f64,
    /// Cells from which that is known; infinite where it is known that they are counts and vary no more.
    freedom: f64,
    /// For each cell, its exposure now by its exposure before: how much of its variance comes from before.
    share: Vec<f64>,
}

impl Usual {
    /// From all cells without those of the likely causes.
    pub fn of(cube: &Cube, expected: &[f64], causes: &[&[usize]]) -> Usual {
        let share: Vec<f64> = match cube.is_ratio {
            true => cube.before.iter().zip(&cube.after).map(|((_, before), (_, now))| now / (before + TRUST)).collect(),
            false => vec![1.0; cube.cells()],
        };
        let mut is_cause = vec![false; cube.cells()];
        causes.iter().copied().flatten().for_each(|cell| is_cause[*cell] = true);
        let rest: Vec<usize> = (0..cube.cells()).filter(|c| !is_cause[*c] && expected[*c] + cube.after[*c].0 > 0.0).collect();
        let (now, before) = rest.iter().fold((0.0, 0.0), |sum, c| (sum.0 + cube.after[*c].0, sum.1 + expected[*c]));
        let around = |factor: f64, freedom: usize| {
            let square = |c: &usize| {
                let (now, expected) = (cube.after[*c].0, expected[*c] * factor);
                (now - expected).powi(2) / (share[*c] * now + expected).max(f64::MIN_POSITIVE)
            };
            let mut squares: Vec<f64> = rest.iter().map(square).collect();
            let mean = squares.iter().sum::<f64>() / freedom as f64;
            if rest.len() <= FEW {
                return mean;
            }
            // A quarter of χ² with one degree of freedom lies below 0.1015.
            let at = squares.len() / 4;
            mean.min(*squares.select_nth_unstable_by(at, f64::total_cmp).1 / 0.1015)
        };
        let (mut wider, mut freedom) = match rest.len() {
            0 => (f64::INFINITY, 0.0),
            n => (around(1.0, n), n as f64),
        };
        if rest.len() > 2 && before > 0.0 {
            // All of them may have moved together: then they vary around that.
            let moved = around(now / before, rest.len() - 1);
            let variance: f64 = rest.iter().map(|c| share[*c] * cube.after[*c].0 + expected[*c]).sum();
            if (now - before).powi(2) > TOGETHER * TOGETHER * moved * variance {
                (wider, freedom) = (moved, rest.len() as f64 - 1.0);
            }
        }
        let counts = cube.after.iter().all(|(amount, _)| amount.fract() == 0.0);
        if counts && (wider < 1.0 || rest.is_empty()) {
            (wider, freedom) = (1.0, f64::INFINITY);
        }
        Usual { wider: wider.max(1e-9), freedom, share }
    }

    /// How likely these cells would be to move as far as they did if nothing had happened: both what they have and what
    /// they had are drawn (the conditional test of two Poisson means, Przyborowski and Wilenski 1940).
    pub fn chance(&self, cube: &Cube, expected: &[f64], cells: &[usize]) -> f64 {
        let (mut now, mut before, mut share) = (0.0, 0.0, (0.0, 0.0));
        for cell in cells {
            let (c, e) = (cube.after[*cell].0, expected[*cell]);
            now += c;
            before += e;
            share = (share.0 + self.share[*cell] * (c + e), share.1 + c + e);
        }
        if !self.wider.is_finite() || share.1 <= 0.0 {
            return 1.0;
        }
        let share = (share.0 / share.1).max(1e-6);
        // In events that count as one: what was before is as many at its own exposure.
        let (c, b) = (now / self.wider, before / share / self.wider);
        let part = share / (1.0 + share);
        if self.freedom.is_infinite() && c + b <= EXACT {
            return match now > before {
                true => beta_reg(c, b + 1.0, part),
                false if b > 0.0 => beta_reg(b, c + 1.0, 1.0 - part),
                false => 1.0,
            };
        }
        let bits = |count: f64, usual: f64| if count > 0.0 { count * (count / usual).ln() } else { 0.0 };
        let far = (2.0 * (bits(c, (c + b) * part) + bits(b, (c + b) * (1.0 - part))).max(0.0)).sqrt();
        match StudentsT::new(0.0, 1.0, self.freedom) {
            Ok(student) if self.freedom.is_finite() => student.sf(far),
            _ => erfc(far / std::f64::consts::SQRT_2) / 2.0,
        }
    }
}

/// Of two ways to look, alone and beside the best of the other way, the parts of the chance that each is given.
const ALONE: f64 = 0.8;

/// How likely chance alone would be to move some slice as far as this one, cells known to have moved left out of what is
/// usual. `looks` is how many slices it was chosen from, rises and falls alike. The best of the other way may be a cause as well; taken for
/// one, the two were chosen from all pairs. A bound, and so it may be above 1.
pub(crate) fn chance_of(cube: &Cube, expected: &[f64], known: &[usize], (own, other): (&[usize], &[usize]), looks: f64) -> f64 {
    let looks = 2.0 * looks;
    let alone = Usual::of(cube, expected, &[known, own]).chance(cube, expected, own) * looks / ALONE;
    let beside = Usual::of(cube, expected, &[known, own, other]).chance(cube, expected, own) * looks * looks / (1.0 - ALONE);
    alone.min(beside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::Cells;

    #[test]
    fn chances_are_those_of_the_book() -> Result<(), crate::Wrong> {
        let mut cells = Cells::new(&["a"]);
        [("x", 1.0, 8.0), ("y", 40.0, 40.0), ("z", 9.0, 9.0), ("new", 0.0, 4.0)].iter().for_each(|(v, b, a)| cells.sum(&[*v], *b, *a));
        let cube = cells.cube()?;
        let expected: Vec<f64> = cube.before.iter().map(|b| b.0).collect();
        let usual = Usual::of(&cube, &expected, &[&[0], &[3]]);
        // Eight or more of nine coins; four of four.
        assert!((usual.chance(&cube, &expected, &[0]) - 10.0 / 512.0).abs() < 1e-9);
        assert!((usual.chance(&cube, &expected, &[3]) - 1.0 / 16.0).abs() < 1e-9);
        assert!(usual.chance(&cube, &expected, &[1]) > 0.4);
        Ok(())
    }
}
