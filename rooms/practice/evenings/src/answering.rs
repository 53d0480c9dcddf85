//! Handing in: marked at once, sealed until all are revealed. Until then it can be handed in anew, and is read by nobody else.

use crate::{
    asking::{self, rounds},
    events::*,
    holding::a_person,
    model::*,
};
use club::{Marks, Question, judged};
use kernel::{
    Authority, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, Uuid, command,
    sealed::{self, Seal, SealForm},
    serde_json,
    value::Packed,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form that seals an answer.
pub(crate) const ANSWERS: SealForm = SealForm { seals: "club_evening.hand_in", opens: "club_evening.reveal", says: "note" };

/// What is sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Sealed {
    pub answer: BTreeMap<String, String>,
    pub note: String,
    pub marks: Marks,
    pub score: Option<f64>,
    pub at: i64,
    /// What was asked of the case until then.
    #[serde(default)]
    pub asked: Vec<Question>,
}

pub(crate) fn read(body: &str) -> Result<Sealed> {
    serde_json::from_str(body).map_err(|e| Refusal::broken(e.to_string()))
}

/// An evening with everything that was sealed in it, for the commands that seal and reveal.
pub struct Evening {
    pub(crate) evening: ClubEvening,
    pub(crate) sealed: Vec<(Uuid, Sealed)>,
}

impl Evening {
    pub(crate) fn read(look: &mut Look, id: Id<ClubEvening>) -> Result<Evening> {
        let evening = ClubEvening::get(look, id)?;
        let sealed = sealed::all(look, evening.meta.id)?.into_iter().map(|(member, body)| Ok((member, read(&body)?))).collect::<Result<_>>()?;
        Ok(Evening { evening, sealed })
    }

    /// Makes nouns of what was sealed.
    pub(crate) fn revealed(self, moment: &Moment) -> Result<Decided> {
        let after = ClubEvening { revealed_at: Some(moment.now), ..self.evening.clone() };
        let mut events = vec![Event::changed(&EVENING_REVEALED, &self.evening, &after)];
        let end = self.evening.ends_at().unwrap_or(i64::MAX);
        for (member, sealed) in self.sealed {
            let answer = EveningAnswer {
                meta: moment.fresh(self.evening.meta.product),
                evening: self.evening.id(),
                member: Id::new(member),
                answer: Packed(sealed.answer),
                note: sealed.note,
                marks: Packed(sealed.marks),
                score: sealed.score,
                handed_in_at: sealed.at,
                late: sealed.at > end,
                asked: Packed(sealed.asked),
            };
            events.push(Event::created(&ANSWER_REVEALED, &answer).called(&self.evening.title));
        }
        Ok(Decided { unseals: rounds(&self.evening), ..events.into() })
    }
}

command! {
    /// Hands in an answer at a club evening. Nobody reads it before all are revealed; until then it can be handed in anew.
    pub struct HandInAnswer in "club_evening.hand_in" at Put "/products/{product}/club-evenings/{evening}/answer" [] {
        pub evening: Id<ClubEvening>,
        /// What is written, by its part, such as `scope`.
        pub parts: BTreeMap<String, Text<8000>>,
        /// A word to the others, read when all is revealed.
        #[serde(default)]
        pub note: Text<500>,
    }
}

impl Command for HandInAnswer {
    type Before = (Evening, club::Task, Vec<Question>);
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let evening = Evening::read(look, self.evening)?;
        // Whoever hands it in by themselves reads the reference and the author's answers.
        if let (Some(began), Ok(_)) = (evening.evening.started_at, look.scope.oneself())
            && club::has_read_since(look, &evening.evening.challenge, began)?
        {
            let why = "You have handed this one in elsewhere since the evening began, and have read what came of it. What you handed in here before that counts.";
            return Err(Refusal::invalid("evening", why));
        }
        let task = club::evening_task(look, &evening.evening.challenge, evening.evening.edition)?;
        let asked = asking::own(look, &evening.evening)?;
        Ok((evening, task, asked))
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        a_person(scope)
    }
    fn title(&self, (before, ..): &Self::Before) -> String {
        format!("Hand in an answer to “{}”", before.evening.title)
    }
    fn decide(self, (before, task, asked): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.evening.is_on()?;
        scope.who.signed_in()?;
        let judged = judged(&task, self.parts, &asked)?;
        let sealed = Sealed { answer: judged.answer, note: self.note.into(), marks: judged.marks, score: judged.score, at: moment.now, asked };
        let body = serde_json::to_string(&sealed).map_err(|e| Refusal::broken(e.to_string()))?;
        let seal = Seal { round: before.evening.meta.id, noun: ClubEvening::TABLE, body, kind: &ANSWER_SEALED, label: before.evening.title };
        Ok(Decided { seals: vec![seal], ..Decided::default() })
    }
}
