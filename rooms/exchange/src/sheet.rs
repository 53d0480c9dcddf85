//! A table as entries: what each row says in the columns that are ours, and the rest as it stands.

use crate::{
    RowProblem,
    cells::Cells,
    columns::{Columns, keep},
    comments,
    entry::{Entries, Entry, Pointing, Tool},
    fields::Field,
    html, jira_markup,
    mapping::{Format, Mapping},
};
use conversation::BroughtComment;
use kernel::{Refusal, Result};
use reading::{
    dates, people, says_nothing,
    states::{self, State},
    table::{Row, Table},
    workbook,
};
use std::collections::{BTreeMap, BTreeSet};

/// Reads a table.
///
/// # Errors
/// `Invalid`, where the file as a whole cannot be read or no column is the title.
pub fn read(format: Format, bytes: &[u8], mapping: &Mapping) -> Result<Entries> {
    let table = table(bytes, &mapping.sheet)?;
    let columns = Columns::of(&table, mapping)?;
    let tool = tool(format, &columns);
    let mut sheet = Sheet {
        cells: Cells::of(&columns, mapping),
        names: names(&columns),
        comment_days: comments::days(columns.all(Field::Comment).iter().flat_map(|at| table.column(*at))),
        above: vec![],
        columns,
        tool,
    };
    let mut entries = Entries { tool, read: table.rows.len(), columns: table.header.clone(), notes: table.notes.clone(), ..Entries::default() };
    for row in &table.rows {
        match table.ragged(row) {
            Some(reason) if is_cut(&table, row, bytes) => {
                let reason = format!("The file ends in the middle of this row: {reason}. It looks cut off, and what followed is missing.");
                entries
                    .notes
                    .push("The file looks cut off: it ends in the middle of its last row. Write it out again, or what followed is missing.".into());
                entries.problems.push(RowProblem { row: row.number, column: String::new(), reason });
            }
            Some(reason) => entries.problems.push(RowProblem { row: row.number, column: String::new(), reason }),
            None => entries.entries.push(sheet.entry(row)),
        }
    }
    entries.found =
        sheet.columns.found().into_iter().filter(|(field, _)| !field.word().is_empty()).map(|(field, header)| (field.word(), header)).collect();
    entries.has_states = sheet.columns.has(Field::State) || sheet.columns.has(Field::Category);
    entries.two_ways = sheet.cells.two_ways();
    entries.clocked = sheet.cells.clocked;
    entries.unread = sheet.cells.unread;
    in_rank(&mut entries.entries);
    Ok(entries)
}

/// Whether a file ends within this row.
fn is_cut(table: &Table, row: &Row, bytes: &[u8]) -> bool {
    let last = table.rows.last().is_some_and(|last| last.number == row.number);
    last && !workbook::is_workbook(bytes) && row.len() < table.header.len() && !bytes.ends_with(b"\n") && !bytes.ends_with(b"\r")
}

/// The names of a table's columns alone.
pub fn header(bytes: &[u8], sheet: &str) -> Result<Vec<String>> {
    table(bytes, sheet).map(|table| table.header)
}

fn table(bytes: &[u8], sheet: &str) -> Result<Table> {
    let is_open = bytes.iter().find(|b| !b.is_ascii_whitespace()).is_some_and(|b| b"{[".contains(b));
    if is_open && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() {
        return Err(Refusal::invalid("file", "This is JSON, not a table: choose another format, or a file of rows and columns."));
    }
    let read = if sheet.is_empty() || !workbook::is_workbook(bytes) { Table::of(bytes) } else { Table::of_sheet(bytes, sheet) };
    read.map_err(|wrong| Refusal::invalid("file", wrong.0))
}

/// Whose table it is, as far as its words mean something of their own there.
fn tool(format: Format, columns: &Columns) -> Tool {
    match format {
        Format::JiraCsv => Tool::Jira,
        _ if columns.named("current state") && columns.named("accepted at") => Tool::Pivotal,
        _ if columns.named("work item type") => Tool::Azure,
        _ => Tool::Other,
    }
}

/// People by the id that stands in the column beside theirs: `Assignee` and `Assignee Id`.
fn names(columns: &Columns) -> BTreeMap<String, String> {
    let table = columns.table;
    let mut names = BTreeMap::new();
    for (at, header) in table.header.iter().enumerate() {
        for id in table.columns(&[&format!("{header} id")]).into_iter().filter(|_| !header.is_empty()) {
            for row in &table.rows {
                let (id, name) = (row.cell(id), row.cell(at));
                if !id.is_empty() && !name.is_empty() {
                    names.entry(id.to_owned()).or_insert_with(|| name.to_owned());
                }
            }
        }
    }
    names
}

/// By what the other tool sorts by, letter by letter, or by number where all are numbers; what has no place comes last.
/// Without it, the file's order is the order.
fn in_rank(entries: &mut [Entry]) {
    let numeric = entries.iter().all(|e| e.rank.is_empty() || e.rank.parse::<f64>().is_ok());
    entries.sort_by(|a, b| {
        let empty = a.rank.is_empty().cmp(&b.rank.is_empty());
        let number = |e: &Entry| e.rank.parse::<f64>().unwrap_or(0.0);
        empty.then_with(|| if numeric { number(a).total_cmp(&number(b)) } else { a.rank.cmp(&b.rank) })
    });
}

struct Sheet<'t> {
    columns: Columns<'t>,
    tool: Tool,
    cells: Cells,
    names: BTreeMap<String, String>,
    comment_days: dates::Column,
    /// The rows above, level by level.
    above: Vec<String>,
}

/// What says that nobody works on it.
const NOBODY: &[&str] =
    &["unassigned", "nicht zugewiesen", "non attribue", "non assigne", "sin asignar", "не назначен", "未割り当て", "nao atribuido", "nobody"];

impl Sheet<'_> {
    fn entry(&mut self, row: &Row) -> Entry {
        let mut taken = BTreeSet::new();
        let mut entry = Entry { row: row.number, ..Entry::default() };
        entry.key = self.one(Field::Key, row, &mut taken);
        // The number in a project, which people know, instead of the machine's.
        let (project, number) = (self.columns.cell_named("project identifier", row), self.columns.cell_named("sequence id", row));
        if !project.is_empty() && !number.is_empty() {
            entry.key = format!("{project}-{number}");
        }
        entry.ids = self.columns.cells(Field::Id, row).into_iter().map(str::to_owned).chain([line_id(row.number)]).collect();
        entry.url = Some(self.columns.cell(Field::Url, row)).filter(|url| kernel::fields::is_link(url)).map(str::to_owned);
        if entry.url.is_some() {
            taken.extend(self.columns.all(Field::Url));
        }
        self.titled(&mut entry, row, &mut taken);
        let body = self.one(Field::Body, row, &mut taken);
        entry.body = if says_nothing(&body) { String::new() } else { self.text(&body) };
        entry.points = self.cells.size(&self.columns, row, &mut taken);
        self.stands(&mut entry, row);
        entry.kind = self.columns.cell(Field::Type, row).to_owned();
        self.people(&mut entry, row);
        entry.labels = self
            .columns
            .cells(Field::Labels, row)
            .into_iter()
            .flat_map(|cell| cell.split([',', ';', '|', '\n']))
            .map(|l| l.trim().to_owned())
            .collect();
        taken.extend(self.columns.all(Field::Labels));
        entry.criteria = self.columns.cells(Field::Criteria, row).into_iter().flat_map(|cell| backlog::criteria_listed(&self.text(cell))).collect();
        let mut day = |field: Field| self.cells.day(&self.columns, field, row, &mut taken).map(|when| self.cells.moment(&when));
        (entry.created, entry.started, entry.closed) = (day(Field::Created), day(Field::Started), day(Field::Closed));
        entry.updated = self.cells.day_if_any(&self.columns, Field::Updated, row).map(|when| self.cells.moment(&when));
        entry.rank = self.columns.cell(Field::Rank, row).to_owned();
        // Jira's keys begin with it.
        if self.tool != Tool::Jira {
            entry.project = self.columns.cell(Field::Project, row).to_owned();
        }
        self.family(&mut entry, row);
        self.sprint(&mut entry, row);
        self.comments(&mut entry, row, &mut taken);
        self.ties(&mut entry, row);
        entry.extra = self.columns.rest(row, &taken);
        self.tasks(&mut entry, row);
        entry
    }

    /// What stands in the first column of a field that says something, which is then taken.
    fn one(&self, field: Field, row: &Row, taken: &mut BTreeSet<usize>) -> String {
        let at = self.columns.all(field).iter().find(|at| !row.cell(**at).is_empty());
        taken.extend(at);
        at.map_or("", |at| row.cell(*at)).to_owned()
    }

    fn text(&self, text: &str) -> String {
        let text = undefused(text);
        match self.tool {
            Tool::Jira => jira_markup::to_markdown(text, &self.names),
            _ if html::is_html(text) => html::to_markdown(text),
            _ => text.to_owned(),
        }
    }

    /// The title; in a table of levels, from whichever column it stands in, and what is above by that.
    fn titled(&mut self, entry: &mut Entry, row: &Row, taken: &mut BTreeSet<usize>) {
        if self.columns.levels.is_empty() {
            entry.title = undefused(&self.one(Field::Title, row, taken)).to_owned();
            return;
        }
        taken.extend(&self.columns.levels);
        let Some(level) = self.columns.levels.iter().position(|at| !row.cell(*at).is_empty()) else { return };
        entry.title = row.cell(self.columns.levels[level]).to_owned();
        self.above.truncate(level);
        entry.parents.extend(self.above.last().cloned());
        self.above.push(line_id(row.number));
    }

    /// Where it stands, in the tool's words and by what the tool itself says about them.
    fn stands(&self, entry: &mut Entry, row: &Row) {
        entry.state = self.columns.cell(Field::State, row).to_owned();
        let by_tool = match self.tool {
            Tool::Pivotal => states::of_pivotal(&entry.state),
            Tool::Azure => states::of_azure(&entry.state),
            _ => None,
        };
        let category = states::category(self.columns.cell(Field::Category, row));
        entry.gave_up = states::of(self.columns.cell(Field::Resolution, row)) == Some(State::Dropped);
        // A card may stand in any column of its board when it is closed.
        let is_closed = || self.columns.named("column name") && states::of(self.columns.cell_named("status", row)) == Some(State::Done);
        entry.known = category.or(by_tool).or_else(|| is_closed().then_some(State::Done));
        if entry.state.is_empty() {
            entry.state = self.columns.cell(Field::Category, row).to_owned();
        }
    }

    fn people(&self, entry: &mut Entry, row: &Row) {
        let several = |cell: &'_ str| people::several(cell).into_iter().map(str::to_owned).collect::<Vec<_>>();
        let named = self.columns.cells(Field::Assignee, row).into_iter().flat_map(several);
        entry.people = named.filter(|name| !NOBODY.contains(&reading::fold(name).as_str()) && !says_nothing(name)).collect();
        let mail = self.columns.cell(Field::Mail, row);
        if !mail.is_empty() {
            match entry.people.first_mut() {
                Some(first) if !first.contains('@') => *first = format!("{first} <{mail}>"),
                Some(_) => {}
                None => entry.people.push(mail.to_owned()),
            }
        }
    }

    fn family(&self, entry: &mut Entry, row: &Row) {
        let all = |field: Field| self.columns.cells(field, row).into_iter().map(str::to_owned);
        entry.parents.extend(all(Field::Parent));
        entry.parent_name = self.columns.cell(Field::ParentName, row).to_owned();
        entry.epics.extend(all(Field::Epic));
        entry.epic_name = self.columns.cell(Field::EpicName, row).to_owned();
    }

    /// The last sprint it was in; Azure DevOps writes the way to it.
    fn sprint(&mut self, entry: &mut Entry, row: &Row) {
        let last = self.columns.cells(Field::Sprint, row).last().copied().unwrap_or("");
        if says_nothing(last) {
            return;
        }
        // As Jira's server writes it into a cell: `…Sprint@1f39[id=1,state=CLOSED,name=Sprint 1,startDate=…]`.
        let inside = |name: &str| last.split_once(&format!("{name}=")).map(|(_, rest)| rest.split([',', ']']).next().unwrap_or(""));
        let day = |text: Option<&str>| text.and_then(|t| dates::one(t).ok()).map(|when| when.date.to_string());
        let days = match inside("startDate") {
            Some(start) => day(Some(start)).zip(day(inside("endDate"))),
            None => {
                let mut day = |field| self.cells.day(&self.columns, field, row, &mut BTreeSet::new()).map(|when| when.date.to_string());
                day(Field::SprintStart).zip(day(Field::SprintEnd))
            }
        };
        let named = inside("name").filter(|_| last.contains('[')).unwrap_or(last);
        entry.sprint = named.rsplit('\\').next().unwrap_or(named).trim().to_owned();
        entry.sprint_days = days;
    }

    fn comments(&mut self, entry: &mut Entry, row: &Row, taken: &mut BTreeSet<usize>) {
        for at in self.columns.all(Field::Comment).to_vec() {
            if let Some((when, comment)) = comments::read(row.cell(at), &self.comment_days, &self.names, |text| self.text(text)) {
                entry.comments.push(BroughtComment { at: self.cells.moment(&when), ..comment });
                taken.insert(at);
            }
        }
        entry.comments.sort_by_key(|comment| comment.at);
    }

    /// Links to other entries; the columns stay as they are with the story.
    fn ties(&self, entry: &mut Entry, row: &Row) {
        for (at, verb, inward) in self.columns.ties() {
            let keys = row.cell(at).split([',', ';', ' ', '\n']).map(str::trim).filter(|key| !key.is_empty());
            entry.ties.extend(keys.map(|key| Pointing { verb, key: key.to_owned(), inward }));
        }
    }

    /// Small tasks with how far each is stand together.
    fn tasks(&self, entry: &mut Entry, row: &Row) {
        let (tasks, states) = (self.columns.all(Field::Task), self.columns.all(Field::TaskState));
        if tasks.is_empty() || tasks.len() != states.len() {
            return;
        }
        for at in tasks.iter().chain(states) {
            entry.extra.remove(&self.columns.header(*at));
        }
        for (task, state) in tasks.iter().zip(states).filter(|(task, _)| !row.cell(**task).is_empty()) {
            let told = if row.cell(*state).is_empty() { row.cell(*task).to_owned() } else { format!("{} ({})", row.cell(*task), row.cell(*state)) };
            keep(&mut entry.extra, &self.columns.header(*task), &told);
        }
    }
}

/// Text as it was before its formula was made harmless for spreadsheets: `'=1+1`.
fn undefused(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '∑', '√', '∏', '<', '>', '＜', '＞', '≤', '≥', '＝', '≠', '±', '÷', '×']) => {
            rest
        }
        _ => text,
    }
}

/// How rows of a table of levels point at each other.
fn line_id(row: usize) -> String {
    format!("row {row}")
}
