//! Why something did not happen, in terms that a user can understand, plus `Broken` for us.

use crate::{
    checked,
    matrix::{Area, Hat},
};
use serde::Serialize;
use serde_json::Value as Json;

pub type Result<T> = std::result::Result<T, Refusal>;

/// How a cause begins when there is no room left to write.
pub const DISK_FULL: &str = "the disk is full";

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl FieldError {
    /// What is said away from the field, where nothing else tells which it is.
    fn sentence(&self) -> String {
        match self.message.as_str() {
            checked::EMPTY => {
                // Of several at once it is `2:title`, of what is inside another field `hats[1]`.
                let field = self.field.rsplit(':').next().unwrap_or_default();
                format!("Please fill in {}.", field.split(['[', '.']).next().unwrap_or_default().replace('_', " "))
            }
            said => said.to_owned(),
        }
    }
}

/// The one error type of the house.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// It does not exist, or the asker may not know that it does.
    NotFound,
    /// Nobody is signed in.
    SignIn,
    /// Not theirs, and not even theirs to propose.
    Denied {
        area: Option<Area>,
        decides: Vec<Hat>,
        message: String,
    },
    /// The input does not make sense; a sentence at each field.
    Invalid(Vec<FieldError>),
    /// Somebody else was faster.
    Conflict {
        newer: Json,
        version: i64,
        /// What it points at, as people call it, by field.
        names: std::collections::BTreeMap<String, String>,
    },
    TooMany {
        retry_seconds: u64,
    },
    TooLarge {
        limit: u64,
        size: u64,
    },
    /// The database does not answer.
    Away,
    /// The database had to wait too long for others.
    Busy,
    /// The answer to a commit was lost: it may have been kept or not.
    Unknown,
    /// Our fault, or the machine's. The text is for the log.
    Broken(String),
}

impl Refusal {
    pub fn broken(cause: impl Into<String>) -> Self {
        Refusal::Broken(cause.into())
    }

    /// What comes of code that panicked.
    pub fn broke_off(panic: &(dyn std::any::Any + Send)) -> Self {
        let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Refusal::broken(format!("It broke off: {}.", said.unwrap_or("it did not say why")))
    }

    /// One sentence at one field.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Refusal::Invalid(vec![FieldError { field: field.to_owned(), message: message.into() }])
    }

    pub fn denied(message: impl Into<String>) -> Self {
        Refusal::Denied { area: None, decides: vec![], message: message.into() }
    }

    /// Whether it says nothing about what was asked for, but about us and the machine.
    pub fn is_ours(&self) -> bool {
        matches!(self, Refusal::Away | Refusal::Busy | Refusal::Unknown | Refusal::Broken(_))
    }

    /// The sentence a person reads.
    pub fn sentence(&self) -> String {
        match self {
            Refusal::NotFound => "There is nothing here that you can see.".into(),
            Refusal::SignIn => "Please sign in first.".into(),
            Refusal::Denied { message, .. } => message.clone(),
            Refusal::Invalid(fields) => fields.iter().map(FieldError::sentence).collect::<Vec<_>>().join(" "),
            Refusal::Conflict { .. } => "Someone else changed this meanwhile. Nothing was overwritten; choose which text to keep.".into(),
            Refusal::TooMany { retry_seconds } => format!("Too many tries. Please wait {retry_seconds} seconds."),
            Refusal::TooLarge { limit, size } => format!("This is too large: {size} bytes, where {limit} are allowed."),
            Refusal::Away => "The database does not answer just now. Nothing was changed; please try again in a moment.".into(),
            Refusal::Busy => {
                "Others hold the database up just now (a large import, perhaps). Nothing was changed; please try again in a moment.".into()
            }
            Refusal::Unknown => "It is not known whether this was saved; look before you try again.".into(),
            Refusal::Broken(cause) if cause.starts_with(DISK_FULL) => {
                "The disk of the server is full. Nothing was changed; make room there and try again.".into()
            }
            Refusal::Broken(_) => "Something went wrong on our side. Nothing was changed; the log has the cause.".into(),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Broken(cause) => write!(f, "broken: {cause}"),
            other => f.write_str(&other.sentence()),
        }
    }
}

impl std::error::Error for Refusal {}
