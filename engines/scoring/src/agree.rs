//! How far rankings agree: Kendall's τ-b and W, both with ties, and Spearman's ρ.
//!
//! ```
//! use scoring::agree::{band, kendall_w, tau_b, widest};
//! // Places that the Manager and the Owner gave five features.
//! let (manager, owner) = ([1.0, 2.0, 3.0, 4.0, 5.0], [2.0, 1.0, 3.0, 5.0, 4.0]);
//! assert!((tau_b(&manager, &owner)? - 0.6).abs() < 1e-12);
//! assert_eq!(widest(&manager, &[5.0, 2.0, 3.0, 4.0, 1.0]).map(|w| w[0]), Ok((0, 4.0)), "the first item divides them most");
//! assert!(kendall_w(&[manager.to_vec(), owner.to_vec()])? > 0.8);
//! # Ok::<(), scoring::Wrong>(())
//! ```

use crate::{Wrong, wrong};

/// Agreement in words, for people who read no coefficients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    Low,
    Medium,
    High,
}

/// `High` from 0.7, `Medium` from 0.3.
pub fn band(coefficient: f64) -> Band {
    match coefficient {
        c if c >= 0.7 => Band::High,
        c if c >= 0.3 => Band::Medium,
        _ => Band::Low,
    }
}

fn check(name: &str, values: &[f64]) -> Result<(), Wrong> {
    match values.iter().position(|v| v.is_nan()) {
        Some(at) => wrong(format!("Entry {} of {name} is no number.", at + 1)),
        None if values.len() < 2 => wrong(format!("At least two items are needed to compare; {name} has {}.", values.len())),
        None => Ok(()),
    }
}

fn check_both(a: &[f64], b: &[f64]) -> Result<(), Wrong> {
    check("the first ranking", a)?;
    check("the second ranking", b)?;
    match a.len() == b.len() {
        true => Ok(()),
        false => wrong(format!("The rankings are of {} and {} items; they must be of the same.", a.len(), b.len())),
    }
}

/// Kendall's τ-b: `(C − D) / √((C + D + T₁)(C + D + T₂))` over all pairs, where T are pairs tied in one only
/// (Kendall 1945). Entries are scores or ranks of the same items; 1 is the same order, −1 the reverse.
///
/// # Errors
/// Fewer than two items, rankings of different length, an entry that is no number, and a ranking in which
/// everything is tied: there is no order to agree with.
pub fn tau_b(a: &[f64], b: &[f64]) -> Result<f64, Wrong> {
    check_both(a, b)?;
    let (mut concordant, mut discordant, mut tied_a, mut tied_b) = (0_u64, 0_u64, 0_u64, 0_u64);
    for i in 0..a.len() {
        for j in 0..i {
            let (x, y) = (a[i].partial_cmp(&a[j]), b[i].partial_cmp(&b[j]));
            let equal = Some(std::cmp::Ordering::Equal);
            match (x == equal, y == equal) {
                (true, true) => {}
                (true, false) => tied_a += 1,
                (false, true) => tied_b += 1,
                (false, false) if x == y => concordant += 1,
                (false, false) => discordant += 1,
            }
        }
    }
    let both = (concordant + discordant) as f64;
    let (with_a, with_b) = (both + tied_a as f64, both + tied_b as f64);
    match with_a > 0.0 && with_b > 0.0 {
        true => Ok(((concordant as f64 - discordant as f64) / (with_a.sqrt() * with_b.sqrt())).clamp(-1.0, 1.0)),
        false => wrong("One of the rankings ties everything, so there is no order to agree with."),
    }
}

/// Ranks from the smallest value, equals sharing the mean of their places.
pub fn mean_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let mut end = start + 1;
        while end < order.len() && values[order[end]] == values[order[start]] {
            end += 1;
        }
        let mean = (start + end + 1) as f64 / 2.0;
        order[start..end].iter().for_each(|i| ranks[*i] = mean);
        start = end;
    }
    ranks
}

/// Spearman's ρ: the correlation of the ranks, which holds with ties as well.
///
/// # Errors
/// As [`tau_b`].
pub fn spearman(a: &[f64], b: &[f64]) -> Result<f64, Wrong> {
    check_both(a, b)?;
    let (a, b) = (mean_ranks(a), mean_ranks(b));
    let mean = (a.len() as f64 + 1.0) / 2.0;
    let (mut both, mut own_a, mut own_b) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(&b) {
        both += (x - mean) * (y - mean);
        own_a += (x - mean).powi(2);
        own_b += (y - mean).powi(2);
    }
    match own_a > 0.0 && own_b > 0.0 {
        true => Ok(both / (own_a.sqrt() * own_b.sqrt())),
        false => wrong("One of the rankings ties everything, so there is no order to agree with."),
    }
}

/// Kendall's W with the correction for ties: `12S / (m²(n³ − n) − m·ΣT)`, `T = Σ(t³ − t)` for each rater's ties
/// (Kendall and Babington Smith 1939). 0: the raters cancel out; 1: all say the same.
///
/// # Errors
/// Fewer than two raters or items, raters of different lengths, and raters who all tie everything.
pub fn kendall_w(raters: &[Vec<f64>]) -> Result<f64, Wrong> {
    if raters.len() < 2 {
        return wrong(format!("Agreement takes at least two raters; there {}.", if raters.len() == 1 { "is one" } else { "are none" }));
    }
    let (m, n) = (raters.len() as f64, raters[0].len());
    let mut sums = vec![0.0; n];
    let mut ties = 0.0;
    for (at, rater) in raters.iter().enumerate() {
        check(&format!("rater {}", at + 1), rater)?;
        if rater.len() != n {
            return wrong(format!("Rater {} ranked {} items and the first {n}; they must rank the same.", at + 1, rater.len()));
        }
        let ranks = mean_ranks(rater);
        ties += tie_sum(&ranks);
        sums.iter_mut().zip(ranks).for_each(|(sum, rank)| *sum += rank);
    }
    let n = n as f64;
    let mean = m * (n + 1.0) / 2.0;
    let s: f64 = sums.iter().map(|sum| (sum - mean).powi(2)).sum();
    let most = m * m * (n * n * n - n) - m * ties;
    match most > 0.0 {
        true => Ok(12.0 * s / most),
        false => wrong("Every rater ties everything, so there is no order to agree on."),
    }
}

fn tie_sum(ranks: &[f64]) -> f64 {
    let mut sorted = ranks.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).map(|group| group.len() as f64).map(|t| t * t * t - t).sum()
}

/// Where two rankings differ most: item and how many places lie between, the widest first.
///
/// # Errors
/// As [`tau_b`], but ties may be everywhere.
pub fn widest(a: &[f64], b: &[f64]) -> Result<Vec<(usize, f64)>, Wrong> {
    check_both(a, b)?;
    let mut gaps: Vec<(usize, f64)> = mean_ranks(a).iter().zip(mean_ranks(b)).map(|(x, y)| (x - y).abs()).enumerate().collect();
    gaps.sort_by(|x, y| y.1.total_cmp(&x.1));
    Ok(gaps)
}

/// How many places lie between the highest and the lowest that raters gave each item, in the order of the items; `None` as
/// an entry is an item that a rater did not rate, and nothing is said of an item that fewer than two have rated. Places of
/// a rater who left some out are stretched over all items.
///
/// # Errors
/// Raters of different lengths, and an entry that is no number.
pub fn spread(raters: &[Vec<Option<f64>>]) -> Result<Vec<Option<f64>>, Wrong> {
    let items = raters.first().map_or(0, Vec::len);
    let mut ends: Vec<Option<(f64, f64, usize)>> = vec![None; items];
    for (at, rater) in raters.iter().enumerate() {
        if rater.len() != items {
            return wrong(format!("Rater {} ranked {} items and the first {items}; they must rank the same.", at + 1, rater.len()));
        }
        let (places, values): (Vec<usize>, Vec<f64>) = rater.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?))).unzip();
        if values.iter().any(|v| v.is_nan()) {
            return wrong(format!("An entry of rater {} is no number.", at + 1));
        }
        let stretch = items as f64 / values.len().max(1) as f64;
        for (item, rank) in places.into_iter().zip(mean_ranks(&values)) {
            let place = (rank - 0.5) * stretch;
            ends[item] = Some(ends[item].map_or((place, place, 1), |(low, high, n)| (low.min(place), high.max(place), n + 1)));
        }
    }
    Ok(ends.into_iter().map(|ends| ends.filter(|(.., n)| *n > 1).map(|(low, high, _)| high - low)).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_places_between_many_raters() {
        let all = |places: &[f64]| places.iter().map(|p| Some(*p)).collect::<Vec<_>>();
        let found = spread(&[all(&[1.0, 2.0, 3.0, 4.0]), all(&[4.0, 2.0, 3.0, 1.0]), all(&[2.0, 1.0, 3.0, 4.0])]).unwrap();
        assert_eq!(found, [Some(3.0), Some(1.0), Some(0.0), Some(3.0)]);
        // Two of four rated: their first and last are the first and last quarter in the middle of each half.
        let some = spread(&[all(&[1.0, 2.0, 3.0, 4.0]), vec![None, Some(5.0), None, Some(1.0)]]).unwrap();
        assert_eq!(some, [None, Some(1.5), None, Some(2.5)]);
        assert_eq!(spread(&[all(&[1.0, 2.0])]).unwrap(), [None, None], "one rater differs from nobody");
        assert_eq!(spread(&[]).unwrap(), []);
        assert!(spread(&[all(&[1.0]), all(&[1.0, 2.0])]).is_err() && spread(&[all(&[f64::NAN])]).is_err());
        assert_eq!(spread(&[all(&[5.0, 5.0]), all(&[1.0, 1.0])]).unwrap(), [Some(0.0), Some(0.0)], "ties everywhere");
    }

    #[test]
    fn known_values() {
        let (a, b) = ([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 4.0, 3.0]);
        assert!((tau_b(&a, &b).unwrap() - 4.0 / 6.0).abs() < 1e-12);
        assert!((spearman(&a, &b).unwrap() - 0.8).abs() < 1e-12);
        assert_eq!(kendall_w(&[a.to_vec(), a.to_vec(), a.to_vec()]).unwrap(), 1.0);
        assert_eq!(kendall_w(&[vec![1.0, 2.0], vec![2.0, 1.0]]).unwrap(), 0.0);
        assert_eq!(mean_ranks(&[10.0, 20.0, 20.0, 5.0]), [2.0, 3.5, 3.5, 1.0]);
        assert_eq!(widest(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]).unwrap()[0].1, 2.0);
        assert_eq!((band(0.8), band(0.5), band(-0.2)), (Band::High, Band::Medium, Band::Low));
    }

    #[test]
    fn what_cannot_be_compared_is_said() {
        assert!(tau_b(&[1.0], &[1.0]).is_err());
        assert!(tau_b(&[1.0, 1.0], &[1.0, 2.0]).is_err_and(|w| w.0.contains("ties everything")));
        assert!(tau_b(&[1.0, f64::NAN], &[1.0, 2.0]).is_err_and(|w| w.0.contains("Entry 2 of the first")));
        assert!(kendall_w(&[vec![1.0, 2.0]]).is_err_and(|w| w.0.contains("two raters")));
        assert!(kendall_w(&[vec![1.0, 1.0], vec![2.0, 2.0]]).is_err());
        assert!(kendall_w(&[vec![1.0, 2.0], vec![1.0]]).is_err());
    }

    proptest! {
        #[test]
        fn tau_is_symmetric_and_bounded(pairs in proptest::collection::vec((0..6_i32, 0..6_i32), 2..40)) {
            let (a, b): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).unzip();
            if let Ok(tau) = tau_b(&a, &b) {
                prop_assert!((-1.0 - 1e-12..=1.0 + 1e-12).contains(&tau));
                prop_assert_eq!(tau, tau_b(&b, &a).unwrap());
                let reversed: Vec<f64> = b.iter().map(|v| -v).collect();
                prop_assert!((tau + tau_b(&a, &reversed).unwrap()).abs() < 1e-12);
            }
        }
    }
}
