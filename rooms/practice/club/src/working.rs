//! While an attempt is open: keeping what is written, hints, cuts, and questions to the case.

use crate::{
    attempts::{open, open_with_task},
    casework,
    events::*,
    library::Task,
    model::*,
    steps,
};
use kernel::{Authority, Command, Decided, Event, Id, Line, Look, Moment, Refusal, Result, Scope, Text, Waits, command, event::edit};
use std::collections::BTreeMap;

/// So much is asked in one attempt at most.
const MOST_ASKED: usize = 80;

/// What is written, by its part.
pub(crate) type Parts = BTreeMap<String, Text<8000>>;

command! {
    /// Keeps what is written so far.
    pub struct KeepAnswer in "attempt.keep" at Put "/account/attempts/{attempt}/answer" [] {
        pub attempt: Id<Attempt>,
        /// By its part, such as `scope`.
        pub parts: Parts,
    }
}

impl Command for KeepAnswer {
    type Before = Attempt;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Attempt> {
        open(look, self.attempt)
    }
    fn title(&self, attempt: &Attempt) -> String {
        format!("Write on “{}”", attempt.title)
    }
    fn decide(self, attempt: Attempt, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&KEPT, &attempt, |after| take_over(after, self.parts))?.into())
    }
}

/// Puts what was written into an attempt; parts that were not sent stay.
pub(crate) fn take_over(attempt: &mut Attempt, parts: Parts) -> Result<()> {
    for (key, text) in parts {
        let known = steps::steps(attempt.discipline).iter().any(|step| step.key == key) || steps::chosen(attempt.discipline).contains(&key.as_str());
        if !known {
            return Err(Refusal::invalid("parts", format!("An answer to this has no part “{key}”.")));
        }
        // A table in which nothing was filled in is none.
        let begins = steps::steps(attempt.discipline).iter().find(|step| step.key == key).map_or("", |step| step.begins.trim());
        let is_bare = text.replace("\r\n", "\n").trim() == begins;
        if is_bare { drop(attempt.answer.0.remove(&key)) } else { drop(attempt.answer.0.insert(key, text.into())) }
    }
    Ok(())
}

command! {
    /// Takes a hint for a part, in learning mode.
    pub struct TakeHint in "attempt.hint" at Post "/account/attempts/{attempt}/hints" [] {
        pub attempt: Id<Attempt>,
        /// Which part, such as `scope`.
        pub part: Line<40>,
    }
}

impl Command for TakeHint {
    type Before = Attempt;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Attempt> {
        open(look, self.attempt)
    }
    fn title(&self, attempt: &Attempt) -> String {
        format!("Take a hint for “{}”", attempt.title)
    }
    fn decide(self, attempt: Attempt, _: &Moment, _: &Scope) -> Result<Decided> {
        if attempt.mode == Mode::Exam {
            return Err(Refusal::invalid("part", "There are no hints in exam mode."));
        }
        if !steps::steps(attempt.discipline).iter().any(|step| step.key == &*self.part) {
            return Err(Refusal::invalid("part", "An answer to this has no such part."));
        }
        let taken = String::from(self.part);
        let event = edit(&HINTED, &attempt, |after| {
            if !after.hints.contains(&taken) {
                after.hints.0.push(taken);
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Cuts the figures of a case: a step, by a dimension, of one value only.
    pub struct CutCase in "attempt.cut" at Post "/account/attempts/{attempt}/cuts" [] {
        pub attempt: Id<Attempt>,
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

impl Command for CutCase {
    type Before = (Attempt, Task);
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        open_with_task(look, self.attempt)
    }
    fn title(&self, (attempt, _): &Self::Before) -> String {
        format!("Cut “{}”", attempt.title)
    }
    fn decide(self, (attempt, task): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let case = task.case().ok_or_else(no_case)?;
        let asked = Question::Cut { at: self.at, step: self.step.into(), by: self.by.into(), only: self.only.into() };
        casework::query(case, &asked)?;
        ask(&attempt, asked)
    }
}

command! {
    /// Asks the case for a fact, or looks into one of its sources.
    pub struct AskCase in "attempt.ask" at Post "/account/attempts/{attempt}/questions" [] {
        pub attempt: Id<Attempt>,
        /// In words; the name of a source looks into that.
        pub words: Line<200>,
    }
}

impl Command for AskCase {
    type Before = (Attempt, Task);
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        open_with_task(look, self.attempt)
    }
    fn title(&self, (attempt, _): &Self::Before) -> String {
        format!("Ask about “{}”", attempt.title)
    }
    fn decide(self, (attempt, task): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        ask(&attempt, worded(&task, self.words.into())?)
    }
}

/// A question in words; the name of a source looks into that.
pub(crate) fn worded(task: &Task, words: String) -> Result<Question> {
    if task.written().is_none() {
        return Err(Refusal::invalid("words", "What there is to read about an invented case stands beside it."));
    }
    Ok(match task.sources().contains(&words.as_str()) {
        true => Question::Source { source: words },
        false => Question::Words { words, told: None },
    })
}

/// That a question to a case was answered with one of its facts, as a model took it; empty where the case does not say.
pub fn told(attempt: &Attempt, at: usize, fact: &str) -> Event {
    let mut after = attempt.clone();
    if let Some(Question::Words { told, .. }) = after.asked.0.get_mut(at) {
        *told = Some(fact.to_owned());
    }
    Event::changed(&TOLD, attempt, &after)
}

pub(crate) fn no_case() -> Refusal {
    Refusal::invalid("attempt", "Only a case of root cause has figures to cut.")
}

/// Refuses a question more where so many were asked.
pub(crate) fn not_too_many(asked: usize, field: &str) -> Result<()> {
    if asked < MOST_ASKED { Ok(()) } else { Err(Refusal::invalid(field, format!("{MOST_ASKED} questions are enough; say what you think."))) }
}

fn ask(attempt: &Attempt, asked: Question) -> Result<Decided> {
    not_too_many(attempt.asked.len(), "attempt")?;
    let event = edit(&ASKED, attempt, |after| {
        after.asked.0.push(asked);
        Ok(())
    })?;
    Ok(event.into())
}
