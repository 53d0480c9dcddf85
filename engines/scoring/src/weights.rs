//! How far a weight must move before two items change places.
//!
//! ```
//! use scoring::{method::Criterion, weights::sensitivity};
//! let weigh = |name: &str, weight| Criterion { name: name.into(), weight, is_cost: false };
//! let tips = sensitivity(&[weigh("value", 2.0), weigh("fit", 1.0)], &[vec![5.0, 1.0], vec![4.0, 2.0]])?;
//! // The first leads by 2·1 − 1·1; it is overtaken when fit weighs 2, or when value weighs 1.
//! assert!(tips.iter().any(|t| t.criterion == 0 && t.tips_at == 1.0) && tips.iter().any(|t| t.criterion == 1 && t.tips_at == 2.0));
//! # Ok::<(), scoring::Wrong>(())
//! ```

use crate::{
    Wrong,
    method::{Criterion, Method},
    wrong,
};

/// The smallest change of one weight that makes two neighbours in the order swap.
#[derive(Clone, Debug, PartialEq)]
pub struct Tipping {
    /// The criterion, by its place.
    pub criterion: usize,
    /// The item that stands above, and the one that would overtake it.
    pub above: usize,
    pub below: usize,
    pub weight: f64,
    /// What the weight would have to be; the two are equal there.
    pub tips_at: f64,
}

impl Tipping {
    /// The change as a share of the weight; infinite where the weight is zero now.
    pub fn share(&self) -> f64 {
        ((self.tips_at - self.weight) / self.weight).abs()
    }
}

/// For every criterion, the neighbours in the order that tip first, the easiest criterion first. Empty when no
/// change of a single weight can swap any two neighbours.
///
/// Scores are linear in each weight, so with `D = Σ wⱼdⱼ` for the difference `d` of two items, the two are equal
/// at `wᵢ − D/dᵢ`; a weight below zero does not count.
///
/// # Errors
/// What [`Method::score`] refuses.
pub fn sensitivity(criteria: &[Criterion], items: &[Vec<f64>]) -> Result<Vec<Tipping>, Wrong> {
    let method = Method::Weighted(criteria.to_vec());
    if items.is_empty() {
        return wrong("There is no item to compare.");
    }
    let mut scored: Vec<(usize, f64)> = items.iter().enumerate().map(|(i, item)| method.score(item).map(|s| (i, s))).collect::<Result<_, _>>()?;
    scored.sort_by(|a, b| b.1.total_cmp(&a.1));
    let signed = |c: &Criterion, v: f64| if c.is_cost { -v } else { v };
    let mut found: Vec<Tipping> = vec![];
    for (at, criterion) in criteria.iter().enumerate() {
        let tips = scored.windows(2).filter_map(|pair| {
            let (above, below) = (pair[0].0, pair[1].0);
            let differs = |c: &Criterion, k: usize| signed(c, items[above][k] - items[below][k]);
            let lead: f64 = criteria.iter().enumerate().map(|(k, c)| c.weight * differs(c, k)).sum();
            let own = differs(criterion, at);
            let tips_at = criterion.weight - lead / own;
            (own != 0.0 && tips_at.is_finite() && tips_at >= 0.0).then_some(Tipping {
                criterion: at,
                above,
                below,
                weight: criterion.weight,
                tips_at,
            })
        });
        found.extend(tips.min_by(|a, b| (a.tips_at - a.weight).abs().total_cmp(&(b.tips_at - b.weight).abs())));
    }
    found.sort_by(|a, b| a.share().total_cmp(&b.share()));
    Ok(found)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn criterion(weight: f64) -> Criterion {
        Criterion { name: "c".into(), weight, is_cost: false }
    }

    #[test]
    fn at_the_tipping_weight_the_two_are_equal() {
        let items = vec![vec![5.0, 2.0, 3.0], vec![3.0, 5.0, 2.0], vec![1.0, 4.0, 4.0]];
        let criteria = vec![criterion(3.0), criterion(2.0), criterion(1.0)];
        let found = sensitivity(&criteria, &items).unwrap();
        assert!(!found.is_empty());
        for tip in found {
            let mut moved = criteria.clone();
            moved[tip.criterion].weight = tip.tips_at;
            let method = Method::Weighted(moved);
            let (a, b) = (method.score(&items[tip.above]).unwrap(), method.score(&items[tip.below]).unwrap());
            assert!((a - b).abs() < 1e-9, "{a} and {b}");
        }
    }

    #[test]
    fn an_item_better_in_everything_cannot_be_overtaken() {
        let found = sensitivity(&[criterion(1.0), criterion(1.0)], &[vec![5.0, 5.0], vec![1.0, 1.0]]).unwrap();
        assert!(found.is_empty());
        assert!(sensitivity(&[criterion(1.0)], &[]).is_err());
        assert!(sensitivity(&[criterion(0.0)], &[vec![1.0]]).is_err());
    }
}
