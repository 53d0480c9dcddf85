//! How a change divides among its parts, exactly: what is told of all parts adds up to the change.
//!
//! ```
//! use rootcause::{cube::Cells, split};
//! let mut cells = Cells::new(&["device"]);
//! // Orders of visits. Both rates rose, but visits moved to the phone.
//! cells.add(&["desktop"], (80.0, 800.0), (22.0, 200.0));
//! cells.add(&["phone"], (4.0, 200.0), (24.0, 800.0));
//! let found = split::along(&cells.cube()?, "device")?;
//! assert!(found.rate() > 0.0 && found.mix() < 0.0);
//! assert!(found.simpson.is_some_and(|said| said.contains("Simpson's paradox")));
//! // Revenue = visits × orders per visit × value of an order.
//! let parts = split::product(&[1000.0, 0.05, 40.0], &[1200.0, 0.04, 40.0])?;
//! assert!(parts[0] > 0.0 && parts[1] < 0.0 && parts[2] == 0.0);
//! # Ok::<(), rootcause::Wrong>(())
//! ```

use crate::{Wrong, cube::Cube, wrong};

/// One value's part in the change of a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub value: String,
    /// From the value's own rate (or amount) having changed.
    pub rate: f64,
    /// From the value's share of the base having changed; 0 for sums.
    pub mix: f64,
    /// Of a rate: the value's share of the base and its own rate, before and after.
    pub shares: (f64, f64),
    pub rates: (f64, f64),
}

impl Part {
    pub fn both(&self) -> f64 {
        self.rate + self.mix
    }
}

/// A change divided along one dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    pub before: f64,
    pub after: f64,
    /// By how much each contributed, the largest first.
    pub parts: Vec<Part>,
    /// Every part's rate moved one way and the whole the other, or the mix outweighs the rates against them.
    pub simpson: Option<String>,
}

impl Split {
    pub fn rate(&self) -> f64 {
        self.parts.iter().map(|p| p.rate).sum()
    }

    pub fn mix(&self) -> f64 {
        self.parts.iter().map(|p| p.mix).sum()
    }

    /// Whether the mix brought most of the change, or one took back what the other brought.
    pub(crate) fn is_mix(&self) -> bool {
        let change = self.after - self.before;
        self.takes_back() || (self.mix() * change > 0.0 && self.mix().abs() >= self.rate().abs())
    }

    /// Whether rates and mix nearly cancel.
    pub(crate) fn takes_back(&self) -> bool {
        let (mix, rate) = (self.mix(), self.rate());
        mix * rate < 0.0 && (self.after - self.before).abs() < LEFT_OVER * mix.abs().max(rate.abs())
    }
}

/// What is left over of two changes that nearly cancel, at most, of the larger.
const LEFT_OVER: f64 = 0.3;
/// Exposure that each value of a dimension has on the mean before its shares are looked at.
const ENOUGH: f64 = 30.0;
/// Standard errors of the mix below which shares only wavered.
const WAVERS: f64 = 3.0;

/// Divides the change along a dimension. A sum divides into the changes of its values. A ratio `R = Σ wᵢrᵢ` divides
/// without remainder and without regard to order into `w̄ᵢΔrᵢ` from rates and `Δwᵢ(r̄ᵢ − R̄)` from the mix, with the
/// means of before and after (Marshall and Edgeworth's symmetric weights).
///
/// # Errors
/// A dimension that is not there; a ratio whose base is zero, before or after.
pub fn along(cube: &Cube, dimension: &str) -> Result<Split, Wrong> {
    let Some(at) = cube.dimensions.iter().position(|d| d.name == dimension) else {
        return wrong(format!("There is no dimension “{dimension}”."));
    };
    let (b, a) = cube.total();
    let values = cube.by(at);
    if !cube.is_ratio {
        let mut parts: Vec<Part> =
            values.into_iter().map(|(value, b, a)| Part { value, rate: a.0 - b.0, mix: 0.0, shares: (0.0, 0.0), rates: (0.0, 0.0) }).collect();
        parts.sort_by(|x, y| y.both().abs().total_cmp(&x.both().abs()));
        return Ok(Split { before: b.0, after: a.0, parts, simpson: None });
    }
    if b.1 == 0.0 || a.1 == 0.0 {
        return wrong("The base of the ratio is zero, before or after; there is no rate.");
    }
    let (before, after) = (b.0 / b.1, a.0 / a.1);
    let middle = (before + after) / 2.0;
    let mut rises = (0, 0);
    let mut parts: Vec<Part> = values
        .into_iter()
        .map(|(value, own_b, own_a)| {
            let (w0, w1) = (own_b.1 / b.1, own_a.1 / a.1);
            // A value that is there on one side only has no change of rate; it came or went with its share.
            let r0 = if own_b.1 > 0.0 { own_b.0 / own_b.1 } else { own_a.0 / own_a.1.max(f64::MIN_POSITIVE) };
            let r1 = if own_a.1 > 0.0 { own_a.0 / own_a.1 } else { r0 };
            rises.0 += usize::from(r1 > r0);
            rises.1 += usize::from(r1 < r0);
            Part { value, rate: (w0 + w1) / 2.0 * (r1 - r0), mix: (w1 - w0) * ((r0 + r1) / 2.0 - middle), shares: (w0, w1), rates: (r0, r1) }
        })
        .collect();
    parts.sort_by(|x, y| y.both().abs().total_cmp(&x.both().abs()));
    let mut split = Split { before, after, parts, simpson: None };
    let change = after - before;
    let one_way = (rises.1 == 0 && rises.0 > 0 && change < 0.0) || (rises.0 == 0 && rises.1 > 0 && change > 0.0);
    let outweighed = split.mix().abs() > split.rate().abs() && split.mix() * split.rate() < 0.0;
    if one_way || outweighed {
        let (went, whole) = if change > 0.0 { ("fell", "rose") } else { ("rose", "fell") };
        let each = if one_way {
            format!("Within every {dimension} the rate {went} or stayed")
        } else {
            format!("Within the values of {dimension} rates on the whole {went}")
        };
        split.simpson =
            Some(format!("{each}, yet the whole {whole}: the mix of {dimension} moved. This is Simpson's paradox; compare like with like."));
    }
    Ok(split)
}

/// The dimension along which the shares of the parts moved a rate most, and beyond chance.
pub(crate) fn moved_by_mix(cube: &Cube) -> Option<(String, Split)> {
    if !cube.is_ratio {
        return None;
    }
    let ((_, before), (_, after)) = cube.total();
    let telling = |split: &Split| {
        let mean = |of: &dyn Fn(&Part) -> f64| split.parts.iter().map(|p| (p.shares.0 + p.shares.1) / 2.0 * of(p)).sum::<f64>();
        let rate = |p: &Part| (p.rates.0 + p.rates.1) / 2.0;
        let variance = (mean(&|p| rate(p).powi(2)) - mean(&rate).powi(2)).max(0.0);
        before.min(after) >= ENOUGH * split.parts.len() as f64 && split.mix().abs() > WAVERS * (variance * (1.0 / before + 1.0 / after)).sqrt()
    };
    let splits = cube.dimensions.iter().filter_map(|d| Some((d.name.clone(), along(cube, &d.name).ok()?)));
    splits.filter(|(_, split)| telling(split)).max_by(|(_, a), (_, b)| a.mix().abs().total_cmp(&b.mix().abs()))
}

/// What each factor of a product `V = Πxₖ` contributed to its change. By logarithms where all factors are positive
/// (LMDI: `L(V₁, V₀)·ln(x₁/x₀)` with the logarithmic mean `L`; Ang 2004), else by Shapley's value, the mean over all
/// orders in which the factors could have changed.
///
/// # Errors
/// Lists of different length, none or more than twelve factors, factors that are no numbers.
pub fn product(before: &[f64], after: &[f64]) -> Result<Vec<f64>, Wrong> {
    if before.len() != after.len() || before.is_empty() || before.len() > 12 {
        return wrong(format!(
            "A product of {} and {} factors cannot be compared; one to twelve, the same before and after.",
            before.len(),
            after.len()
        ));
    }
    if before.iter().chain(after).any(|x| !x.is_finite()) {
        return wrong("A factor is no number.");
    }
    match before.iter().chain(after).all(|x| *x > 0.0) {
        true => {
            let (v0, v1): (f64, f64) = (before.iter().product(), after.iter().product());
            let mean = if (v1 / v0 - 1.0).abs() < 1e-12 { v0 } else { (v1 - v0) / (v1 / v0).ln() };
            Ok(before.iter().zip(after).map(|(x0, x1)| mean * (x1 / x0).ln()).collect())
        }
        false => Ok(shapley(before, after)),
    }
}

fn shapley(before: &[f64], after: &[f64]) -> Vec<f64> {
    let n = before.len();
    let factorial: Vec<f64> = (0..=n)
        .scan(1.0, |f, i| {
            *f *= (i.max(1)) as f64;
            Some(*f)
        })
        .collect();
    (0..n)
        .map(|k| {
            let mut sum = 0.0;
            for set in (0..1_usize << n).filter(|set| set >> k & 1 == 0) {
                let size = set.count_ones() as usize;
                let others: f64 = (0..n).filter(|i| *i != k).map(|i| if set >> i & 1 == 1 { after[i] } else { before[i] }).product();
                sum += factorial[size] * factorial[n - size - 1] / factorial[n] * others * (after[k] - before[k]);
            }
            sum
        })
        .collect()
}

/// What each step of a funnel contributed to the change of its end, from the counts at every step, the entry first:
/// the entry and the conversions are factors of a [`product`].
///
/// # Errors
/// As [`product`]; fewer than two steps; a step that is larger than the one before it or negative.
pub fn funnel(before: &[f64], after: &[f64]) -> Result<Vec<f64>, Wrong> {
    let factors = |steps: &[f64], when: &str| {
        if steps.len() < 2 {
            return wrong("A funnel has at least two steps.");
        }
        if let Some(at) = (1..steps.len()).find(|i| steps[*i] > steps[i - 1] || steps[*i] < 0.0) {
            return wrong(format!("Step {} has {} {when} and the one before it {}; a funnel only narrows.", at + 1, steps[at], steps[at - 1]));
        }
        Ok(std::iter::once(steps[0]).chain(steps.windows(2).map(|w| if w[0] > 0.0 { w[1] / w[0] } else { 0.0 })).collect::<Vec<f64>>())
    };
    product(&factors(before, "before")?, &factors(after, "after")?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::cube::Cells;
    use proptest::prelude::*;

    fn ratio(rows: &[(&str, (f64, f64), (f64, f64))]) -> Cube {
        let mut cells = Cells::new(&["group"]);
        rows.iter().for_each(|(value, b, a)| cells.add(&[value], *b, *a));
        cells.cube().unwrap()
    }

    #[test]
    fn simpsons_paradox_is_named() {
        // Both conversions rise, but visits move to the phone, where fewer buy.
        let cube = ratio(&[("desktop", (80.0, 800.0), (22.0, 200.0)), ("phone", (4.0, 200.0), (24.0, 800.0))]);
        let split = along(&cube, "group").unwrap();
        assert!(split.after < split.before && split.rate() > 0.0 && split.mix() < 0.0);
        assert!(split.simpson.as_ref().unwrap().starts_with("Within every group the rate rose"));
        assert!((split.rate() + split.mix() - (split.after - split.before)).abs() < 1e-12);
        let plain = ratio(&[("a", (10.0, 100.0), (20.0, 100.0)), ("b", (10.0, 100.0), (10.0, 100.0))]);
        let split = along(&plain, "group").unwrap();
        assert_eq!((split.simpson.clone(), split.parts[0].value.as_str()), (None, "a"));
        assert!(along(&plain, "nothing").is_err());
    }

    #[test]
    fn products_divide_without_remainder() {
        let lmdi = product(&[100.0, 0.5, 20.0], &[120.0, 0.4, 25.0]).unwrap();
        assert!((lmdi.iter().sum::<f64>() - (120.0 * 0.4 * 25.0 - 100.0 * 0.5 * 20.0)).abs() < 1e-9);
        let zero = product(&[10.0, 0.0], &[20.0, 3.0]).unwrap();
        assert!((zero[0] - 15.0).abs() < 1e-12 && (zero[1] - 45.0).abs() < 1e-12, "two factors: Δx·ȳ and Δy·x̄");
        assert_eq!(product(&[2.0, 3.0], &[2.0, 3.0]).unwrap(), [0.0, 0.0]);
        assert!(product(&[1.0], &[1.0, 2.0]).is_err());
        assert!(product(&[f64::NAN], &[1.0]).is_err());
        let steps = funnel(&[1000.0, 500.0, 100.0], &[1000.0, 250.0, 50.0]).unwrap();
        assert!((steps[1] + 50.0).abs() < 1e-9 && steps[0] == 0.0 && steps[2].abs() < 1e-9);
        assert!(funnel(&[10.0, 20.0], &[10.0, 5.0]).is_err_and(|w| w.0.contains("only narrows")));
        assert!(funnel(&[10.0, 0.0, 0.0], &[10.0, 5.0, 1.0]).is_ok());
    }

    proptest! {
        #[test]
        fn every_split_adds_up(rows in proptest::collection::vec(((0.0..50.0_f64, 1.0..100.0_f64), (0.0..50.0_f64, 1.0..100.0_f64)), 1..8)) {
            let named: Vec<(String, (f64, f64), (f64, f64))> = rows.iter().enumerate().map(|(i, (b, a))| (i.to_string(), *b, *a)).collect();
            let cube = ratio(&named.iter().map(|(n, b, a)| (n.as_str(), *b, *a)).collect::<Vec<_>>());
            let split = along(&cube, "group").unwrap();
            prop_assert!((split.rate() + split.mix() - (split.after - split.before)).abs() < 1e-9);
            let (b, a): (Vec<f64>, Vec<f64>) = rows.iter().map(|(b, a)| (b.0, a.0)).unzip();
            let parts = product(&b, &a).unwrap();
            let change = a.iter().product::<f64>() - b.iter().product::<f64>();
            prop_assert!((parts.iter().sum::<f64>() - change).abs() <= 1e-6 * change.abs().max(1.0) * 50.0);
        }
    }
}
