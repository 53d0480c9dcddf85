//! How far a model and people agree on levels.
//!
//! Quadratic weighted kappa is `1 − Σ w·O / Σ w·E` with `w = (i − j)²`, `O` the table of both judges' levels and `E` the
//! table that their margins alone would give (Cohen 1968, Psychological Bulletin 70, 213–220). With two levels it is
//! Cohen's kappa. Bias is the mean of model minus people.
//!
//! ```
//! use marking::agreement;
//! let of = |a: &[u8], b: &[u8]| agreement(&a.iter().copied().zip(b.iter().copied()).collect::<Vec<_>>()).unwrap().kappa.unwrap();
//! // The examples of the reference implementation (github.com/benhamner/Metrics, test_quadratic_weighted_kappa).
//! assert!((of(&[1, 2, 3], &[1, 2, 3]) - 1.0).abs() < 1e-12);
//! assert!((of(&[1, 2, 1], &[1, 2, 2]) - 0.4).abs() < 1e-12);
//! assert!((of(&[1, 2, 3, 1, 2, 2, 3], &[1, 2, 3, 1, 2, 3, 2]) - 0.75).abs() < 1e-12);
//! ```

/// So many answers that people have marked are needed before a model's level is shown.
pub const NEEDED: usize = 30;

/// The levels that there are.
const LEVELS: usize = 5;

/// How far two judges agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    pub pairs: usize,
    /// Quadratic weighted; nothing where both give all the same level, so that there is nothing to agree on.
    pub kappa: Option<f64>,
    /// The share of pairs that are the same.
    pub exact: f64,
    /// How much higher the first is in the mean.
    pub bias: f64,
}

/// The agreement of pairs of levels from 1 to 5, the model's first; nothing without any.
pub fn agreement(pairs: &[(u8, u8)]) -> Option<Agreement> {
    if pairs.is_empty() {
        return None;
    }
    let n = pairs.len() as f64;
    let place = |level: u8| usize::from(level.clamp(1, LEVELS as u8)) - 1;
    let mut seen = [[0.0; LEVELS]; LEVELS];
    for (a, b) in pairs {
        seen[place(*a)][place(*b)] += 1.0;
    }
    let rows: Vec<f64> = seen.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<f64> = (0..LEVELS).map(|j| seen.iter().map(|row| row[j]).sum()).collect();
    let (mut found, mut expected) = (0.0, 0.0);
    for i in 0..LEVELS {
        for j in 0..LEVELS {
            let weight = (i as f64 - j as f64).powi(2);
            found += weight * seen[i][j];
            expected += weight * rows[i] * columns[j] / n;
        }
    }
    let kappa = (expected > 0.0).then(|| 1.0 - found / expected);
    let exact = pairs.iter().filter(|(a, b)| place(*a) == place(*b)).count() as f64 / n;
    let bias = pairs.iter().map(|(a, b)| place(*a) as f64 - place(*b) as f64).sum::<f64>() / n;
    Some(Agreement { pairs: pairs.len(), kappa, exact, bias })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: &[(u8, u8, usize)]) -> Agreement {
        let pairs: Vec<(u8, u8)> = cells.iter().flat_map(|(a, b, n)| std::iter::repeat_n((*a, *b), *n)).collect();
        agreement(&pairs).unwrap()
    }

    #[test]
    fn with_two_levels_it_is_cohens_kappa() {
        // Fifty grant proposals and two readers, as Wikipedia works them out under “Cohen's kappa”: 20, 5, 10, 15 come to
        // 0.4; and its two tables of a hundred with the same exact agreement, 0.6, come to 0.1304 and 0.2593.
        let close = |found: Agreement, kappa: f64, exact: f64| {
            assert!((found.kappa.unwrap() - kappa).abs() < 1e-4 && (found.exact - exact).abs() < 1e-12, "{found:?}");
        };
        close(table(&[(1, 1, 20), (1, 2, 5), (2, 1, 10), (2, 2, 15)]), 0.4, 0.7);
        close(table(&[(1, 1, 45), (1, 2, 15), (2, 1, 25), (2, 2, 15)]), 0.1304, 0.6);
        close(table(&[(1, 1, 25), (1, 2, 35), (2, 1, 5), (2, 2, 35)]), 0.2593, 0.6);
    }

    #[test]
    fn far_apart_costs_more_than_near() {
        let near = agreement(&[(1, 2), (2, 3), (3, 4), (4, 5), (5, 5)]).unwrap();
        let far = agreement(&[(1, 5), (2, 2), (3, 3), (4, 4), (5, 1)]).unwrap();
        assert!(near.kappa > far.kappa && near.exact < far.exact);
        assert!((near.bias + 0.8).abs() < 1e-12, "people are higher: {}", near.bias);
    }

    #[test]
    fn where_all_is_the_same_there_is_nothing_to_agree_on() {
        let found = agreement(&[(3, 3), (3, 3)]).unwrap();
        assert_eq!((found.kappa, found.exact, found.bias), (None, 1.0, 0.0));
        assert_eq!(agreement(&[]), None);
        assert_eq!(agreement(&[(0, 1), (9, 5)]).unwrap().exact, 1.0, "what is no level counts as the nearest");
    }
}
