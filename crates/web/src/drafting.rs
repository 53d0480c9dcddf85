//! The way from a thing to what a model drafts of it.

use crate::{icon, product_path};
use kernel::Scope;
use maud::{Markup, html};

/// Leads to where a model drafts, with the thing chosen; only where a model is set up, and for a person who could do something
/// with a draft. `of` is what is chosen, as the address says it: `story=40`.
pub fn model_drafts(scope: &Scope, may: bool, of: &str, says: &str) -> Markup {
    html! { @if may && scope.helped && scope.who.assistant.is_none() { a.button.plain href={ (product_path(scope)) "/drafts?" (of) } title="A model drafts, and you decide" { (icon("pencil")) " " (says) } } }
}
