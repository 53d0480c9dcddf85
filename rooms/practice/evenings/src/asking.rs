//! Asking the case at an evening: cuts of its figures and questions, each for oneself. What one asks is sealed as the answer
//! is, in a round of its own beside it, so that who has handed in is still told by who has sealed there.

use crate::{events::*, holding::a_person, model::*};
use club::{Question, Where};
use kernel::{
    Authority, Command, Decided, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, Uuid, command,
    sealed::{self, Seal, SealForm},
    serde_json,
};

/// The form that seals a question.
pub(crate) const QUESTIONS: SealForm = SealForm { seals: "club_evening.ask", opens: "club_evening.reveal", says: "words" };

/// The round in which questions are sealed: told from that of the answers by one bit, so that nothing has to keep it.
fn round(evening: &ClubEvening) -> Uuid {
    Uuid::from_u128(evening.meta.id.as_u128() ^ 1)
}

/// Both rounds of an evening.
pub(crate) fn rounds(evening: &ClubEvening) -> Vec<Uuid> {
    vec![evening.meta.id, round(evening)]
}

/// What the asker has asked at an evening so far.
pub(crate) fn own(look: &mut Look, evening: &ClubEvening) -> Result<Vec<Question>> {
    let round = round(evening);
    match sealed::own(look, [round])?.remove(&round) {
        Some(body) => serde_json::from_str(&body).map_err(|e| Refusal::broken(e.to_string())),
        None => Ok(vec![]),
    }
}

/// An evening with its challenge, and what the asker has asked there.
type SoFar = (ClubEvening, club::Task, Vec<Question>);

fn so_far(look: &mut Look, id: Id<ClubEvening>) -> Result<SoFar> {
    let evening = ClubEvening::get(look, id)?;
    let task = club::evening_task(look, &evening.challenge, evening.edition)?;
    let asked = own(look, &evening)?;
    Ok((evening, task, asked))
}

/// Seals what was asked with one thing more, all of it anew.
fn seal((evening, task, asked): SoFar, scope: &Scope, more: impl FnOnce(&club::Task, &[Question]) -> Result<Vec<Question>>) -> Result<Decided> {
    evening.is_on()?;
    scope.who.signed_in()?;
    let body = serde_json::to_string(&more(&task, &asked)?).map_err(|e| Refusal::broken(e.to_string()))?;
    // It is a part of the answer, so nobody is led to a page by the id of the round.
    let seal = Seal { round: round(&evening), noun: EveningAnswer::TABLE, body, kind: &QUESTION_SEALED, label: evening.title };
    Ok(Decided { seals: vec![seal], ..Decided::default() })
}

command! {
    /// Cuts the figures of the case of a club evening, for oneself: a step, by a dimension, of one value only.
    pub struct CutAtEvening in "club_evening.cut" at Post "/products/{product}/club-evenings/{evening}/cuts" [] {
        pub evening: Id<ClubEvening>,
        /// Where it is asked.
        pub at: Where,
        pub step: Line<80>,
        /// The dimension; one sum where it is left out.
        #[serde(default)]
        pub by: Text<80>,
        /// One value, as `device = phone`; all where it is left out.
        #[serde(default)]
        pub only: Text<160>,
    }
}

impl Command for CutAtEvening {
    type Before = SoFar;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<SoFar> {
        so_far(look, self.evening)
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        a_person(scope)
    }
    fn title(&self, (evening, ..): &Self::Before) -> String {
        format!("Cut “{}”", evening.title)
    }
    fn decide(self, so_far: SoFar, _: &Moment, scope: &Scope) -> Result<Decided> {
        let cut = Question::Cut { at: self.at, step: self.step.into(), by: self.by.into(), only: self.only.into() };
        seal(so_far, scope, |task, asked| club::cut(task, asked, cut))
    }
}

command! {
    /// Asks the case of a club evening for a fact, for oneself, or looks into one of its sources.
    pub struct AskAtEvening in "club_evening.ask" at Post "/products/{product}/club-evenings/{evening}/questions" [] {
        pub evening: Id<ClubEvening>,
        /// In words; the name of a source looks into that.
        pub words: Line<200>,
    }
}

impl Command for AskAtEvening {
    type Before = SoFar;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<SoFar> {
        so_far(look, self.evening)
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        a_person(scope)
    }
    fn title(&self, (evening, ..): &Self::Before) -> String {
        format!("Ask about “{}”", evening.title)
    }
    fn decide(self, so_far: SoFar, _: &Moment, scope: &Scope) -> Result<Decided> {
        seal(so_far, scope, |task, asked| club::question(task, asked, self.words.into()))
    }
}
