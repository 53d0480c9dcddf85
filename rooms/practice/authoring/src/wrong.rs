//! What is wrong with a draft, and where in a form it stands.

use crate::model::*;
use challenge::{Challenge, Fault, Folder, lint, sheet};

/// Reads a draft that nothing is wrong with.
///
/// # Errors
/// All that the linter finds.
pub(crate) fn read(draft: &ChallengeDraft, drills: &[String]) -> Result<Challenge, Vec<Fault>> {
    let folder = folder(draft)?;
    let faults = lint::lint(&folder, drills);
    if faults.is_empty() { Challenge::read(&folder) } else { Err(faults) }
}

/// All that the linter finds, in the order of the files.
pub(crate) fn found(draft: &ChallengeDraft, drills: &[String]) -> Vec<Fault> {
    let mut faults = read(draft, drills).err().unwrap_or_default();
    let files = draft.kind.kind().files();
    faults.sort_by_key(|fault| (files.iter().position(|file| *file == fault.file).unwrap_or(files.len()), fault.line));
    faults
}

pub(crate) fn folder(draft: &ChallengeDraft) -> Result<Folder, Vec<Fault>> {
    Folder::of(draft.kind.kind().name(), &draft.code, draft.files.0.clone())
}

/// Where a fault of a file stands in its form.
pub(crate) struct Placed<'a> {
    /// As the fields of the form are called: `rows.2.licence`, `head.title`; a row alone is `rows.2`, all of it is empty.
    pub at: String,
    /// The same in words: `3. Licence`; empty for all of it.
    pub called: String,
    pub says: &'a str,
    /// The line of the text where the file, or its rest, is one.
    pub line: Option<usize>,
}

/// Whether a fault is told with a file. What is about the whole folder stands with what the challenge is.
pub(crate) fn is_of(fault: &Fault, file: &str) -> bool {
    match fault.file.as_str() {
        "" => file == sheet::HEAD.file,
        "answers" => file.starts_with("answers/"),
        own => own == file,
    }
}

/// What a field is called: `3. Licence`, or the row or field alone.
fn called(file: &str, at: &str) -> String {
    let Some(sheet) = sheet::of(file) else { return String::new() };
    let name = |known: &[sheet::Column], key: &str| known.iter().find(|column| column.key == key).map_or("", |column| column.name).to_owned();
    match at.split('.').collect::<Vec<_>>().as_slice() {
        ["head", key] => name(sheet.head, key),
        ["rows", n, rest @ ..] => {
            let number = n.parse::<usize>().map_or_else(|_| String::new(), |n| format!("{}.", n + 1));
            rest.first().map_or(number.clone(), |key| format!("{number} {}", name(sheet.columns, key)))
        }
        _ => String::new(),
    }
}

/// The faults of one file, placed; `order` says which rows of the form the rows of the file are, where some were left out.
pub(crate) fn placed<'a>(faults: &'a [Fault], file: &str, filled: Option<&sheet::Filled>, order: Option<&[usize]>) -> Vec<Placed<'a>> {
    let row = |at: usize| order.and_then(|order| order.get(at).copied()).unwrap_or(at);
    let own = faults.iter().filter(|fault| is_of(fault, file));
    own.map(|fault| {
        let (at, line) = match filled.map(|filled| filled.place(fault.line)) {
            None => (String::new(), (fault.line > 0).then_some(fault.line)),
            Some(sheet::Place::Whole) => (String::new(), None),
            Some(sheet::Place::Head(key)) => (format!("head.{key}"), None),
            Some(sheet::Place::Row(at, Some(key))) => (format!("rows.{}.{key}", row(at)), None),
            Some(sheet::Place::Row(at, None)) => (format!("rows.{}", row(at)), None),
            Some(sheet::Place::Rest(line)) => ("rest".to_owned(), Some(line)),
        };
        let called = called(file, &at);
        Placed { at, called, says: &fault.says, line }
    })
    .collect()
}
