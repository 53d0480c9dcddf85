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
    cube::{Cube, Slice},
    wrong,
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

/// A slice that may be the cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    pub slice: Slice,
    /// What it has now.
    pub now: f64,
    /// What it would have had.
    pub expected: f64,
    /// The score; compare it with [`Report::noise`].
    pub score: f64,
    /// Explanatory power: its share of the whole change (above 1 where others went the other way).
    pub power: f64,
    /// Surprise: how far its share of everything moved (half of a Jensen and Shannon term, as in Adtributor, 2014).
    pub surprise: f64,
}

impl Cause {
    /// The cause in a sentence.
    pub fn sentence(&self) -> String {
        let times = if self.expected > 0.0 && self.now > 0.0 { format!(" ({} times)", short(self.now / self.expected)) } else { String::new() };
        let share = (self.power * 100.0).round();
        format!("{}: {} instead of the expected {}{times}, {share} % of the change.", self.slice, short(self.now), short(self.expected))
    }
}

/// A number in three figures.
fn short(value: f64) -> String {
    match value.abs() {
        0.0 => "0".into(),
        v if !(0.01..1e7).contains(&v) => format!("{value:.2e}"),
        v if v >= 100.0 => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
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
}

/// What a scan found.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub verdict: Verdict,
    /// Whether the measure rose.
    pub rose: bool,
    /// What all cells have now, and would have had.
    pub now: f64,
    pub expected: f64,
    /// Slices by their score. Where several values of a dimension stand out together they come first.
    pub ranked: Vec<Cause>,
    /// Values of one dimension that together beat every single slice: how many of the first in `ranked`.
    pub together: usize,
    /// Causes one after another, each found after the ones before had been explained away.
    pub apart: Vec<Cause>,
    /// What a score is by chance: below it a slice says nothing.
    pub noise: f64,
    pub slices: u64,
    /// Dimensions that a slice was allowed; less than asked where the cube is large.
    pub looked: usize,
}

/// Exposure at the usual rate that every cell is given on top of its own past: small cells have little past.
const TRUST: f64 = 15.0;
/// A value belongs to a set if it has this share of the best one's score.
const MEMBER: f64 = 0.15;
/// A set must beat every single slice by this factor.
const BEATS: f64 = 1.05;
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
    let spread = spread(&now, &expected);
    let scan = Scan { cube, cuboids: &all, all_now, all_expected };
    let rises = scan.best(&now, &expected, true, depth.most);
    let falls = scan.best(&now, &expected, false, depth.most);
    let total = score(all_now, all_expected, all_now > all_expected);
    let noise = spread * ((rises.slices.max(1) as f64).ln() + 3.0);
    let rose = if total > noise { all_now > all_expected } else { rises.top() >= falls.top() };
    let Found { mut ranked, slices } = if rose { rises } else { falls };
    let together = scan.together(&now, &expected, rose, &mut ranked);
    ranked.truncate(depth.most.max(together));
    let apart = match all.len() * cube.cells() <= VISITS_APART {
        true => scan.apart(&now, expected, rose, noise),
        false => vec![],
    };
    let (c, e, power) = ranked.iter().take(together.max(1)).fold((0.0, 0.0, 0.0), |sum, x| (sum.0 + x.now, sum.1 + x.expected, sum.2 + x.power));
    // What the slice leaves over should not have moved like the slice.
    let (rest, rest_expected) = (all_now - c, all_expected - e);
    let moved = |now: f64, expected: f64| (now.max(1e-9) / expected.max(1e-9)).ln();
    let rest_too = score(rest, rest_expected, rose) > noise && moved(rest, rest_expected) / moved(c, e) > 0.5;
    let verdict = match ranked.first() {
        Some(first) if first.score > noise && (power < 0.5 || rest_too) => Verdict::NoSingle,
        Some(first) if first.score > noise && together > 1 => Verdict::Several,
        Some(first) if first.score > noise => Verdict::One,
        _ => Verdict::Nothing,
    };
    Ok(Report { verdict, rose, now: all_now, expected: all_expected, ranked, together, apart, noise, slices, looked })
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

/// How much wider than Poisson the usual cell varies: from the calmest quarter of the cells, so that the incident
/// does not count as usual, around what was expected or around the move of the whole, whichever is calmer.
fn spread(now: &[f64], expected: &[f64]) -> f64 {
    let sum: f64 = expected.iter().sum();
    let whole = now.iter().sum::<f64>() / sum.max(f64::MIN_POSITIVE);
    let around = |factor: f64| {
        let square = |(c, e): (&f64, &f64)| (c - e * factor).powi(2) / (e * factor);
        let mut squares: Vec<f64> = now.iter().zip(expected).filter(|(_, e)| **e * factor > 0.0).map(square).collect();
        if squares.is_empty() {
            return f64::INFINITY;
        }
        let at = squares.len() / 4;
        let (_, quarter, _) = squares.select_nth_unstable_by(at, f64::total_cmp);
        // A quarter of χ² with one degree of freedom lies below 0.1015.
        *quarter / 0.1015
    };
    let spread = around(1.0).min(around(whole));
    let least = if now.iter().all(|c| c.fract() == 0.0) { 1.0 } else { 1e-9 * sum / expected.len() as f64 };
    if spread.is_finite() { spread.max(least) } else { 1.0 }
}

fn score(now: f64, expected: f64, rise: bool) -> f64 {
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

struct Scan<'a> {
    cube: &'a Cube,
    cuboids: &'a [Vec<usize>],
    all_now: f64,
    all_expected: f64,
}

struct Found {
    ranked: Vec<Cause>,
    slices: u64,
}

impl Found {
    fn top(&self) -> f64 {
        self.ranked.first().map_or(0.0, |c| c.score)
    }
}

/// A slice as numbers: its cuboid, its key within it, now and expected.
type Raw = (usize, u64, f64, f64);

impl Scan<'_> {
    fn best(&self, now: &[f64], expected: &[f64], rise: bool, most: usize) -> Found {
        let mut kept: Vec<(f64, Raw)> = vec![];
        let mut least = 0.0;
        let mut slices = 0;
        for (at, dimensions) in self.cuboids.iter().enumerate() {
            self.sums(dimensions, now, expected, |key, c, e| {
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
        let ranked = kept.into_iter().map(|(score, raw)| self.cause(score, raw)).collect();
        Found { ranked, slices }
    }

    /// The sums of every slice of a cuboid. A slice's key counts through the values of its dimensions.
    fn sums(&self, dimensions: &[usize], now: &[f64], expected: &[f64], mut take: impl FnMut(u64, f64, f64)) {
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

    fn cause(&self, score: f64, (at, key, now, expected): Raw) -> Cause {
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
        Cause { slice: Slice(parts), now, expected, score, power, surprise: 0.5 * (term(p, q) + term(q, p)) }
    }

    /// Puts two or three values of one dimension first if together they beat every single slice.
    fn together(&self, now: &[f64], expected: &[f64], rise: bool, ranked: &mut Vec<Cause>) -> usize {
        let Some(top) = ranked.first().map(|c| c.score) else { return 0 };
        let mut best: Option<(f64, Vec<(f64, Raw)>)> = None;
        for (at, dimensions) in self.cuboids.iter().enumerate().filter(|(_, d)| d.len() == 1) {
            let mut values: Vec<(f64, Raw)> = vec![];
            self.sums(dimensions, now, expected, |key, c, e| values.push((score(c, e, rise), (at, key, c, e))));
            let all = values.len();
            values.sort_by(|a, b| b.0.total_cmp(&a.0));
            let most = values.first().map_or(0.0, |v| v.0);
            values.retain(|v| v.0 > 0.0 && v.0 >= MEMBER * most);
            if !(2..=3).contains(&values.len()) || values.len() == all {
                continue;
            }
            let (c, e) = values.iter().fold((0.0, 0.0), |sum, (_, (.., c, e))| (sum.0 + c, sum.1 + e));
            let set = score(c, e, rise);
            if set > BEATS * top && best.as_ref().is_none_or(|(s, _)| set > *s) {
                best = Some((set, values));
            }
        }
        let Some((_, values)) = best else { return usize::from(!ranked.is_empty()) };
        let members: Vec<Cause> = values.into_iter().map(|(s, raw)| self.cause(s, raw)).collect();
        ranked.retain(|c| members.iter().all(|m| m.slice != c.slice));
        let count = members.len();
        ranked.splice(0..0, members);
        count
    }

    /// The best slice, then the best of what is left when it is taken as given, and so on.
    fn apart(&self, now: &[f64], mut expected: Vec<f64>, rise: bool, noise: f64) -> Vec<Cause> {
        let mut found: Vec<Cause> = vec![];
        while found.len() < 5 {
            let mut best = self.best(now, &expected, rise, 1).ranked;
            self.together(now, &expected, rise, &mut best);
            let Some(cause) = best.into_iter().next() else { break };
            if cause.score <= noise || cause.expected <= 0.0 || cause.power.abs() < 0.05 || found.iter().any(|f| f.slice == cause.slice) {
                break;
            }
            let factor = cause.now / cause.expected;
            for cell in self.cube.within(&cause.slice).unwrap_or_default() {
                expected[cell] *= factor;
            }
            found.push(cause);
        }
        found
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
