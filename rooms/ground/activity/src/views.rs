//! Markup of activity.

use crate::{
    rows::Line,
    sentences::{edited, short, told, verb, who},
    stack::Ends,
};
use kernel::{Act, Area, Hat, Paged, Scope, Value};
use web::{Markup, act, action, avatar, capital, empty, html, icon, place, text::encode, time};

/// A list of acts, each one sentence; what else an act changed is folded below it.
pub fn lines(scope: &Scope, lines: &[Line]) -> Markup {
    html! { ul.history { @for act in lines.chunk_by(|a, b| a.act == b.act) { @let (line, rest) = acts(act); li {
        (avatar(&who(line)))
        div { span { strong { (who(line)) } @if let Some(hat) = line.hat.as_deref().and_then(Hat::parse) { " " span class={ "hat hat-" (hat) } { span.dot {} (hat.title()) } } " " (verb(line)) " " (what(scope, line)) @if let Some(fields) = edited(line) { span.quiet { " (" (fields) ")" } } }
            span.quiet { " " (time(scope, line.at, scope.now)) @if line.door != "page" { " · " (line.door) } @if line.proposal.is_some() { " · by decision" } }
            @if let Some(reason) = &line.reason { @if !reason.is_empty() { p.reason { "“" (reason) "”" } } }
            @if !rest.is_empty() { details.more { summary { "and " (rest.len()) " more" } ul { @for line in rest { li { (verb(line)) " " (what(scope, line)) } } } } }
        }
    } } } }
}

/// What a line is about, with the way there where it has a page.
fn what(scope: &Scope, line: &Line) -> Markup {
    let key = scope.product.as_ref().map_or("", |p| p.key.as_str());
    html! { @match place(&line.noun, line.noun_id, None) { Some(place) => { a.what href={ "/" (key) "/" (place) } { (line.label) } } None => { span.what { (line.label) } } } }
}

/// The line that tells an act, and the others: what its command is named after, or else the proposal it became,
/// or else what came last (lines stand newest first).
fn acts(act: &[Line]) -> (&Line, Vec<&Line>) {
    let noun = match act[0].command.split('.').next().unwrap_or_default() {
        "workspace" => "product",
        "invitation" => "membership",
        noun => noun,
    };
    let at = act.iter().position(|l| l.noun == noun).or_else(|| act.iter().position(|l| l.noun == "proposal")).unwrap_or(0);
    (&act[at], act.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, line)| line).collect())
}

/// One thing's history with every change from what to what.
pub fn history(scope: &Scope, lines: &[Line]) -> Markup {
    html! { details.more { summary { "History" span.quiet { " " (lines.len()) } }
        ul.history { @for line in lines { li {
            (avatar(&who(line)))
            div { span { strong { (who(line)) } " " (verb(line).trim_end_matches(':')) } span.quiet { " " (time(scope, line.at, scope.now)) }
                @if let Some(reason) = &line.reason { @if !reason.is_empty() { p.reason { "“" (reason) "”" } } }
                @if line.did != Act::Create { dl.changes { @for change in told(line) {
                    dt { (change.field.replace('_', " ")) }
                    dd { @if change.from != Value::Null { del { (short(&change.from)) } " " } ins { (short(&change.to)) } }
                } } }
            }
        } } }
    } }
}

/// Taking back one's last act, and doing again what one took back: what Ctrl+Z and Ctrl+Shift+Z do.
pub(crate) fn back_and_forth(scope: &Scope, ends: &Ends) -> Markup {
    let one = |says: &str, icon_name: &str, lines: &[Line], verb: fn(&Line) -> &str| {
        html! { @if !lines.is_empty() { @let (line, _) = acts(lines); form.act method="post" action=(action(scope, "act.undo")) data-act {
            input type="hidden" name="act" value=(line.act.simple().to_string());
            button type="submit" { (icon(icon_name)) (says) span.quiet { " " (verb(line)) " " (line.label) } }
        } } }
    };
    html! { div.back-and-forth { (one("Undo", "undo-2", &ends.undo, verb)) (one("Redo", "redo-2", &ends.redo, |_| "")) } }
}

pub(crate) fn page(scope: &Scope, page: &Paged<Line>) -> Markup {
    html! {
        p.lead { "Everything that changed, who changed it, under which hat and through which door. Nothing is ever deleted from here." " " a href="removed" { "Removed things" } }
        (lines(scope, &page.items))
        @if let Some(next) = &page.next { p { a.button href={ "?after=" (encode(next)) } { "Earlier" } } }
    }
}

/// What is gone, with who removed it and the way back.
pub(crate) fn removed(scope: &Scope, page: &Paged<Line>) -> Markup {
    html! {
        p.lead { "Nothing that was removed is lost. Whoever decides where it belongs brings it back; everyone else proposes." }
        @if page.items.is_empty() { (empty("archive-restore", "Nothing is removed", "Stories, features, initiatives, needs, evidence, criteria and comments that are removed stand here, and come back from here.", html! {})) }
        ul.lines { @for line in &page.items { li {
            span.quiet.noun { (capital(&line.noun.replace('_', " "))) }
            span.what dir="auto" { (line.label) }
            span.quiet { "removed by " (who(line)) " " (time(scope, line.at, scope.now)) }
            (back(scope, line))
        } } }
        @if let Some(next) = &page.next { p { a.button href={ "?after=" (encode(next)) } { "Earlier" } } }
    }
}

/// The way back, for whoever may at least propose it.
fn back(scope: &Scope, line: &Line) -> Markup {
    let id = line.noun_id.simple().to_string();
    match line.area.as_deref().and_then(Area::parse) {
        Some(area) => act(scope, area, "removed.bring_back", &[("thing", &id)], "Bring back", ""),
        None if line.member == scope.who.member && line.assistant_id == scope.who.assistant => html! {
            form.act method="post" action=(action(scope, "removed.bring_back")) data-act { input type="hidden" name="thing" value=(id); button type="submit" { "Bring back" } }
        },
        None => html! {},
    }
}
