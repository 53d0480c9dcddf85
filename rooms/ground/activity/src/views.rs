//! Markup of activity.

use crate::{
    rows::Line,
    sentences::{edited, short, told, verb, who},
};
use kernel::{Scope, Value};
use web::{Markup, avatar, html, time};

/// A list of lines, oldest of a run hidden behind nothing: each is one sentence.
pub fn lines(scope: &Scope, lines: &[Line]) -> Markup {
    html! { ul.history { @for line in lines { li {
        (avatar(&who(line)))
        div { span { strong { (who(line)) } @if let Some(hat) = &line.hat { " " span class={ "hat hat-" (hat) } { span.dot {} (hat) } } " " (verb(line)) " " span.what { (line.label) } @if let Some(fields) = edited(line) { span.quiet { " (" (fields) ")" } } }
            span.quiet { " " (time(scope, line.at, scope.now)) @if line.door != "page" { " · " (line.door) } @if line.proposal.is_some() { " · by decision" } }
            @if let Some(reason) = &line.reason { @if !reason.is_empty() { p.reason { "“" (reason) "”" } } }
        }
    } } } }
}

/// One thing's history with every change from what to what.
pub fn history(scope: &Scope, lines: &[Line]) -> Markup {
    html! { details.more { summary { "History" span.quiet { " " (lines.len()) } }
        ul.history { @for line in lines { li {
            (avatar(&who(line)))
            div { span { strong { (who(line)) } " " (verb(line).trim_end_matches(':')) } span.quiet { " " (time(scope, line.at, scope.now)) }
                @if let Some(reason) = &line.reason { @if !reason.is_empty() { p.reason { "“" (reason) "”" } } }
                @if !created(line) { dl.changes { @for change in told(&line.changes) {
                    dt { (change.field.replace('_', " ")) }
                    dd { @if change.from != Value::Null { del { (short(&change.from)) } " " } ins { (short(&change.to)) } }
                } } }
            }
        } } }
    } }
}

fn created(line: &Line) -> bool {
    line.changes.len() > 3 && line.changes.iter().all(|c| c.from == Value::Null)
}

pub(crate) fn page(scope: &Scope, all: &[Line]) -> Markup {
    html! {
        p.lead { "Everything that changed, who changed it, under which hat and through which door. Nothing is ever deleted from here." }
        (lines(scope, all))
        @if let (Some(last), true) = (all.last(), all.len() >= 100) { p { a.button href={ "?before=" (last.at) } { "Earlier" } } }
    }
}
