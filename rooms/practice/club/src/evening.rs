//! What a club evening asks of the library: which challenges fit, what is asked of a case, and what an answer comes to.

use crate::{attempts, casework, library, library::LIBRARY, marking, model::*, view, view::Asker, working};
use challenge::Kind;
use kernel::{Id, Meta, Refusal, Result, Uuid, value::Packed};
use std::collections::BTreeMap;
use web::{Markup, html};

/// A challenge that a team can take on together.
pub struct ForEvening {
    pub id: String,
    pub title: String,
    pub kind: &'static str,
    pub minutes: i64,
}

impl ForEvening {
    fn of(task: &library::Task) -> ForEvening {
        ForEvening { id: task.id().to_owned(), title: task.title(), kind: task.discipline().many(), minutes: task.minutes().into() }
    }
}

/// What is chosen for a case that is invented as the evening is planned: `invented-3`, as hard as that.
const INVENTED: &str = "invented-";

/// Challenges that a team takes on: guesses, strategy, design and root causes that are written, and how hard a case may be
/// that is invented for the evening.
pub fn for_evenings() -> impl Iterator<Item = ForEvening> {
    let fits = |kind: Kind| kind != Kind::Drill;
    let written = LIBRARY.iter().filter(move |challenge| fits(challenge.kind));
    let invented = (1..=library::HARDEST).map(|level| ForEvening {
        id: format!("{INVENTED}{level}"),
        title: format!("A new case, difficulty {level}"),
        kind: "Invented root causes",
        minutes: 15,
    });
    written.map(|challenge| ForEvening::of(&library::Task::Written(challenge))).chain(invented)
}

/// One of them, by its id; a case is invented from `any` number where its difficulty alone is named.
///
/// # Errors
/// `Invalid` at `challenge`.
pub fn for_evening(id: &str, any: u64) -> Result<ForEvening> {
    let unknown = || Refusal::invalid("challenge", "Choose a guess, a case of strategy, of design or of root cause from the library.");
    let level = id.strip_prefix(INVENTED).and_then(|level| level.parse::<i64>().ok());
    let task = match level {
        Some(level @ 1..=library::HARDEST) => library::task(&library::invented(level, any)),
        Some(_) => return Err(unknown()),
        None => library::task(id),
    };
    let task = task.map_err(|_| unknown())?;
    if task.discipline() == Discipline::Drill { Err(unknown()) } else { Ok(ForEvening::of(&task)) }
}

/// What an answer comes to.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    pub answer: BTreeMap<String, String>,
    pub score: Option<f64>,
    pub marks: Marks,
}

/// Marks an answer as handing it in would, with what was asked of the case before.
///
/// # Errors
/// What is missing, at its part.
pub fn judged(challenge: &str, parts: working::Parts, asked: &[Question]) -> Result<Judged> {
    let task = library::task(challenge)?;
    let mut attempt = with(&task, &BTreeMap::new(), asked);
    working::take_over(&mut attempt, parts)?;
    marking::mark(&task, &mut attempt)?;
    Ok(Judged { answer: attempt.answer.0, score: attempt.score, marks: attempt.marks.0 })
}

/// What was asked so far, and a cut more.
///
/// # Errors
/// What the case does not have, at its field.
pub fn cut(challenge: &str, asked: &[Question], cut: Question) -> Result<Vec<Question>> {
    let task = library::task(challenge)?;
    casework::query(task.case().ok_or_else(working::no_case)?, &cut)?;
    more(asked, cut)
}

/// What was asked so far, and a question more: in words, or the name of a source.
///
/// # Errors
/// `Invalid` where there is nobody to ask.
pub fn question(challenge: &str, asked: &[Question], words: String) -> Result<Vec<Question>> {
    more(asked, working::worded(&library::task(challenge)?, words)?)
}

fn more(asked: &[Question], question: Question) -> Result<Vec<Question>> {
    working::not_too_many(asked.len(), "evening")?;
    Ok(asked.iter().cloned().chain([question]).collect())
}

/// The brief of a challenge with the facts that stand in the open.
pub fn brief(challenge: &str) -> Markup {
    library::task(challenge).map(|task| view::brief(&task)).unwrap_or_default()
}

/// Whether there is something to ask of a challenge: figures to cut, or facts that are told only when asked for.
pub fn is_asked(challenge: &str) -> bool {
    library::task(challenge).is_ok_and(|task| task.case().is_some() || task.written().is_some_and(|one| one.facts.iter().any(|fact| fact.hidden)))
}

/// What is asked of a challenge with what was told, and the forms to ask more. Nothing is said of what a cut narrows before
/// all is revealed.
pub fn asking(challenge: &str, asked: &[Question], (cuts, words): (String, String), (field, id): (&'static str, String)) -> Markup {
    let asker = Asker { cuts, words, field, id };
    let shown = |task: library::Task| {
        let attempt = with(&task, &BTreeMap::new(), asked);
        html! { @if let Some(case) = task.case() { (view::case::cuts(case, &attempt, &asker)) } (view::asking(&task, &attempt, &asker)) }
    };
    library::task(challenge).map(shown).unwrap_or_default()
}

/// The fields of an answer, with what is written.
pub fn answer_fields(challenge: &str, written: &BTreeMap<String, String>) -> Markup {
    library::task(challenge).map(|task| view::fields(&task, &with(&task, written, &[]))).unwrap_or_default()
}

fn with(task: &library::Task, written: &BTreeMap<String, String>, asked: &[Question]) -> Attempt {
    let nobody = Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
    let blank = attempts::blank(task, Mode::Exam, nobody, Id::new(Uuid::nil()));
    Attempt { answer: Packed(written.clone()), asked: Packed(asked.to_vec()), ..blank }
}

/// An answer that was revealed, with what was asked for it and what was found of it.
pub fn revealed_answer(challenge: &str, (answer, asked): (&BTreeMap<String, String>, &[Question]), marks: &Marks) -> Markup {
    library::task(challenge).map(|task| view::answered(&task, &with(&task, answer, asked), marks)).unwrap_or_default()
}

/// The reference, what happened, the debrief and the author’s answers: for whoever has handed in.
pub fn debrief(challenge: &str) -> Markup {
    let shown = |task: library::Task| {
        html! { @if let Some(case) = task.case() { (view::case::truth(case)) } (view::debrief(&task, &with(&task, &BTreeMap::new(), &[]))) }
    };
    library::task(challenge).map(shown).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use challenge::read::Own;

    #[test]
    fn an_evening_takes_whatever_has_more_than_one_answer() {
        let kinds: std::collections::BTreeSet<&str> = for_evenings().map(|one| one.kind).collect();
        assert_eq!(kinds.len(), 5, "{kinds:?}");
        assert!(LIBRARY.iter().any(|one| matches!(one.own, Own::Drill(_)) && for_evening(&one.id, 1).is_err()));
        let drawn = for_evening("invented-2", 77_000_123).map(|one| one.id);
        assert_eq!(drawn.as_deref(), Ok("invented-2-123"));
        assert!(for_evening("invented-9", 1).is_err() && for_evening("nothing", 1).is_err());
        assert_eq!(for_evening("invented-2-123", 1).map(|one| one.id).as_deref(), Ok("invented-2-123"), "the same case again");
    }
}
