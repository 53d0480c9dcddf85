//! Events: what happened to one thing. An event carries every field that changed, from what to
//! what; the row, the activity line, "as of" and undo all follow from it, so none can be forgotten.

use crate::{Noun, Refusal, Result, Value, words};
use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};
use uuid::Uuid;

/// A kind of event: its name and the sentence that tells it ("{who} moved {what}").
#[derive(Debug)]
pub struct EventKind {
    pub name: &'static str,
    /// The verb phrase between who and what.
    pub says: &'static str,
}

/// The phrases of all kinds, for whoever tells of events by their names. Filled once, from the rooms' lists.
static PHRASES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();

/// Makes the phrases of these kinds known; every house has the same rooms, so only the first call counts.
pub fn learn(kinds: impl Iterator<Item = &'static EventKind>) {
    PHRASES.get_or_init(|| kinds.map(|kind| (kind.name, kind.says)).collect());
}

/// The verb phrase of a kind: `story.moved` is told as "moved".
pub fn phrase(name: &str) -> Option<&'static str> {
    PHRASES.get()?.get(name).copied()
}

words! {
    /// What an event does to its thing; kept with each line of activity, so that nothing has to guess.
    pub enum Act { Create = "created", Change = "changed", Remove = "removed" }
}

/// The columns of a line of activity.
pub const LINE: &[&str] = &[
    "id",
    "act",
    "at",
    "product",
    "member",
    "assistant",
    "hat",
    "door",
    "command",
    "area",
    "kind",
    "noun",
    "noun_id",
    "label",
    "changes",
    "proposal",
    "reason",
    "did",
    "undoable",
    "takes",
];

/// One field, from what to what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Change {
    pub field: String,
    pub from: Value,
    pub to: Value,
    /// Both in words, where the values say nothing to a person: a place in an order is "7th".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<(String, String)>,
}

impl Change {
    pub fn new(field: impl Into<String>, from: Value, to: Value) -> Change {
        Change { field: field.into(), from, to, said: None }
    }

    /// The change that takes it back.
    pub fn back(self) -> Change {
        Change { field: self.field, from: self.to, to: self.from, said: self.said.map(|(from, to)| (to, from)) }
    }
}

/// How a long text begins that a line of activity about a new thing tells by its digest: the text itself stands in the
/// row, and once it changes, in the `from` of that change.
pub const DIGEST: &str = "sha256:";
/// Texts longer than this are told so; in bytes.
pub const MOST_TOLD: usize = 120;

/// Reads the changes of a line of activity: of a new thing an object of what is set, otherwise a list from what to what.
pub fn read_changes(text: &str) -> Result<Vec<Change>> {
    let broken = |error: serde_json::Error| Refusal::broken(error.to_string());
    if !text.starts_with('{') {
        return serde_json::from_str(text).map_err(broken);
    }
    let set: BTreeMap<String, Value> = serde_json::from_str(text).map_err(broken)?;
    Ok(set.into_iter().map(|(field, to)| Change::new(field, Value::Null, to)).collect())
}

/// What full text learns from an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Searched {
    Same,
    /// Title and text.
    As(String, String),
    Forget,
    /// Read the row again once it is written (undo knows only fields).
    Again,
}

impl Searched {
    fn of(text: Option<(String, String)>) -> Searched {
        text.map_or(Searched::Same, |(title, body)| Searched::As(title, body))
    }
}

/// What happened to one thing.
#[derive(Clone, Debug)]
pub struct Event {
    pub kind: &'static EventKind,
    pub act: Act,
    pub table: Cow<'static, str>,
    pub id: Uuid,
    pub product: Option<Uuid>,
    pub label: String,
    /// The version that was changed; `None` for what is new.
    pub seen: Option<i64>,
    pub changes: Vec<Change>,
    pub searched: Searched,
    pub created_at: Option<i64>,
}

impl Event {
    /// A new thing.
    pub fn created<T: Noun>(kind: &'static EventKind, after: &T) -> Event {
        let changes = T::FIELDS.iter().zip(after.values()).map(|(field, to)| Change::new(*field, Value::Null, to)).collect();
        Event {
            act: Act::Create,
            changes,
            searched: Searched::of(after.searched()),
            created_at: Some(after.meta().created_at),
            ..Event::about(kind, after)
        }
    }

    /// A thing that changed; without any difference the event changes nothing and is dropped.
    pub fn changed<T: Noun>(kind: &'static EventKind, before: &T, after: &T) -> Event {
        let changes = T::FIELDS
            .iter()
            .zip(before.values().into_iter().zip(after.values()))
            .filter(|(_, (from, to))| from != to)
            .map(|(field, (from, to))| Change::new(*field, from, to))
            .collect();
        let searched = if before.searched() == after.searched() { Searched::Same } else { Searched::of(after.searched()) };
        Event { changes, searched, seen: Some(before.meta().version), ..Event::about(kind, after) }
    }

    /// A thing taken away; it stays in its table, marked.
    pub fn removed<T: Noun>(kind: &'static EventKind, before: &T, now: i64) -> Event {
        let change = Change::new("removed_at", Value::Null, Value::Int(now));
        let searched = before.searched().map_or(Searched::Same, |_| Searched::Forget);
        Event { act: Act::Remove, seen: Some(before.meta().version), changes: vec![change], searched, ..Event::about(kind, before) }
    }

    fn about<T: Noun>(kind: &'static EventKind, thing: &T) -> Event {
        Event {
            kind,
            act: Act::Change,
            table: Cow::Borrowed(T::TABLE),
            id: thing.meta().id,
            product: thing.meta().product,
            label: thing.label(),
            seen: None,
            changes: vec![],
            searched: Searched::Same,
            created_at: None,
        }
    }

    /// Told about under another name, where a thing alone says too little ("a membership").
    pub fn called(mut self, label: impl Into<String>) -> Event {
        self.label = label.into();
        self
    }

    /// With a field's change in words, from what to what; where there are any.
    pub fn saying(mut self, field: &str, said: Option<(String, String)>) -> Event {
        if let Some(change) = self.changes.iter_mut().find(|c| c.field == field) {
            change.said = said;
        }
        self
    }

    /// Nothing would change: such an event leaves no trace.
    pub fn is_empty(&self) -> bool {
        self.act == Act::Change && self.changes.is_empty()
    }
}

/// Edits a copy of a thing and returns the event of the difference.
pub fn edit<T: Noun>(kind: &'static EventKind, before: &T, change: impl FnOnce(&mut T) -> Result<()>) -> Result<Event> {
    let mut after = before.clone();
    change(&mut after)?;
    Ok(Event::changed(kind, before, &after))
}

/// Declares a room's kinds of event, and `ALL` of them: `kinds! { STORY_MOVED = "story.moved", "moved"; }`.
#[macro_export]
macro_rules! kinds {
    ($($name:ident = $word:literal, $says:literal;)*) => {
        $(pub static $name: $crate::EventKind = $crate::EventKind { name: $word, says: $says };)*
        /// All of this room's kinds.
        pub const ALL: &[&$crate::EventKind] = &[$(&$name),*];
    };
}
