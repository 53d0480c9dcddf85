//! Practice: invented incidents with one right answer.
//!
//! A shop's funnel (visit, view, cart, pay) over a few dimensions loses part of one step in one slice on one day;
//! other things move, too. Whoever plays asks one question after another and says in the end what broke. Because the
//! case is invented, all explanations that still fit the answers can be counted ([`space`]), so each question can be
//! told what it was worth, whatever was answered in the end ([`play`]).
//!
//! ```
//! use rootcause::case::{Practice, Query};
//! let case = Practice::draw(42, 2);
//! assert!(case.is_unique());
//! let asked = [Query { step: case.truth.step, by: None, only: None }];
//! let gain = &case.narrow(&asked)[0];
//! assert!(gain.after < gain.before, "{} explanations were possible, {} still are", gain.before, gain.after);
//! ```

mod dice;
mod draw;
pub mod play;
pub mod space;

pub use draw::{Mechanism, Practice};
pub use play::Player;
pub use space::{Hypothesis, Query};

/// Steps of the funnel.
pub const STEPS: [&str; 4] = ["visit", "view", "cart", "pay"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_repeat_have_one_answer_and_can_be_solved() {
        assert_eq!(Practice::draw(5, 2), Practice::draw(5, 2));
        let cases: Vec<Practice> = (0..40).map(|seed| Practice::draw(seed, (seed % 3) as u8 + 1)).collect();
        assert!(cases.iter().filter(|c| c.is_unique()).count() >= 39);
        for case in &cases {
            let asked = case.play(Player::Hindsight, 40);
            let left = case.narrow(&asked).last().map(|g| g.after);
            assert_eq!(left, Some(1), "the hindsight player solves it");
            assert!(asked.len() >= 2, "and not with one question");
        }
    }

    #[test]
    fn asking_well_is_worth_more_than_asking_at_random() {
        let mut used = (vec![], vec![]);
        for seed in 100..140 {
            let case = Practice::draw(seed, 2);
            used.0.push(case.play(Player::Structured, 60).len());
            used.1.push(case.play(Player::Random, 60).len());
        }
        let middle = |list: &mut Vec<usize>| {
            list.sort_unstable();
            list[list.len() / 2]
        };
        let (structured, random) = (middle(&mut used.0), middle(&mut used.1));
        assert!(structured * 2 <= random, "{structured} against {random}");
    }

    #[test]
    fn answers_are_scored() {
        let case = Practice::draw(7, 2);
        let asked = case.play(Player::Hindsight, 40);
        let right = case.score(&asked, &case.truth, 0.95, 1.0, 1.0);
        assert!(right.correctness > 44.9 && right.efficiency > 19.9 && right.total() > 95.0, "{right:?}");
        let mut other = case.truth.clone();
        other.step = (other.step + 1) % STEPS.len();
        let wrong = case.score(&asked, &other, 0.95, 1.0, 1.0);
        assert!(wrong.correctness == 0.0 && wrong.confidence < 1.0);
        let repeated = [asked.clone(), asked].concat();
        assert!(case.score(&repeated, &case.truth, 0.95, 1.0, 1.0).process < right.process);
    }
}
