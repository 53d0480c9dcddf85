//! Arguments as they are read into a type: JSON, or what stands behind the `?` of an address, with the place where
//! something is wrong. A layer over the readers of a library (`serde_path_to_error`) would say the same, but has the
//! readers of each of a thousand types built once more, which is a twentieth of the program.

use serde::{
    Deserializer,
    de::{DeserializeOwned, DeserializeSeed, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor},
    forward_to_deserialize_any,
};
use serde_json::{Map, Value as Json};
use std::{fmt, str::FromStr, vec};

/// What is wrong, and in which field; the field is empty where it is the whole.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    pub field: String,
    pub said: String,
}

impl Wrong {
    /// The same, one step further out.
    fn within(mut self, step: &str) -> Wrong {
        let joint = if self.field.is_empty() || self.field.starts_with('[') { "" } else { "." };
        self.field = format!("{step}{joint}{}", self.field);
        self
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(&self.said)
    }
}

impl std::error::Error for Wrong {}

impl Error for Wrong {
    fn custom<T: fmt::Display>(said: T) -> Wrong {
        Wrong { field: String::new(), said: said.to_string() }
    }

    fn duplicate_field(field: &'static str) -> Wrong {
        Wrong { field: field.to_owned(), said: TWICE.to_owned() }
    }
}

/// What is said of a field that is no list and is given more than once: nobody can tell which of its values is meant.
pub const TWICE: &str = "This was sent more than once.";

/// Reads arguments.
///
/// # Errors
/// What is wrong first.
pub fn arguments<T: DeserializeOwned>(args: Json) -> Result<T, Wrong> {
    T::deserialize(Part { is: args, typed: true })
}

/// Reads fields that are all texts, numbers among them. One that is there twice is refused, where its type knows it.
///
/// # Errors
/// What is wrong first.
pub fn typed_in<T: DeserializeOwned>(fields: Vec<(String, String)>) -> Result<T, Wrong> {
    T::deserialize(TypedIn(fields))
}

struct TypedIn(Vec<(String, String)>);

impl<'de> Deserializer<'de> for TypedIn {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_map(Fields { fields: Named::Typed(self.0.into_iter()), next: None, typed: false })
    }

    /// Whoever wants all of them in their order has pairs.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let pairs = self.0.into_iter().map(|(name, text)| Json::Array(vec![Json::String(name), Json::String(text)])).collect();
        Part { is: Json::Array(pairs), typed: false }.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct tuple tuple_struct map struct
        enum identifier ignored_any
    }
}

/// A part of the arguments.
struct Part {
    is: Json,
    /// A number is written as one; else everything is text.
    typed: bool,
}

impl Part {
    fn written<T: FromStr>(&self) -> Option<T> {
        match &self.is {
            Json::String(text) if !self.typed => text.parse().ok(),
            _ => None,
        }
    }
}

/// Numbers and the like, which may be written as text.
macro_rules! written {
    ($($method:ident $type:ty => $visit:ident),*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            match self.written::<$type>() {
                Some(value) => visitor.$visit(value),
                None => self.deserialize_any(visitor),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Part {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let typed = self.typed;
        match self.is {
            Json::Null => visitor.visit_unit(),
            Json::Bool(is) => visitor.visit_bool(is),
            Json::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(whole), _) => visitor.visit_u64(whole),
                (_, Some(whole)) => visitor.visit_i64(whole),
                _ => visitor.visit_f64(number.as_f64().unwrap_or_default()),
            },
            Json::String(text) => visitor.visit_string(text),
            Json::Array(entries) => {
                let mut list = List { entries: entries.into_iter(), at: 0, typed };
                let read = visitor.visit_seq(&mut list)?;
                match list.entries.len() {
                    0 => Ok(read),
                    left => Err(Wrong::invalid_length(list.at + left, &"fewer entries")),
                }
            }
            Json::Object(fields) => visitor.visit_map(Fields { fields: Named::Given(fields.into_iter()), next: None, typed }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.is {
            Json::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Wrong> {
        let typed = self.typed;
        match self.is {
            Json::String(word) => visitor.visit_enum(Choice { word, with: None, typed }),
            Json::Object(fields) if fields.len() == 1 => match fields.into_iter().next() {
                Some((word, with)) => visitor.visit_enum(Choice { word, with: Some(with), typed }),
                None => Err(Wrong::custom("a choice is missing")),
            },
            other => Err(Wrong::invalid_type(unexpected(&other), &"a word")),
        }
    }

    written! {
        deserialize_bool bool => visit_bool, deserialize_i8 i8 => visit_i8, deserialize_i16 i16 => visit_i16, deserialize_i32 i32 => visit_i32,
        deserialize_i64 i64 => visit_i64, deserialize_u8 u8 => visit_u8, deserialize_u16 u16 => visit_u16, deserialize_u32 u32 => visit_u32,
        deserialize_u64 u64 => visit_u64, deserialize_f32 f32 => visit_f32, deserialize_f64 f64 => visit_f64
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

fn unexpected(json: &Json) -> Unexpected<'_> {
    match json {
        Json::Null => Unexpected::Unit,
        Json::Bool(is) => Unexpected::Bool(*is),
        Json::Number(number) => Unexpected::Float(number.as_f64().unwrap_or_default()),
        Json::String(text) => Unexpected::Str(text),
        Json::Array(_) => Unexpected::Seq,
        Json::Object(_) => Unexpected::Map,
    }
}

struct List {
    entries: vec::IntoIter<Json>,
    at: usize,
    typed: bool,
}

impl<'de> SeqAccess<'de> for &mut List {
    type Error = Wrong;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Wrong> {
        let Some(is) = self.entries.next() else { return Ok(None) };
        let at = self.at;
        self.at += 1;
        seed.deserialize(Part { is, typed: self.typed }).map(Some).map_err(|wrong| wrong.within(&format!("[{at}]")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// Fields by their names: of JSON, where each stands once, or as they were typed in.
enum Named {
    Given(<Map<String, Json> as IntoIterator>::IntoIter),
    Typed(vec::IntoIter<(String, String)>),
}

impl Iterator for Named {
    type Item = (String, Json);

    fn next(&mut self) -> Option<(String, Json)> {
        match self {
            Named::Given(fields) => fields.next(),
            Named::Typed(fields) => fields.next().map(|(name, text)| (name, Json::String(text))),
        }
    }
}

struct Fields {
    fields: Named,
    next: Option<(String, Json)>,
    typed: bool,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Wrong;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Wrong> {
        self.next = self.fields.next();
        self.next.as_ref().map(|(name, _)| seed.deserialize(name.as_str().into_deserializer())).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Wrong> {
        let Some((name, is)) = self.next.take() else { return Err(Wrong::custom("a value without a name")) };
        seed.deserialize(Part { is, typed: self.typed }).map_err(|wrong| wrong.within(&name))
    }
}

struct Choice {
    word: String,
    with: Option<Json>,
    typed: bool,
}

impl<'de> EnumAccess<'de> for Choice {
    type Error = Wrong;
    type Variant = Chosen;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Chosen), Wrong> {
        let chosen = seed.deserialize(self.word.as_str().into_deserializer())?;
        Ok((chosen, Chosen { word: self.word, with: self.with, typed: self.typed }))
    }
}

/// What comes with a choice.
struct Chosen {
    word: String,
    with: Option<Json>,
    typed: bool,
}

impl Chosen {
    fn read<T>(self, read: impl FnOnce(Part) -> Result<T, Wrong>) -> Result<T, Wrong> {
        read(Part { is: self.with.unwrap_or_default(), typed: self.typed }).map_err(|wrong| wrong.within(&self.word))
    }
}

impl<'de> VariantAccess<'de> for Chosen {
    type Error = Wrong;

    fn unit_variant(self) -> Result<(), Wrong> {
        match self.with {
            None | Some(Json::Null) => Ok(()),
            Some(other) => Err(Wrong::invalid_type(unexpected(&other), &"nothing beside the word")),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Wrong> {
        self.read(|part| seed.deserialize(part))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Wrong> {
        self.read(|part| part.deserialize_any(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Wrong> {
        self.read(|part| part.deserialize_any(visitor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Plain,
        Sized(u8),
        Named { name: String },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Whole {
        title: String,
        #[serde(default)]
        count: Option<i64>,
        #[serde(default)]
        share: f64,
        #[serde(default)]
        kinds: Vec<Kind>,
        #[serde(default)]
        by_kind: BTreeMap<String, Inner>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Inner {
        on: bool,
    }

    fn wrong(args: Json) -> (String, String) {
        let wrong = arguments::<Whole>(args).unwrap_err();
        (wrong.field, wrong.said)
    }

    #[test]
    fn what_a_library_reads_is_read_the_same() {
        for args in [
            json!({ "title": "t" }),
            json!({ "title": "t", "count": -3, "share": 2, "kinds": ["plain", { "sized": 4 }, { "named": { "name": "n" } }] }),
            json!({ "title": "t", "count": null, "share": 0.5, "by_kind": { "a": { "on": true } }, "unknown": [1, { "x": null }] }),
            json!(["t", 1, 0.5, [], {}]),
        ] {
            assert_eq!(arguments::<Whole>(args.clone()).unwrap(), serde_json::from_value::<Whole>(args).unwrap());
        }
        for args in [
            json!({}),
            json!({ "title": 1 }),
            json!({ "title": "t", "kinds": ["king"] }),
            json!("t"),
            json!({ "title": "t", "kinds": [{ "plain": 1 }] }),
        ] {
            assert!(arguments::<Whole>(args.clone()).is_err() && serde_json::from_value::<Whole>(args).is_err());
        }
    }

    #[test]
    fn the_place_of_what_is_wrong_is_told() {
        assert_eq!(wrong(json!({})), (String::new(), "missing field `title`".into()));
        assert_eq!(wrong(json!({ "title": 1 })).0, "title");
        assert_eq!(wrong(json!({ "title": "t", "kinds": ["plain", { "sized": 400 }] })).0, "kinds[1].sized");
        assert_eq!(wrong(json!({ "title": "t", "by_kind": { "a": { "on": "yes" } } })).0, "by_kind.a.on");
        assert_eq!(wrong(json!({ "title": "t", "kinds": [{ "named": {} }] })), ("kinds[0].named".into(), "missing field `name`".into()));
    }

    #[test]
    fn fields_of_an_address_are_texts() {
        let fields = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect::<Vec<_>>();
        let whole: Whole = typed_in(fields(&[("title", "12"), ("count", "-3"), ("share", "0.5")])).unwrap();
        assert_eq!((whole.title.as_str(), whole.count, whole.share), ("12", Some(-3), 0.5));
        let wrong = typed_in::<Whole>(fields(&[("title", "t"), ("count", "many")])).unwrap_err();
        assert_eq!(wrong.field, "count");
        let twice = typed_in::<Whole>(fields(&[("title", "a"), ("other", "1"), ("count", "1"), ("other", "2"), ("count", "2")])).unwrap_err();
        assert_eq!((twice.field.as_str(), twice.said.as_str()), ("count", TWICE), "what nobody asks for may be there as often as it likes");
        let pairs = fields(&[("on", "1"), ("on", "2")]);
        assert_eq!(typed_in::<Vec<(String, String)>>(pairs.clone()).unwrap(), pairs);
    }
}
