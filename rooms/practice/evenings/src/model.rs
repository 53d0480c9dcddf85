//! A club evening, and an answer that was revealed.

use club::{Marks, Question};
use kernel::{Heard, Id, Reading, Refusal, Result, noun, value::Packed};
use people::Member;
use std::collections::BTreeMap;

noun! {
    /// The same challenge for all of a team, within a time, revealed together.
    pub struct ClubEvening in "club_evening" {
        /// The id of the challenge.
        challenge: String,
        title: String,
        minutes: i64,
        /// Whoever planned it.
        member: Id<Member>,
        started_at: Option<i64>,
        revealed_at: Option<i64>,
        /// Which edition of a challenge of the workspace; 0 for those of the program.
        edition: i64,
    } label(e) e.title.clone();
    about { many: "club-evenings", one: "club evening", read: Reading::Anyone, place: "evenings?show={id}", titled: true,
      hushed: &["challenge", "member", "edition"], heard: Heard { news: &["started_at", "revealed_at"], everyone: true, ..Heard::NOTHING },
      called: &[("started_at", "started"), ("revealed_at", "revealed")] }
}

impl ClubEvening {
    /// Refuses what belongs to an evening that is on.
    pub(crate) fn is_on(&self) -> Result<()> {
        match (self.started_at, self.revealed_at) {
            (None, _) => Err(Refusal::invalid("evening", "It has not begun yet; whoever planned it starts the clock.")),
            (Some(_), None) => Ok(()),
            (_, Some(_)) => Err(Refusal::invalid("evening", "The answers are revealed already.")),
        }
    }

    /// Until when an answer is in time.
    pub fn ends_at(&self) -> Option<i64> {
        self.started_at.map(|at| at + self.minutes * 60_000)
    }
}

noun! {
    /// What somebody handed in at a club evening, revealed with all others.
    pub struct EveningAnswer in "evening_answer" {
        evening: Id<ClubEvening>,
        member: Id<Member>,
        /// By its part, such as `scope`.
        answer: Packed<BTreeMap<String, String>>,
        /// A word to the others.
        note: String,
        marks: Packed<Marks>,
        /// Of what could be had, 0 to 1.
        score: Option<f64>,
        handed_in_at: i64,
        /// After the time was over.
        late: bool,
        /// What was asked of the case for it.
        asked: Packed<Vec<Question>>,
    } label(_a) "an answer".to_owned();
    about { many: "evening-answers", one: "answer", read: Reading::Alongside("club_evening", "evening", "member"), part_of: "evening", made_anew: true,
      hushed: &["evening", "member", "answer", "marks", "asked"], long: &["answer", "marks", "asked"], shares: &["score"],
      said: Some(kernel::erasure::Said { by: "member", words: &["answer", "marks", "note", "asked"], unless: "" }) }
}
