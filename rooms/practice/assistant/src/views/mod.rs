//! Markup of what a model says, and of how it is held against people.

mod drafts;
mod feedback;
mod held;

pub(crate) use drafts::{Drafts, drafts};
pub(crate) use feedback::{Feedbacked, feedback};
pub(crate) use held::{Held, assistant, specimen};

use crate::model::Comparison;
use web::telling::percent;

/// How far a model agrees with people, in a few words that stand beside each of its marks.
fn agreement(found: &Comparison) -> String {
    let kappa = found.kappa.map_or_else(|| "kappa not defined".to_owned(), |kappa| format!("kappa {kappa:.2}"));
    let exact = found.exact.map_or_else(String::new, |exact| format!(", same level {}", percent(exact)));
    let bias = found.bias.map_or_else(String::new, |bias| match bias {
        b if b.abs() < 0.05 => ", neither high nor low".to_owned(),
        b if b > 0.0 => format!(", {b:.1} too high"),
        b => format!(", {:.1} too low", b.abs()),
    });
    format!("{kappa}{exact}{bias}")
}

/// A part of an answer as a heading: `not_doing` is “Not doing”.
fn heading(part: &str) -> String {
    web::capital(&part.replace('_', " "))
}
