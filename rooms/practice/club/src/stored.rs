//! Challenges that people of the workspace wrote and published. What stands in the open of one is `challenge`; its text is
//! an `Edition`, its author's own noun, so that no door tells of its answers: the club reads it past that, to show its
//! brief, to mark by it, and its debrief to whoever has handed in.

use crate::{library, model::*};
use challenge::{Challenge, Folder, Kind};
use kernel::{Column, Heard, Home, Id, Look, Reading, Result, Uuid, Value, erasure::Said, look::find_rows, noun, value::Packed};
use people::Member;
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

noun! {
    /// A challenge that somebody of the workspace wrote: what is told of it before it is tried.
    pub struct OwnChallenge in "challenge" {
        /// What it goes by, as the folder of a challenge is called.
        code: String,
        kind: Discipline,
        title: String,
        summary: String,
        /// 1 easy to 5 hard.
        level: i64,
        minutes: i64,
        skills: Packed<Vec<String>>,
        /// Title, summary and skills, to be looked for.
        words: String,
        /// Whoever wrote it.
        member: Id<Member>,
        /// The newest.
        edition: i64,
        published_at: i64,
        withdrawn_at: Option<i64>,
        withdrawn_by: Option<Id<Member>>,
    } label(c) c.title.clone();
    about { many: "challenges", home: Home::Workspace, read: Reading::Anyone, place: "practice/challenges/{id}", made_anew: true, titled: true,
      heard: Heard { whose: &["member"], news: &["withdrawn_at"], ..Heard::NOTHING },
      said: Some(Said { by: "member", words: &["title", "summary", "words"], unless: "" }),
      hushed: &["code", "words", "member", "published_at", "withdrawn_by"], called: &[("withdrawn_at", "withdrawn")] }
}

noun! {
    /// The text of a challenge as it was published, with its answers: read by its author alone.
    pub struct Edition in "challenge_edition" {
        member: Id<Member>,
        challenge: Id<OwnChallenge>,
        /// From 1.
        number: i64,
        files: Packed<BTreeMap<String, String>>,
    } label(e) format!("edition {}", e.number);
    about { many: "challenge-editions", one: "edition of a challenge", home: Home::Member, read: Reading::Own("member"), made_anew: true,
      said: Some(Said { by: "member", words: &["files"], unless: "" }), hushed: &["member", "challenge", "files"], long: &["files"] }
}

/// An edition that was read.
pub struct Stored {
    pub(crate) challenge: Challenge,
    pub(crate) edition: i64,
    pub(crate) author: Uuid,
}

/// So many are kept as they were read: an edition never changes, and all its pages ask for it.
const REMEMBERED: usize = 64;
type Read = VecDeque<((Uuid, i64), Arc<Stored>)>;
static READ: Mutex<Read> = Mutex::new(VecDeque::new());

/// One of the workspace by what it goes by, in its newest edition or in a named one. `None` where there is none, or where
/// its text was taken away.
pub(crate) fn found(look: &mut Look, code: &str, edition: Option<i64>) -> Result<Option<library::Task>> {
    // Past who may read an edition: whoever shows it keeps to what may be shown.
    let sql = "select challenge_edition.id, challenge_edition.version, challenge_edition.number, challenge.member, challenge.kind, challenge.withdrawn_at, member.name
               from challenge join challenge_edition on challenge_edition.challenge = challenge.id and challenge_edition.number = coalesce($2, challenge.edition)
               join member on member.id = challenge.member where challenge.code = $1";
    let edition = edition.map_or(Value::Null, Value::Int);
    let Some(mut row) = look.reader.query(sql, &[Value::Text(code.to_owned()), edition])?.pop() else { return Ok(None) };
    let (id, version, number): (Uuid, i64, i64) = (row.take()?, row.take()?, row.take()?);
    let (author, kind): (Uuid, Discipline) = (row.take()?, row.take()?);
    let (withdrawn, by) = (row.take::<Option<i64>>()?.is_some(), row.take()?);
    let known = |all: &Read| all.iter().find(|(key, _)| *key == (id, version)).map(|(_, stored)| stored.clone());
    if let Some(stored) = known(&READ.lock().unwrap_or_else(PoisonError::into_inner)) {
        return Ok(Some(library::Task::Own { stored, withdrawn, by }));
    }
    let Some(text) = find_rows::<Edition>(look.reader, "where id = $1", &[id.value()])?.pop() else { return Ok(None) };
    let read = Folder::of(kind.kind().name(), code, text.files.0).ok().and_then(|folder| Challenge::read(&folder).ok());
    let Some(challenge) = read else { return Ok(None) };
    let stored = Arc::new(Stored { challenge, edition: number, author });
    let mut all = READ.lock().unwrap_or_else(PoisonError::into_inner);
    all.push_front(((id, version), stored.clone()));
    all.truncate(REMEMBERED);
    Ok(Some(library::Task::Own { stored, withdrawn, by }))
}

impl library::Task {
    /// One that is still being written, as its author looks at it.
    pub fn drafted(challenge: Challenge, author: Uuid, by: &str) -> library::Task {
        library::Task::Own { stored: Arc::new(Stored { challenge, edition: 0, author }), withdrawn: false, by: by.to_owned() }
    }
}

/// What is told of one of the workspace.
///
/// # Errors
/// What the database says.
pub fn own_by_code(look: &mut Look, code: &str) -> Result<Option<OwnChallenge>> {
    Ok(find_rows(look.reader, "where code = $1", &[Value::Text(code.to_owned())])?.pop())
}

/// Pages of the club that stand where a challenge of the same id would.
const PAGES: [&str; 6] = ["assistant", "going", "record", "reviews", "strengths", "writing"];

/// Whether something in the club goes by an id, challenges that were withdrawn among them.
///
/// # Errors
/// What the database says.
pub fn code_is_taken(look: &mut Look, code: &str) -> Result<bool> {
    Ok(PAGES.contains(&code) || code.starts_with("invented-") || library::of_program(code).is_ok() || own_by_code(look, code)?.is_some())
}

/// So many drills of the workspace may be named by a debrief.
const MOST_DRILLS: i64 = 200;

/// The drills that a debrief may lead to.
///
/// # Errors
/// What the database says.
pub fn drill_ids(look: &mut Look) -> Result<Vec<String>> {
    let mut found: Vec<String> = library::LIBRARY.iter().filter(|one| one.kind == Kind::Drill).map(|one| one.id.clone()).collect();
    let sql = "select code from challenge where kind = 'drill' and withdrawn_at is null order by level, id limit $1";
    for mut row in look.reader.query(sql, &[Value::Int(MOST_DRILLS)])? {
        found.push(row.take()?);
    }
    Ok(found)
}
