//! Text as rows with named columns; a column may stand several times.
//!
//! Rows are numbered as a spreadsheet counts them: empty lines count, a line break inside of a cell does not, and
//! the line `sep=;`, by which Excel is told the separator, is no row. A quote inside of an unquoted cell is a
//! character (`5" pipe`); a cell that begins with a quote and never ends is refused with the row in which it begins,
//! which no general parser of CSV tells; that is why this one is written out.

use crate::{Wrong, fold, text, workbook, wrong};

/// The largest cell, in bytes.
pub const MOST_IN_A_CELL: usize = 1 << 20;
/// The most columns a file may have.
pub const MOST_COLUMNS: usize = 2_000;
/// The most rows of a table that is kept whole.
pub const MOST_ROWS: usize = 200_000;

/// A file read.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The names of the columns, without space around them.
    pub header: Vec<String>,
    /// Rows in which something stands.
    pub rows: Vec<Row>,
    /// What was assumed about the file and is worth a word.
    pub notes: Vec<String>,
    /// What parts its cells; `None` where there is one column.
    pub separator: Option<char>,
}

impl Table {
    /// Reads a whole file, or says where it stops making sense.
    ///
    /// # Errors
    /// Bytes that are no text, no names of columns, a cell that is never closed, too much of anything.
    pub fn of(bytes: &[u8]) -> Result<Table, Wrong> {
        let (text, note) = text::decode(bytes)?;
        let mut table = Table::read(&text)?;
        table.notes.extend(note);
        Ok(table)
    }

    /// Reads a sheet of a workbook.
    ///
    /// # Errors
    /// As [`Table::of`], and no sheet of that name.
    pub fn of_sheet(bytes: &[u8], sheet: &str) -> Result<Table, Wrong> {
        let (text, note) = workbook::text(bytes, Some(sheet))?;
        let mut table = Table::read(&text)?;
        table.notes.extend(note);
        Ok(table)
    }

    /// Reads a text.
    ///
    /// # Errors
    /// As [`Table::of`].
    pub fn read(text: &str) -> Result<Table, Wrong> {
        let mut reader = Rows::new(text)?;
        let header = reader.header()?;
        let mut table = Table { header, separator: reader.separator(), ..Table::default() };
        let mut row = Row::default();
        while reader.next(&mut row)? {
            if table.rows.len() == MOST_ROWS {
                return wrong(format!("The file has more than {MOST_ROWS} rows. Split it."));
            }
            table.rows.push(row.clone());
        }
        Ok(table)
    }

    /// The first column of a name, written exactly so or else in other letters.
    ///
    /// # Errors
    /// There is none; the sentence names those that there are.
    pub fn find(&self, name: &str) -> Result<usize, Wrong> {
        find(&self.header, name)
    }

    /// Every column of the first of these names that occurs, whatever its letters.
    pub fn columns(&self, names: &[&str]) -> Vec<usize> {
        let header: Vec<String> = self.header.iter().map(|h| fold(h)).collect();
        let all = |name: &&str| {
            let name = fold(name.trim());
            (0..header.len()).filter(|at| header[*at] == name).collect::<Vec<_>>()
        };
        names.iter().map(all).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// What stands in a column, row by row.
    pub fn column(&self, at: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.cell(at))
    }

    /// As [`ragged`].
    pub fn ragged(&self, row: &Row) -> Option<String> {
        ragged(&self.header, row)
    }
}

/// What is odd about how many cells a row has, as the end of a sentence; empty ones at its end are no matter.
pub fn ragged(header: &[String], row: &Row) -> Option<String> {
    let filled = (header.len()..row.len()).rev().any(|at| !row.cell(at).is_empty());
    let cells = |n: usize| format!("{n} cell{}", if n == 1 { "" } else { "s" });
    (row.len() < header.len() || filled).then(|| format!("it has {} where the header has {}", cells(row.len()), header.len()))
}

/// The first column of a name in a header.
///
/// # Errors
/// There is none.
pub fn find(header: &[String], name: &str) -> Result<usize, Wrong> {
    let wanted = fold(name.trim());
    let exact = header.iter().position(|h| h == name.trim());
    match exact.or_else(|| header.iter().position(|h| fold(h) == wanted)) {
        Some(at) => Ok(at),
        None => wrong(format!("There is no column “{name}”; there are {}.", header.join(", "))),
    }
}

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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        Table::read(text).unwrap().rows.iter().map(|r| r.cells().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn reads_repeated_headers_and_many_lines_in_a_cell() {
        let t = Table::read("Key,Labels,Labels,Text\nA-1,x,y,\"one\n\"\"two\"\"\"\nA-2,,,z").unwrap();
        assert_eq!(t.columns(&["none", "labels"]), [1, 2]);
        assert_eq!(t.rows[0].cell(3), "one\n\"two\"");
        assert_eq!((t.rows[1].number, t.rows[1].line, t.rows[1].cell(3)), (3, 4, "z"));
        assert_eq!(Table::read("Schlüssel;b\n1;2").unwrap().find("SCHLÜSSEL"), Ok(0));
    }

    #[test]
    fn says_what_is_wrong() {
        let said = |text: &str| Table::read(text).unwrap_err().0;
        let cut = said("a,b\n1,2\n1,\"cut o\n1,2\n");
        assert!(cut.contains("cut off") && cut.contains("row 3, column 2"), "{cut}");
        assert!(said("a\nx\0y").contains("Line 2"));
        assert!(said("").contains("empty") && said("\n\n,,\n").contains("empty"));
        assert!(said(&"x,".repeat(100_000)).contains("100001 columns"));
        assert!(said(&format!("a,b\n1,{}", "y".repeat(MOST_IN_A_CELL + 1))).contains("Row 2, column 2"));
        assert!(said(&format!("a\n{}", "x\n".repeat(MOST_ROWS + 1))).contains("more than 200000 rows"));
        let odd = Table::read("a,b\n1\n\n1,2,3\n1,2,,\n").unwrap();
        let told: Vec<_> = odd.rows.iter().map(|r| (r.number, odd.ragged(r).is_some())).collect();
        assert_eq!(told, [(2, true), (4, true), (5, false)]);
        assert_eq!(odd.ragged(&odd.rows[0]).unwrap(), "it has 1 cell where the header has 2");
    }

    #[test]
    fn finds_the_separator() {
        let first = |text: &str| (Table::read(text).unwrap().separator, rows(text)[0].clone());
        assert_eq!(first("a;b\n1;2").0, Some(';'));
        assert_eq!(first("a\tb\n1\t2").0, Some('\t'));
        assert_eq!(first("price, net;number\n1,5;3\n2,5;4").1, ["1,5", "3"]);
        assert_eq!(first("tags;and more,key\n\"a;b\",1\nc,2").1, ["a;b", "1"]);
        assert_eq!(first("day\nApr 16, 2025").1, ["Apr 16, 2025"], "one column has no separator");
        for told in ["sep=;\nkey;a,b\n1;2", "\u{feff}\"sep=;\"\r\nkey;a,b\r\n1;2", "SEP=;\r\nkey;a,b\n1;2"] {
            let t = Table::read(told).unwrap();
            assert_eq!((t.header, t.rows[0].number), (vec!["key".to_owned(), "a,b".to_owned()], 2), "{told:?}");
        }
        assert_eq!(first("sep=|\na|b\n1|2").1, ["1", "2"]);
    }

    #[test]
    fn a_quote_in_a_cell_is_a_character() {
        assert_eq!(rows("a,b\nOrder the 5\" pipe,2\n"), [["Order the 5\" pipe", "2"]]);
        assert_eq!(rows("a,b\n\"Order the 5\" pipe\",2\n\"x\" ,3"), [["Order the 5\" pipe", "2"], ["x", "3"]]);
        assert_eq!(rows("a,b\n\"one\"two,2\n"), [["onetwo", "2"]]);
        assert_eq!(rows("a,b\r1,2\r3,\"\"\r"), [["1", "2"], ["3", ""]]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(cells in proptest::collection::vec(proptest::collection::vec("[a-z,;\"\n\t €é']{0,6}", 3), 1..6)) {
            let quote = |c: &String| format!("\"{}\"", c.replace('"', "\"\""));
            for separator in [",", ";", "\t"] {
                let mut text = ["a", "b", "c"].join(separator) + "\n";
                for row in &cells {
                    text += &(row.iter().map(quote).collect::<Vec<_>>().join(separator) + "\r\n");
                }
                let table = Table::read(&text).unwrap();
                let wanted: Vec<&Vec<String>> = cells.iter().filter(|row| row.iter().any(|c| !c.trim().is_empty())).collect();
                prop_assert_eq!(table.rows.len(), wanted.len());
                for (row, wanted) in table.rows.iter().zip(wanted) {
                    prop_assert_eq!((0..row.len()).map(|at| row.raw(at)).collect::<Vec<_>>(), wanted.iter().map(String::as_str).collect::<Vec<_>>());
                }
            }
        }

        #[test]
        fn anything_is_read_or_refused(text in "[a,;\"\n\r\t=sep0]{0,40}") {
            if let Err(wrong) = Table::read(&text) {
                prop_assert!(!wrong.0.is_empty());
            }
        }
    }
}
