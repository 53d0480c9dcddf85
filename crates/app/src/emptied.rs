//! What stands where somebody's own words were: of a structure the same without them, written as its noun writes it, so that
//! the row and the record still say the same.

use kernel::{Cell, Json, erasure::ERASED};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use std::{fmt, result::Result};

/// What a cell holds instead of a text that is erased.
pub(crate) fn emptied(cell: Cell, text: &str) -> String {
    match (cell, text.as_bytes().first()) {
        (Cell::Json, Some(b'[')) => "[]".to_owned(),
        (Cell::Json, Some(b'{')) => serde_json::from_str(text).map_or_else(|_| "{}".to_owned(), without_words),
        _ => ERASED.to_owned(),
    }
}

/// The fields of a structure in their order.
struct Fields(Vec<(String, Json)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a structure")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = vec![];
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

fn without_words(Fields(fields): Fields) -> String {
    let empty = |value: &Json| match value {
        Json::Array(_) => "[]".to_owned(),
        Json::Object(_) => "{}".to_owned(),
        Json::String(_) => "\"\"".to_owned(),
        // No words.
        other => other.to_string(),
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
}
