//! A question about a story, what somebody foretold, and what came true: worked out from the story, never written down.

use backlog::{Stage, Story};
use kernel::{Heard, Id, Reading, noun};
use people::Member;
use web::when;

noun! {
    /// Will a story be accepted by a day?
    pub struct ForecastQuestion in "forecast_question" {
        story: Id<Story>,
        /// The last day on which it counts.
        due_on: String,
        /// What the story was called when it was asked.
        title: String,
        /// Whoever asked.
        member: Id<Member>,
    } label(q) q.title.clone();
    about { many: "forecast-questions", one: "forecast question", read: Reading::Of("story", "story"), place: "foresight", titled: true,
      hushed: &["story", "member"], called: &[("due_on", "by")], heard: Heard { new: true, ..Heard::NOTHING } }
}

noun! {
    /// How likely somebody said it was; theirs alone.
    pub struct Prediction in "prediction" {
        question: Id<ForecastQuestion>,
        member: Id<Member>,
        /// In percent, 1 to 99.
        chance: i64,
    } label(p) format!("{} %", p.chance);
    about { many: "predictions", read: Reading::Own("member"), hushed: &["question", "member"], made_anew: true }
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Open,
    True,
    False,
    /// The story is not there any more, so nothing can be said.
    Void,
}

impl ForecastQuestion {
    /// What the record says by now. Days are those of the calendar in UTC, so that all read the same.
    pub fn came(&self, story: Option<&Story>, now: i64) -> Came {
        let Some(story) = story else { return Came::Void };
        let settled = story.settled_at.map(when::day);
        let over = when::day(now).as_str() > self.due_on.as_str();
        match (story.stage, settled) {
            (Stage::Accepted, Some(day)) if day.as_str() <= self.due_on.as_str() => Came::True,
            (Stage::Dropped, _) => Came::False,
            _ if over => Came::False,
            _ => Came::Open,
        }
    }
}

/// How one's foretelling held: the mean square of what was missing to the truth, 0 at best, 0.25 for always saying 50 %.
pub(crate) fn brier(all: &[(i64, bool)]) -> Option<f64> {
    let miss = |(chance, came): &(i64, bool)| (*chance as f64 / 100.0 - f64::from(u8::from(*came))).powi(2);
    (!all.is_empty()).then(|| all.iter().map(miss).sum::<f64>() / all.len() as f64)
}

/// What was said in bands of a fifth: the mean of what was said, how often it came true in percent, and of how many.
pub(crate) fn bands(all: &[(i64, bool)]) -> Vec<(f64, f64, usize)> {
    let band = |n: i64| {
        let own: Vec<&(i64, bool)> = all.iter().filter(|(chance, _)| (*chance - 1).clamp(0, 98) / 20 == n).collect();
        let many = own.len();
        let said = own.iter().map(|(chance, _)| *chance as f64).sum::<f64>() / many.max(1) as f64;
        let came = 100.0 * own.iter().filter(|(_, came)| *came).count() as f64 / many.max(1) as f64;
        (many > 0).then_some((said, came, many))
    };
    (0..5).filter_map(band).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sayings_are_held_against_what_came() {
        let all = [(90, true), (95, true), (85, false), (10, false), (50, true)];
        assert!((brier(&all).unwrap_or(1.0) - (0.01 + 0.0025 + 0.7225 + 0.01 + 0.25) / 5.0).abs() < 1e-12);
        let told = bands(&all);
        assert_eq!(told.iter().map(|(_, _, many)| *many).collect::<Vec<_>>(), [1, 1, 3]);
        assert_eq!(told[2].0, 90.0);
        assert_eq!(brier(&[]), None);
    }
}
