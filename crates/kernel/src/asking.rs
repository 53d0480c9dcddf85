//! Questions to the model that whoever runs the house has named, as data. Sending them, how many a member may ask in a day,
//! and how long one waits, is done once (`app::jobs`), by the runner of jobs alone.

use crate::Json;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Questions that belong together, asked one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// The thing that it is asked for. What was asked and answered is kept under this for a while.
    pub of: Uuid,
    /// Its noun, by which pages follow it.
    pub noun: &'static str,
    /// Which part of it, in a word.
    pub part: String,
    /// Requests in the form of chat completions, without the name of the model.
    pub bodies: Vec<Json>,
    /// It is asked for the workspace, and counts towards nobody's day.
    pub for_all: bool,
}

/// What came of one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Reply {
    /// The model that was asked.
    pub model: String,
    /// What it wrote.
    pub text: String,
    /// Why there is nothing, in a sentence.
    pub failed: Option<String>,
}
