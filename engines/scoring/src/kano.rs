//! Kano: how people feel with and without a feature (Kano and others, 1984; better and worse after Berger, 1993).
//!
//! ```
//! use scoring::kano::{Answer::*, Category, verdict};
//! // “How do you feel if it is there?”, “… if it is not?”
//! let found = verdict(&[(Like, Dislike), (Like, Dislike), (Like, Neutral), (Neutral, Neutral)])?;
//! assert_eq!(found.category, Category::OneDimensional);
//! assert_eq!((found.better, found.worse), (0.75, -0.5));
//! # Ok::<(), scoring::Wrong>(())
//! ```

use crate::{Wrong, wrong};

/// An answer to "How do you feel if it is there?" or "… if it is not?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Like,
    Expect,
    Neutral,
    LiveWith,
    Dislike,
}

/// What a feature is to one person, or to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    MustBe,
    OneDimensional,
    Attractive,
    Indifferent,
    Reverse,
    /// The two answers contradict each other.
    Questionable,
}

use Category::*;

const TABLE: [[Category; 5]; 5] = [
    [Questionable, Attractive, Attractive, Attractive, OneDimensional],
    [Reverse, Indifferent, Indifferent, Indifferent, MustBe],
    [Reverse, Indifferent, Indifferent, Indifferent, MustBe],
    [Reverse, Indifferent, Indifferent, Indifferent, MustBe],
    [Reverse, Reverse, Reverse, Reverse, Questionable],
];

/// The category of one person's two answers: with the feature, and without it.
pub fn category(with: Answer, without: Answer) -> Category {
    TABLE[with as usize][without as usize]
}

/// What many people's answers say.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The most frequent category; of equals the one that weighs more: must-be before one-dimensional before
    /// attractive before indifferent.
    pub category: Category,
    /// How many gave each, in the order of [`Category`].
    pub counts: [usize; 6],
    /// `(A + O) / (A + O + M + I)`: how much it would please, 0 to 1.
    pub better: f64,
    /// `−(O + M) / (A + O + M + I)`: how much its lack would displease, −1 to 0.
    pub worse: f64,
}

/// Sums answers up.
///
/// # Errors
/// No answers, or none that is neither reverse nor questionable.
pub fn verdict(answers: &[(Answer, Answer)]) -> Result<Verdict, Wrong> {
    let mut counts = [0; 6];
    for (with, without) in answers {
        counts[category(*with, *without) as usize] += 1;
    }
    let [must, one, attractive, indifferent, ..] = counts.map(|n| n as f64);
    let all = must + one + attractive + indifferent;
    if answers.is_empty() {
        return wrong("Nobody has answered yet.");
    }
    if all == 0.0 {
        return wrong("Every answer is reverse or contradicts itself; ask the questions again.");
    }
    let order = [MustBe, OneDimensional, Attractive, Indifferent, Reverse, Questionable];
    // The last of equals would win, so the heavier come last.
    let category = order.into_iter().rev().max_by_key(|c| counts[*c as usize]).unwrap_or(Questionable);
    Ok(Verdict { category, counts, better: (attractive + one) / all, worse: -(one + must) / all })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Answer::*, *};

    #[test]
    fn the_table() {
        assert_eq!(category(Like, Dislike), OneDimensional);
        assert_eq!(category(Like, Neutral), Attractive);
        assert_eq!(category(Expect, Dislike), MustBe);
        assert_eq!(category(Neutral, Neutral), Indifferent);
        assert_eq!(category(Dislike, Like), Reverse);
        assert_eq!(category(Like, Like), Questionable);
    }

    #[test]
    fn the_heavier_of_equals_wins() {
        let found = verdict(&[(Like, Neutral), (Expect, Dislike), (Like, Like)]).unwrap();
        assert_eq!(found.category, MustBe);
        assert_eq!((found.better, found.worse), (0.5, -0.5));
        assert!(verdict(&[]).is_err());
        assert!(verdict(&[(Like, Like)]).is_err());
    }
}
