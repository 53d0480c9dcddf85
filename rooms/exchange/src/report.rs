//! What came of an import, or would come of it: figures, words, rows, and what was kept.

use crate::draft::{Became, Draft, RowProblem};
use backlog::{Because, IMPORTED_FIELDS};
use kernel::Serialize;
use std::collections::BTreeMap;

/// Cells that are named one by one for each column; the others are counted.
const MOST_NAMED: usize = 10;

/// What becomes of a row.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(crate = "kernel::serde")]
pub struct RowTold {
    pub row: usize,
    /// Its key in the other tool, or where it stands here.
    pub key: String,
    /// Its key here.
    pub here: Option<String>,
    pub title: String,
    /// Who works on it, as they are called here or in the file.
    pub person: String,
    pub epic: String,
    pub sprint: String,
    /// When it was made and when it was done, as days.
    pub created: Option<String>,
    pub settled: Option<String>,
    pub kind: &'static str,
    pub stage: &'static str,
    pub points: Option<f64>,
    pub labels: Vec<String>,
    pub criteria: Vec<String>,
    pub comments: usize,
    /// `created`, `updated`, `unchanged`, `kept` (here, although the file says something else), `removed`, or `feature` for
    /// an epic.
    pub what: &'static str,
}

/// A field that stays as it is here although the file says something else.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(crate = "kernel::serde")]
pub struct KeptTold {
    pub row: usize,
    pub key: String,
    pub field: &'static str,
    pub here: String,
    pub file: String,
    #[serde(skip)]
    pub because: Because,
    /// Whoever imports may choose the file's.
    #[serde(skip)]
    pub open: bool,
}

impl KeptTold {
    /// What a person calls the field.
    pub fn says(&self) -> &'static str {
        says(self.field)
    }

    /// Why it stays; empty where nothing more than a change here is to be said.
    pub fn why(&self) -> &'static str {
        match self.because {
            Because::ChangedHere => "changed here; the file is as it was",
            Because::ChangedBoth => "changed here",
            Because::Sizes => "sizes are decided by others here",
            Because::Verdicts => "verdicts are decided by others here",
            Because::InSprint => "it is in a sprint here",
        }
    }
}

/// What a person calls a field that a later import may bring up to date.
pub(crate) fn says(field: &str) -> &'static str {
    IMPORTED_FIELDS.iter().find(|(known, _)| *known == field).map_or("", |(_, says)| says)
}

/// Someone in the file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(crate = "kernel::serde")]
pub struct PersonTold {
    pub name: String,
    pub count: usize,
    /// Who that is here.
    pub member: Option<String>,
}

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
    /// Whether those rows are left out.
    pub skips: bool,
    /// What happens at once, and what waits for whose signature.
    pub says: Vec<String>,
    /// Why it cannot run yet.
    pub undecided: Vec<String>,
    pub notes: Vec<String>,
    pub states: BTreeMap<String, Became>,
    pub types: BTreeMap<String, Became>,
    pub people: Vec<PersonTold>,
    /// Our fields, and the columns that are theirs.
    pub columns: BTreeMap<&'static str, String>,
    /// Features that epics become, and whether they wait for a signature.
    pub features: Vec<String>,
    pub features_proposed: bool,
    pub parts: usize,
    /// Links to other stories that are no parents.
    pub links: usize,
    /// Rows that have the key of a story here and are another.
    pub apart: usize,
    pub comments: usize,
    pub criteria: usize,
    /// Sprints that come in, and those that cannot because nobody told their days.
    pub sprints: Vec<String>,
    pub sprints_without_days: Vec<(String, usize)>,
    pub kept: Vec<KeptTold>,
    pub rows: Vec<RowTold>,
}

impl Report {
    /// Whether it does anything that a person sees.
    pub fn changes(&self) -> bool {
        let links = self.parts + self.links + self.sprints.len();
        self.created + self.updated + self.features.len() + links > 0
    }

    /// What comes along with the stories.
    pub fn also(&self) -> Option<String> {
        let all = [
            (self.criteria, "acceptance criterion", "acceptance criteria"),
            (self.comments, "comment", "comments"),
            (self.parts, "link to a parent", "links to a parent"),
            (self.links, "link to another story", "links to other stories"),
            (self.sprints.len(), "sprint", "sprints"),
        ];
        let told: Vec<String> = all
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
            .collect();
        (!told.is_empty()).then(|| told.join(", "))
    }

    /// What the file alone tells.
    pub fn of(draft: &Draft, open_unknown: bool, skip_bad: bool) -> Report {
        let refused = draft.problems.iter().map(|p| p.row).collect::<std::collections::BTreeSet<_>>().len();
        let mut report = Report {
            read: draft.read,
            refused,
            left_out: draft.left_out.clone(),
            problems: draft.problems.clone(),
            skips: skip_bad,
            notes: draft.notes.clone(),
            states: draft.states.clone(),
            types: draft.types.clone(),
            columns: draft.found.iter().cloned().collect(),
            ..Report::default()
        };
        if draft.read == 0 {
            report.notes.push("There are no rows in the file.".into());
        }
        report.notes.extend(unread(draft));
        let unknown = draft.unknown_states();
        if !unknown.is_empty() && !open_unknown {
            let named: Vec<String> = unknown.iter().map(|(state, count)| format!("“{state}” ({count})")).collect();
            report.undecided.push(format!(
                "{} not known: {}. Say what {} here, or that {} open.",
                if unknown.len() == 1 { "A state is".to_owned() } else { format!("{} states are", unknown.len()) },
                named.join(", "),
                if unknown.len() == 1 { "it is" } else { "they are" },
                if unknown.len() == 1 { "it stays" } else { "they stay" },
            ));
        }
        if refused > 0 && !skip_bad {
            report.undecided.push(format!(
                "{} cannot come in. Mend the file, or say that {} left out.",
                web::several(refused, "row"),
                if refused == 1 { "it is" } else { "they are" }
            ));
        }
        let words = |words: &BTreeMap<String, Became>| {
            words.iter().filter(|(_, b)| !b.known).map(|(word, b)| format!("“{word}” ({})", b.count)).collect::<Vec<_>>()
        };
        let types = words(&draft.types);
        if !types.is_empty() {
            report.notes.push(format!("Not known as a type and taken for a story: {}.", types.join(", ")));
        }
        if open_unknown && !unknown.is_empty() {
            report.notes.push(format!("Left open, because the state is not known: {}.", words(&draft.states).join(", ")));
        }
        report
    }
}

/// Cells that could not be read, row by row, and counted where there are many in one column.
fn unread(draft: &Draft) -> Vec<String> {
    let mut by_column: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for cell in &draft.unread {
        by_column
            .entry(&cell.column)
            .or_default()
            .push(format!("Row {}, {}: “{}” {}; it is kept as text.", cell.row, cell.column, cell.text, cell.why));
    }
    let mut notes = vec![];
    for (column, cells) in by_column {
        let more = cells.len().saturating_sub(MOST_NAMED);
        notes.extend(cells.into_iter().take(MOST_NAMED));
        if more > 0 {
            notes.push(format!("{column}: {} more like these.", web::several(more, "row")));
        }
    }
    for two in &draft.two_ways {
        notes.push(format!("{}: say whether the day or the month comes first, and {} can be read.", two.column, web::several(two.rows, "row")));
    }
    notes
}
