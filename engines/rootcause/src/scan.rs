//! Which slices explain a change: a scan over all slices of one to three dimensions.
//!
//! With `c` what a slice has now and `e` what it would have had if nothing had happened, a slice is scored by the
//! information that is needed to tell the two apart: `(c − e) − e·ln(c/e)` for a rise, and the mirror of it,
//! `(e − c) − c·ln(e/c)`, for a fall (Kullback's minimum discrimination information, 1959; the modified likelihood
//! ratio of Cressie and Read, 1984, λ = −1). Against the usual likelihood ratio it trusts a high ratio in a small
//! part of a slice less, which is what real counts, noisier than Poisson, ask for.
//!
//! Several values of one dimension that together beat every single slice are named together: the best set of
//! values is among the values in the order of their scores (Neill's linear-time subset scan, 2012).

use crate::{
    Wrong,
    chance::{TRUST, UNLIKELY},
    cube::{Cube, Slice},
    judge::Judge,
    report::{Cause, Report, Verdict},
    split, wrong,
};
use rustc_hash::FxHashMap;

/// How deep it is looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// Dimensions of one slice: 1 to 3. Large cubes are looked through less deeply; the report says so.
    pub dimensions: usize,
    /// Slices that are ranked.
    pub most: usize,
}

impl Default for Depth {
    fn default() -> Depth {
        Depth { dimensions: 3, most: 10 }
    }
}

/// Cell visits that one scan may take.
const MOST_VISITS: usize = 200_000_000;
/// Cell visits up to which causes are also looked for one after another.
const VISITS_APART: usize = 20_000_000;
/// Looks for the causes of the change from before to after.
///
/// # Errors
/// Negative amounts, which cannot be expected and counted; nothing before or nothing after at all.
pub fn localise(cube: &Cube, depth: Depth) -> Result<Report, Wrong> {
    if !(1..=3).contains(&depth.dimensions) || depth.most == 0 {
        return wrong("A slice is looked for in one to three dimensions.");
    }
    if let Some(cell) = (0..cube.cells()).find(|c| cube.before[*c].0.min(cube.after[*c].0) < 0.0 || cube.before[*c].1.min(cube.after[*c].1) < 0.0) {
        return wrong(format!(
            "{} has a negative amount. The scan takes counts and sums of what cannot be negative; look at the contributions instead.",
            cube.slice_of(cell)
        ));
    }
    let expected = expected(cube)?;
    let now: Vec<f64> = cube.after.iter().map(|(amount, _)| *amount).collect();
    let (all_now, all_expected): (f64, f64) = (now.iter().sum(), expected.iter().sum());
    if all_now == 0.0 && all_expected == 0.0 {
        return wrong("Everything is zero, before and after.");
    }
    let mut looked = depth.dimensions.min(cube.dimensions.len());
    while looked > 1 && cuboids(cube.dimensions.len(), looked).len() * cube.cells() > MOST_VISITS {
        looked -= 1;
    }
    let all = cuboids(cube.dimensions.len(), looked);
    let scan = Scan::new(cube, &all, &now, &expected);
    let (rises, falls) = (scan.side(&expected, true, depth.most), scan.side(&expected, false, depth.most));
    let slices = rises.slices;
    let judge = Judge::new(&scan, &expected, &rises, &falls);
    let rose = if judge.all_moved { all_now > all_expected } else { rises.top() >= falls.top() };
    let (first, other) = if rose { (rises, falls) } else { (falls, rises) };
    let mix = split::moved_by_mix(cube);
    let chance = judge.chance(&first, &other);
    let verdict = match mix.as_ref().is_some_and(|(_, split)| split.is_mix()) {
        true => Verdict::Mix,
        false => judge.verdict(&first, &other, chance),
    };
    let (ranked, together) = (judge.tell(&first, &other, verdict), first.together);
    let apart = match chance < UNLIKELY && all.len() * cube.cells() <= VISITS_APART {
        true => scan.apart(&judge, slices as f64),
        false => vec![],
    };
    let (before, after) = cube.total();
    let (whole, bases) = match cube.is_ratio {
        true => ((before.0 / before.1, after.0 / after.1), Some((before, after))),
        false => ((before.0, after.0), None),
    };
    Ok(Report { verdict, whole, bases, rose, now: all_now, expected: all_expected, ranked, together, apart, mix, chance, slices, looked })
}

/// What each cell would have now: its own past rate, with some trust in the rate of all, on its exposure of now.
fn expected(cube: &Cube) -> Result<Vec<f64>, Wrong> {
    if !cube.is_ratio {
        return Ok(cube.before.iter().map(|(amount, _)| *amount).collect());
    }
    let (before, after) = cube.total();
    if before.1 <= 0.0 || after.1 <= 0.0 {
        return wrong("The base of the ratio is zero throughout, before or after; there is no rate to compare.");
    }
    let rate = before.0 / before.1;
    Ok(cube.before.iter().zip(&cube.after).map(|((amount, base), (_, now))| now * (amount + TRUST * rate) / (base + TRUST)).collect())
}

pub(crate) fn score(now: f64, expected: f64, rise: bool) -> f64 {
    let (more, less) = if rise { (now, expected) } else { (expected, now) };
    match (more > less, less > 0.0) {
        (false, _) => 0.0,
        (true, false) => more,
        (true, true) => (more - less) - less * (more / less).ln(),
    }
}

/// All sets of one to `most` dimensions.
fn cuboids(dimensions: usize, most: usize) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = (0..dimensions).map(|d| vec![d]).collect();
    let mut last = found.clone();
    for _ in 1..most {
        last = last.iter().flat_map(|set| (set[set.len() - 1] + 1..dimensions).map(move |d| [set.as_slice(), &[d]].concat())).collect();
        found.extend(last.clone());
    }
    found
}

pub(crate) struct Scan<'a> {
    pub cube: &'a Cube,
    pub cuboids: &'a [Vec<usize>],
    pub now: &'a [f64],
    all_now: f64,
    all_expected: f64,
}

/// What rose, or what fell.
pub(crate) struct Side {
    pub ranked: Vec<Cause>,
    /// How many of the first explain it together.
    pub together: usize,
    /// The cells of these.
    pub cells: Vec<usize>,
    pub slices: u64,
    /// From how many the first was chosen: slices, or sets of them.
    pub looks: f64,
}

impl Side {
    pub fn top(&self) -> f64 {
        self.ranked.first().map_or(0.0, |c| c.score)
    }
}

/// A slice as numbers: its cuboid, its key within it, now and expected.
pub(crate) type Raw = (usize, u64, f64, f64);

impl<'a> Scan<'a> {
    pub fn new(cube: &'a Cube, cuboids: &'a [Vec<usize>], now: &'a [f64], expected: &[f64]) -> Scan<'a> {
        Scan { cube, cuboids, now, all_now: now.iter().sum(), all_expected: expected.iter().sum() }
    }

    pub fn side(&self, expected: &[f64], rise: bool, most: usize) -> Side {
        let (mut ranked, slices) = self.best(expected, rise, most);
        let together = self.together(expected, rise, &mut ranked);
        ranked.truncate(most.max(together));
        let cells = ranked[..together].iter().flat_map(|c| self.cube.within(&c.slice).unwrap_or_default()).collect();
        let values = |dimension: &String| self.cube.dimensions.iter().find(|d| d.name == *dimension).map_or(1, |d| d.values.len()) as f64;
        let sets = ranked.first().and_then(|c| c.slice.0.first()).map_or(1.0, |(dimension, _)| values(dimension).powi(together as i32 - 1));
        Side { ranked, together, cells, slices, looks: slices.max(1) as f64 * sets }
    }

    /// The best slices, and how many there are.
    pub(crate) fn best(&self, expected: &[f64], rise: bool, most: usize) -> (Vec<Cause>, u64) {
        let mut kept: Vec<(f64, Raw)> = vec![];
        let mut least = 0.0;
        let mut slices = 0;
        for (at, dimensions) in self.cuboids.iter().enumerate() {
            self.sums(dimensions, expected, |key, c, e| {
                slices += 1;
                let found = score(c, e, rise);
                if found > least {
                    kept.push((found, (at, key, c, e)));
                    if kept.len() >= 4 * most.max(16) {
                        trim(&mut kept, most);
                        least = kept.last().map_or(0.0, |(s, _)| *s);
                    }
                }
            });
        }
        trim(&mut kept, most);
        (kept.into_iter().map(|(score, raw)| self.cause(score, raw)).collect(), slices)
    }

    /// The sums of every slice of a cuboid. A slice's key counts through the values of its dimensions.
    pub(crate) fn sums(&self, dimensions: &[usize], expected: &[f64], mut take: impl FnMut(u64, f64, f64)) {
        let now = self.now;
        let sizes: Vec<u64> = dimensions.iter().map(|d| self.cube.dimensions[*d].values.len() as u64).collect();
        let size = sizes.iter().try_fold(1_u64, |product, n| product.checked_mul(*n));
        let key = |cell: usize| {
            dimensions.iter().zip(&sizes).fold(0_u64, |key, (d, n)| key.wrapping_mul(*n).wrapping_add(u64::from(self.cube.keys[*d][cell])))
        };
        match size {
            Some(size) if size <= (4 * self.cube.cells() as u64).max(4096) => {
                let mut sums = vec![(0.0, 0.0); size as usize];
                for cell in 0..now.len() {
                    let sum = &mut sums[key(cell) as usize];
                    *sum = (sum.0 + now[cell], sum.1 + expected[cell]);
                }
                for (key, (c, e)) in sums.into_iter().enumerate().filter(|(_, sum)| *sum != (0.0, 0.0)) {
                    take(key as u64, c, e);
                }
            }
            _ => {
                let mut sums: FxHashMap<u64, (f64, f64)> = FxHashMap::default();
                for cell in 0..now.len() {
                    let sum = sums.entry(key(cell)).or_default();
                    *sum = (sum.0 + now[cell], sum.1 + expected[cell]);
                }
                let mut sums: Vec<(u64, (f64, f64))> = sums.into_iter().collect();
                sums.sort_unstable_by_key(|(key, _)| *key);
                sums.into_iter().for_each(|(key, (c, e))| take(key, c, e));
            }
        }
    }

    pub(crate) fn cause(&self, score: f64, (at, key, now, expected): Raw) -> Cause {
        let mut rest = key;
        let mut parts = vec![];
        for d in self.cuboids[at].iter().rev() {
            let dimension = &self.cube.dimensions[*d];
            let size = dimension.values.len() as u64;
            parts.push((dimension.name.clone(), dimension.values[(rest % size) as usize].clone()));
            rest /= size;
        }
        parts.reverse();
        let change = self.all_now - self.all_expected;
        let power = if change != 0.0 { (now - expected) / change } else { 0.0 };
        let (p, q) = (expected / self.all_expected.max(f64::MIN_POSITIVE), now / self.all_now.max(f64::MIN_POSITIVE));
        let term = |x: f64, y: f64| if x > 0.0 { x * (2.0 * x / (x + y)).ln() } else { 0.0 };
        Cause { slice: Slice(parts), now, expected, score, power, surprise: 0.5 * (term(p, q) + term(q, p)), share: None, chance: 1.0 }
    }
}

/// Keeps the best, of equals the slice of fewer dimensions.
fn trim(kept: &mut Vec<(f64, Raw)>, most: usize) {
    kept.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1.0, a.1.1).cmp(&(b.1.0, b.1.1))));
    kept.truncate(most);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::cube::Cells;
    use proptest::prelude::*;

    /// Three dimensions of 4, 3 and 2 values, 1000 tries and 20 failures each; `factor` says how they change.
    fn cube(factor: impl Fn(usize, usize, usize) -> f64) -> Cube {
        let mut cells = Cells::new(&["a", "b", "c"]);
        for a in 0..4 {
            for b in 0..3 {
                for c in 0..2 {
                    let key = [a.to_string(), b.to_string(), c.to_string()];
                    cells.add(&key, (20.0, 1000.0), ((20.0 * factor(a, b, c)).round(), 1000.0));
                }
            }
        }
        cells.cube().unwrap()
    }

    fn first(report: &Report) -> String {
        report.ranked[0].slice.to_string()
    }

    #[test]
    fn planted_causes_are_found() {
        let one = localise(&cube(|a, _, c| if a == 2 && c == 1 { 5.0 } else { 1.0 }), Depth::default()).unwrap();
        assert_eq!((first(&one).as_str(), one.verdict), ("a = 2 and c = 1", Verdict::One));
        assert!((one.ranked[0].power - 1.0).abs() < 0.02 && one.rose);
        assert!(one.ranked[0].sentence().starts_with("a = 2 and c = 1: 300 instead of the expected 60"), "{}", one.ranked[0].sentence());
        let fall = localise(&cube(|_, b, _| if b == 0 { 0.2 } else { 1.0 }), Depth::default()).unwrap();
        assert_eq!((first(&fall).as_str(), fall.rose), ("b = 0", false));
        let two = localise(&cube(|a, _, _| if a == 1 || a == 3 { 4.0 } else { 1.0 }), Depth::default()).unwrap();
        assert_eq!((two.verdict, two.together), (Verdict::Several, 2));
        let apart = localise(
            &cube(|a, b, c| {
                if a == 0 {
                    6.0
                } else if b == 1 && c == 0 {
                    3.0
                } else {
                    1.0
                }
            }),
            Depth::default(),
        )
        .unwrap();
        let told: Vec<String> = apart.apart.iter().map(|c| c.slice.to_string()).collect();
        assert_eq!(told, ["a = 0", "b = 1 and c = 0"]);
    }

    #[test]
    fn nothing_and_everything_are_told_apart() {
        assert_eq!(localise(&cube(|_, _, _| 1.0), Depth::default()).unwrap().verdict, Verdict::Nothing);
        assert_eq!(localise(&cube(|_, _, _| 3.0), Depth::default()).unwrap().verdict, Verdict::NoSingle);
    }

    #[test]
    fn odd_cubes_get_a_sentence_or_an_answer() {
        let negative = {
            let mut cells = Cells::new(&["a"]);
            cells.sum(&["x"], -1.0, 2.0);
            cells.cube().unwrap()
        };
        assert!(localise(&negative, Depth::default()).unwrap_err().0.contains("negative"));
        let zeros = {
            let mut cells = Cells::new(&["a"]);
            cells.sum(&["x"], 0.0, 0.0);
            cells.cube().unwrap()
        };
        assert!(localise(&zeros, Depth::default()).unwrap_err().0.contains("zero"));
        let mut one = Cells::new(&["a"]);
        one.sum(&["x"], 5.0, 500.0);
        assert_eq!(localise(&one.cube().unwrap(), Depth::default()).unwrap().ranked.len(), 1);
        let mut born = Cells::new(&["a", "b"]);
        born.sum(&["x", "p"], 100.0, 100.0);
        born.sum(&["y", "q"], 0.0, 80.0);
        assert_eq!(localise(&born.cube().unwrap(), Depth::default()).unwrap().ranked[0].slice.to_string(), "a = y", "what was not there before");
        let mut many = Cells::new(&["a", "b"]);
        for i in 0..1_000_000 {
            many.sum(&[i.to_string(), (i % 7).to_string()], 1.0, if i % 7 == 3 { 3.0 } else { 1.0 });
        }
        assert_eq!(first(&localise(&many.cube().unwrap(), Depth::default()).unwrap()), "b = 3");
        assert!(Cells::new(&["a"]).cube().is_err());
        assert!(Cells::new::<&str>(&[]).cube().is_err());
    }

    proptest! {
        #[test]
        fn scores_are_never_negative_and_sums_agree(values in proptest::collection::vec((0..500_u32, 0..500_u32), 24)) {
            let mut at = values.into_iter();
            let mut cells = Cells::new(&["a", "b", "c"]);
            for a in 0..4 { for b in 0..3 { for c in 0..2 {
                let (x, y) = at.next().unwrap();
                cells.sum(&[a.to_string(), b.to_string(), c.to_string()], f64::from(x), f64::from(y));
            } } }
            let cube = cells.cube().unwrap();
            if let Ok(report) = localise(&cube, Depth::default()) {
                for cause in &report.ranked {
                    prop_assert!(cause.score >= 0.0 && cause.surprise >= -1e-12);
                    let cells = cube.within(&cause.slice).unwrap();
                    let now: f64 = cells.iter().map(|c| cube.after[*c].0).sum();
                    prop_assert!((now - cause.now).abs() < 1e-9);
                }
            }
        }
    }
}
