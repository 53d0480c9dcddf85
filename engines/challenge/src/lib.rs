//! Challenges of the practice club: folders that a person can read and write, read, checked and marked without a model.
//!
//! | module | has |
//! |---|---|
//! | [`folder`] | files by their paths, wherever they come from: the library, a folder on disk, an upload |
//! | [`kind`] | the five kinds, their headings and their skills |
//! | [`read`] | a challenge from a folder; what is wrong, with file and line |
//! | [`check`] | what can be told of an answer without a model: findings, levels, a total |
//! | [`rating`] | Glicko-2 of members and challenges |
//! | [`answer`] | an answer by its headings |
//! | [`sheet`] | facts, rubric, marks, probes and the head as rows of fields, and back |
//! | [`template`] | what a new challenge begins with |
//! | [`lint`] | what a challenge that can be read may still get wrong |
//!
//! The format stands in `challenges/README.md`.

pub mod answer;
pub mod check;
mod fault;
pub mod folder;
pub mod kind;
pub mod lint;
mod model;
mod node;
pub mod rating;
pub mod read;
pub mod sheet;
pub mod template;
mod text;

pub use answer::{Answer, interval};
pub use fault::Fault;
pub use folder::Folder;
pub use kind::Kind;
pub use model::{Computed, compute as computed};
pub use read::Challenge;
