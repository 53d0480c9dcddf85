//! Feedback and customers from a table: which column is what is chosen with the first rows in sight, then everything comes in
//! as a job, some rows at a time. What has an id there, and what says the same word for word, comes in once.

mod draft;
mod mapping;
mod pages;
mod views;
mod work;

pub use pages::{FILES_AT, routes};
pub use work::{BringFeedback, StartFeedback, bring_feedback};

pub(crate) use pages::FEEDBACK;
