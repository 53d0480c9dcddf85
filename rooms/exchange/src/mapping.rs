//! How another tool's words become ours. Empty means: guess.

use backlog::{Stage, StoryKind};
use kernel::{Deserialize, Serialize, words};
use std::collections::BTreeMap;

words! {
    /// A file's format.
    pub enum Format { JiraCsv = "jira-csv", GithubJson = "github-json", Csv = "csv" }
}

/// What the mapping page sets, and `--map` on the command line.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Mapping {
    /// For plain CSV: our field to the file's column.
    pub columns: BTreeMap<String, String>,
    /// The other tool's state to a stage, or `leave_out`.
    pub states: BTreeMap<String, String>,
    /// The other tool's type to a kind, or `leave_out`.
    pub types: BTreeMap<String, String>,
    /// The other tool's person to a member's e-mail; empty for nobody.
    pub people: BTreeMap<String, String>,
    /// Take a list under "Acceptance criteria" in a description over as criteria; the text stays.
    pub criteria: bool,
}

/// The word that leaves a row out.
pub const LEAVE_OUT: &str = "leave_out";

/// A state's stage; `None` leaves the row out.
pub fn stage(mapping: &Mapping, state: &str, category: Option<&str>) -> Option<Stage> {
    if let Some(chosen) = mapping.states.get(state) {
        return if chosen == LEAVE_OUT { None } else { Stage::parse(chosen).or(Some(guessed(state, category))) };
    }
    Some(guessed(state, category))
}

/// The stage that a state's name suggests.
pub fn guessed(state: &str, category: Option<&str>) -> Stage {
    let name = state.trim().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| name.contains(w));
    if has(&["won't", "wont", "cancel", "reject", "duplicate", "invalid", "not planned", "not_planned", "abandon", "obsolete"]) {
        return Stage::Dropped;
    }
    match category.map(str::to_lowercase).as_deref() {
        Some("done") => return Stage::Accepted,
        Some("in progress") => return Stage::Doing,
        Some("to do" | "new") => return Stage::Open,
        _ => {}
    }
    if has(&["done", "closed", "resolved", "released", "accepted", "complete", "fixed", "shipped"]) {
        Stage::Accepted
    } else if has(&["progress", "doing", "review", "test", "started", "development", "qa", "active"]) {
        Stage::Doing
    } else {
        Stage::Open
    }
}

/// A type's kind; `None` leaves the row out.
pub fn kind(mapping: &Mapping, named: &str) -> Option<StoryKind> {
    if let Some(chosen) = mapping.types.get(named) {
        return if chosen == LEAVE_OUT { None } else { StoryKind::parse(chosen).or(Some(guessed_kind(named))) };
    }
    Some(guessed_kind(named))
}

/// The kind that a type's name suggests.
pub fn guessed_kind(named: &str) -> StoryKind {
    let name = named.trim().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| name.contains(w));
    if has(&["bug", "defect", "incident", "error"]) {
        StoryKind::Bug
    } else if has(&["spike", "research", "investigat"]) {
        StoryKind::Spike
    } else if has(&["task", "chore", "technical"]) {
        StoryKind::Task
    } else {
        StoryKind::Story
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_guessed_and_overruled() {
        let mut mapping = Mapping::default();
        assert_eq!(stage(&mapping, "In Review", None), Some(Stage::Doing));
        assert_eq!(stage(&mapping, "Won't do", Some("Done")), Some(Stage::Dropped));
        assert_eq!(stage(&mapping, "Shipped to QA land", Some("To Do")), Some(Stage::Open));
        mapping.states.insert("Odd".into(), "doing".into());
        mapping.states.insert("Gone".into(), LEAVE_OUT.into());
        assert_eq!(stage(&mapping, "Odd", None), Some(Stage::Doing));
        assert_eq!(stage(&mapping, "Gone", None), None);
        assert_eq!(kind(&mapping, "Sub-task"), Some(StoryKind::Task));
        assert_eq!(kind(&mapping, "Bug"), Some(StoryKind::Bug));
    }
}
