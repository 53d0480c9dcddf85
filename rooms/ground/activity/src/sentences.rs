//! Lines of activity as sentences.

use crate::rows::Line;
use kernel::{Change, Value};

/// Who, with the hat and, for an assistant, whom it acts for.
pub(crate) fn who(line: &Line) -> String {
    let name = line.who.as_deref().unwrap_or("Tandem");
    match &line.assistant {
        Some(assistant) => format!("{assistant} (for {name})"),
        None => name.to_owned(),
    }
}

/// "added the story", "moved": what the kind of event says.
pub(crate) fn verb(line: &Line) -> &str {
    kernel::event::phrase(&line.kind).unwrap_or("changed")
}

/// Which fields an edit touched: "title, points".
pub(crate) fn edited(line: &Line) -> Option<String> {
    let fields: Vec<String> = told(line).map(|c| c.field.replace('_', " ")).collect();
    (line.kind.ends_with(".edited") && !fields.is_empty()).then(|| fields.join(", "))
}

/// The changes worth showing.
pub(crate) fn told(line: &Line) -> impl Iterator<Item = &Change> {
    let hushed = kernel::about::noun(&line.noun).map_or(&[][..], |n| n.about.hushed);
    line.changes.iter().filter(|c| !hushed.contains(&c.field.as_str()) && !is_id(&c.from) && !is_id(&c.to) && !c.field.ends_with("_hash"))
}

fn is_id(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// A value, short enough for a line.
pub(crate) fn short(value: &Value) -> String {
    let text = value.words();
    match text.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
