//! Methods of prioritising: scores from inputs, on points or on ranges, and how far rankings agree.
//!
//! Pure functions: no clock, no database, and every draw comes from a seed that is handed in.
//!
//! | module | answers |
//! |---|---|
//! | [`method`] | what a score is: RICE, ICE, WSJF, CD3, value/effort, weighted criteria, opportunity |
//! | [`ranges`] | how sure an order is when inputs are ranges: the probability that A outranks B |
//! | [`weights`] | how far a weight must move before the order changes |
//! | [`kano`] | answers to the two Kano questions, as a category and as better/worse |
//! | [`moscow`] | the shares of effort in Must, Should, Could |
//! | [`agree`] | Kendall τ-b and W with ties, Spearman ρ, and where two orders differ most |
//! | [`merge`] | one strict order from many partial ones |
//!
//! ```
//! use scoring::{method::Method, ranges::{Quantity, compare}};
//! # fn main() -> Result<(), scoring::Wrong> {
//! let small = [1000.0.into(), 1.0.into(), 0.8.into(), 2.0.into()];
//! let large = [Quantity::range(500.0, 8000.0)?, 2.0.into(), 0.5.into(), Quantity::range(3.0, 9.0)?];
//! assert_eq!(Method::Rice.score(&[1000.0, 1.0, 0.8, 2.0])?, 400.0);
//! let compared = compare(&Method::Rice, &[small.to_vec(), large.to_vec()], 10_000, 1)?;
//! let above = compared.outranks(1, 0);
//! assert!((0.3..0.7).contains(&above), "too close to call: {above}");
//! # Ok(()) }
//! ```

pub mod agree;
pub mod kano;
pub mod merge;
pub mod method;
pub mod moscow;
pub mod ranges;
pub mod weights;

/// What is wrong with what was handed in, as a sentence for the person who did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong(pub String);

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

pub(crate) fn wrong<T>(sentence: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong(sentence.into()))
}
