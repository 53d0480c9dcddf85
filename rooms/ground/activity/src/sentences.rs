//! Lines of activity as sentences.

use crate::rows::Line;
use kernel::{Act, Change, Door, Names, Scope, Value, about};
use web::{
    telling::{Told, told},
    text::plain,
};

/// Who, with the hat and, for an assistant, whom it acts for.
pub fn who(line: &Line) -> String {
    let name = line.who.as_deref().unwrap_or("Tandem");
    match &line.assistant {
        Some(assistant) => format!("{assistant} (for {name})"),
        None => name.to_owned(),
    }
}

/// "added the story", "moved": what the kind of event says.
pub fn verb(line: &Line) -> &str {
    kernel::event::phrase(&line.kind).unwrap_or("changed")
}

/// What changed, from what to what. What is gone is told by the verb alone, and so is what is new, but for the fields of
/// which its noun says otherwise.
pub(crate) fn changes(scope: &Scope, names: &Names, line: &Line) -> Vec<Told> {
    let Some(noun) = about::noun(&line.noun) else { return vec![] };
    let said =
        line.changes.iter().map(|change| if noun.about.heard.texts.contains(&change.field.as_str()) { in_words(change) } else { change.clone() });
    match line.did {
        Act::Change => told(scope, names, &line.noun, &said.collect::<Vec<_>>(), &line.label, false),
        Act::Create => {
            let set: Vec<Change> = said.filter(|c| noun.about.told_new.contains(&c.field.as_str())).collect();
            told(scope, names, &line.noun, &set, &line.label, true)
        }
        Act::Remove => vec![],
    }
}

/// A text without what Markdown is written with, unless that is all that changed.
fn in_words(change: &Change) -> Change {
    let words = |value: &Value| match value {
        Value::Text(text) => Value::Text(plain(text)),
        other => other.clone(),
    };
    match (words(&change.from), words(&change.to)) {
        (from, to) if from == to => change.clone(),
        (from, to) => Change { from, to, ..change.clone() },
    }
}

/// Through which door, where it was not a page.
pub(crate) fn door(line: &Line) -> Option<&'static str> {
    Door::parse(&line.door).filter(|door| *door != Door::Page).map(Door::says)
}
