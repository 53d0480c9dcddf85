//! Practice: incidents with one right answer, invented from a seed or written as a story.
//!
//! A funnel over a few dimensions loses part of a step in a slice; or only its records are lost, or it is the season,
//! or shares have moved, or two things broke, or nothing. Other things move, too. Whoever plays asks one question after
//! another and says in the end what happened. Because the case is invented, all explanations that still fit the answers
//! can be counted ([`space`]), so each question can be told what it was worth, whatever was answered in the end
//! ([`play`]).
//!
//! ```
//! use rootcause::case::{Practice, Query};
//! let case = Practice::draw(42, 2);
//! assert!(case.is_unique());
//! let gain = &case.narrow(&[Query::of(case.truths[0].step, None, None)])[0];
//! assert!(gain.after < gain.before, "{} explanations were possible, {} still are", gain.before, gain.after);
//! ```

mod dice;
mod draw;
mod flow;
mod mechanism;
pub mod play;
mod remedy;
mod score;
pub mod space;
pub mod story;

pub use draw::Practice;
pub use mechanism::{Mechanism, Nature};
pub use play::Player;
pub use score::Score;
pub use space::{Hypothesis, Query, Source};
pub use story::Story;

#[cfg(test)]
mod tests;
