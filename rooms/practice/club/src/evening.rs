//! What a club evening asks of the library: which challenges fit, and what an answer comes to.

use crate::{
    attempts,
    library::{self, LIBRARY, Task},
    marking,
    model::*,
    view, working,
};
use kernel::{Id, Look, Meta, Refusal, Result, Uuid, Value, erasure::ERASED, value::Packed};
use std::collections::BTreeMap;
use web::Markup;

/// A challenge that a team can take on together.
pub struct ForEvening {
    pub id: String,
    pub title: String,
    pub kind: &'static str,
    pub minutes: i64,
    /// Which edition of one of the workspace; 0 for those of the program.
    pub edition: i64,
}

fn fits(of: Discipline) -> bool {
    matches!(of, Discipline::Guesstimate | Discipline::Strategy | Discipline::Design)
}

/// So many of the workspace are offered.
const MOST_OWN: i64 = 100;

/// Challenges that are written and need nobody to answer questions: guesses, strategy and design, those of the workspace
/// first.
///
/// # Errors
/// What the database says.
pub fn for_evenings(look: &mut Look) -> Result<Vec<ForEvening>> {
    let sql = format!(
        "select code, title, kind, minutes, edition from challenge
         where withdrawn_at is null and words <> '{ERASED}' and kind in ('guesstimate', 'strategy', 'design') order by published_at desc, id desc limit $1"
    );
    let mut found = vec![];
    for mut row in look.query(&sql, &[Value::Int(MOST_OWN)])? {
        let (id, title, kind): (String, String, Discipline) = (row.take()?, row.take()?, row.take()?);
        found.push(ForEvening { id, title, kind: kind.many(), minutes: row.take()?, edition: row.take()? });
    }
    found.extend(LIBRARY.iter().filter(|challenge| fits(Discipline::of(challenge.kind))).map(|challenge| ForEvening {
        id: challenge.id.clone(),
        title: challenge.title.clone(),
        kind: Discipline::of(challenge.kind).many(),
        minutes: challenge.minutes.into(),
        edition: 0,
    }));
    Ok(found)
}

/// One of them.
///
/// # Errors
/// `Invalid` at `challenge`, and what the database says.
pub fn for_evening(look: &mut Look, id: &str) -> Result<ForEvening> {
    let unknown = || Refusal::invalid("challenge", "Choose a guess, a case of strategy or one of design from the library.");
    let task = library::task(look, id).map_err(|refusal| if refusal == Refusal::NotFound { unknown() } else { refusal })?;
    if task.written().is_none() || task.is_withdrawn() || !fits(task.discipline()) {
        return Err(unknown());
    }
    let (kind, minutes, edition) = (task.discipline().many(), task.minutes().into(), task.edition());
    Ok(ForEvening { id: task.id().to_owned(), title: task.title(), kind, minutes, edition })
}

/// The challenge of an evening, in the edition that it was planned with.
///
/// # Errors
/// `NotFound`, and what the database says.
pub fn evening_task(look: &mut Look, challenge: &str, edition: i64) -> Result<Task> {
    library::edition_of(look, challenge, edition)?.ok_or(Refusal::NotFound)
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
pub fn judged(task: &Task, parts: working::Parts) -> Result<Judged> {
    let nobody = Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
    let mut attempt = attempts::blank(task, Mode::Exam, nobody, Id::new(Uuid::nil()));
    working::take_over(&mut attempt, parts)?;
    marking::mark(task, &mut attempt)?;
    Ok(Judged { answer: attempt.answer.0, score: attempt.score, marks: attempt.marks.0 })
}

/// The brief of a challenge with the facts that stand in the open.
pub fn brief(task: &Task) -> Markup {
    view::brief(task)
}

/// The fields of an answer, with what is written.
pub fn answer_fields(task: &Task, written: &BTreeMap<String, String>) -> Markup {
    view::fields(&with(task, written))
}

fn with(task: &Task, written: &BTreeMap<String, String>) -> Attempt {
    let nobody = Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
    Attempt { answer: Packed(written.clone()), ..attempts::blank(task, Mode::Exam, nobody, Id::new(Uuid::nil())) }
}

/// An answer that was revealed, with what was found of it.
pub fn revealed_answer(task: &Task, answer: &BTreeMap<String, String>, marks: &Marks) -> Markup {
    view::answered(task, &with(task, answer), marks)
}

/// The reference, the debrief and the author's answers: for whoever has handed in, and for the author.
pub fn debrief(task: &Task) -> Markup {
    view::debrief(task, &with(task, &BTreeMap::new()))
}
