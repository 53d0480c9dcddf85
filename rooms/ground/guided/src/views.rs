//! Markup that practice and work have in common: a part to be written, and what checks found of it.

use crate::Step;
use web::{Markup, html};

/// A part to be written, with what is asked for in it.
pub fn field(step: &Step, name: &str, text: &str, hint: &str) -> Markup {
    field_of(None, step, name, text, hint)
}

/// The same of a form that it does not stand in, by its id.
pub fn field_of(form: Option<&str>, step: &Step, name: &str, text: &str, hint: &str) -> Markup {
    html! {
        label.field { span { (step.name) } textarea form=[form] name=(name) rows=(step.rows) maxlength="8000" dir="auto" spellcheck[step.key != "model"] data-keep aria-describedby={ "for-" (step.key) } { (text) } span.error data-error=(name) {} }
        p.hint id={ "for-" (step.key) } { (hint) }
    }
}

/// Findings, each with how far it stands and the words it rests on.
pub fn findings<'a>(all: impl Iterator<Item = (&'a str, &'a [String], f64)>) -> Markup {
    html! { ul.findings { @for (says, quotes, share) in all { li { (finding(says, quotes, share)) } } } }
}

/// One of them.
pub fn finding(says: &str, quotes: &[String], share: f64) -> Markup {
    html! {
        span.quiet { @if share >= STANDS { "There: " } @else if share >= 0.34 { "In part: " } @else { "Missing: " } } (says)
        @for quote in quotes { " " q dir="auto" { (quote) } }
    }
}

/// From so much of what is looked for on, it is there.
pub const STANDS: f64 = 0.67;
