//! What is shown of where a story was brought in from.

use crate::{imported::is_as_imported, model::*};
use kernel::Scope;
use web::{Markup, date, html, text::link_out, when};

/// Where it was brought in from, and what came with it that has no field here.
pub(crate) fn origin(s: &Story) -> Markup {
    html! { @if let Some(origin) = &s.origin { details.more { summary { "Imported from " (source(origin)) }
        @if let Some(url) = &s.origin_url { p { (link_out(url)) } }
        dl.changes { @for (name, value) in s.extra.iter() { dt dir="auto" { (name) } @for line in value.lines() { dd dir="auto" { (line) } } } }
    } } }
}

/// The key that it had in the other tool, where that is another than here: "ORB-8 in Jira".
pub fn key_there(origin: Option<&str>, key: &str) -> Option<String> {
    let (_, there) = origin?.split_once(':')?;
    let in_tool = source(origin?);
    let tool = in_tool.split(',').next().unwrap_or_default();
    (!there.starts_with('~') && there != key).then(|| format!("{there} in {tool}"))
}

/// What tools call the column of a priority.
const PRIORITY: &[&str] = &["priority", "priorität", "priorité", "prioridad", "приоритет", "優先度", "prioridade"];

/// The priority that the other tool had.
pub(crate) fn priority(s: &Story) -> Option<&str> {
    let is = |name: &str| PRIORITY.iter().any(|known| reading::fold(known) == reading::fold(name));
    s.extra.iter().find(|(name, _)| is(name)).map(|(_, said)| said.as_str())
}

/// When it was written down first, here or there.
pub(crate) fn created(scope: &Scope, s: &Story) -> Markup {
    html! { (date(scope, &when::written_day(s.meta.created_at, &scope.who.zone))) }
}

/// A tool and its key as a person says them: rows without a key are known by what they say.
fn source(origin: &str) -> String {
    let (tool, key) = origin.split_once(':').unwrap_or(("", origin));
    let tool = match tool {
        "jira" => "Jira",
        "github" => "GitHub",
        "trello" => "Trello",
        _ => "a CSV file",
    };
    if key.starts_with('~') { tool.to_owned() } else { format!("{tool}, {key}") }
}

/// Says of what was handed over that it was so in the other tool.
pub fn handed_over(s: &Story) -> Markup {
    html! { @if s.stage == Stage::HandedOver { (as_imported(s, "stage")) } }
}

/// Says of a figure that it is the other tool's, as long as it is.
pub(crate) fn as_imported(s: &Story, field: &str) -> Markup {
    html! { @if is_as_imported(s, field) { span.quiet { " as imported" } } }
}

/// Who was invited to work on it and is not here yet.
pub(crate) fn awaited(s: &Story) -> Markup {
    html! { @if let (None, Some(_), Some(name)) = (s.assignee, s.imported.get("awaited"), s.imported.get("named")) { span.quiet { " " (name) ", once they join" } } }
}

/// What the other tool had decided about a story that nobody here gave a verdict on.
pub(crate) fn verdict(scope: &Scope, s: &Story, none_given: bool) -> Markup {
    let decided = match s.stage {
        Stage::Accepted => "Accepted",
        Stage::Dropped => "Dropped",
        _ => return html! {},
    };
    html! { @if none_given && is_as_imported(s, "stage") { p.banner { span { strong { (decided) } @if let Some(at) = s.settled_at { " on " (date(scope, &when::written_day(at, &scope.who.zone))) } ", as imported." } } } }
}
