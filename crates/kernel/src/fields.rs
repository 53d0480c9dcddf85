//! Field types that many commands share, and the checks on typed text.

use crate::{Id, Key, Noun, Refusal, Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// Points at a thing the way people do: `42`, `ORB-42`, or its id.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Ref(pub String);

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Number(i64),
            Text(String),
        }
        Ok(Ref(match Either::deserialize(deserializer)? {
            Either::Number(n) => n.to_string(),
            Either::Text(text) => text,
        }))
    }
}

/// What a reference turned out to be.
pub enum Pointed<T> {
    Number(i64),
    Id(Id<T>),
}

impl Ref {
    /// Reads the reference; a key of another product is not found.
    pub fn resolve<T: Noun>(&self, scope: &Scope) -> Result<Pointed<T>> {
        let text = self.0.trim();
        if let Ok(number) = text.trim_start_matches('#').parse::<i64>() {
            return Ok(Pointed::Number(number));
        }
        if let Some(key) = Key::parse(&text.to_uppercase()) {
            return match scope.product()?.key == key.product {
                true => Ok(Pointed::Number(key.number)),
                false => Err(Refusal::NotFound),
            };
        }
        Id::try_from(text).map(Pointed::Id)
    }

    /// For nouns without a number.
    pub fn id<T: Noun>(&self) -> Result<Id<T>> {
        Id::try_from(self.0.trim())
    }
}

impl<T> From<Id<T>> for Ref {
    fn from(id: Id<T>) -> Self {
        Ref(id.to_string())
    }
}

/// Text that must say something, within a limit of characters.
pub fn trimmed(field: &str, text: &str, most: usize) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::invalid(field, format!("Please fill in {}.", field.replace('_', " "))));
    }
    within(field, text, most)
}

/// Text that may be empty, within a limit of characters. NUL cannot be kept and is refused.
pub fn within(field: &str, text: &str, most: usize) -> Result<String> {
    let length = text.chars().count();
    if length > most {
        return Err(Refusal::invalid(field, format!("At most {most} characters fit here; this is {length}.")));
    }
    if text.contains('\0') {
        return Err(Refusal::invalid(field, "This contains a NUL character, which cannot be kept. Please remove it."));
    }
    Ok(text.trim().to_owned())
}

/// A calendar day as `2026-11-23`.
pub fn day(field: &str, text: &str) -> Result<String> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let number = |i: usize| parts.get(i).and_then(|p| p.parse::<u32>().ok());
    match (parts.len(), number(0), number(1), number(2)) {
        (3, Some(y @ 1900..=9999), Some(m @ 1..=12), Some(d)) if d >= 1 && d <= days_in(y, m) => Ok(format!("{y:04}-{m:02}-{d:02}")),
        _ => Err(Refusal::invalid(field, format!("{text:?} is no day; write it as 2026-11-23."))),
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// An optional day: empty text is none.
pub fn day_or_none(field: &str, text: &Option<String>) -> Result<Option<String>> {
    match text.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => day(field, text).map(Some),
    }
}
