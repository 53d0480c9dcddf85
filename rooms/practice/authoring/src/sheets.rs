//! A file as a form shows it: what is there, a few rows to fill in, and what a form that was sent becomes.

use crate::{drafting::FillChallenge, model::*};
use challenge::{
    kind::ANCHORS,
    sheet::{self, Filled, Row, Sheet},
};
use kernel::{Refusal, Result};
use std::collections::BTreeMap;

/// A file taken apart, with rows to fill in at its end.
pub(crate) struct Form {
    pub sheet: Sheet,
    pub filled: Filled,
    /// So many of the rows were there.
    pub there: usize,
}

/// The form of a file; `None` where it is written as a text.
pub(crate) fn form(draft: &ChallengeDraft, file: &str) -> Option<Form> {
    let sheet = sheet::of(file)?;
    let mut filled = sheet::read(&sheet, draft.files.get(file).map_or("", String::as_str))?;
    let there = filled.rows.len();
    match file {
        "marks.toml" => filled.rows = marks(draft, filled.rows),
        "facts.toml" => filled.rows.extend([Row::default(), Row::default()]),
        "rubric.toml" | "probes.toml" if there < 8 => filled.rows.push(Row::default()),
        _ => {}
    }
    Some(Form { sheet, filled, there })
}

/// A mark for each row of the rubric in each answer, and those that no row has any more.
fn marks(draft: &ChallengeDraft, mut there: Vec<Row>) -> Vec<Row> {
    let rubric = draft.files.get(sheet::RUBRIC.file).and_then(|text| sheet::read(&sheet::RUBRIC, text)).unwrap_or_default();
    let known =
        |row: &Row, answer: &str, id: &str| row.fields.get("answer").is_some_and(|a| a == answer) && row.fields.get("row").is_some_and(|r| r == id);
    // New ones stand behind those that are there, so that the place of a fault stays what it was.
    for answer in ANCHORS {
        for id in rubric.rows.iter().filter_map(|row| row.fields.get("id")) {
            if !there.iter().any(|row| known(row, answer, id)) {
                let fields = [("answer".to_owned(), answer.to_owned()), ("row".to_owned(), id.clone())].into();
                there.push(Row { fields, ..Row::default() });
            }
        }
    }
    there
}

/// The text of a file that was filled in, and which rows of the form its rows are.
///
/// # Errors
/// A file that is no form, a field that it does not have.
pub(crate) fn text(filled: &FillChallenge) -> Result<(String, Vec<usize>)> {
    let Some(sheet) = sheet::of(&filled.file) else {
        return Err(Refusal::invalid("file", format!("“{}” is written as a text, not as rows.", &*filled.file)));
    };
    let taken = |fields: &BTreeMap<String, _>, known: &[sheet::Column], at: &str| -> Result<()> {
        match fields.keys().find(|key| !known.iter().any(|column| column.key == key.as_str())) {
            Some(odd) => Err(Refusal::invalid(at, format!("There is no field “{odd}” in {}.", &*filled.file))),
            None => Ok(()),
        }
    };
    taken(&filled.head, sheet.head, "head")?;
    let fields = |fields: &crate::drafting::Fields| fields.iter().map(|(key, text)| (key.clone(), (**text).to_owned())).collect();
    let mut rows: Vec<(usize, Row)> = vec![];
    for (n, row) in &filled.rows {
        taken(row, sheet.columns, "rows")?;
        let n = n.parse().map_err(|_| Refusal::invalid("rows", "Rows go by their number."))?;
        rows.push((n, Row { fields: fields(row), ..Row::default() }));
    }
    rows.sort_by_key(|(n, _)| *n);
    // Marks stand by answer, whatever came last.
    if sheet.file == sheet::MARKS.file {
        let place = |row: &Row| ANCHORS.iter().position(|anchor| row.fields.get("answer").is_some_and(|answer| answer == anchor));
        rows.sort_by_key(|(_, row)| place(row));
    }
    rows.retain(|(_, row)| !sheet.is_blank(row));
    let order = rows.iter().map(|(n, _)| *n).collect();
    let head = Row { fields: fields(&filled.head), ..Row::default() };
    let filled = Filled { head, rows: rows.into_iter().map(|(_, row)| row).collect(), rest: filled.rest.replace("\r\n", "\n"), rest_from: 0 };
    Ok((sheet::write(&sheet, &filled), order))
}
