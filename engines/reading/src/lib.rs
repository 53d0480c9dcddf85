//! What people write in files: tables, dates, numbers, states, people.
//!
//! One cell alone often says too little (`4/9/2025`, `1.200`), its column says enough: dates and numbers are read by
//! column, whose form is decided from all its rows. What cannot be read is refused with the reason and never guessed;
//! the caller says where it stands, because it knows the row and the column.
//!
//! | module | has |
//! |---|---|
//! | [`text`] | bytes as text: byte-order marks, UTF-16, Windows-1252 |
//! | [`archive`] | a zip file as the texts in it |
//! | [`workbook`] | a sheet of a workbook of Excel as text |
//! | [`table`] | text as rows with named columns, numbered as a spreadsheet counts |
//! | [`dates`] | a column of days, moments, weeks, months, quarters |
//! | [`periods`] | names of times, in the order of time |
//! | [`numbers`] | a column of numbers: decimal commas and points, thousands, units |
//! | [`states`] | whether a state's name says done, doing, handed over, dropped or open |
//! | [`people`] | whether two ways to write a person mean the same one |
//! | [`Aside`] | rows that cannot be used, named |
//!
//! ```
//! use reading::{dates, numbers, table::Table};
//! # fn main() -> Result<(), reading::Wrong> {
//! let table = Table::of(b"sep=;\nclosed;size\n7/11/2021;1.200,50\n13/11/2021;3,5\n")?;
//! let days = dates::Column::of(table.column(table.find("closed")?));
//! let sizes = numbers::Column::of(table.column(table.find("size")?));
//! let first = &table.rows[0];
//! assert_eq!(days.read(first.cell(0)).unwrap().to_string(), "2021-11-07", "the 13th proves the order");
//! assert_eq!(sizes.read(first.cell(1)).unwrap().value, 1200.5);
//! # Ok(()) }
//! ```

pub mod archive;
mod aside;
pub mod dates;
mod fold;
pub mod numbers;
pub mod people;
pub mod periods;
mod rows;
pub mod states;
pub mod table;
pub mod text;
pub mod workbook;

pub use aside::Aside;
pub use fold::{fold, is_unseen, shown, words};

/// What is wrong with what was handed in, as a sentence for the person who did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong(pub String);

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

pub(crate) fn wrong<T>(sentence: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong(sentence.into()))
}

/// Whether a cell says that there is nothing: empty, a dash, `n/a`, `null` and the like.
pub fn says_nothing(cell: &str) -> bool {
    let cell = fold(cell);
    let cell = cell.trim();
    cell.chars().all(|c| matches!(c, '-' | '.' | ' '))
        || matches!(cell, "n/a" | "na" | "#n/a" | "n.a." | "null" | "nil" | "none" | "nan" | "k.a." | "k. a." | "n/d" | "s/d")
}
