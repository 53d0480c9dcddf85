//! Places in a strict order: between any two there is room for another, so moving one thing
//! writes one row, and a place recorded in history keeps its meaning.

use crate::{Column, Result, Value};
use serde::{Deserialize, Serialize};

/// A place in an order, compared as text. Only the digits `0-9a-f` are used, because every
/// collation of both databases sorts those alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Rank(String);

/// Width of the whole part; what follows is the fraction.
const WHOLE: usize = 8;
const MIDDLE: u64 = 0x8000_0000;
/// Distance kept when something is put at either end.
const STEP: u64 = 0x100;

impl Rank {
    /// A place after `before` and ahead of `after`; `None` stands for the end of the order.
    ///
    /// ```
    /// use kernel::Rank;
    /// let a = Rank::between(None, None);
    /// let b = Rank::between(Some(&a), None);
    /// let mid = Rank::between(Some(&a), Some(&b));
    /// assert!(a < mid && mid < b);
    /// ```
    pub fn between(before: Option<&Rank>, after: Option<&Rank>) -> Rank {
        match (before, after) {
            (None, None) => Rank(format!("{MIDDLE:08x}")),
            (Some(low), None) => Rank::whole(low.number().saturating_add(STEP)).filter(|r| r > low).unwrap_or_else(|| low.midpoint(None)),
            (None, Some(high)) => {
                Rank::whole(high.number().saturating_sub(STEP)).filter(|r| r < high).unwrap_or_else(|| Rank(String::new()).midpoint(Some(high)))
            }
            (Some(low), high) => low.midpoint(high),
        }
    }

    fn whole(number: u64) -> Option<Rank> {
        (number > 0 && number <= u64::from(u32::MAX)).then(|| Rank(format!("{number:08x}")))
    }

    fn number(&self) -> u64 {
        let whole: String = self.0.chars().chain(std::iter::repeat('0')).take(WHOLE).collect();
        u64::from_str_radix(&whole, 16).unwrap_or(MIDDLE)
    }

    /// The shortest digits strictly between, read as fractions of base 16. Never ends in `0`,
    /// so that there is always room below.
    fn midpoint(&self, high: Option<&Rank>) -> Rank {
        let digit = |text: &str, i: usize| text.as_bytes().get(i).map(|b| (*b as char).to_digit(16).unwrap_or(0));
        let mut out = String::new();
        let mut bounded = high.map(|h| h.0.as_str());
        let longest = self.0.len().max(bounded.map_or(0, str::len));
        for i in 0.. {
            if i > longest {
                // Equal ends: there is no between, so the end of the order serves.
                bounded = None;
            }
            let low = digit(&self.0, i).unwrap_or(0);
            let top = bounded.map_or(16, |h| digit(h, i).unwrap_or(0));
            if low + 1 < top {
                out.extend(char::from_digit(low + (top - low) / 2, 16));
                break;
            }
            out.extend(char::from_digit(low, 16));
            if low < top {
                // One apart: whatever follows is free above the lower end.
                bounded = None;
            }
        }
        Rank(out)
    }
}

impl Column for Rank {
    fn value(&self) -> Value {
        Value::Text(self.0.clone())
    }
    fn read(value: Value) -> Result<Self> {
        String::read(value).map(Rank)
    }
}

#[cfg(test)]
mod tests {
    use super::Rank;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_number_of_moves_keeps_a_strict_order(places in prop::collection::vec(0usize..1000, 1..400)) {
            let mut order: Vec<Rank> = vec![];
            for place in places {
                let at = place % (order.len() + 1);
                let before = at.checked_sub(1).map(|i| &order[i]);
                let rank = Rank::between(before, order.get(at));
                order.insert(at, rank);
            }
            prop_assert!(order.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    #[test]
    fn putting_at_the_top_again_and_again_stays_short() {
        let mut top = Rank::between(None, None);
        for _ in 0..10_000 {
            let next = Rank::between(None, Some(&top));
            assert!(next < top);
            top = next;
        }
        assert_eq!(top.0.len(), 8);
    }
}
