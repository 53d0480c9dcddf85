//! The library: every challenge of the program and of the workspace, and cases that are invented. Whatever asks for a
//! challenge asks here.

use crate::{
    model::*,
    stored::{self, Stored},
};
use challenge::{
    Challenge, Folder,
    folder::shelves,
    read::{Own, Worth},
};
use kernel::{Look, Refusal, Result, Uuid};
use rootcause::case::Practice;
use std::{
    collections::VecDeque,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Every challenge that can be read, by kind and difficulty; a test of the engine holds that all can.
pub(crate) static LIBRARY: LazyLock<Vec<Challenge>> = LazyLock::new(|| {
    let read = |((kind, id), files): ((String, String), Vec<(String, String)>)| Challenge::read(&Folder::of(&kind, &id, files).ok()?).ok();
    let mut all: Vec<Challenge> = shelves(FILES.iter().copied()).into_iter().filter_map(read).collect();
    all.sort_by(|a, b| (a.kind, a.level, &a.id).cmp(&(b.kind, b.level, &b.id)));
    all
});

/// The hardest that is invented.
pub(crate) const HARDEST: i64 = 5;
/// Seeds are short, so that one can be read to somebody who wants the same case.
const SEEDS: u64 = 1_000_000;

/// A challenge, or a case that is invented.
#[derive(Clone)]
pub enum Task {
    Program(&'static Challenge),
    /// One that somebody of the workspace wrote, in one of its editions.
    Own {
        stored: Arc<Stored>,
        withdrawn: bool,
        /// Whose account published it, whatever it says of its author.
        by: String,
    },
    Invented {
        id: String,
        seed: u64,
        case: Arc<Practice>,
    },
    /// One whose text is there no more; what its attempts hold stays.
    Gone {
        id: String,
        title: String,
        level: i64,
        discipline: Discipline,
        edition: i64,
    },
}

/// The id of an invented case.
pub(crate) fn invented(difficulty: i64, seed: u64) -> String {
    format!("invented-{}-{}", difficulty.clamp(1, HARDEST), seed % SEEDS)
}

/// What goes by an id in the program.
///
/// # Errors
/// `NotFound`.
pub(crate) fn of_program(id: &str) -> Result<Task> {
    if let Some(challenge) = LIBRARY.iter().find(|challenge| challenge.id == id) {
        return Ok(Task::Program(challenge));
    }
    let parts = id.strip_prefix("invented-").and_then(|rest| rest.split_once('-'));
    let (difficulty, seed) = parts.and_then(|(d, s)| Some((d.parse::<u8>().ok()?, s.parse::<u64>().ok()?))).ok_or(Refusal::NotFound)?;
    // One id for each, so that no case is tried twice for the first time.
    if invented(difficulty.into(), seed) != id {
        return Err(Refusal::NotFound);
    }
    Ok(Task::Invented { id: id.to_owned(), seed, case: drawn(seed, difficulty) })
}

/// What goes by an id: of the program, invented, or of the workspace in its newest edition.
///
/// # Errors
/// `NotFound`, and what the database says.
pub(crate) fn task(look: &mut Look, id: &str) -> Result<Task> {
    match of_program(id) {
        Err(Refusal::NotFound) => stored::found(look, id, None)?.ok_or(Refusal::NotFound),
        found => found,
    }
}

/// An edition of what goes by an id, 0 for what the program has; `None` where its text is there no more.
///
/// # Errors
/// What the database says.
pub fn edition_of(look: &mut Look, id: &str, edition: i64) -> Result<Option<Task>> {
    match edition {
        0 => Ok(of_program(id).ok()),
        edition => stored::found(look, id, Some(edition)),
    }
}

/// What an attempt is at, in the edition that it was of.
///
/// # Errors
/// What the database says.
pub fn task_of(look: &mut Look, attempt: &Attempt) -> Result<Task> {
    Ok(edition_of(look, &attempt.challenge, attempt.edition)?.unwrap_or_else(|| Task::Gone {
        id: attempt.challenge.clone(),
        title: attempt.title.clone(),
        level: attempt.level,
        discipline: attempt.discipline,
        edition: attempt.edition,
    }))
}

/// So many invented cases are remembered, since all pages of one ask for it.
const REMEMBERED: usize = 64;
type Drawn = VecDeque<((u64, u8), Arc<Practice>)>;
static DRAWN: Mutex<Drawn> = Mutex::new(VecDeque::new());

fn drawn(seed: u64, difficulty: u8) -> Arc<Practice> {
    let known = |all: &Drawn| all.iter().find(|(key, _)| *key == (seed, difficulty)).map(|(_, case)| case.clone());
    if let Some(case) = known(&DRAWN.lock().unwrap_or_else(PoisonError::into_inner)) {
        return case;
    }
    let case = Arc::new(Practice::draw(seed, difficulty));
    let mut all = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    all.push_front(((seed, difficulty), case.clone()));
    all.truncate(REMEMBERED);
    case
}

impl Task {
    pub fn id(&self) -> &str {
        match self {
            Task::Program(challenge) => &challenge.id,
            Task::Own { stored, .. } => &stored.challenge.id,
            Task::Invented { id, .. } | Task::Gone { id, .. } => id,
        }
    }

    pub fn title(&self) -> String {
        match self {
            Task::Invented { seed, .. } => format!("Invented case {seed}"),
            Task::Gone { title, .. } => title.clone(),
            written => written.written().map_or_else(String::new, |challenge| challenge.title.clone()),
        }
    }

    pub fn level(&self) -> i64 {
        match self {
            Task::Invented { case, .. } => case.difficulty.into(),
            Task::Gone { level, .. } => *level,
            written => written.written().map_or(3, |challenge| challenge.level.into()),
        }
    }

    pub fn minutes(&self) -> u32 {
        self.written().map_or(15, |challenge| challenge.minutes)
    }

    pub fn discipline(&self) -> Discipline {
        match self {
            Task::Gone { discipline, .. } => *discipline,
            task => task.written().map_or(Discipline::RootCause, |challenge| Discipline::of(challenge.kind)),
        }
    }

    pub fn written(&self) -> Option<&Challenge> {
        match self {
            Task::Program(challenge) => Some(challenge),
            Task::Own { stored, .. } => Some(&stored.challenge),
            Task::Invented { .. } | Task::Gone { .. } => None,
        }
    }

    /// Which edition of one of the workspace; 0 for those of the program.
    pub fn edition(&self) -> i64 {
        match self {
            Task::Own { stored, .. } => stored.edition,
            Task::Gone { edition, .. } => *edition,
            _ => 0,
        }
    }

    /// Whether somebody wrote it.
    pub fn is_by(&self, member: Uuid) -> bool {
        matches!(self, Task::Own { stored, .. } if stored.author == member)
    }

    /// Who published it in the workspace, and whom it names as its author where that is somebody else.
    pub fn published_by(&self) -> Option<(&str, Option<&str>)> {
        let Task::Own { stored, by, .. } = self else { return None };
        let author = stored.challenge.author.trim();
        Some((by, Some(author).filter(|author| author.to_lowercase() != by.to_lowercase())))
    }

    pub fn is_withdrawn(&self) -> bool {
        matches!(self, Task::Own { withdrawn: true, .. })
    }

    pub fn is_gone(&self) -> bool {
        matches!(self, Task::Gone { .. })
    }

    /// The case of a root cause.
    pub fn case(&self) -> Option<&Practice> {
        match self {
            Task::Invented { case, .. } => Some(case),
            written => match written.written().map(|challenge| &challenge.own) {
                Some(Own::RootCause(case)) => case.practice(),
                _ => None,
            },
        }
    }

    /// What its sources have to say, where it is written.
    pub fn sources(&self) -> Vec<&str> {
        let mut found = vec![];
        if let Some(Challenge { own: Own::RootCause(case), .. }) = self.written() {
            for evidence in &case.evidence {
                if !found.contains(&evidence.source.as_str()) {
                    found.push(evidence.source.as_str());
                }
            }
            if !found.contains(&"data quality") {
                found.push("data quality");
            }
        }
        found
    }
}

/// A figure that stands in the open in the library.
pub struct OpenFact {
    /// As a line of a model may call it.
    pub name: String,
    pub says: &'static str,
    pub value: f64,
    pub unit: &'static str,
    pub year: Option<i64>,
    pub source: &'static str,
    pub licence: &'static str,
}

/// Figures of the library that all words speak of and nobody has to ask for, but for those of invented firms.
pub fn open_facts(words: &str) -> impl Iterator<Item = OpenFact> {
    let words: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let all = LIBRARY.iter().flat_map(|challenge| challenge.facts.iter());
    let open = all.filter(|fact| !fact.hidden && fact.licence != "invented");
    open.filter_map(move |fact| {
        let Worth::Figure { value, unit } = &fact.worth else { return None };
        let said = format!("{} {} {}", fact.says, fact.id, fact.words.join(" ")).to_lowercase();
        let name = fact.id.replace(['-', ' '], "_");
        let found = OpenFact { name, says: &fact.says, value: *value, unit, year: fact.year, source: &fact.source, licence: &fact.licence };
        words.iter().all(|word| said.contains(word.as_str())).then_some(found)
    })
}
