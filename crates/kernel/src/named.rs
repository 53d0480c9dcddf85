//! What points at a record that was once no more than a name: customers, segments. A field of this kind holds an id; in
//! the past of a thing, and in what was kept before there were records, it holds the name as it was typed.

use crate::{Cell, Column, Id, Noun, Result, Value};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use uuid::Uuid;

/// A record, a name that none was made of, or nothing.
#[derive(Default)]
pub enum Named<T> {
    #[default]
    Nothing,
    Record(Id<T>),
    Name(String),
}

impl<T> Named<T> {
    pub fn record(&self) -> Option<Id<T>> {
        match self {
            Named::Record(id) => Some(*id),
            _ => None,
        }
    }

    pub fn is_nothing(&self) -> bool {
        matches!(self, Named::Nothing)
    }
}

impl<T> Clone for Named<T> {
    fn clone(&self) -> Self {
        match self {
            Named::Nothing => Named::Nothing,
            Named::Record(id) => Named::Record(*id),
            Named::Name(name) => Named::Name(name.clone()),
        }
    }
}

impl<T> PartialEq for Named<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Named::Nothing, Named::Nothing) => true,
            (Named::Record(a), Named::Record(b)) => a == b,
            (Named::Name(a), Named::Name(b)) => a == b,
            _ => false,
        }
    }
}

impl<T> std::fmt::Debug for Named<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Named::Nothing => write!(f, "nothing"),
            Named::Record(id) => write!(f, "{id}"),
            Named::Name(name) => write!(f, "{name:?}"),
        }
    }
}

impl<T> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Named::Nothing => serializer.serialize_none(),
            Named::Record(id) => id.serialize(serializer),
            Named::Name(name) => serializer.serialize_str(name),
        }
    }
}

impl<T> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Named".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "null"], "description": "The record’s id; a name where none was made of it." })
    }
}

impl<T: Noun> Column for Named<T> {
    const CELL: Cell = Cell::Named;
    const POINTS_AT: Option<&'static str> = Some(T::TABLE);

    fn value(&self) -> Value {
        match self {
            Named::Nothing => Value::Text(String::new()),
            Named::Record(id) => id.value(),
            Named::Name(name) => Value::Text(name.clone()),
        }
    }
    fn read(value: Value) -> Result<Self> {
        // Nothing, too, is what a reader may not see.
        let text = Option::<String>::read(value)?.unwrap_or_default();
        Ok(match Uuid::parse_str(&text) {
            Ok(id) => Named::Record(Id::new(id)),
            Err(_) if text.is_empty() => Named::Nothing,
            Err(_) => Named::Name(text),
        })
    }
}
