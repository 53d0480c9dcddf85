//! What stands where somebody's own words were: of a structure the same without them, written as its noun writes it, so that
//! the row and the record still say the same.

use kernel::{Cell, Json, erasure::ERASED};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};
use std::{fmt, result::Result};

/// What a cell holds instead of a text that is erased.
pub(crate) fn emptied(cell: Cell, text: &str) -> String {
    match (cell, text.as_bytes().first()) {
        (Cell::Json, Some(b'[')) => "[]".to_owned(),
        (Cell::Json, Some(b'{')) => match serde_json::from_str(text) {
            Ok(Ordered::Fields(fields)) => without_words(&fields),
            _ => "{}".to_owned(),
        },
        _ => ERASED.to_owned(),
    }
}

/// A structure without what stands in it under `quote` or `quotes`; nothing where it has none.
pub(crate) fn unquoted(text: &str) -> Option<String> {
    let mut whole: Ordered = serde_json::from_str(text).ok()?;
    whole.unquote();
    let told = whole.told();
    (told != text).then_some(told)
}

/// A structure with its fields in their order.
enum Ordered {
    Fields(Vec<(String, Ordered)>),
    List(Vec<Ordered>),
    Other(Json),
}

impl Ordered {
    fn told(&self) -> String {
        match self {
            Ordered::Fields(fields) => {
                let each: Vec<String> = fields.iter().map(|(name, value)| format!("{}:{}", Json::from(name.as_str()), value.told())).collect();
                format!("{{{}}}", each.join(","))
            }
            Ordered::List(items) => format!("[{}]", items.iter().map(Ordered::told).collect::<Vec<_>>().join(",")),
            Ordered::Other(value) => value.to_string(),
        }
    }

    fn unquote(&mut self) {
        match self {
            Ordered::Fields(fields) => {
                for (name, value) in fields {
                    match (name.as_str(), &*value) {
                        ("quote", Ordered::Other(_)) => *value = Ordered::Other(Json::from("")),
                        ("quotes", Ordered::List(_)) => *value = Ordered::List(vec![]),
                        _ => value.unquote(),
                    }
                }
            }
            Ordered::List(items) => items.iter_mut().for_each(Ordered::unquote),
            Ordered::Other(_) => {}
        }
    }
}

/// Reads so many structures within one another, and no more.
#[derive(Clone, Copy)]
struct Deep(usize);

const DEEPEST: usize = 64;

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Deep(DEEPEST).deserialize(deserializer)
    }
}

impl<'de> DeserializeSeed<'de> for Deep {
    type Value = Ordered;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Ordered, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Deep {
    fn within<E: serde::de::Error>(self) -> Result<Deep, E> {
        self.0.checked_sub(1).map(Deep).ok_or_else(|| E::custom("too many structures within one another"))
    }
}

impl<'de> Visitor<'de> for Deep {
    type Value = Ordered;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a structure")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
        let (within, mut fields) = (self.within()?, vec![]);
        while let Some(name) = map.next_key()? {
            fields.push((name, map.next_value_seed(within)?));
        }
        Ok(Ordered::Fields(fields))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Ordered, A::Error> {
        let (within, mut items) = (self.within()?, vec![]);
        while let Some(item) = list.next_element_seed(within)? {
            items.push(item);
        }
        Ok(Ordered::List(items))
    }
    fn visit_bool<E>(self, value: bool) -> Result<Ordered, E> {
        Ok(Ordered::Other(value.into()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Ordered, E> {
        Ok(Ordered::Other(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Ordered, E> {
        Ok(Ordered::Other(value.into()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Ordered, E> {
        Ok(Ordered::Other(value.into()))
    }
    fn visit_str<E>(self, value: &str) -> Result<Ordered, E> {
        Ok(Ordered::Other(value.into()))
    }
    fn visit_unit<E>(self) -> Result<Ordered, E> {
        Ok(Ordered::Other(Json::Null))
    }
}

fn without_words(fields: &[(String, Ordered)]) -> String {
    let empty = |value: &Ordered| match value {
        Ordered::List(_) => "[]".to_owned(),
        Ordered::Fields(_) => "{}".to_owned(),
        Ordered::Other(Json::String(_)) => "\"\"".to_owned(),
        // No words.
        Ordered::Other(other) => other.to_string(),
    };
    let each: Vec<String> = fields.iter().map(|(name, value)| format!("{}:{}", Json::from(name.as_str()), empty(value))).collect();
    format!("{{{}}}", each.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_structure_keeps_its_form() {
        for (before, after) in [
            (r#"{"scope":"My mother","low":"2k"}"#, r#"{"scope":"","low":""}"#),
            (r#"{"rows":[{"row":"a"}],"parts":[],"says":["b"],"n":2,"none":null}"#, r#"{"rows":[],"parts":[],"says":[],"n":2,"none":null}"#),
            (r#"[{"words":"My mother"}]"#, "[]"),
            ("{}", "{}"),
        ] {
            assert_eq!(emptied(Cell::Json, before), after);
        }
        assert_eq!((emptied(Cell::Text, "{curly}"), emptied(Cell::Json, "{broken")), (ERASED.to_owned(), "{}".to_owned()));
    }

    #[test]
    fn only_quotes_go_out_of_marks() {
        let marks = r#"[{"row":"goal","level":3,"quote":"My mother"},{"row":"risks","level":1,"findings":[{"quotes":["a","b"],"share":0.5}]}]"#;
        let after = r#"[{"row":"goal","level":3,"quote":""},{"row":"risks","level":1,"findings":[{"quotes":[],"share":0.5}]}]"#;
        assert_eq!(unquoted(marks).as_deref(), Some(after));
        assert_eq!((unquoted(after), unquoted("[]"), unquoted("no structure")), (None, None, None));
        assert_eq!(unquoted(&"[".repeat(1_000)), None);
    }
}
