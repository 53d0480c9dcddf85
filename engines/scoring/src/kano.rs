//! Kano: how people feel with and without a feature (Kano and others, 1984; better and worse after Berger, 1993).
//!
//! ```
//! use scoring::kano::{Answer::*, Category, verdict};
//! // “How do you feel if it is there?”, “… if it is not?”
//! let found = verdict(&[(Like, Dislike), (Like, Dislike), (Like, Neutral), (Neutral, Neutral)])?;
//! assert_eq!(found.category, Category::OneDimensional);
//! assert_eq!((found.better, found.worse), (0.75, -0.5));
//! assert!(found.better_between.0 < 0.75 && !found.is_clear, "four answers say little");
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

impl Answer {
    /// All of them, in the order of the table.
    pub const ALL: [Answer; 5] = [Answer::Like, Answer::Expect, Answer::Neutral, Answer::LiveWith, Answer::Dislike];
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
    /// Between which each of both lies with 95 %.
    pub better_between: (f64, f64),
    pub worse_between: (f64, f64),
    /// The most frequent category stands out from the next (Fong, 1996); else it is one or the other.
    pub is_clear: bool,
}

/// Between which a share lies with 95 % that was seen in `many` of `all` (Wilson, 1927). Without any, it may be anything.
pub fn between(many: usize, all: usize) -> (f64, f64) {
    /// The 97.5 % point of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    if all == 0 {
        return (0.0, 1.0);
    }
    let (n, share) = (all as f64, many as f64 / all as f64);
    let middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// Whether the most frequent of these counts is more than chance ahead of the next: two that are closer than
/// `1.65 √((a + b)(2n − a − b) / 2n)` cannot be told apart (Fong, 1996).
fn stands_out(counts: &[usize; 6]) -> bool {
    let mut sorted = counts.map(|count| count as f64);
    sorted.sort_by(|a, b| b.total_cmp(a));
    let (a, b, n) = (sorted[0], sorted[1], sorted.iter().sum::<f64>());
    n > 0.0 && a - b >= 1.65 * ((a + b) * (2.0 * n - a - b) / (2.0 * n)).sqrt()
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
    of_counts(counts)
}

/// The same, where it is known how many gave each category, in the order of [`Category`].
///
/// # Errors
/// As of [`verdict`].
pub fn of_counts(counts: [usize; 6]) -> Result<Verdict, Wrong> {
    let [must, one, attractive, indifferent, ..] = counts;
    let all = must + one + attractive + indifferent;
    if counts.iter().sum::<usize>() == 0 {
        return wrong("Nobody has answered yet.");
    }
    if all == 0 {
        return wrong("Every answer is reverse or contradicts itself; ask the questions again.");
    }
    let order = [MustBe, OneDimensional, Attractive, Indifferent, Reverse, Questionable];
    // The last of equals would win, so the heavier come last.
    let category = order.into_iter().rev().max_by_key(|c| counts[*c as usize]).unwrap_or(Questionable);
    let (pleases, lacks) = (attractive + one, one + must);
    let (least, most) = between(lacks, all);
    Ok(Verdict {
        category,
        counts,
        better: pleases as f64 / all as f64,
        worse: -(lacks as f64 / all as f64),
        better_between: between(pleases, all),
        worse_between: (-most, -least),
        is_clear: stands_out(&counts),
    })
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
    /// Newcombe, Statistics in Medicine 17 (1998), table I, method 3: the score interval without continuity correction.
    #[test]
    fn intervals_are_those_that_newcombe_prints() {
        let printed = [((81, 263), (0.2553, 0.3662)), ((15, 148), (0.0624, 0.1605)), ((0, 20), (0.0, 0.1611)), ((1, 29), (0.0061, 0.1718))];
        for ((many, all), (from, to)) in printed {
            let found = between(many, all);
            assert!((found.0 - from).abs() < 5e-5 && (found.1 - to).abs() < 5e-5, "{many}/{all}: {found:?}");
        }
        assert_eq!(between(0, 0), (0.0, 1.0));
    }

    /// Sauerwein, Bailom, Matzler and Hinterhuber, "The Kano model: how to delight your customers" (1996): what skiers said, in
    /// percent of all answers; here of a thousand.
    #[test]
    fn what_skiers_said_comes_to_what_is_printed() {
        let edge_grip = of_counts([493, 323, 70, 95, 3, 15]).unwrap();
        assert_eq!(edge_grip.category, MustBe);
        assert_eq!((format!("{:.2}", edge_grip.better), format!("{:.2}", edge_grip.worse)), ("0.40".into(), "-0.83".into()));
        let ease_of_turn = of_counts([305, 451, 104, 115, 12, 12]).unwrap();
        assert_eq!(ease_of_turn.category, OneDimensional);
        assert_eq!((format!("{:.2}", ease_of_turn.better), format!("{:.2}", ease_of_turn.worse)), ("0.57".into(), "-0.78".into()));
        let service = of_counts([29, 216, 638, 85, 7, 25]).unwrap();
        assert_eq!(service.category, Attractive);
        for found in [edge_grip, ease_of_turn, service] {
            let within = |value: f64, (from, to): (f64, f64)| from < value && value < to && to - from < 0.08;
            assert!(within(found.better, found.better_between) && within(found.worse, found.worse_between) && found.is_clear);
        }
    }

    /// 1.65 √((9 + 5)(40 − 14) / 40) is 4.98: four more of twenty may be chance, six more are not.
    #[test]
    fn close_categories_are_not_told_apart() {
        assert!(!of_counts([9, 5, 3, 3, 0, 0]).unwrap().is_clear);
        assert!(of_counts([11, 5, 2, 2, 0, 0]).unwrap().is_clear);
    }
}
