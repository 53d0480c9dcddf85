//! Which column of a file is which field: as it was mapped, else as its name says.

use crate::{
    fields::{Field, spelled},
    mapping::{Mapping, NO_COLUMN},
    nearest::guess,
};
use kernel::{Refusal, Result, Tie};
use reading::table::{Row, Table};
use std::collections::{BTreeMap, BTreeSet};

/// How Jira names its columns of links, in each of its languages.
const OUTWARD: &[&str] = &[
    "outward issue link",
    "outward work item link",
    "ausgehende vorgangsverknüpfung",
    "lien de ticket sortant",
    "enlace de incidencia saliente",
    "исходящая связь задач",
    "外部への課題リンク",
    "link de item externo",
];
const INWARD: &[&str] = &[
    "inward issue link",
    "inward work item link",
    "eingehende vorgangsverknüpfung",
    "lien de ticket entrant",
    "enlace de incidencia entrante",
    "входящая связь задач",
    "内部への課題リンク",
    "link de item interno",
];

pub struct Columns<'t> {
    pub table: &'t Table,
    at: BTreeMap<Field, Vec<usize>>,
    /// `Title 1`, `Title 2`: what stands in the second belongs to what stands in the first.
    pub levels: Vec<usize>,
    /// Names as they are compared.
    spelled: Vec<String>,
}

impl<'t> Columns<'t> {
    /// Finds the columns.
    ///
    /// # Errors
    /// A mapping to a column that is not there; no column is the title.
    pub fn of(table: &'t Table, mapping: &Mapping) -> Result<Columns<'t>> {
        let spelled: Vec<String> = table.header.iter().map(|h| spelled(h)).collect();
        let mut at = BTreeMap::new();
        for field in Field::all() {
            let found = match mapping.columns.get(field.word()).map(|c| c.trim()).filter(|c| !c.is_empty()) {
                None => field.columns(&spelled),
                Some(NO_COLUMN) => vec![],
                Some(named) => mapped(table, &spelled, field, named)?,
            };
            at.insert(field, found);
        }
        let mut columns = Columns { table, at, levels: vec![], spelled };
        // Elsewhere it is the day on which something should be finished.
        if columns.named("is closed") && !columns.has(Field::Closed) && !mapping.columns.contains_key(Field::Closed.word()) {
            columns.at.insert(Field::Closed, columns.spelled.iter().position(|name| name == "finish date").into_iter().collect());
        }
        if columns.all(Field::Title).is_empty() {
            columns.levels = (1..).map_while(|level| columns.spelled.iter().position(|h| *h == format!("title {level}"))).collect();
            if columns.levels.is_empty() {
                return Err(Refusal::invalid("map", format!("Say which column is the title. The columns are: {}.", table.header.join(", "))));
            }
        }
        Ok(columns)
    }

    /// Columns of links to other entries: the kind of link, and whether the other one says it of this. Jira puts it into
    /// brackets behind the direction: `Outward issue link (Blocks)`.
    pub fn ties(&self) -> impl Iterator<Item = (usize, Tie, bool)> {
        self.spelled.iter().enumerate().filter_map(|(at, name)| {
            let (direction, kind) = name.strip_suffix(')')?.split_once('(')?;
            let is = |names: &[&str]| names.iter().any(|name| reading::fold(name) == direction.trim());
            let verb = if kind.trim().starts_with("block") { Tie::Blocks } else { Tie::Relates };
            is(INWARD).then_some((at, verb, true)).or_else(|| is(OUTWARD).then_some((at, verb, false)))
        })
    }

    /// Every column of a field.
    pub fn all(&self, field: Field) -> &[usize] {
        self.at.get(&field).map_or(&[], Vec::as_slice)
    }

    pub fn has(&self, field: Field) -> bool {
        !self.all(field).is_empty()
    }

    /// What a row says in a column of this name, whatever it is for.
    pub fn cell_named<'r>(&self, name: &str, row: &'r Row) -> &'r str {
        self.spelled.iter().position(|h| h == name).map_or("", |at| row.cell(at))
    }

    /// Whether there is a column of this name, whatever it is for.
    pub fn named(&self, name: &str) -> bool {
        self.spelled.iter().any(|h| h == name)
    }

    /// What a row says in the columns of a field: all of it that says something.
    pub fn cells<'r>(&self, field: Field, row: &'r Row) -> Vec<&'r str> {
        self.all(field).iter().map(|at| row.cell(*at)).filter(|cell| !cell.is_empty()).collect()
    }

    /// The first of it.
    pub fn cell<'r>(&self, field: Field, row: &'r Row) -> &'r str {
        self.cells(field, row).first().copied().unwrap_or("")
    }

    /// The name of a column as the file has it.
    pub fn header(&self, at: usize) -> String {
        self.table.header.get(at).filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| format!("column {}", at + 1))
    }

    /// What was found: our field, and the file's name for it.
    pub fn found(&self) -> Vec<(Field, String)> {
        let mut found: Vec<(Field, String)> = self.at.iter().filter_map(|(field, at)| Some((*field, self.header(*at.first()?)))).collect();
        found.extend(self.levels.first().map(|at| (Field::Title, self.header(*at))));
        found
    }

    /// What a row says in columns that are not among these; what a column says more than once is kept line by line.
    pub fn rest(&self, row: &Row, taken: &BTreeSet<usize>) -> BTreeMap<String, String> {
        let mut rest: BTreeMap<String, String> = BTreeMap::new();
        for at in (0..row.len()).filter(|at| !taken.contains(at)) {
            keep(&mut rest, &self.header(at), row.cell(at));
        }
        rest
    }
}

/// Keeps what a file says under a name, below what it said there before.
pub fn keep(extra: &mut BTreeMap<String, String>, name: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let kept = extra.entry(name.to_owned()).or_default();
    if !kept.lines().any(|line| line == text) && kept != text {
        if !kept.is_empty() {
            kept.push('\n');
        }
        kept.push_str(text);
    }
}

fn mapped(table: &Table, spelled: &[String], field: Field, named: &str) -> Result<Vec<usize>> {
    let found = table.columns(&[named]);
    if !found.is_empty() {
        return Ok(found);
    }
    let found: Vec<usize> = (0..spelled.len()).filter(|at| spelled[*at] == reading::fold(named)).collect();
    if found.is_empty() {
        let near = guess(named, table.header.iter().map(String::as_str));
        return Err(Refusal::invalid(
            "map",
            format!("There is no column “{named}” for {}.{near} The columns are: {}.", field.word(), table.header.join(", ")),
        ));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(field: &str, column: &str) -> Mapping {
        Mapping { columns: [(field.to_owned(), column.to_owned())].into(), ..Mapping::default() }
    }

    #[test]
    fn a_mapping_goes_before_any_guess() {
        let table = Table::read("issuekey,title,description,odd\nM-1,One,Text,kept\n").unwrap();
        let row = &table.rows[0];
        assert_eq!(Columns::of(&table, &Mapping::default()).unwrap().cell(Field::Title, row), "One");
        assert_eq!(Columns::of(&table, &mapping("title", "Description")).unwrap().cell(Field::Title, row), "Text");
        assert!(!Columns::of(&table, &mapping("body", "-")).unwrap().has(Field::Body));
        let refused = Columns::of(&table, &mapping("title", "descripton")).map(|_| ()).unwrap_err().sentence();
        assert!(refused.contains("Do you mean “description”?") && refused.contains("issuekey, title"), "{refused}");
        let table = Table::read("a,b\n1,2\n").unwrap();
        assert!(Columns::of(&table, &Mapping::default()).map(|_| ()).unwrap_err().sentence().contains("is the title"));
    }

    #[test]
    fn what_no_field_takes_is_kept_also_where_a_name_stands_twice() {
        let table = Table::read("title,Team,Team,\nOne,Blue,Green,x\n").unwrap();
        let columns = Columns::of(&table, &Mapping::default()).unwrap();
        let rest = columns.rest(&table.rows[0], &BTreeSet::from([0]));
        assert_eq!(rest, BTreeMap::from([("Team".to_owned(), "Blue\nGreen".to_owned()), ("column 4".to_owned(), "x".to_owned())]));
    }
}
