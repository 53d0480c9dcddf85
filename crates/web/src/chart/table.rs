//! The table behind a chart.

use maud::{Markup, html};

/// Rows under named columns. A cell has what people read and what programs do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub says: String,
    pub plain: String,
    pub number: bool,
}

impl Cell {
    pub fn text(says: impl Into<String>) -> Cell {
        let says = says.into();
        Cell { plain: says.clone(), says, number: false }
    }

    /// What is read in one way and taken along in another, as a day is.
    pub fn both(says: impl Into<String>, plain: impl Into<String>) -> Cell {
        Cell { says: says.into(), plain: plain.into(), number: false }
    }

    pub fn number(value: Option<f64>) -> Cell {
        let says = value.map_or_else(|| "–".to_owned(), crate::telling::figure);
        Cell { says, plain: value.map(crate::telling::typed).unwrap_or_default(), number: true }
    }
}

impl Table {
    pub fn view(&self) -> Markup {
        html! { table.list {
            thead { tr { @for (n, column) in self.columns.iter().enumerate() { th .num[self.rows.first().and_then(|row| row.get(n)).is_some_and(|cell| cell.number)] dir="auto" { (column) } } } }
            tbody { @for row in &self.rows { tr { @for cell in row { @if cell.number { td.num { (cell.says) } } @else { td dir="auto" { (cell.says) } } } } } }
        } }
    }

    /// Comma-separated, as every program reads it. What a sheet would take for a formula is kept a text.
    pub fn csv(&self) -> String {
        let mut out = String::new();
        let mut line = |cells: &mut dyn Iterator<Item = (&str, bool)>| {
            let cells: Vec<String> = cells.map(|(text, number)| quoted(text, number)).collect();
            out.push_str(&cells.join(","));
            out.push('\n');
        };
        line(&mut self.columns.iter().map(|column| (column.as_str(), false)));
        for row in &self.rows {
            line(&mut row.iter().map(|cell| (cell.plain.as_str(), cell.number)));
        }
        out
    }
}

fn quoted(text: &str, number: bool) -> String {
    // A file has plain spaces.
    let text = &text.replace('\u{a0}', " ");
    let text = if !number && text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_taken_along_as_it_is() {
        let table = Table {
            columns: vec!["Who, and why".into(), "n".into()],
            rows: vec![vec![Cell::text("=1+1"), Cell::number(Some(-2.5))], vec![Cell::text("a \"b\""), Cell::number(None)]],
        };
        assert_eq!(table.csv(), "\"Who, and why\",n\n'=1+1,-2.5\n\"a \"\"b\"\"\",\n");
        assert!(table.view().into_string().contains("<td class=\"num\">–</td>"));
    }
}
