//! Guided structures: the parts of a strategy, a design and the like, the form for each, and what checks say of them. What
//! is practised in the club is what is used at work (`cases`), so both draw it here.

mod checks;
mod steps;
mod views;

pub use checks::{is_of, told_at_work, told_early};
pub use steps::{Step, chosen, steps, text};
pub use views::{STANDS, field, field_of, finding, findings};
