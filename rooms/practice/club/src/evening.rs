//! What a club evening asks of the library: which challenges fit, what is asked of a case, and what an answer comes to.

use crate::{
    attempts, casework,
    library::{self, LIBRARY, Task},
    marking,
    model::*,
    rows,
    view::{self, Asker},
    working,
};
use kernel::{Id, Look, Meta, Refusal, Result, Uuid, Value, erasure::ERASED, value::Packed};
use std::collections::BTreeMap;
use web::{Markup, html};

/// A challenge that a team can take on together.
pub struct ForEvening {
    pub id: String,
    pub title: String,
    pub kind: &'static str,
    pub minutes: i64,
    /// Which edition of one of the workspace; 0 for those of the program.
    pub edition: i64,
    /// How hard, in words, where its title does not say.
    pub level: Option<&'static str>,
    /// Whether whoever plans it has tried it.
    pub tried: bool,
}

impl ForEvening {
    fn of(task: &Task) -> ForEvening {
        let (kind, minutes, edition) = (task.discipline().many(), task.minutes().into(), task.edition());
        ForEvening {
            id: task.id().to_owned(),
            title: task.title(),
            kind,
            minutes,
            edition,
            level: Some(view::level_says(task.level())),
            tried: false,
        }
    }

    /// A case is invented from `any` number where its difficulty alone was named.
    ///
    /// # Errors
    /// None that a difficulty of the list leads to.
    pub fn drawn(self, any: u64) -> Result<ForEvening> {
        match level_of(&self.id) {
            Some(level) => Ok(ForEvening::of(&library::of_program(&library::invented(level, any))?)),
            None => Ok(self),
        }
    }
}

fn fits(of: Discipline) -> bool {
    of != Discipline::Drill
}

/// What is chosen for a case that is invented as the evening is planned: `invented-3`, as hard as that.
const INVENTED: &str = "invented-";

/// How hard such a case is to be.
fn level_of(id: &str) -> Option<i64> {
    id.strip_prefix(INVENTED)?.parse().ok().filter(|level| (1..=library::HARDEST).contains(level))
}

fn to_invent(level: i64) -> ForEvening {
    let title = format!("A new case, difficulty {level}");
    ForEvening { id: format!("{INVENTED}{level}"), title, kind: "Invented root causes", minutes: 15, edition: 0, level: None, tried: false }
}

/// So many of the workspace are offered.
const MOST_OWN: i64 = 100;

/// Challenges that a team takes on: guesses, strategy, design and root causes that are written, those of the workspace first,
/// and how hard a case may be that is invented for the evening.
///
/// # Errors
/// What the database says.
pub fn for_evenings(look: &mut Look) -> Result<Vec<ForEvening>> {
    let sql = format!(
        "select code, title, kind, minutes, edition, level from challenge
         where withdrawn_at is null and words <> '{ERASED}' and kind <> 'drill' order by published_at desc, id desc limit $1"
    );
    let mut found = vec![];
    for mut row in look.query(&sql, &[Value::Int(MOST_OWN)])? {
        let (id, title, kind): (String, String, Discipline) = (row.take()?, row.take()?, row.take()?);
        let (minutes, edition, level) = (row.take()?, row.take()?, row.take()?);
        found.push(ForEvening { id, title, kind: kind.many(), minutes, edition, level: Some(view::level_says(level)), tried: false });
    }
    found.extend(of_program());
    // What an assistant's member has tried is theirs alone.
    if look.scope.oneself().is_ok() {
        let tried = rows::all_tried(look)?;
        found.iter_mut().for_each(|one| one.tried = tried.contains(&one.id));
    }
    Ok(found)
}

/// Those of the program.
fn of_program() -> impl Iterator<Item = ForEvening> {
    let written = LIBRARY.iter().filter(|challenge| fits(Discipline::of(challenge.kind)));
    written.map(|challenge| ForEvening::of(&Task::Program(challenge))).chain((1..=library::HARDEST).map(to_invent))
}

/// One of them, by its id.
///
/// # Errors
/// `Invalid` at `challenge`, and what the database says.
pub fn for_evening(look: &mut Look, id: &str) -> Result<ForEvening> {
    if let Some(level) = level_of(id) {
        return Ok(to_invent(level));
    }
    let unknown = || Refusal::invalid("challenge", "Choose a guess, a case of strategy, of design or of root cause from the library.");
    let task = library::task(look, id).map_err(|refusal| if refusal == Refusal::NotFound { unknown() } else { refusal })?;
    if task.is_withdrawn() || !fits(task.discipline()) { Err(unknown()) } else { Ok(ForEvening::of(&task)) }
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

/// Marks an answer as handing it in would, with what was asked of the case before.
///
/// # Errors
/// What is missing, at its part.
pub fn judged(task: &Task, parts: working::Parts, asked: &[Question]) -> Result<Judged> {
    let mut attempt = with(task, &BTreeMap::new(), asked);
    working::take_over(&mut attempt, parts)?;
    marking::mark(task, &mut attempt)?;
    Ok(Judged { answer: attempt.answer.0, score: attempt.score, marks: attempt.marks.0 })
}

/// What was asked so far, and a cut more.
///
/// # Errors
/// What the case does not have, at its field.
pub fn cut(task: &Task, asked: &[Question], cut: Question) -> Result<Vec<Question>> {
    casework::query(task.case().ok_or_else(working::no_case)?, &cut)?;
    more(asked, cut)
}

/// What was asked so far, and a question more: in words, or the name of a source.
///
/// # Errors
/// `Invalid` where there is nobody to ask.
pub fn question(task: &Task, asked: &[Question], words: String) -> Result<Vec<Question>> {
    more(asked, working::worded(task, words)?)
}

fn more(asked: &[Question], question: Question) -> Result<Vec<Question>> {
    working::not_too_many(asked.len(), "evening")?;
    Ok(asked.iter().cloned().chain([question]).collect())
}

/// The brief of a challenge with the facts that stand in the open.
pub fn brief(task: &Task) -> Markup {
    view::brief(task)
}

/// Whether there is something to ask of a challenge: figures to cut, or facts that are told only when asked for.
pub fn is_asked(task: &Task) -> bool {
    task.case().is_some() || task.written().is_some_and(|one| one.facts.iter().any(|fact| fact.hidden))
}

/// What is asked of a challenge with what was told, and the forms to ask more. Nothing is said of what a cut narrows before
/// all is revealed.
pub fn asking(task: &Task, asked: &[Question], (cuts, words): (String, String), (field, id): (&'static str, String)) -> Markup {
    let asker = Asker { cuts, words, field, id };
    let attempt = with(task, &BTreeMap::new(), asked);
    html! { @if let Some(case) = task.case() { (view::case::cuts(case, &attempt, &asker)) } (view::asking(task, &attempt, &asker)) }
}

/// What is written before anything is asked: the field belongs to the form `answering`.
pub fn beforehand(task: &Task, written: &BTreeMap<String, String>) -> Markup {
    view::beforehand(task, &with(task, written, &[]))
}

/// The other fields of an answer, with what is written.
pub fn answer_fields(task: &Task, written: &BTreeMap<String, String>) -> Markup {
    view::fields(task, &with(task, written, &[]))
}

fn with(task: &Task, written: &BTreeMap<String, String>, asked: &[Question]) -> Attempt {
    let nobody = Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
    let blank = attempts::blank(task, Mode::Exam, nobody, Id::new(Uuid::nil()));
    Attempt { answer: Packed(written.clone()), asked: Packed(asked.to_vec()), ..blank }
}

/// An answer that was revealed, with what was asked for it and what was found of it.
pub fn revealed_answer(task: &Task, (answer, asked): (&BTreeMap<String, String>, &[Question]), marks: &Marks) -> Markup {
    view::answered(task, &with(task, answer, asked), marks)
}

/// The reference, what happened, the debrief and the author's answers: for whoever has handed in, and for the author.
pub fn debrief(task: &Task) -> Markup {
    html! { @if let Some(case) = task.case() { (view::truth(case)) } (view::debrief(task, &with(task, &BTreeMap::new(), &[]))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_evening_takes_whatever_has_more_than_one_answer() {
        let kinds: std::collections::BTreeSet<&str> = of_program().map(|one| one.kind).collect();
        assert_eq!(kinds.len(), 5, "{kinds:?}");
        assert!(!kinds.contains(Discipline::Drill.many()));
        let drawn = to_invent(2).drawn(77_000_123).map(|one| one.id);
        assert_eq!(drawn.as_deref(), Ok("invented-2-123"));
        assert_eq!(level_of("invented-9").or(level_of("invented-2-123")).or(level_of("nothing")), None);
    }
}
