//! Texts and days as commands take them: checked while they are read, so that no rule has to, and with their limits in
//! their schemas, from which forms and the interface's description have them. What the house itself puts into a command
//! is not judged when it is made, but when it is read with the command like anything else.

use crate::{Json, fields, input};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::{borrow::Cow, collections::HashMap, sync::OnceLock};

/// One line that says something, of at most N characters: a title, a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Line<const N: usize>(String);

/// A text that says something, of at most N characters: a comment, the reason of a refusal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Words<const N: usize>(String);

/// A text that may be empty, of at most N characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text<const N: usize>(String);

/// An address that leads out of here and may be shown as a link; empty text is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Link(String);

/// A calendar day as `2026-11-23`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Day(String);

/// A day, or none: empty text takes one away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct AnyDay(Option<String>);

/// Characters of an address.
const MOST_OF_LINK: usize = 2_000;

/// What is said, at its field, of nothing where something has to stand.
pub(crate) const EMPTY: &str = "Please fill this in.";

/// Within a limit, without NUL, with the line ends of one kind, and without spaces around it.
fn bounded(text: &str, most: usize) -> Result<String, String> {
    let text = if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) };
    let text = text.trim();
    match text.chars().count() {
        length if length > most => Err(format!("At most {most} characters fit here; this is {length}.")),
        _ if text.contains('\0') => Err(input::NUL.to_owned()),
        _ => Ok(text.to_owned()),
    }
}

/// The same, and it can be seen.
fn seen(text: &str, most: usize) -> Result<String, String> {
    if text.chars().any(fields::is_seen) { bounded(text, most) } else { Err(EMPTY.to_owned()) }
}

fn one_line(text: &str, most: usize) -> Result<String, String> {
    let line = if text.contains(['\n', '\r']) { Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")) } else { Cow::Borrowed(text) };
    seen(&line, most)
}

fn link(text: &str) -> Result<String, String> {
    let text = bounded(text, MOST_OF_LINK)?;
    if text.is_empty() || fields::is_link(&text) { Ok(text) } else { Err("An address begins with https://, http:// or mailto:.".into()) }
}

/// A type around text: how it is read, and its schema.
macro_rules! checked {
    ($type:ident $(<$n:ident>)?, $read:expr, $schema:tt) => {
        impl<'de $(, const $n: usize)?> Deserialize<'de> for $type $(<$n>)? {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                $read(&text).map($type).map_err(D::Error::custom)
            }
        }

        impl $(<const $n: usize>)? JsonSchema for $type $(<$n>)? {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }

        impl $(<const $n: usize>)? std::ops::Deref for $type $(<$n>)? {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl $(<const $n: usize>)? std::fmt::Display for $type $(<$n>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl $(<const $n: usize>)? From<$type $(<$n>)?> for String {
            fn from(text: $type $(<$n>)?) -> String {
                text.0
            }
        }

        impl $(<const $n: usize>)? From<String> for $type $(<$n>)? {
            fn from(text: String) -> Self {
                $type(text)
            }
        }

        impl $(<const $n: usize>)? From<&str> for $type $(<$n>)? {
            fn from(text: &str) -> Self {
                $type(text.to_owned())
            }
        }
    };
}

checked!(Line<N>, |text: &str| one_line(text, N), { "type": "string", "minLength": 1, "maxLength": N });
checked!(Words<N>, |text: &str| seen(text, N), { "type": "string", "minLength": 1, "maxLength": N });
checked!(Text<N>, |text: &str| bounded(text, N), { "type": "string", "maxLength": N });
checked!(Link, link, { "type": "string", "maxLength": MOST_OF_LINK });
checked!(Day, fields::day, { "type": "string", "format": "date" });

impl AnyDay {
    pub fn day(self) -> Option<String> {
        self.0
    }
}

impl From<AnyDay> for Option<String> {
    fn from(day: AnyDay) -> Self {
        day.0
    }
}

impl PartialEq<Option<String>> for AnyDay {
    fn eq(&self, other: &Option<String>) -> bool {
        self.0 == *other
    }
}

/// Puts what was given in the place of a field, and leaves the field where nothing was.
pub fn give<T>(field: &mut T, given: Option<impl Into<T>>) {
    if let Some(given) = given {
        *field = given.into();
    }
}

impl<'de> Deserialize<'de> for AnyDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Option::<Cow<str>>::deserialize(deserializer)?.unwrap_or_default();
        match text.trim() {
            "" => Ok(AnyDay(None)),
            text => fields::day(text).map(|day| AnyDay(Some(day))).map_err(D::Error::custom),
        }
    }
}

impl JsonSchema for AnyDay {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "AnyDay".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "string", "maxLength": 0 }, { "type": "null" }] })
    }
}

/// The limits of the commands' texts, by command and field. Filled once, from their schemas.
static LIMITS: OnceLock<HashMap<&'static str, HashMap<String, u64>>> = OnceLock::new();

/// Makes limits known; every house has the same commands, so only the first call counts.
pub fn learn<'a>(commands: impl Iterator<Item = (&'static str, &'a Json)>) {
    let limits = |schema: &Json| {
        let fields = schema["properties"].as_object().into_iter().flatten();
        fields.filter_map(|(field, schema)| Some((field.clone(), schema["maxLength"].as_u64()?))).collect()
    };
    LIMITS.get_or_init(|| commands.map(|(name, schema)| (name, limits(schema))).collect());
}

/// The most characters that a field of a command takes, where it has such a limit.
pub fn limit(command: &str, field: &str) -> Option<u64> {
    LIMITS.get()?.get(command)?.get(field).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Refusal, Result, json};

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Asked {
        title: Line<5>,
        #[serde(default)]
        body: Text<8>,
        #[serde(default)]
        url: Link,
        on: Option<Day>,
        #[serde(default)]
        until: AnyDay,
    }

    fn read(args: crate::Json) -> Result<Asked> {
        input::read(args)
    }

    fn wrong(args: crate::Json) -> (String, String) {
        match read(args) {
            Err(Refusal::Invalid(mut fields)) => fields.pop().map(|f| (f.field, f.message)).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refusal_says_what_fits_and_where() {
        assert_eq!(wrong(json!({ "title": "\u{200b} " })), ("title".into(), EMPTY.into()));
        assert_eq!(wrong(json!({ "title": "abcdef" })), ("title".into(), "At most 5 characters fit here; this is 6.".into()));
        assert_eq!(wrong(json!({ "title": "a", "body": "123456789" })).0, "body");
        assert_eq!(wrong(json!({ "title": "a", "url": "javascript:x" })).0, "url");
        assert_eq!(wrong(json!({ "title": "a", "on": "2026-02-30" })).0, "on");
        assert_eq!(wrong(json!({ "title": "a", "until": "soon" })).0, "until");
    }

    #[test]
    fn what_fits_is_tidied() {
        let asked = read(json!({ "title": " a\r\nb ", "body": "a\r\nb\r\n", "on": " 2026-2-3", "until": "" })).unwrap();
        assert_eq!((&*asked.title, &*asked.body, asked.on.as_deref(), asked.until.day()), ("a b", "a\nb", Some("2026-02-03"), None));
        assert_eq!(&*read(json!({ "title": "ünıça" })).unwrap().title, "ünıça", "characters are counted, not bytes");
    }

    #[test]
    fn limits_stand_in_the_schema() {
        let schema = |generator: fn(&mut SchemaGenerator) -> Schema| generator(&mut SchemaGenerator::default()).to_value();
        assert_eq!(schema(<Line<5> as JsonSchema>::json_schema), json!({ "type": "string", "minLength": 1, "maxLength": 5 }));
        assert_eq!(schema(<Option<Text<8>> as JsonSchema>::json_schema), json!({ "type": ["string", "null"], "maxLength": 8 }));
    }
}
