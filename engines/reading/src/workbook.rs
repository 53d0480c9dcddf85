//! A workbook of Excel as the text of a table: its first sheet, or the one that is named. Everything that reads tables
//! reads workbooks by this; rows keep the numbers that the workbook shows.
//!
//! A small file may unfold to more than fits into memory. Nothing is parsed before it is known to what its parts unfold,
//! and cells are read one after the other, because one cell in the last corner of a sheet makes a large rectangle.

use crate::{
    Wrong,
    table::{MOST_COLUMNS, MOST_IN_A_CELL, MOST_ROWS},
    wrong,
};
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use std::{
    fmt::Write,
    io::{Cursor, Read},
};

/// To so many bytes the parts of a workbook may unfold, and its cells as text.
const MOST_UNFOLDED: u64 = 256 << 20;
/// Parts of a workbook.
const MOST_PARTS: usize = 5_000;

/// How a file begins that is packed as workbooks are.
const PACKED: &[u8] = b"PK\x03\x04";
/// How workbooks of Excel before 2007 begin.
const OLD: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// Whether a file is a workbook, or at least packed as one.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(PACKED) || bytes.starts_with(OLD)
}

/// A sheet as text with commas, and a note on which one it is where there are several.
///
/// # Errors
/// No workbook, one that unfolds to too much, no sheet of that name.
pub fn text(bytes: &[u8], sheet: Option<&str>) -> Result<(String, Option<String>), Wrong> {
    let mut book = open(bytes)?;
    let names = book.sheet_names();
    let name = match sheet.map(str::trim).filter(|name| !name.is_empty()) {
        None => names.first().cloned(),
        Some(named) => names.iter().find(|name| crate::fold(name) == crate::fold(named)).cloned(),
    };
    let Some(name) = name else {
        return wrong(match sheet {
            Some(named) => format!("There is no sheet “{named}”; there are {}.", names.join(", ")),
            None => "The workbook has no sheet.".to_owned(),
        });
    };
    let mut out = Sheet { text: String::from("sep=,\n"), row: 0, column: 0, width: 0 };
    let mut cells = book.worksheet_cells_reader(&name).map_err(unread)?;
    while let Some(cell) = cells.next_cell().map_err(unread)? {
        let (row, column) = cell.get_position();
        out.put(row as usize, column as usize, cell.get_value())?;
    }
    out.end_row();
    let note = (names.len() > 1).then(|| format!("The sheet “{name}” was read, one of {} ({}).", names.len(), names.join(", ")));
    Ok((out.text, note))
}

/// The names of its sheets.
///
/// # Errors
/// As [`text`].
pub fn sheets(bytes: &[u8]) -> Result<Vec<String>, Wrong> {
    Ok(open(bytes)?.sheet_names())
}

fn open(bytes: &[u8]) -> Result<Xlsx<Cursor<&[u8]>>, Wrong> {
    if bytes.starts_with(OLD) {
        return wrong("This is a workbook of an old Excel (.xls). Save it as .xlsx or as CSV.");
    }
    measured(bytes)?;
    Xlsx::new(Cursor::new(bytes)).map_err(unread)
}

fn unread(error: impl std::fmt::Display) -> Wrong {
    Wrong(format!("This is no workbook that can be read ({error}). Save it as .xlsx once more, or as CSV."))
}

/// Unfolds every part without keeping it, because what a part says of its own size may be false.
fn measured(bytes: &[u8]) -> Result<(), Wrong> {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unread)?;
    if parts.len() > MOST_PARTS {
        return wrong(format!("The workbook has {} parts; {MOST_PARTS} are allowed.", parts.len()));
    }
    let mut left = MOST_UNFOLDED;
    for at in 0..parts.len() {
        let part = parts.by_index(at).map_err(unread)?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(unread)?;
        left = match left.checked_sub(read) {
            Some(left) => left,
            None => return wrong(format!("The workbook unfolds to more than {} MB. Split it, or save it as CSV.", MOST_UNFOLDED >> 20)),
        };
    }
    Ok(())
}

/// A sheet on its way to text.
struct Sheet {
    text: String,
    /// Where the next cell would stand.
    row: usize,
    column: usize,
    /// Cells of the first row in which something stands: every row has at least as many.
    width: usize,
}

impl Sheet {
    fn put(&mut self, row: usize, column: usize, value: &DataRef) -> Result<(), Wrong> {
        let said = said(value);
        if said.is_empty() {
            return Ok(());
        }
        if row > MOST_ROWS || column >= MOST_COLUMNS {
            return wrong(format!(
                "The sheet reaches to row {}, column {}; {MOST_ROWS} rows and {MOST_COLUMNS} columns are allowed.",
                row + 1,
                column + 1
            ));
        }
        if row < self.row || (row == self.row && column < self.column) {
            return wrong("The workbook is damaged: its cells do not stand in their order. Save it once more.");
        }
        if said.len() > MOST_IN_A_CELL || (self.text.len() + said.len()) as u64 > MOST_UNFOLDED {
            return wrong(format!("Row {}, column {}: the sheet has more text than can be read.", row + 1, column + 1));
        }
        while self.row < row {
            self.end_row();
        }
        // A column behind the first has its comma in front.
        self.text.extend(std::iter::repeat_n(',', column + usize::from(self.column > 0) - self.column));
        let _ = write!(self.text, "\"{}\"", said.replace('"', "\"\""));
        self.column = column + 1;
        Ok(())
    }

    fn end_row(&mut self) {
        if self.width == 0 {
            self.width = self.column;
        }
        // A row in which nothing stands is an empty line.
        if self.column > 0 {
            self.text.extend(std::iter::repeat_n(',', self.width.saturating_sub(self.column)));
        }
        self.text.push('\n');
        (self.row, self.column) = (self.row + 1, 0);
    }
}

/// What a cell says, as a person would type it.
fn said(value: &DataRef) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(x) => x.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) => moment(at),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// `2026-05-04`, `2026-05-04 17:16:00`, `17:16:00`.
fn moment(at: &ExcelDateTime) -> String {
    let days = at.as_f64();
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let (date, time) = (format!("{year}-{month:02}-{day:02}"), format!("{hour:02}:{minute:02}:{second:02}"));
    match (days.fract() == 0.0, days < 1.0) {
        (_, true) => time,
        (true, false) => date,
        (false, false) => format!("{date} {time}"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::table::Table;
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    fn book() -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Board").unwrap();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let moment = Format::new().set_num_format("dd.mm.yyyy hh:mm");
        for (column, name) in ["Key", "Title", "Points", "Created", "Done"].iter().enumerate() {
            sheet.write_string(0, column as u16, *name).unwrap();
        }
        sheet.write_string(1, 0, "A-1").unwrap();
        sheet.write_string(1, 1, "Says \"yes\", twice\nand more").unwrap();
        sheet.write_number(1, 2, 2.5).unwrap();
        sheet.write_datetime_with_format(1, 3, ExcelDateTime::from_ymd(2026, 5, 4).unwrap().and_hms(17, 16, 0).unwrap(), &moment).unwrap();
        sheet.write_datetime_with_format(1, 4, ExcelDateTime::from_ymd(2026, 5, 6).unwrap(), &day).unwrap();
        // Row 3 is empty, and row 4 has its first and third cell alone.
        sheet.write_string(3, 0, "A-2").unwrap();
        sheet.write_number(3, 2, 3).unwrap();
        book.add_worksheet().set_name("Notes").unwrap().write_string(0, 0, "title").unwrap();
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn a_workbook_is_read_as_a_table() {
        let bytes = book();
        let table = Table::of(&bytes).unwrap();
        assert_eq!(table.header, ["Key", "Title", "Points", "Created", "Done"]);
        let rows: Vec<(usize, Vec<&str>)> = table.rows.iter().map(|row| (row.number, row.cells().collect())).collect();
        assert_eq!(rows[0], (2, vec!["A-1", "Says \"yes\", twice\nand more", "2.5", "2026-05-04 17:16:00", "2026-05-06"]));
        assert_eq!(rows[1], (4, vec!["A-2", "", "3", "", ""]), "numbered as Excel shows them, and as wide as the header");
        assert!(table.notes[0].contains("“Board” was read, one of 2"), "{:?}", table.notes);
        assert_eq!(sheets(&bytes).unwrap(), ["Board", "Notes"]);
        assert!(text(&bytes, Some("notes")).unwrap().0.contains("title"));
        assert!(text(&bytes, Some("Other")).unwrap_err().0.contains("there are Board, Notes"));
    }

    #[test]
    fn what_is_no_workbook_says_what_to_do() {
        let said = |bytes: &[u8]| Table::of(bytes).unwrap_err().0;
        assert!(said(b"PK\x03\x04 and nothing").contains("Save it as .xlsx once more, or as CSV"));
        assert!(said(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").contains("old Excel"));
        let cut = book();
        assert!(!said(&cut[..cut.len() / 2]).is_empty());
    }

    #[test]
    fn a_small_file_that_unfolds_to_much_is_refused_before_it_is_parsed() {
        let mut bomb = zip::ZipWriter::new(Cursor::new(vec![]));
        let options = zip::write::SimpleFileOptions::default();
        let zeros = vec![0; 1 << 20];
        for part in 0..2 {
            bomb.start_file(format!("part{part}"), options).unwrap();
            for _ in 0..160 {
                std::io::Write::write_all(&mut bomb, &zeros).unwrap();
            }
        }
        let bytes = bomb.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 20);
        assert!(Table::of(&bytes).unwrap_err().0.contains("unfolds to more than 256 MB"));
    }

    #[test]
    fn a_cell_in_the_last_corner_is_no_rectangle() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "title").unwrap();
        sheet.write_string(1_048_575, 16_383, "far").unwrap();
        assert!(Table::of(&book.save_to_buffer().unwrap()).unwrap_err().0.contains("row 1048576, column 16384"));
    }
}
