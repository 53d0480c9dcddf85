//! A question about the product, what somebody foretold, and what came true: worked out from the record, never written down.

use backlog::{Stage, Story};
use estimate::score::calibration;
use kernel::{Area, Heard, Id, Noun, Reading, noun};
use launch::Release;
use people::Member;
use sprint::{GoalMet, Sprint, SprintState};
use strategy::{KeyResult, Measurement};
use web::when;

noun! {
    /// Will a story be accepted by a day, a sprint meet its goal, a release reach users, a key result its target?
    pub struct ForecastQuestion in "forecast_question" {
        story: Option<Id<Story>>,
        /// The last day on which it counts.
        due_on: String,
        /// What it is about, as that was called when it was asked.
        title: String,
        /// Whoever asked.
        member: Id<Member>,
        sprint: Option<Id<Sprint>>,
        release: Option<Id<Release>>,
        key_result: Option<Id<KeyResult>>,
    } label(q) q.title.clone();
    about { many: "forecast-questions", one: "forecast question", place: "foresight", titled: true,
      read: Reading::OfEach(&[("story", "story"), ("sprint", "sprint"), ("release", "release"), ("key_result", "key_result")]),
      hushed: &["story", "member", "sprint", "release", "key_result"], called: &[("due_on", "by")], heard: Heard { new: true, ..Heard::NOTHING } }
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

/// What a question is about, as it stands.
#[derive(Clone, Debug)]
pub enum Matter {
    Story(Box<Story>),
    Sprint(Box<Sprint>),
    Release(Box<Release>),
    /// With what was measured of it.
    KeyResult(Box<KeyResult>, Vec<Measurement>),
    Gone,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Open,
    True,
    False,
    /// Nothing can be said: what it is about is gone, or nobody has said how it came out.
    Void,
}

impl ForecastQuestion {
    /// The noun that it is about.
    pub fn about(&self) -> &'static str {
        match (self.sprint, self.release, self.key_result) {
            (Some(_), ..) => Sprint::TABLE,
            (_, Some(_), _) => Release::TABLE,
            (.., Some(_)) => KeyResult::TABLE,
            _ => Story::TABLE,
        }
    }

    /// Whoever sees that area asks and foretells.
    pub fn area(&self) -> Area {
        match (self.sprint, self.release, self.key_result) {
            (Some(_), ..) => Area::Sprints,
            (_, Some(_), _) => Area::Commitments,
            (.., Some(_)) => Area::Strategy,
            _ => Area::Backlog,
        }
    }

    /// What the record says by now. Days are those of the calendar in UTC, so that all read the same.
    pub fn came(&self, matter: &Matter, now: i64) -> Came {
        let over = when::day(now).as_str() > self.due_on.as_str();
        let in_time = |day: &str| day <= self.due_on.as_str();
        let or_late = if over { Came::False } else { Came::Open };
        match matter {
            Matter::Gone => Came::Void,
            Matter::Story(story) => match (story.stage, story.settled_at.map(when::day)) {
                (Stage::Accepted, Some(day)) if in_time(&day) => Came::True,
                (Stage::Dropped, _) => Came::False,
                _ => or_late,
            },
            // It is over when it is closed, which may be after its last day.
            Matter::Sprint(sprint) => match (sprint.state, sprint.result.goal) {
                (SprintState::Closed, Some(GoalMet::Met)) => Came::True,
                (SprintState::Closed, Some(_)) | (SprintState::Cancelled, _) => Came::False,
                (SprintState::Closed, None) => Came::Void,
                _ => Came::Open,
            },
            Matter::Release(release) => match &release.released_on {
                Some(day) if in_time(day) => Came::True,
                Some(_) => Came::False,
                None => or_late,
            },
            Matter::KeyResult(result, measured) => match measured.iter().any(|at| in_time(&at.on_day) && reached(result, at.amount)) {
                true => Came::True,
                false => or_late,
            },
        }
    }
}

/// Whether a value is at the target or beyond it, seen from the start.
fn reached(result: &KeyResult, amount: f64) -> bool {
    if result.target >= result.start_value { amount >= result.target } else { amount <= result.target }
}

/// How one's foretelling held: the mean square of what was missing to the truth, 0 at best, 0.25 for always saying 50 %.
pub(crate) fn brier(all: &[(i64, bool)]) -> Option<f64> {
    let miss = |(chance, came): &(i64, bool)| (*chance as f64 / 100.0 - f64::from(u8::from(*came))).powi(2);
    (!all.is_empty()).then(|| all.iter().map(miss).sum::<f64>() / all.len() as f64)
}

/// What was said within a fifth of all chances, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Band {
    /// The mean of what was said, in percent.
    pub said: f64,
    pub many: usize,
    /// How many came true.
    pub came: usize,
    /// How many would, of nineteen in twenty whose sayings hold.
    pub usual: (usize, usize),
}

impl Band {
    /// A count as a share, in percent.
    pub fn share(&self, count: usize) -> f64 {
        100.0 * count as f64 / self.many.max(1) as f64
    }
}

/// What was said, in bands of a fifth.
pub(crate) fn bands(all: &[(i64, bool)]) -> Vec<Band> {
    let band = |n: i64| {
        let own: Vec<&(i64, bool)> = all.iter().filter(|(chance, _)| (*chance - 1).clamp(0, 98) / 20 == n).collect();
        let many = own.len();
        let said = own.iter().map(|(chance, _)| *chance as f64).sum::<f64>() / many.max(1) as f64;
        let came = own.iter().filter(|(_, came)| *came).count();
        let usual = calibration(came as u64, many as u64, said / 100.0).map_or((0, many), |found| (found.usual.0 as usize, found.usual.1 as usize));
        (many > 0).then_some(Band { said, many, came, usual })
    };
    (0..5).filter_map(band).collect()
}

/// So many are needed before anything is said of how well somebody foresees.
pub(crate) const NEEDED: usize = 20;

/// What the bands come to, in words; below the least only counts.
pub(crate) fn judged(all: &[(i64, bool)], bands: &[Band], score: f64) -> String {
    let true_ones = all.iter().filter(|(_, came)| *came).count();
    let said = all.iter().map(|(chance, _)| *chance as f64 / 100.0).sum::<f64>();
    let counts = format!("{true_ones} of {} came true, where what you said comes to {said:.1}.", web::several(all.len(), "forecast"));
    if all.len() < NEEDED {
        return format!("{counts} Fewer than {NEEDED} are too few to judge by.");
    }
    let outside: Vec<&Band> = bands.iter().filter(|band| band.came < band.usual.0 || band.came > band.usual.1).collect();
    let verdict = match outside.as_slice() {
        [] => "All within what chance leaves open: you are about as sure as you may be.".to_owned(),
        outside => {
            let told = |band: &&Band| format!("about {:.0} %", band.said);
            format!(
                "Where you say {}, it does not hold: look at these before you trust them.",
                outside.iter().map(told).collect::<Vec<_>>().join(" and ")
            )
        }
    };
    format!("{counts} {verdict} Your score is {score:.2}; always saying 50 % has 0.25, and less is better.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sayings_are_held_against_what_came() {
        let all = [(90, true), (95, true), (85, false), (10, false), (50, true)];
        assert!((brier(&all).unwrap_or(1.0) - (0.01 + 0.0025 + 0.7225 + 0.01 + 0.25) / 5.0).abs() < 1e-12);
        let told = bands(&all);
        assert_eq!(told.iter().map(|band| band.many).collect::<Vec<_>>(), [1, 1, 3]);
        assert_eq!((told[2].said, told[2].came), (90.0, 2));
        assert_eq!(brier(&[]), None);
    }

    #[test]
    fn counts_stand_before_any_verdict() {
        let of = |n: usize, right: usize| (0..n).map(|at| (90, at < right)).collect::<Vec<(i64, bool)>>();
        let told = |all: &[(i64, bool)]| judged(all, &bands(all), brier(all).unwrap_or_default());
        let few = told(&of(19, 3));
        assert!(
            few.starts_with("3 of 19 forecasts came true, where what you said comes to 17.1.") && few.contains("too few") && !few.contains("score"),
            "{few}"
        );
        assert!(told(&of(40, 36)).contains("about as sure as you may be"));
        let sure = told(&of(40, 20));
        assert!(sure.contains("Where you say about 90 %, it does not hold") && sure.contains("Your score is 0.41"), "{sure}");
    }

    #[test]
    fn a_band_leaves_to_chance_what_chance_leaves_open() {
        let all: Vec<(i64, bool)> = (0..10).map(|n| (90, n < 8)).collect();
        let [band] = bands(&all).try_into().unwrap_or_else(|_| panic!("one"));
        assert!(band.usual.0 <= 8 && band.usual.1 == 10 && band.share(band.came) == 80.0, "{band:?}");
    }
}
