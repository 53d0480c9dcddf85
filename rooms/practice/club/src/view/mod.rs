//! Markup of the club.

pub(crate) mod case;
mod facts;
mod library;
mod linked;
mod marked;
mod record;
mod result;
mod reviews;
mod strengths;
mod task;
mod tree;

pub(crate) use case::truth;
pub(crate) use library::{Library, library};
pub(crate) use record::{Record, record};
pub(crate) use result::{answered, debrief};
pub(crate) use reviews::{Shared, review, reviews};
pub(crate) use strengths::strengths;
pub use strengths::ways;
pub(crate) use task::{asking, beforehand, brief, challenge, fields, with_others};

use crate::{model::Attempt, pages::sent};
use challenge::rating::Rating;
use web::{Markup, html};

/// Where questions to a case are sent: in one’s own practice, or at an evening.
pub(crate) struct Asker {
    pub cuts: String,
    pub words: String,
    /// The field that names what is asked about, and its id.
    pub field: &'static str,
    pub id: String,
}

impl Asker {
    /// In an attempt of one’s own.
    fn own(attempt: &Attempt) -> Asker {
        Asker { cuts: "/do/attempt.cut".into(), words: "/do/attempt.ask".into(), field: "attempt", id: sent(attempt.meta.id) }
    }
}

/// How hard, in words: everywhere the same five.
pub(crate) const LEVELS: [&str; 5] = ["easy", "light", "middling", "hard", "very hard"];

/// How hard, in words.
pub fn level_says(level: i64) -> &'static str {
    usize::try_from(level - 1).ok().and_then(|at| LEVELS.get(at)).copied().unwrap_or("middling")
}

/// The same with the figure behind it.
fn level(level: i64) -> Markup {
    html! { span.quiet title={ "Difficulty " (level) " of 5" } { (level_says(level)) } }
}

/// A rating with its doubt.
fn rating(rating: &Rating) -> String {
    let doubt = if rating.is_provisional() { "?" } else { "" };
    format!("{:.0}{doubt}", rating.rating)
}
