//! What a file says, row by row, before anything is written.

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

/// A file understood.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Row and story.
    pub stories: Vec<(usize, BringInStory)>,
    pub problems: Vec<RowProblem>,
    /// What was noticed and does not stop the import.
    pub notes: Vec<String>,
    /// Rows left out, by reason.
    pub left_out: BTreeMap<String, usize>,
    /// Rows in the file.
    pub read: usize,
    /// Distinct words found, for the mapping page: states, types, people.
    pub states: BTreeMap<String, usize>,
    pub types: BTreeMap<String, usize>,
    pub people: BTreeMap<String, usize>,
    /// Columns of the file.
    pub columns: Vec<String>,
    /// Stories whose text offers criteria.
    pub offering: usize,
}

/// What came of an import, or would come of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(crate = "kernel::serde")]
pub struct Report {
    pub read: usize,
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub refused: usize,
    pub left_out: BTreeMap<String, usize>,
    pub problems: Vec<RowProblem>,
    pub notes: Vec<String>,
    /// Row, key in the other tool, what happens to it.
    pub rows: Vec<(usize, String, &'static str)>,
}

impl Draft {
    /// Counts one word of the other tool.
    pub(crate) fn count(words: &mut BTreeMap<String, usize>, word: &str) {
        if !word.is_empty() {
            *words.entry(word.to_owned()).or_insert(0) += 1;
        }
    }

    pub(crate) fn leave_out(&mut self, reason: &str) {
        *self.left_out.entry(reason.to_owned()).or_insert(0) += 1;
    }
}
