//! Playbacks and pulses.

use conversation::Comment;
use kernel::{
    Heard, Id, Reading, Uuid,
    erasure::{Copied, Goes, Said, Way},
    noun,
    value::Packed,
};
use people::Member;
use sprint::Sprint;

noun! {
    /// What a member writes down as what another one means by a version of something, for the other to go through.
    pub struct Playback in "playback" {
        about_noun: String,
        about_id: Uuid,
        about_label: String,
        member: Id<Member>,
        /// Whose meaning it is, and who goes through it.
        whom: Id<Member>,
        words: String,
        /// Since when every sentence of it is marked.
        settled_at: Option<i64>,
    } label(p) p.about_label.clone();
    about { many: "playbacks", read: Reading::Between(&[("about_noun", "about_id")]), part_of: "about_id", place: "understanding#p-{id}",
      said: Some(Said { by: "member", words: &["words"], unless: "" }),
      heard: Heard { texts: &["words"], addressed: &["whom"], news: &["settled_at"], new: true, ..Heard::NOTHING },
      hushed: &["about_noun", "about_id", "about_label", "member", "settled_at"], called: &[("words", "text"), ("whom", "for")] }
}

noun! {
    /// A sentence of it.
    pub struct PlaybackPart in "playback_part" {
        playback: Id<Playback>,
        about_noun: String,
        about_id: Uuid,
        /// Who wrote it.
        member: Id<Member>,
        place: i64,
        words: String,
        /// Whether that is what the other means; nothing until they say so.
        meant: Option<bool>,
        /// Where a difference is talked over.
        thread: Option<Id<Comment>>,
    } label(p) web::clipped(&p.words, 80);
    about { many: "playback-parts", one: "sentence", titled: true, read: Reading::Between(&[("about_noun", "about_id")]), part_of: "playback",
      said: Some(Said { by: "member", words: &["words"], unless: "" }),
      copied: &[Copied { by: "thread", way: Way::Into, field: "body", goes: Goes::Lines }], called: &[("meant", "is meant so")], hushed: &["playback", "about_noun", "about_id", "member", "place", "thread"] }
}

noun! {
    /// Five questions that are asked once. Answers are kept in nobody's name, and shown once it is closed, as sums.
    pub struct Pulse in "pulse" {
        number: i64,
        sprint: Option<Id<Sprint>>,
        /// What is asked, as it was worded then.
        asked: Packed<Vec<String>>,
        closed_at: Option<i64>,
        /// How many had answered when it was closed.
        people: i64,
        /// For each question how often each answer was given, from 1 to 5; nothing where too few had answered.
        sums: Packed<Vec<Vec<i64>>>,
    } label(p) format!("pulse {}", p.number);
    about { many: "pulses", place: "understanding#pulse", hushed: &["sprint", "asked", "closed_at", "people", "sums"] }
}

/// What is asked; each is agreed with from 1, not at all, to 5, fully.
pub const QUESTIONS: [&str; 5] = [
    "I could tell a newcomer in one sentence where we are going.",
    "I know for whom we build, and for whom not.",
    "I know which needs come first, and why.",
    "What I work on serves one of them.",
    "Manager and Owner pull in the same direction.",
];

/// The largest answer.
pub const MOST: i64 = 5;

/// From so many answers on sums are shown: of fewer one could tell whose they are.
pub const FEWEST: i64 = 3;

impl Pulse {
    /// The mean answer to each question, 1 to 5; nothing where sums are not shown.
    pub fn means(&self) -> Vec<f64> {
        let mean = |sums: &Vec<i64>| {
            let people: i64 = sums.iter().sum();
            let all: i64 = sums.iter().zip(1..).map(|(given, answer)| given * answer).sum();
            (people > 0).then(|| all as f64 / people as f64)
        };
        self.sums.iter().filter_map(mean).collect()
    }

    /// The mean of all of them.
    pub fn mean(&self) -> Option<f64> {
        let means = self.means();
        (!means.is_empty()).then(|| means.iter().sum::<f64>() / means.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Meta;

    #[test]
    fn means_are_of_those_who_answered() {
        let pulse = |sums| Pulse {
            meta: Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            number: 1,
            sprint: None,
            asked: Packed(vec![]),
            closed_at: None,
            people: 0,
            sums: Packed(sums),
        };
        assert_eq!(pulse(vec![vec![1, 0, 0, 0, 1], vec![0, 0, 0, 2, 0]]).means(), [3.0, 4.0]);
        assert_eq!(pulse(vec![vec![1, 0, 0, 0, 1], vec![0, 0, 0, 2, 0]]).mean(), Some(3.5));
        assert_eq!(pulse(vec![]).mean(), None);
    }
}
