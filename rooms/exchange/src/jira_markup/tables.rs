//! Tables: `||` stands before the head of a column, `|` before a cell.

use super::inline::inline;
use std::collections::BTreeMap;

struct Cell {
    head: bool,
    text: String,
}

/// Whether a line belongs to the table that is being read: a cell may have several lines.
pub fn goes_on(table: &[String], line: &str) -> bool {
    match table.last() {
        None => false,
        Some(_) if line.is_empty() => false,
        Some(_) if line.starts_with('|') => true,
        Some(above) => !above.ends_with('|'),
    }
}

/// The lines of a table as Markdown, which wants a head over every column.
pub fn table(lines: &[String], names: &BTreeMap<String, String>) -> String {
    let mut whole: Vec<String> = vec![];
    for line in lines {
        match whole.last_mut() {
            Some(above) if !line.starts_with('|') => {
                above.push('\n');
                above.push_str(line);
            }
            _ => whole.push(line.clone()),
        }
    }
    let mut rows: Vec<Vec<Cell>> = whole.iter().map(|row| cells(row)).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let headed = rows.first().is_some_and(|row| row.iter().all(|cell| cell.head));
    if !headed {
        rows.insert(0, vec![]);
    }
    let mut out = vec![];
    for (i, row) in rows.iter().enumerate() {
        let text = |at: usize| row.get(at).map(|cell| written(cell, i == 0, names)).unwrap_or_default();
        out.push(format!("| {} |", (0..width).map(text).collect::<Vec<_>>().join(" | ")));
        if i == 0 {
            out.push(format!("| {} |", vec!["---"; width].join(" | ")));
        }
    }
    out.join("\n")
}

fn written(cell: &Cell, in_head: bool, names: &BTreeMap<String, String>) -> String {
    let lines: Vec<String> = cell.text.lines().map(|line| inline(line.trim(), names).replace('|', "\\|")).filter(|line| !line.is_empty()).collect();
    let text = lines.join("<br>");
    if cell.head && !in_head && !text.is_empty() && !text.contains('*') { format!("**{text}**") } else { text }
}

/// The cells of a row; a bar within a link, an image or code divides nothing.
fn cells(row: &str) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![];
    let mut closing = None;
    let mut chars = row.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if closing.is_none() && c == '|' {
            let head = chars.next_if(|(_, next)| *next == '|').is_some();
            cells.push(Cell { head, text: String::new() });
            continue;
        }
        let rest = &row[at..];
        if closing.is_some_and(|end: &str| rest.starts_with(end)) {
            closing = None;
        } else if closing.is_none() {
            closing = [("[", "]"), ("{{", "}}"), ("!", "!")].into_iter().find_map(|(open, close)| {
                let inside = rest.strip_prefix(open)?;
                let end = inside.find(close)?;
                (!inside[..end].starts_with([' ', '|']) && !inside[..end].contains("||")).then_some(close)
            });
        }
        if let Some(cell) = cells.last_mut() {
            cell.text.push(c);
        }
    }
    // The last bar ends the row.
    if cells.last().is_some_and(|cell| cell.text.trim().is_empty()) {
        cells.pop();
    }
    cells
}
