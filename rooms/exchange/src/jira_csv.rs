//! Jira's CSV export, of the cloud and of servers, with the column names of before and since 2025.

use crate::{
    dates,
    draft::{Draft, RowProblem},
    jira_markup,
    mapping::{self, Mapping},
    table::Table,
};
use backlog::BringInStory;
use kernel::Result;
use std::collections::BTreeMap;

/// Our field and the names that Jira has for it, the best first.
const NAMES: &[(&str, &[&str])] = &[
    ("key", &["Issue key", "Work item key", "Key", "Work item Id", "Issue id", "Work item id"]),
    ("title", &["Summary"]),
    ("type", &["Issue Type", "Work type", "Issuetype", "Type"]),
    ("status", &["Status"]),
    ("category", &["Status Category"]),
    ("assignee", &["Assignee"]),
    ("created", &["Created"]),
    ("resolved", &["Resolved"]),
    ("description", &["Description"]),
    ("labels", &["Labels"]),
];
const POINTS: &[&str] = &["Custom field (Story Points)", "Custom field (Story point estimate)", "Story Points", "Story point estimate"];

struct Columns<'a> {
    table: &'a Table,
    by_field: BTreeMap<&'static str, Vec<usize>>,
    points: Vec<usize>,
}

impl Columns<'_> {
    fn one<'r>(&self, field: &str, row: &'r [String]) -> &'r str {
        self.all(field, row).first().copied().unwrap_or("")
    }
    fn all<'r>(&self, field: &str, row: &'r [String]) -> Vec<&'r str> {
        let at = self.by_field.get(field).map_or(&[][..], Vec::as_slice);
        at.iter().filter_map(|i| row.get(*i)).map(|c| c.trim()).filter(|c| !c.is_empty()).collect()
    }
    /// Every column that has no field of ours, with what the row says there.
    fn rest(&self, row: &[String]) -> BTreeMap<String, String> {
        let known: Vec<usize> = self
            .by_field
            .iter()
            .filter(|(f, _)| !matches!(**f, "category" | "created" | "resolved" | "status" | "type"))
            .flat_map(|(_, at)| at)
            .chain(&self.points)
            .copied()
            .collect();
        let mut extra: BTreeMap<String, String> = BTreeMap::new();
        for (i, cell) in row.iter().enumerate().filter(|(i, cell)| !known.contains(i) && !cell.trim().is_empty()) {
            let name = self.table.header.get(i).filter(|h| !h.is_empty()).cloned().unwrap_or_else(|| format!("column {}", i + 1));
            extra.entry(name).and_modify(|v| *v = format!("{v}, {}", cell.trim())).or_insert_with(|| cell.trim().to_owned());
        }
        extra
    }
}

/// Reads an export.
pub fn read(text: &str, mapping: &Mapping) -> Result<Draft> {
    let table = Table::read(text)?;
    let by_field = NAMES.iter().map(|(field, names)| (*field, table.columns(names))).collect();
    // Every column of points counts: which one a project uses depends on how it is managed.
    let points = POINTS.iter().flat_map(|name| table.columns(&[name])).collect();
    let columns = Columns { table: &table, by_field, points };
    for (field, called) in [("key", "Issue key"), ("title", "Summary")] {
        if columns.by_field.get(field).is_none_or(Vec::is_empty) {
            return Err(kernel::Refusal::invalid("file", format!("There is no column {called:?}. Its columns are: {}.", table.header.join(", "))));
        }
    }
    let mut draft = Draft { read: table.rows.len(), columns: table.header.clone(), ..Draft::default() };
    for (i, (_, row)) in table.rows.iter().enumerate() {
        if let Some(story) = story(&columns, i + 2, row, mapping, &mut draft) {
            draft.stories.push((i + 2, story));
        }
    }
    Ok(draft)
}

fn story(columns: &Columns, number: usize, row: &[String], mapping: &Mapping, draft: &mut Draft) -> Option<BringInStory> {
    let (status, named, assignee) = (columns.one("status", row), columns.one("type", row), columns.one("assignee", row));
    Draft::count(&mut draft.states, status);
    Draft::count(&mut draft.types, named);
    Draft::count(&mut draft.people, assignee);
    let category = Some(columns.one("category", row)).filter(|c| !c.is_empty());
    let Some(stage) = mapping::stage(mapping, status, category) else {
        draft.leave_out(&format!("state {status}"));
        return None;
    };
    let Some(kind) = mapping::kind(mapping, named) else {
        draft.leave_out(&format!("type {named}"));
        return None;
    };
    let points = columns.points.iter().filter_map(|i| row.get(*i)).map(|c| c.trim()).find(|c| !c.is_empty());
    let points = match points.map(|p| p.parse::<f64>()) {
        Some(Err(_)) => {
            draft.problems.push(RowProblem {
                row: number,
                column: "Story Points".into(),
                reason: format!("{:?} is no number.", points.unwrap_or("")),
            });
            return None;
        }
        Some(Ok(p)) => Some(p),
        None => None,
    };
    let mut labels: Vec<String> = columns.all("labels", row).into_iter().map(str::to_owned).collect();
    if named.eq_ignore_ascii_case("epic") {
        labels.push("epic".into());
    }
    let body = jira_markup::to_markdown(columns.one("description", row), &BTreeMap::new());
    let mut extra = columns.rest(row);
    let member = match mapping.people.get(assignee) {
        Some(email) => Some(email.clone()).filter(|e| !e.is_empty()),
        None => Some(assignee.to_owned()).filter(|a| !a.is_empty()),
    };
    if !assignee.is_empty() {
        extra.insert("Assignee".into(), assignee.to_owned());
    }
    let mut date = |field: &str| {
        let text = columns.one(field, row);
        let at = dates::moment(text);
        if at.is_none() && !text.is_empty() {
            draft.notes.push(format!("Row {number}: {text:?} is no date that can be told for sure; it is kept as text."));
        }
        at
    };
    let (created_at, settled_at) = (date("created"), date("resolved"));
    let offered = backlog::criteria_in(&body);
    draft.offering += usize::from(!offered.is_empty());
    Some(BringInStory {
        started_at: None,
        feature: None,
        feature_label: String::new(),
        sprint: None,
        comments: vec![],
        take: vec![],
        origin: format!("jira:{}", columns.one("key", row)),
        origin_url: None,
        title: columns.one("title", row).to_owned(),
        kind,
        body,
        points,
        stage,
        assignee: member,
        labels,
        criteria: if mapping.criteria { offered } else { vec![] },
        extra,
        created_at,
        settled_at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "Issue key,Summary,Issue Type,Status,Labels,Labels,Custom field (Story Points),Custom field (Story point estimate),Created,Custom field (Team),Description\n\
        A-1,First,Story,To Do,x,y,,3.0,09/Apr/26 4:19 PM,Blue,\"Acceptance criteria:\n- one\n- two\"\n\
        A-2,Second,Bug,Done,,,5,,04/05/26,,\n";

    #[test]
    fn keeps_everything() -> Result<()> {
        let draft = read(FILE, &Mapping { criteria: true, ..Mapping::default() })?;
        let (row, first) = &draft.stories[0];
        assert_eq!((*row, first.origin.as_str(), first.points), (2, "jira:A-1", Some(3.0)));
        assert_eq!(first.labels, ["x", "y"]);
        assert_eq!(first.criteria, ["one", "two"]);
        assert_eq!(first.extra.get("Custom field (Team)").map(String::as_str), Some("Blue"));
        assert!(first.body.contains("- one"), "the text stays");
        assert_eq!((draft.stories[1].1.points, draft.notes.len()), (Some(5.0), 1));
        Ok(())
    }

    #[test]
    fn names_row_and_column_of_what_cannot_be_read() -> Result<()> {
        let draft = read("Issue key,Summary,Story Points\nA-1,x,many", &Mapping::default())?;
        assert_eq!(draft.problems, [RowProblem { row: 2, column: "Story Points".into(), reason: "\"many\" is no number.".into() }]);
        assert!(read("Name,Other\n1,2", &Mapping::default()).is_err_and(|e| e.sentence().contains("Issue key")));
        Ok(())
    }
}
