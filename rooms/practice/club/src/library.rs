//! The library: every challenge of the program, and cases that are invented.

use crate::model::Discipline;
use challenge::{
    Challenge, Folder,
    folder::shelves,
    read::{Own, Worth},
};
use kernel::{Refusal, Result};
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
    all.sort_by(|a, b| (a.kind, a.level, &a.title).cmp(&(b.kind, b.level, &b.title)));
    all
});

/// The hardest that is invented.
pub(crate) const HARDEST: i64 = 5;
/// Seeds are short, so that one can be read to somebody who wants the same case.
const SEEDS: u64 = 1_000_000;

/// A challenge, or a case that is invented.
#[derive(Clone)]
pub enum Task {
    Written(&'static Challenge),
    Invented { id: String, seed: u64, case: Arc<Practice> },
}

/// The id of an invented case.
pub(crate) fn invented(difficulty: i64, seed: u64) -> String {
    format!("invented-{}-{}", difficulty.clamp(1, HARDEST), seed % SEEDS)
}

/// What goes by an id.
///
/// # Errors
/// `NotFound`.
pub(crate) fn task(id: &str) -> Result<Task> {
    if let Some(challenge) = LIBRARY.iter().find(|challenge| challenge.id == id) {
        return Ok(Task::Written(challenge));
    }
    let parts = id.strip_prefix("invented-").and_then(|rest| rest.split_once('-'));
    let (difficulty, seed) = parts.and_then(|(d, s)| Some((d.parse::<u8>().ok()?, s.parse::<u64>().ok()?))).ok_or(Refusal::NotFound)?;
    // One id for each, so that no case is tried twice for the first time.
    if invented(difficulty.into(), seed) != id {
        return Err(Refusal::NotFound);
    }
    Ok(Task::Invented { id: id.to_owned(), seed, case: drawn(seed, difficulty) })
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
            Task::Written(challenge) => &challenge.id,
            Task::Invented { id, .. } => id,
        }
    }

    pub fn title(&self) -> String {
        match self {
            Task::Written(challenge) => challenge.title.clone(),
            Task::Invented { seed, .. } => format!("Invented case {seed}"),
        }
    }

    pub fn level(&self) -> i64 {
        match self {
            Task::Written(challenge) => challenge.level.into(),
            Task::Invented { case, .. } => case.difficulty.into(),
        }
    }

    pub fn minutes(&self) -> u32 {
        match self {
            Task::Written(challenge) => challenge.minutes,
            Task::Invented { .. } => 15,
        }
    }

    pub fn discipline(&self) -> Discipline {
        match self {
            Task::Written(challenge) => Discipline::of(challenge.kind),
            Task::Invented { .. } => Discipline::RootCause,
        }
    }

    pub fn written(&self) -> Option<&'static Challenge> {
        match self {
            Task::Written(challenge) => Some(challenge),
            Task::Invented { .. } => None,
        }
    }

    /// The case of a root cause.
    pub fn case(&self) -> Option<&Practice> {
        match self {
            Task::Invented { case, .. } => Some(case),
            Task::Written(challenge) => match &challenge.own {
                Own::RootCause(case) => case.practice(),
                _ => None,
            },
        }
    }

    /// What its sources have to say, where it is written.
    pub fn sources(&self) -> Vec<&'static str> {
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
