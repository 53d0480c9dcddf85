//! Text as rows with named columns; a column may stand several times.

pub use crate::rows::{MOST_COLUMNS, MOST_IN_A_CELL, Row, Rows};
use crate::{Wrong, fold, text, workbook, wrong};

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
