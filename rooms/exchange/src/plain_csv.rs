//! Any CSV file, with a mapping of its columns.

use crate::{
    dates,
    draft::{Draft, RowProblem},
    mapping::{self, Mapping},
    table::Table,
};
use backlog::{BringInStory, Stage, StoryKind};
use kernel::{Refusal, Result};
use std::collections::BTreeMap;

/// Our fields and the column names that suggest them.
pub const FIELDS: &[(&str, &[&str])] = &[
    ("key", &["issuekey", "issue key", "key", "id", "ref", "reference", "number"]),
    ("title", &["title", "summary", "name", "subject"]),
    ("body", &["description", "body", "notes", "text", "details"]),
    ("points", &["storypoint", "storypoints", "story points", "points", "estimate", "size", "weight"]),
    ("state", &["state", "status"]),
    ("type", &["type", "kind", "issue type"]),
    ("assignee", &["assignee", "owner", "assigned to"]),
    ("labels", &["labels", "tags"]),
    ("created", &["created", "created at", "created_at"]),
    ("closed", &["closed", "closed at", "completed at", "resolved"]),
];

/// The column of a field: as mapped, else as its name suggests.
fn column(table: &Table, mapping: &Mapping, field: &str, names: &[&str]) -> Result<Option<usize>> {
    match mapping.columns.get(field).map(|c| c.trim()).filter(|c| !c.is_empty()) {
        Some("-") => Ok(None),
        Some(named) => match table.columns(&[named]).first() {
            Some(at) => Ok(Some(*at)),
            None => Err(Refusal::invalid("map", format!("There is no column {named:?} for {field}. The columns are: {}.", table.header.join(", ")))),
        },
        None => Ok(table.columns(names).first().copied()),
    }
}

/// Reads a file. Without a key, the row number tells rows apart, and a second import cannot find them again
/// once rows have moved; the report says so.
pub fn read(text: &str, mapping: &Mapping) -> Result<Draft> {
    let table = Table::read(text)?;
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for (field, names) in FIELDS {
        if let Some(column) = column(&table, mapping, field, names)? {
            at.insert(field, column);
        }
    }
    if !at.contains_key("title") {
        return Err(Refusal::invalid("map", format!("Say which column is the title (title=…). The columns are: {}.", table.header.join(", "))));
    }
    let mut draft = Draft { read: table.rows.len(), columns: table.header.clone(), ..Draft::default() };
    if !at.contains_key("key") {
        draft.notes.push("No column is the key, so rows are told apart by their number.".into());
    }
    for (i, (_, row)) in table.rows.iter().enumerate() {
        if row.len() != table.header.len() {
            let reason = format!("The row has {} cells where the header has {}.", row.len(), table.header.len());
            draft.problems.push(RowProblem { row: i + 2, column: String::new(), reason });
        } else if let Some(story) = story(&table, &at, i + 2, row, mapping, &mut draft) {
            draft.stories.push((i + 2, story));
        }
    }
    Ok(draft)
}

fn story(table: &Table, at: &BTreeMap<&str, usize>, number: usize, row: &[String], mapping: &Mapping, draft: &mut Draft) -> Option<BringInStory> {
    let cell = |field: &str| at.get(field).and_then(|i| row.get(*i)).map_or("", |c| c.trim());
    let (state, named, assignee) = (cell("state"), cell("type"), cell("assignee"));
    Draft::count(&mut draft.states, state);
    Draft::count(&mut draft.types, named);
    Draft::count(&mut draft.people, assignee);
    let stage = if state.is_empty() { Some(Stage::Open) } else { mapping::stage(mapping, state, None) };
    let kind = if named.is_empty() { Some(StoryKind::Story) } else { mapping::kind(mapping, named) };
    let (Some(stage), Some(kind)) = (stage, kind) else {
        draft.leave_out(&format!("{state} {named}"));
        return None;
    };
    let points = match cell("points") {
        "" => None,
        text => match text.replace(',', ".").parse::<f64>() {
            Ok(points) => Some(points),
            Err(_) => {
                draft.problems.push(RowProblem { row: number, column: "points".into(), reason: format!("{text:?} is no number.") });
                return None;
            }
        },
    };
    let known: Vec<usize> = at.values().copied().collect();
    let extra = row
        .iter()
        .enumerate()
        .filter(|(i, c)| !known.contains(i) && !c.trim().is_empty())
        .map(|(i, c)| (table.header[i].clone(), c.trim().to_owned()))
        .collect();
    let body = cell("body").to_owned();
    let offered = backlog::criteria_in(&body);
    draft.offering += usize::from(!offered.is_empty());
    let key = if at.contains_key("key") { cell("key").to_owned() } else { format!("row-{number}") };
    Some(BringInStory {
        started_at: None,
        feature: None,
        feature_label: String::new(),
        sprint: None,
        comments: vec![],
        take: vec![],
        origin: format!("csv:{key}"),
        origin_url: None,
        title: cell("title").to_owned(),
        kind,
        body,
        points,
        stage,
        assignee: mapping.people.get(assignee).cloned().or(Some(assignee.to_owned())).filter(|a| !a.is_empty()),
        labels: cell("labels").split([',', ';']).map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect(),
        criteria: if mapping.criteria { offered } else { vec![] },
        extra,
        created_at: dates::moment(cell("created")),
        settled_at: dates::moment(cell("closed")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_columns_and_obeys_the_mapping() -> Result<()> {
        let file = "issuekey,title,description,storypoint,odd\nM-1,One,Text,3,kept\nM-2,Two,,,\n";
        let draft = read(file, &Mapping::default())?;
        let first = &draft.stories[0].1;
        assert_eq!((first.origin.as_str(), first.points), ("csv:M-1", Some(3.0)));
        assert_eq!(first.extra.get("odd").map(String::as_str), Some("kept"));
        let mapped = Mapping { columns: [("title".to_owned(), "description".to_owned())].into(), ..Mapping::default() };
        assert_eq!(read(file, &mapped)?.stories[0].1.title, "Text");
        let wrong = Mapping { columns: [("title".to_owned(), "nope".to_owned())].into(), ..Mapping::default() };
        assert!(read(file, &wrong).is_err_and(|e| e.sentence().contains("nope")));
        Ok(())
    }

    #[test]
    fn a_short_row_is_named() -> Result<()> {
        let draft = read("key,title\n1,a\n2\n", &Mapping::default())?;
        assert_eq!((draft.problems[0].row, draft.stories.len()), (3, 1));
        Ok(())
    }
}
