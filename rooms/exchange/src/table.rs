//! A CSV file as rows with named columns; a column may stand several times.

use crate::text::MOST_IN_A_CELL;
use kernel::{Refusal, Result};

/// The most columns a file may have.
const MOST_COLUMNS: usize = 2_000;
/// The most rows.
const MOST_ROWS: usize = 200_000;

/// A file read.
#[derive(Debug)]
pub struct Table {
    pub header: Vec<String>,
    /// Each with the line on which it starts.
    pub rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    /// Reads a whole file, or says where it stops making sense.
    pub fn read(text: &str) -> Result<Table> {
        if let Some(at) = text.find('\0') {
            let line = 1 + text[..at].bytes().filter(|b| *b == b'\n').count();
            return Err(Refusal::invalid("file", format!("Line {line} contains a NUL character. This is no text file, or it is damaged.")));
        }
        let delimiter = delimiter(text);
        let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        let header: Vec<String> = reader.headers().map_err(|e| unreadable(&e))?.iter().map(|h| h.trim().to_owned()).collect();
        if header.len() > MOST_COLUMNS {
            return Err(Refusal::invalid("file", format!("The file has {} columns; {MOST_COLUMNS} are allowed.", header.len())));
        }
        if header.iter().all(String::is_empty) {
            return Err(Refusal::invalid("file", "The file is empty: its first line should name the columns."));
        }
        let mut rows = vec![];
        for record in reader.records() {
            let record = record.map_err(|e| unreadable(&e))?;
            let line = record.position().map_or(0, csv::Position::line);
            if let Some((column, cell)) = record.iter().enumerate().find(|(_, cell)| cell.len() > MOST_IN_A_CELL) {
                let name = header.get(column).map_or("?", String::as_str);
                return Err(Refusal::invalid(
                    "file",
                    format!("Row {}, column {name:?}: the cell has {} bytes; {MOST_IN_A_CELL} are allowed.", rows.len() + 2, cell.len()),
                ));
            }
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                rows.push((line, record.iter().map(str::to_owned).collect()));
            }
            if rows.len() > MOST_ROWS {
                return Err(Refusal::invalid("file", format!("The file has more than {MOST_ROWS} rows. Split it.")));
            }
        }
        // Every quoted cell opens and closes, so an odd number of quotes means that the end is missing.
        if text.bytes().filter(|b| *b == b'"').count() % 2 == 1 {
            let row = rows.len() + 1;
            return Err(Refusal::invalid("file", format!("The file is cut off or damaged: a quoted cell in row {row} or before is never closed.")));
        }
        Ok(Table { header, rows })
    }

    /// Every column of one of these names, whatever its case.
    pub fn columns(&self, names: &[&str]) -> Vec<usize> {
        for name in names {
            let found: Vec<usize> = self.header.iter().enumerate().filter(|(_, h)| h.eq_ignore_ascii_case(name)).map(|(i, _)| i).collect();
            if !found.is_empty() {
                return found;
            }
        }
        vec![]
    }
}

/// Comma, semicolon or tab: whichever the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or("");
    [b',', b';', b'\t'].into_iter().max_by_key(|d| (first.bytes().filter(|b| b == d).count(), *d == b',')).unwrap_or(b',')
}

fn unreadable(error: &csv::Error) -> Refusal {
    let place = error.position().map(|p| format!("line {}", p.line())).unwrap_or_else(|| "the file".into());
    Refusal::invalid("file", format!("The file cannot be read at {place}: {error}."))
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn reads_repeated_headers_and_many_lines_in_a_cell() {
        let t = Table::read("Key,Labels,Labels,Text\nA-1,x,y,\"one\n\"\"two\"\"\"\n").map_err(|e| e.to_string());
        let t = t.unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(t.columns(&["labels"]), [1, 2]);
        assert_eq!(t.rows[0].1[3], "one\n\"two\"");
    }

    #[test]
    fn says_what_is_wrong() {
        let said = |text: &str| Table::read(text).err().map(|e| e.sentence()).unwrap_or_default();
        assert!(said("a,b\n1,\"cut o").contains("cut off"));
        assert!(said("a\nx\0y").contains("Line 2"));
        assert!(said("").contains("empty"));
        assert!(said(&"x,".repeat(100_000)).contains("100001 columns"));
        assert!(said(&format!("a,b\n1,{}", "y".repeat(MOST_IN_A_CELL + 1))).contains("Row 2, column \"b\""));
    }

    #[test]
    fn finds_the_delimiter() {
        assert_eq!(Table::read("a;b\n1;2").map(|t| t.header.len()), Ok(2));
        assert_eq!(Table::read("a\tb\n1\t2").map(|t| t.header.len()), Ok(2));
    }
}
