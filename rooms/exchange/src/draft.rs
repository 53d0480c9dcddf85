//! What a file would bring in, before anything is written.

use crate::{
    entry::{Tool, TwoWays, Unread},
    family::Family,
    mapping::Mapping,
};
use backlog::BringInStory;
use kernel::Serialize;
use std::collections::BTreeMap;

/// Why a row cannot come in.
#[derive(Clone, Debug, PartialEq, Serialize, kernel::Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct RowProblem {
    /// As a spreadsheet counts: the header is row 1.
    pub row: usize,
    pub column: String,
    pub reason: String,
}

/// What a word of the other tool becomes here, and how often it occurs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(crate = "kernel::serde")]
pub struct Became {
    pub to: String,
    pub count: usize,
    /// Told by the tool, by its name or by whoever imports; otherwise it is asked.
    pub known: bool,
}

impl Became {
    pub(crate) fn count(words: &mut BTreeMap<String, Became>, word: &str, to: &str, known: bool) {
        let became = words.entry(word.to_owned()).or_default();
        // Where rows with the same word go apart (one was given up), the word is what most readers take it for.
        if became.count == 0 || known {
            (became.to, became.known) = (to.to_owned(), known);
        }
        became.count += 1;
    }
}

/// A story as the file has it.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// Its place among all entries.
    pub at: usize,
    pub row: usize,
    pub key: String,
    /// Who works on it, as the file names them.
    pub people: Vec<String>,
    pub sprint_days: Option<(String, String)>,
    /// Where it stands, in the file's words.
    pub state: String,
    /// What its epic is called.
    pub epic: String,
    pub story: BringInStory,
}

/// What an entry is known by.
#[derive(Clone, Debug)]
pub struct Origin {
    pub origin: String,
    pub key: String,
    pub title: String,
    pub body: String,
}

/// A file understood.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub tool: Tool,
    /// By what it was understood.
    pub mapping: Mapping,
    /// In the order in which they are to stand.
    pub stories: Vec<Drafted>,
    /// Origin, title, text and key of every entry, also of those that are left out.
    pub origins: BTreeMap<usize, Origin>,
    pub family: Family,
    pub problems: Vec<RowProblem>,
    pub unread: Vec<Unread>,
    pub two_ways: Vec<TwoWays>,
    /// What was noticed and does not stop the import.
    pub notes: Vec<String>,
    /// Rows left out, by reason.
    pub left_out: BTreeMap<String, usize>,
    /// Rows in the file.
    pub read: usize,
    /// Words of the other tool.
    pub states: BTreeMap<String, Became>,
    pub types: BTreeMap<String, Became>,
    pub people: BTreeMap<String, usize>,
    /// Columns of the file.
    pub columns: Vec<String>,
    /// Our fields, and the columns that are theirs.
    pub found: Vec<(&'static str, String)>,
    /// Stories that offer criteria.
    pub offering: usize,
}

impl Draft {
    pub(crate) fn leave_out<T>(&mut self, reason: String) -> Option<T> {
        *self.left_out.entry(reason).or_insert(0) += 1;
        None
    }

    /// States that nobody knows, with how often they occur.
    pub fn unknown_states(&self) -> Vec<(&str, usize)> {
        self.states.iter().filter(|(_, became)| !became.known).map(|(word, became)| (word.as_str(), became.count)).collect()
    }
}
