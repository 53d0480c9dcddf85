//! Markup of the club.

mod case;
mod library;
mod marked;
mod record;
mod result;
mod reviews;
mod strengths;
mod task;

pub(crate) use case::truth;
pub(crate) use library::{Library, library};
pub(crate) use record::{Record, record};
pub(crate) use result::{answered, debrief};
pub(crate) use reviews::{Shared, review, reviews};
pub(crate) use strengths::{strengths, ways};
pub(crate) use task::{brief, challenge, fields};

use challenge::rating::Rating;
use web::{Markup, html};

/// How hard, as dots and in words.
fn level(level: i64) -> Markup {
    const WORDS: [&str; 5] = ["easy", "light", "middling", "hard", "very hard"];
    let word = usize::try_from(level - 1).ok().and_then(|at| WORDS.get(at)).copied().unwrap_or("middling");
    html! { span.quiet title={ "Difficulty " (level) " of 5" } { (word) } }
}

/// A rating with its doubt.
fn rating(rating: &Rating) -> String {
    let doubt = if rating.is_provisional() { "?" } else { "" };
    format!("{:.0}{doubt}", rating.rating)
}
