//! Why a measure changed: slices of a cube, how much each contributed, and which few of them explain the rest.
//!
//! | module | has |
//! |---|---|
//! | [`cube`] | dimensions, cells, and a measure before and after: a count, a sum, or a ratio of two |
//! | [`table`] | a cube from CSV: wide (before and after in columns) or long (a column of times) |
//! | [`scan`] | the slices that stand out, several causes at once |
//! | [`report`] | what was found, whether chance would do as much, and the words for it |
//! | [`split`] | contributions, mix against rate, products (LMDI, Shapley), funnels, Simpson's paradox |
//! | [`case`] | practice: invented incidents with one right answer, and what each question was worth |
//!
//! ```
//! use rootcause::{cube::{Cells, Cube}, scan::{Depth, localise}};
//! # fn main() -> Result<(), rootcause::Wrong> {
//! let mut cells = Cells::new(&["country", "device"]);
//! for country in ["DE", "FR", "IT"] {
//!     for device in ["phone", "desktop"] {
//!         let broken = country == "FR" && device == "phone";
//!         // Failed payments of all payments: before, and now.
//!         cells.add(&[country, device], (20.0, 1000.0), (if broken { 240.0 } else { 21.0 }, 1000.0));
//!     }
//! }
//! let report = localise(&cells.cube()?, Depth::default())?;
//! assert_eq!(report.ranked[0].slice.to_string(), "country = FR and device = phone");
//! # Ok(()) }
//! ```

pub mod case;
mod causes;
mod chance;
pub mod cube;
mod judge;
pub mod report;
pub mod scan;
pub mod split;
pub mod table;
mod told;

pub use reading::Wrong;

pub(crate) fn wrong<T>(sentence: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong(sentence.into()))
}
