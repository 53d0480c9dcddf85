//! Lines of activity as sentences.

use crate::rows::Line;
use kernel::{Act, Change, Door, Names, Scope, about};
use web::telling::{Told, told};

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
    match line.did {
        Act::Change => told(scope, names, &line.noun, &line.changes, &line.label, false),
        Act::Create => {
            let tells = about::noun(&line.noun).map_or(&[][..], |noun| noun.about.told_new);
            let set: Vec<Change> = line.changes.iter().filter(|c| tells.contains(&c.field.as_str())).cloned().collect();
            told(scope, names, &line.noun, &set, &line.label, true)
        }
        Act::Remove => vec![],
    }
}

/// Through which door, where it was not a page.
pub(crate) fn door(line: &Line) -> Option<&'static str> {
    Door::parse(&line.door).filter(|door| *door != Door::Page).map(Door::says)
}
