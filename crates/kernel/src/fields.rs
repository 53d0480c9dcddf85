//! Field types that many commands share, and the checks on typed text.

use crate::{Id, Key, Noun, Refusal, Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// Points at a thing the way people do: `42`, `ORB-42`, or its id; what was brought in also by where it came from.
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
            return match scope.product()?.goes_by(&key.product) {
                true => Ok(Pointed::Number(key.number)),
                false => Err(Refusal::NotFound),
            };
        }
        Id::try_from(text).map(Pointed::Id)
    }

    /// Whether it says where a thing came from: tool and key there, such as `jira:ABC-1`.
    pub fn is_origin(&self) -> bool {
        self.0.contains(':')
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

/// A field that may be left out and may be none: left out, it stays as it is; null, or an empty field of a form, takes
/// it away.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Tool and key there, of what was brought in.
pub fn origin(text: &str) -> Result<String> {
    match Ref(text.to_owned()).is_origin() {
        true => trimmed("origin", text, 200),
        false => Err(Refusal::invalid("origin", "Say the tool and the key there, such as jira:ABC-1.")),
    }
}

/// Text that must say something, within a limit of characters.
pub fn trimmed(field: &str, text: &str, most: usize) -> Result<String> {
    let text = text.trim();
    if !text.chars().any(is_seen) {
        return Err(Refusal::invalid(field, crate::checked::EMPTY));
    }
    within(field, text, most)
}

/// Text that may be empty, within a limit of characters. NUL cannot be kept and is refused.
pub fn within(field: &str, text: &str, most: usize) -> Result<String> {
    let length = text.chars().count();
    if length > most {
        return Err(Refusal::invalid(field, format!("At most {most} characters fit here; this is {length}.")));
    }
    crate::input::no_nul(field, text)?;
    Ok(text.trim().to_owned())
}

/// Whether a character leaves a mark: neither space nor control, nor one that only joins, turns or fills.
pub(crate) fn is_seen(c: char) -> bool {
    let unseen = c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}');
    !unseen
}

/// Whether a text is an address that leads out of here: only what a browser opens and does not run.
pub fn is_link(text: &str) -> bool {
    let known = |scheme: &&str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["https://", "http://", "mailto:"].iter().any(known) && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// A calendar day as `2026-11-23`.
pub(crate) fn day(text: &str) -> std::result::Result<String, String> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let number = |i: usize| parts.get(i).and_then(|p| p.parse::<u32>().ok());
    match (parts.len(), number(0), number(1), number(2)) {
        (3, Some(y @ 1900..=9999), Some(m @ 1..=12), Some(d)) if d >= 1 && d <= days_in(y, m) => Ok(format!("{y:04}-{m:02}-{d:02}")),
        _ => Err(format!("{text:?} is no day; write it as 2026-11-23.")),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_can_be_seen() {
        for unseen in ["", " ", "\u{200b}", "\u{202e}\u{2066}", "\u{feff} \u{2060}", "\u{3164}", "\u{e0041}"] {
            assert!(trimmed("title", unseen, 10).is_err(), "{unseen:?}");
        }
        for seen in ["a", "👩\u{200d}🚀", "\u{200f}שלום", "…"] {
            assert!(trimmed("title", seen, 10).is_ok(), "{seen:?}");
        }
    }

    #[test]
    fn links_lead_out_and_run_nothing() {
        for fine in ["https://x.org/a?b#c", "HTTP://x.org", "mailto:a@x.org"] {
            assert!(is_link(fine), "{fine}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "//x.org",
            "/x",
            "x.org",
            "java\nscript:x",
            "https://x.org/\u{9}y",
            "ht\u{e9}",
        ] {
            assert!(!is_link(bad), "{bad}");
        }
    }
}
