//! Text as rows of cells, one after the other.
//!
//! Rows are numbered as a spreadsheet counts them: empty lines count, a line break inside of a cell does not, and
//! the line `sep=;`, by which Excel is told the separator, is no row. A quote inside of an unquoted cell is a
//! character (`5" pipe`); a cell that begins with a quote and never ends is refused with the row in which it begins,
//! which no general parser of CSV tells; that is why this one is written out.

use crate::{Wrong, wrong};

/// The largest cell, in bytes.
pub const MOST_IN_A_CELL: usize = 1 << 20;
/// The most columns a file may have.
pub const MOST_COLUMNS: usize = 2_000;

/// A row's cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet counts; the header usually is row 1.
    pub number: usize,
    /// The line of the text on which it begins.
    pub line: usize,
    text: String,
    /// Where each cell ends.
    ends: Vec<usize>,
}

impl Row {
    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A cell as it is written; empty where the row is too short.
    pub fn raw(&self, at: usize) -> &str {
        let end = self.ends.get(at).copied();
        let start = if at == 0 { Some(0) } else { self.ends.get(at - 1).copied() };
        start.zip(end).and_then(|(start, end)| self.text.get(start..end)).unwrap_or("")
    }

    /// A cell without the space around it; empty where the row is too short.
    pub fn cell(&self, at: usize) -> &str {
        self.raw(at).trim()
    }

    /// All cells, without the space around them.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.cell(at))
    }

    fn begin(&mut self, number: usize, line: usize) {
        (self.number, self.line) = (number, line);
        self.text.clear();
        self.ends.clear();
    }
}

/// Reads row after row, for files that are too large to be kept.
#[derive(Clone, Debug)]
pub struct Rows<'t> {
    text: &'t str,
    at: usize,
    separator: Option<u8>,
    /// Row and line that were read last.
    row: usize,
    line: usize,
}

impl<'t> Rows<'t> {
    /// At the beginning of a text.
    ///
    /// # Errors
    /// A NUL character: no tool writes it into a text.
    pub fn new(text: &'t str) -> Result<Rows<'t>, Wrong> {
        if let Some(at) = text.find('\0') {
            let line = 1 + text[..at].bytes().filter(|b| *b == b'\n').count();
            return wrong(format!("Line {line} contains a NUL character. This is no text file, or it is damaged."));
        }
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().next().unwrap_or("");
        Ok(match told(first) {
            Some(separator) => {
                let end = if text[first.len()..].starts_with("\r\n") { 2 } else { 1 };
                Rows { text, at: (first.len() + end).min(text.len()), separator: Some(separator), row: 0, line: 1 }
            }
            None => Rows { text, at: 0, separator: shown(text), row: 0, line: 0 },
        })
    }

    /// What parts the cells; `None` where there is one column.
    pub fn separator(&self) -> Option<char> {
        self.separator.map(char::from)
    }

    /// The first row in which something stands: the names of the columns, without space around them.
    ///
    /// # Errors
    /// There is none, or it has too many columns.
    pub fn header(&mut self) -> Result<Vec<String>, Wrong> {
        let mut row = Row::default();
        if !self.next(&mut row)? {
            return wrong("The file is empty: its first line should name the columns.");
        }
        if row.len() > MOST_COLUMNS {
            return wrong(format!("The file has {} columns; {MOST_COLUMNS} are allowed.", row.len()));
        }
        Ok(row.cells().map(str::to_owned).collect())
    }

    /// Reads the next row in which something stands; whether there was one.
    ///
    /// # Errors
    /// A quoted cell that is never closed, a cell that is too large.
    pub fn next(&mut self, row: &mut Row) -> Result<bool, Wrong> {
        while self.at < self.text.len() {
            self.row += 1;
            row.begin(self.row, self.line + 1);
            while self.cell(row)? {}
            self.line += 1;
            if row.cells().any(|cell| !cell.is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads a cell; whether another follows in this row.
    fn cell(&mut self, row: &mut Row) -> Result<bool, Wrong> {
        let before = row.text.len();
        if self.peek(self.at) == Some(b'"') {
            self.quoted(row)?;
        }
        let end = self.end_of_cell(self.at);
        row.text.push_str(&self.text[self.at..end]);
        row.ends.push(row.text.len());
        let size = row.text.len() - before;
        if size > MOST_IN_A_CELL {
            return wrong(format!("Row {}, column {}: the cell has {size} bytes; {MOST_IN_A_CELL} are allowed.", row.number, row.len()));
        }
        let closing = self.peek(end);
        self.at = (end + 1).min(self.text.len());
        if closing == Some(b'\r') && self.peek(self.at) == Some(b'\n') {
            self.at += 1;
        }
        Ok(closing.is_some() && closing == self.separator)
    }

    /// Reads from an opening quote to behind its closing one. A quote that closes nothing, because letters follow
    /// and another quote ends the cell (`"the 5" pipe",`), is a character.
    fn quoted(&mut self, row: &mut Row) -> Result<(), Wrong> {
        self.at += 1;
        loop {
            let Some(quote) = self.text[self.at..].find('"').map(|q| self.at + q) else {
                return wrong(format!(
                    "The file is cut off or damaged: the quoted cell that begins in row {}, column {}, is never closed.",
                    row.number,
                    row.len() + 1
                ));
            };
            let piece = &self.text[self.at..quote];
            self.line += piece.bytes().filter(|b| *b == b'\n').count();
            row.text.push_str(piece);
            self.at = quote + 1;
            if self.peek(self.at) == Some(b'"') {
                row.text.push('"');
                self.at += 1;
            } else if self.closes_later() {
                row.text.push('"');
            } else {
                return Ok(());
            }
        }
    }

    /// Whether this cell ends with a quote of its own, not far from here.
    fn closes_later(&self) -> bool {
        let near = &self.text.as_bytes()[self.at..(self.at + NEAR).min(self.text.len())];
        let end = near.iter().position(|b| matches!(b, b'\n' | b'\r') || Some(*b) == self.separator);
        end.or((near.len() < NEAR).then_some(near.len())).is_some_and(|end| near[..end].trim_ascii_end().ends_with(b"\""))
    }

    fn peek(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Where an unquoted piece that begins here ends.
    fn end_of_cell(&self, from: usize) -> usize {
        let ends = |b: &u8| matches!(b, b'\n' | b'\r') || Some(*b) == self.separator;
        self.text.as_bytes()[from..].iter().position(ends).map_or(self.text.len(), |n| from + n)
    }
}

/// The separator that a first line `sep=;` tells.
fn told(first: &str) -> Option<u8> {
    let line = first.trim_matches(['"', ' ', '\r']);
    let (word, separator) = line.split_once('=')?;
    match separator.as_bytes() {
        [one] if word.eq_ignore_ascii_case("sep") && one.is_ascii() && *one != b'"' => Some(*one),
        [] if word.eq_ignore_ascii_case("sep") && first.contains('\t') => Some(b'\t'),
        _ => None,
    }
}

/// How far a cell's closing quote is looked for behind one that may be a character.
const NEAR: usize = 250;
/// Rows that are looked at to find the separator.
const SAMPLE: usize = 60;

/// The separator that the rows show: the one by which most of them have as many cells as the header, then the one
/// that makes most columns. `None` where the header has one column by any.
fn shown(text: &str) -> Option<u8> {
    let fits = |separator: u8| {
        let mut rows = Rows { text, at: 0, separator: Some(separator), row: 0, line: 0 };
        let mut row = Row::default();
        // Where nothing but separators stands, there is no header by any.
        let columns = if rows.next(&mut row).ok()? { row.len() } else { MOST_COLUMNS };
        if columns < 2 {
            return None;
        }
        let fit = (0..SAMPLE).map_while(|_| rows.next(&mut row).ok().filter(|found| *found).map(|_| row.len() == columns)).filter(|fit| *fit).count();
        Some((fit, columns))
    };
    // Of equals the later is taken: a file has semicolons or tabs because its cells have commas.
    [b',', b';', b'\t'].into_iter().filter_map(|s| Some((fits(s)?, s))).max_by_key(|(fit, _)| *fit).map(|(_, s)| s)
}
