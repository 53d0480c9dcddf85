//! Lines of activity as sentences.

use crate::rows::Line;
use kernel::{Act, Door, Names, Scope};
use web::telling::{Told, told};

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

/// What changed, from what to what. What is new or gone is told by the verb alone.
pub(crate) fn changes(scope: &Scope, names: &Names, line: &Line) -> Vec<Told> {
    match line.did {
        Act::Change => told(scope, names, &line.noun, &line.changes, &line.label, false),
        Act::Create | Act::Remove => vec![],
    }
}

/// Through which door, where it was not a page.
pub(crate) fn door(line: &Line) -> Option<&'static str> {
    Door::parse(&line.door).filter(|door| *door != Door::Page).map(Door::says)
}
