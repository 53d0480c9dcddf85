//! What a club evening asks of the library: which challenges fit, and what an answer comes to.

use crate::{attempts, library, library::LIBRARY, marking, model::*, view, working};
use challenge::Kind;
use kernel::{Id, Meta, Refusal, Result, Uuid, value::Packed};
use std::collections::BTreeMap;
use web::Markup;

/// A challenge that a team can take on together.
pub struct ForEvening {
    pub id: &'static str,
    pub title: &'static str,
    pub kind: &'static str,
    pub minutes: i64,
}

/// Challenges that are written and need nobody to answer questions: guesses, strategy and design.
pub fn for_evenings() -> impl Iterator<Item = ForEvening> {
    let fits = |kind: Kind| matches!(kind, Kind::Guesstimate | Kind::Strategy | Kind::Design);
    LIBRARY.iter().filter(move |challenge| fits(challenge.kind)).map(|challenge| ForEvening {
        id: &challenge.id,
        title: &challenge.title,
        kind: Discipline::of(challenge.kind).many(),
        minutes: challenge.minutes.into(),
    })
}

/// One of them.
///
/// # Errors
/// `Invalid` at `challenge`.
pub fn for_evening(id: &str) -> Result<ForEvening> {
    let unknown = || Refusal::invalid("challenge", "Choose a guess, a case of strategy or one of design from the library.");
    for_evenings().find(|challenge| challenge.id == id).ok_or_else(unknown)
}

/// What an answer comes to.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    pub answer: BTreeMap<String, String>,
    pub score: Option<f64>,
    pub marks: Marks,
}

/// Marks an answer as handing it in would.
///
/// # Errors
/// What is missing, at its part.
pub fn judged(challenge: &str, parts: working::Parts) -> Result<Judged> {
    let task = library::task(challenge)?;
    let nobody = Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
    let mut attempt = attempts::blank(&task, Mode::Exam, nobody, Id::new(Uuid::nil()));
    working::take_over(&mut attempt, parts)?;
    marking::mark(&task, &mut attempt)?;
    Ok(Judged { answer: attempt.answer.0, score: attempt.score, marks: attempt.marks.0 })
}

/// The brief of a challenge with the facts that stand in the open.
pub fn brief(challenge: &str) -> Markup {
    library::task(challenge).map(|task| view::brief(&task)).unwrap_or_default()
}

/// The fields of an answer, with what is written.
pub fn answer_fields(challenge: &str, written: &BTreeMap<String, String>) -> Markup {
    library::task(challenge).map(|task| view::fields(&with(&task, written))).unwrap_or_default()
}

fn with(task: &library::Task, written: &BTreeMap<String, String>) -> Attempt {
    let nobody = Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
    Attempt { answer: Packed(written.clone()), ..attempts::blank(task, Mode::Exam, nobody, Id::new(Uuid::nil())) }
}

/// An answer that was revealed, with what was found of it.
pub fn revealed_answer(challenge: &str, answer: &BTreeMap<String, String>, marks: &Marks) -> Markup {
    library::task(challenge).map(|task| view::answered(&task, &with(&task, answer), marks)).unwrap_or_default()
}

/// The reference, the debrief and the author's answers: for whoever has handed in.
pub fn debrief(challenge: &str) -> Markup {
    library::task(challenge).map(|task| view::debrief(&task, &with(&task, &BTreeMap::new()))).unwrap_or_default()
}
