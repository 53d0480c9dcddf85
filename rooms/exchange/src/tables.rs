//! The stories of a product as a table, in the words that an import reads again: CSV, a workbook of Excel, or Markdown
//! for people.

use fields::{FieldKind, Thing};
use kernel::{Column, Look, Noun, Refusal, Result, Row, Uuid, Value, value::Packed};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::collections::HashMap;
use std::fmt::Write;

/// The longest cell that Excel takes, in characters.
const LONGEST_CELL: usize = 32_767;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    /// As `2026-05-04`.
    Day(String),
    Empty,
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    pub(crate) fn day(at: Option<i64>, zone: &str) -> Cell {
        at.map_or(Cell::Empty, |at| Cell::Day(web::when::written_day(at, zone)))
    }

    fn said(&self) -> String {
        match self {
            Cell::Text(text) => defused(text),
            Cell::Number(number) => web::telling::typed(*number),
            Cell::Day(day) => day.clone(),
            Cell::Empty => String::new(),
        }
    }
}

/// What a spreadsheet would take for a formula is text with a mark in front, which an import takes off again.
fn defused(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Rows with named columns.
pub struct Table {
    pub name: String,
    pub header: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// The stories of the product at hand, in the order of its backlog.
pub fn stories(look: &mut Look) -> Result<Table> {
    stories_where(look, "", &[])
}

/// Those of them that satisfy `and`, whose parameters start at `$2`, with what their own fields hold.
pub(crate) fn stories_where(look: &mut Look, and: &str, params: &[Value]) -> Result<Table> {
    let product = look.scope.product()?.clone();
    let zone = look.scope.who.zone.clone();
    let criteria = criteria(look, product.id)?;
    let mut bound = vec![product.id.value()];
    bound.extend_from_slice(params);
    let sql = format!(
        "select story.id, story.number, story.title, story.kind, story.stage, story.points, member.name, story.labels, feature.title, sprint.name,
             story.created_at, story.started_at, story.settled_at, story.body, story.origin
         from story left join feature on feature.id = story.feature and feature.removed_at is null left join sprint on sprint.id = story.sprint
             left join member on member.id = story.assignee
         where story.product = $1 and story.removed_at is null{and} order by story.rank, story.id"
    );
    let rows = look.query(&sql, &bound)?;
    let mut ids: Vec<Uuid> = vec![];
    let row = |mut row: Row| -> Result<Vec<Cell>> {
        let id: Uuid = row.take()?;
        ids.push(id);
        let number: i64 = row.take()?;
        let text = |row: &mut Row| -> Result<Cell> { Ok(Cell::text(row.take::<Option<String>>()?.unwrap_or_default())) };
        let (title, kind, stage) = (text(&mut row)?, text(&mut row)?, row.take::<String>()?.replace('_', " "));
        let points = row.take::<Option<f64>>()?.map_or(Cell::Empty, Cell::Number);
        let assignee = text(&mut row)?;
        let labels: Packed<Vec<String>> = row.take()?;
        let (feature, sprint) = (text(&mut row)?, text(&mut row)?);
        let day = |row: &mut Row| -> Result<Cell> { Ok(Cell::day(row.take()?, &zone)) };
        let (created, started, done) = (day(&mut row)?, day(&mut row)?, day(&mut row)?);
        let (body, origin) = (text(&mut row)?, text(&mut row)?);
        let key = Cell::text(format!("{}-{number}", product.key));
        let criteria = Cell::text(criteria.get(&id).map(|all| all.join("\n")).unwrap_or_default());
        let labels = Cell::text(labels.join(", "));
        Ok(vec![key, title, kind, Cell::text(stage), points, assignee, labels, feature, sprint, created, started, done, criteria, body, origin])
    };
    let header = vec![
        "Key",
        "Title",
        "Type",
        "State",
        "Points",
        "Assignee",
        "Labels",
        "Epic",
        "Sprint",
        "Created",
        "Started",
        "Completed",
        "Acceptance criteria",
        "Description",
        "Brought in from",
    ];
    let rows = rows.into_iter().map(row).collect::<Result<_>>()?;
    let mut table = Table { name: product.key, header: header.into_iter().map(str::to_owned).collect(), rows };
    own_columns(look, Thing::Story, &ids, &mut table)?;
    Ok(table)
}

/// Adds what the own fields of things hold, a column for each; the rows are theirs, in their order.
pub(crate) fn own_columns(look: &mut Look, thing: Thing, ids: &[Uuid], table: &mut Table) -> Result<()> {
    let fields = fields::defined(look, thing)?;
    let told = fields::told(look, &fields, ids)?;
    for field in &fields {
        table.header.push(field.name.clone());
        for (row, id) in table.rows.iter_mut().zip(ids) {
            let held = told.held(*id, field.id());
            row.push(match (held, field.kind) {
                (None, _) => Cell::Empty,
                (Some(held), FieldKind::Number) => held.number.map_or(Cell::Empty, Cell::Number),
                (Some(held), FieldKind::Day) => held.day.clone().map_or(Cell::Empty, Cell::Day),
                (Some(_), _) => Cell::text(told.of(*id, field.id())),
            });
        }
    }
    Ok(())
}

/// The criteria of every story, each as an item of a list.
fn criteria(look: &mut Look, product: Uuid) -> Result<HashMap<Uuid, Vec<String>>> {
    let rows =
        look.query("select story, body from criterion where product = $1 and removed_at is null order by story, rank, id", &[product.value()])?;
    let mut criteria: HashMap<Uuid, Vec<String>> = HashMap::new();
    for mut row in rows {
        let (story, body): (Uuid, String) = (row.take()?, row.take()?);
        criteria.entry(story).or_default().push(format!("* {}", body.replace('\n', "\n  ")));
    }
    Ok(criteria)
}

impl Table {
    /// With commas, every cell in quotes that needs them.
    pub fn csv(&self) -> String {
        let quoted = |text: &str| match text.contains([',', '"', '\n', '\r', ';', '\t']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text.to_owned(),
        };
        let mut out = self.header.iter().map(|name| quoted(&defused(name))).collect::<Vec<_>>().join(",") + "\n";
        for row in &self.rows {
            out += &row.iter().map(|cell| quoted(&cell.said())).collect::<Vec<_>>().join(",");
            out.push('\n');
        }
        out
    }

    /// As a workbook with one sheet.
    ///
    /// # Errors
    /// What the library refuses.
    pub fn xlsx(&self) -> Result<Vec<u8>> {
        self.book().map_err(|e| Refusal::broken(format!("writing a workbook: {e}")))
    }

    fn book(&self) -> std::result::Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let (bold, day, wrapped) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_text_wrap());
        let sheet = book.add_worksheet().set_name(&self.name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, name) in (0..).zip(&self.header) {
            sheet.write_string_with_format(0, column, name, &bold)?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Text(text) => {
                        let text: String = text.chars().take(LONGEST_CELL).collect();
                        let cell = if text.contains('\n') {
                            sheet.write_string_with_format(row, column, text, &wrapped)
                        } else {
                            sheet.write_string(row, column, text)
                        };
                        cell?;
                    }
                    Cell::Number(number) => {
                        sheet.write_number(row, column, *number)?;
                    }
                    Cell::Day(text) => {
                        // Excel knows no days before 1900.
                        let cell = match rust_xlsxwriter::ExcelDateTime::parse_from_str(text) {
                            Ok(at) => sheet.write_datetime_with_format(row, column, at, &day),
                            Err(_) => sheet.write_string(row, column, text),
                        };
                        cell?;
                    }
                    Cell::Empty => {}
                }
            }
        }
        sheet.set_autofit_max_width(360).autofit();
        book.save_to_buffer()
    }

    /// As a document: a heading for each feature, its stories below with their criteria.
    pub fn markdown(&self) -> String {
        let at = |row: &[Cell], name: &str| self.header.iter().position(|h| h == name).map(|at| row[at].clone()).unwrap_or(Cell::Empty);
        let said = |row: &[Cell], name: &str| match at(row, name) {
            Cell::Text(text) => text,
            other => other.said(),
        };
        let mut features: Vec<String> = vec![];
        for row in &self.rows {
            let feature = said(row, "Epic");
            if !features.contains(&feature) {
                features.push(feature);
            }
        }
        let mut out = format!("# Stories of {}\n", self.name);
        for feature in features {
            let _ = write!(out, "\n## {}\n\n", if feature.is_empty() { "In no feature" } else { &feature });
            for row in self.rows.iter().filter(|row| said(row, "Epic") == feature) {
                let size = at(row, "Points");
                let size = if let Cell::Number(points) = size { web::several(web::points(Some(points)), "point") } else { String::new() };
                let facts: Vec<String> =
                    [said(row, "Type"), said(row, "State"), size, said(row, "Assignee")].into_iter().filter(|fact| !fact.is_empty()).collect();
                let _ = writeln!(out, "- **{}** {} ({})", said(row, "Key"), said(row, "Title").replace('\n', " "), facts.join(", "));
                for line in said(row, "Acceptance criteria").lines() {
                    let _ = writeln!(out, "  {line}");
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_formula_is_text_and_comes_back() {
        let table = Table {
            name: "ORB".into(),
            header: vec!["Title".into(), "Points".into()],
            rows: vec![vec![Cell::text("=1+1, \"twice\""), Cell::Number(2.5)]],
        };
        assert_eq!(table.csv(), "Title,Points\n\"'=1+1, \"\"twice\"\"\",2.5\n");
        let text = reading::workbook::text(&table.xlsx().unwrap(), None).unwrap().0;
        assert_eq!(text, "sep=,\n\"Title\",\"Points\"\n\"=1+1, \"\"twice\"\"\",\"2.5\"\n", "a workbook has texts that are none");
    }
}
