//! Markup of what a model says, and of how it is held against people.

mod drafts;
mod feedback;
mod held;

pub(crate) use drafts::{Drafts, drafts};
pub(crate) use feedback::{Feedbacked, feedback};
pub(crate) use held::{Held, assistant, specimen};

use crate::model::Comparison;
use web::{Markup, app::jobs::Asked, html, telling::percent};

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

/// What was asked and answered, word for word.
fn asked(all: &[Asked]) -> Markup {
    html! { @if all.is_empty() { p.quiet { "Nothing was asked, or it is gone: what was is kept for a month." } }
        @for (n, one) in all.iter().enumerate() { div.stack {
            h4 { "Answer " (n + 1) @if let Some(took) = one.took { span.quiet { ", " (format!("{:.1}", took as f64 / 1000.0)) " seconds" } } }
            details.opens { summary { "What was asked" } pre dir="auto" { (laid_out(&one.body)) } }
            @if one.said.is_empty() { pre dir="auto" { @if one.took.is_none() { "Not answered yet." } @else { (one.answer) } } }
            @else { p.told { (one.said) } @if !one.answer.is_empty() { details.opens { summary { "How far it came" } pre dir="auto" { (one.answer) } } } }
        } }
    }
}

/// A request as somebody reads it: what was said to the model, one after the other.
fn laid_out(body: &str) -> String {
    let read: kernel::Json = kernel::serde_json::from_str(body).unwrap_or_default();
    let said = read["messages"].as_array().map(|all| all.iter().filter_map(|one| one["content"].as_str()).collect::<Vec<_>>().join("\n\n"));
    said.unwrap_or_else(|| body.to_owned())
}
