//! One entry of a file in its own words, whatever the format: what every format comes down to before it is understood.

use conversation::BroughtComment;
use kernel::Tie;
use reading::states::State;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// As a spreadsheet counts: the header is row 1. In a list the first is 1.
    pub row: usize,
    /// Empty where the file has none.
    pub key: String,
    /// Other names by which entries may point at this one.
    pub ids: Vec<String>,
    pub url: Option<String>,
    pub title: String,
    /// In Markdown.
    pub body: String,
    pub points: Option<f64>,
    /// The other tool's word for where it stands; empty for none.
    pub state: String,
    /// What the tool itself says about that word: Jira's category, Pivotal's own words.
    pub known: Option<State>,
    /// It ended without being done.
    pub gave_up: bool,
    pub kind: String,
    /// Who works on it, by name or address, the first first.
    pub people: Vec<String>,
    pub labels: Vec<String>,
    /// From a column or a checklist of its own.
    pub criteria: Vec<String>,
    pub created: Option<i64>,
    pub started: Option<i64>,
    pub closed: Option<i64>,
    pub updated: Option<i64>,
    /// What the other tool sorts by.
    pub rank: String,
    /// The entry above, by every name that the file has for it; the best first.
    pub parents: Vec<String>,
    /// What it is called.
    pub parent_name: String,
    /// Its epic, likewise.
    pub epics: Vec<String>,
    pub epic_name: String,
    /// The last one it was in.
    pub sprint: String,
    /// First and last day of that, where the file says so.
    pub sprint_days: Option<(String, String)>,
    /// Entries that it blocks, is blocked by or has to do with, by their keys.
    pub ties: Vec<Pointing>,
    pub comments: Vec<BroughtComment>,
    /// What tells its keys from those of other projects.
    pub project: String,
    /// What Tandem has no field for.
    pub extra: BTreeMap<String, String>,
}

/// A link to another entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointing {
    pub verb: Tie,
    pub key: String,
    /// The other one says it of this.
    pub inward: bool,
}

/// A tool, as far as its words mean something of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    Jira,
    Github,
    Pivotal,
    Azure,
    #[default]
    Other,
}

impl Tool {
    /// How the origin of its stories begins. A table that somebody maps is a table, whatever wrote it.
    pub fn prefix(self) -> &'static str {
        match self {
            Tool::Jira => "jira",
            Tool::Github => "github",
            Tool::Pivotal | Tool::Azure | Tool::Other => "csv",
        }
    }
}

/// A cell that could not be read; its text is kept with the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub row: usize,
    pub column: String,
    pub text: String,
    /// As a sentence's end: “soon” *is no day that can be read*.
    pub why: String,
}

/// A column whose days can be read two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoWays {
    pub column: String,
    pub example: String,
    pub rows: usize,
}

/// A file in its own words.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    pub tool: Tool,
    pub entries: Vec<Entry>,
    /// Rows in the file.
    pub read: usize,
    /// Columns of the file.
    pub columns: Vec<String>,
    /// Our fields, and the columns that are theirs.
    pub found: Vec<(&'static str, String)>,
    /// What was noticed and stops nothing.
    pub notes: Vec<String>,
    pub unread: Vec<Unread>,
    pub two_ways: Vec<TwoWays>,
    /// Rows that cannot be taken for an entry.
    pub problems: Vec<crate::RowProblem>,
    /// Times of day stand in it that name no zone.
    pub clocked: bool,
    /// Entries that are no stories, by what they are.
    pub left_out: BTreeMap<String, usize>,
    /// There is a column for the state.
    pub has_states: bool,
}
