//! What a database cell holds, and the two ways to reach a database. Both databases are seen
//! through these four kinds of value, so SQL is written once.

use crate::refusal::{Refusal, Result};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, Error, Visitor},
};
use std::fmt;
use uuid::Uuid;

/// What a cell holds, as JSON tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text,
    /// An id.
    Id,
    /// An id, or the name of what no record was made of.
    Named,
    /// A whole number.
    Whole,
    /// A number.
    Real,
    /// Kept as 0 or 1.
    Flag,
    /// Kept as JSON.
    Json,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Value {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
}

/// Read as it is written. Derived, each kind would be tried in turn, and pages that tell of the past read thousands of them.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Read<D::Error> {
        from.deserialize_any(Written)
    }
}

struct Written;

type Read<E> = std::result::Result<Value, E>;

impl Visitor<'_> for Written {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("nothing, a number or a text")
    }
    fn visit_unit<E: Error>(self) -> Read<E> {
        Ok(Value::Null)
    }
    fn visit_none<E: Error>(self) -> Read<E> {
        Ok(Value::Null)
    }
    fn visit_i64<E: Error>(self, n: i64) -> Read<E> {
        Ok(Value::Int(n))
    }
    fn visit_u64<E: Error>(self, n: u64) -> Read<E> {
        Ok(i64::try_from(n).map_or(Value::Real(n as f64), Value::Int))
    }
    fn visit_f64<E: Error>(self, n: f64) -> Read<E> {
        Ok(Value::Real(n))
    }
    fn visit_str<E: Error>(self, text: &str) -> Read<E> {
        Ok(Value::Text(text.to_owned()))
    }
    fn visit_string<E: Error>(self, text: String) -> Read<E> {
        Ok(Value::Text(text))
    }
}

impl Value {
    /// Whether it is what a field holds that nobody has filled in; activity says nothing of such fields when it tells of a new thing.
    pub fn is_unset(&self) -> bool {
        match self {
            Value::Null | Value::Int(0) => true,
            Value::Text(text) => matches!(text.as_str(), "" | "[]" | "{}"),
            _ => false,
        }
    }

    /// The cell as words for a person: what an activity line shows.
    pub fn words(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::Int(n) => n.to_string(),
            Value::Real(n) => format!("{n}"),
            Value::Text(text) => text.clone(),
        }
    }
}

/// A row as it came back, read from the left.
#[derive(Debug)]
pub struct Row(std::vec::IntoIter<Value>);

impl Row {
    pub fn new(values: Vec<Value>) -> Self {
        Row(values.into_iter())
    }

    /// The cells that have not been taken yet.
    pub fn left(&self) -> &[Value] {
        self.0.as_slice()
    }

    /// The cells that are left, as they are.
    pub fn cells(self) -> Vec<Value> {
        self.0.collect()
    }

    /// Takes the next cell. Too few cells is a mistake in our SQL, hence `Broken`.
    pub fn take<T: Column>(&mut self) -> Result<T> {
        match self.0.next() {
            Some(value) => T::read(value),
            None => Err(Refusal::broken("a query returned fewer columns than were read")),
        }
    }
}

/// A type that fits in one cell.
pub trait Column: Sized {
    /// How JSON tells it.
    const CELL: Cell = Cell::Text;
    /// The noun whose things it points at.
    const POINTS_AT: Option<&'static str> = None;
    /// How people say what it holds, where that is a word of a closed list.
    const SPOKEN: fn(&str) -> Option<&'static str> = |_| None;

    fn value(&self) -> Value;
    fn read(value: Value) -> Result<Self>;
}

/// Reads rows. One reader sees one unchanging state of the data.
pub trait Reader {
    /// Runs a query written with `$1…` in order.
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>>;

    /// Hands the rows of a query over one by one, so that any number of them takes little memory.
    fn each(&mut self, sql: &str, params: &[Value], row: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        self.query(sql, params)?.into_iter().try_for_each(row)
    }

    /// The columns of a table, for backups.
    fn columns(&mut self, table: &str) -> Result<Vec<String>>;

    /// What the database itself finds wrong with its files and links.
    fn integrity(&mut self) -> Result<Vec<String>>;

    /// Full text: the `limit` best matches within some products, best first, as (table, id).
    fn search(&mut self, products: &[Uuid], words: &str, tables: &[&str], limit: u32) -> Result<Vec<(String, Uuid)>>;
}

/// Changes rows. Only `app` holds one; rooms return events instead.
pub trait Writer: Reader {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64>;
    /// Inserts or updates exactly one row. Nobody waits for the answer: a mistake may come to light only with the
    /// next query or with the commit, and then undoes the whole.
    fn put(&mut self, sql: &str, params: Vec<Value>) -> Result<()>;
    /// The same for what may touch no row at all.
    fn put_any(&mut self, sql: &str, params: Vec<Value>) -> Result<()>;
    /// Adds a row that nothing else refers to; such rows are collected and written together.
    fn note(&mut self, table: &'static str, columns: &'static [&'static str], row: Vec<Value>) -> Result<()>;
    /// Replaces what full text knows about a thing; `None` forgets it.
    fn index(&mut self, product: Uuid, table: &str, id: Uuid, text: Option<(&str, &str)>) -> Result<()>;
    /// One short step of bringing what full text was written in many pieces into few, which is found in faster; whether
    /// another step is worth it. `anew` takes all pieces together, else those of the step before go on.
    fn gather(&mut self, anew: bool) -> Result<bool>;
    /// Does once more what migrations did to rows, for rows that were kept before them: in a backup, in a file of a product.
    fn bring_along(&mut self) -> Result<()>;
    /// Waits until no other transaction works on the product of this key (or on the workspace). Asked before anything
    /// is read, so that what is read is not older than the wait.
    fn lock(&mut self, product: Option<&str>) -> Result<()>;
    /// Tells the other nodes, once the transaction is committed.
    fn tell(&mut self, payload: &str) -> Result<()>;
    fn savepoint(&mut self) -> Result<()>;
    fn release(&mut self) -> Result<()>;
    fn rollback(&mut self) -> Result<()>;
    /// The same connection as a reader.
    fn reader(&mut self) -> &mut dyn Reader;
}

/// Behind every id in the order of ids.
pub const BEHIND_ALL: Uuid = Uuid::from_u128(0x0fff_ffff_ffff_7fff_bfff_ffff_ffff_ffff);

/// How a query begins to compare with a list: `id in each($2)`, where `$2` is made by [`list`]. One text whatever
/// the length of the list, so that it is prepared once.
pub const EACH: &str = "in each(";

/// The same where the list is of whole numbers.
pub const NUMBERS: &str = "in numbers(";

/// How a query ends that takes rows nobody else is just taking.
pub const UNCLAIMED: &str = " for update skip locked";

/// A pattern of `like` for texts that contain these words, with `!` as its escape.
pub fn containing(words: &str) -> Value {
    Value::Text(format!("%{}%", words.replace('!', "!!").replace('%', "!%").replace('_', "!_")))
}

/// Texts or ids as one parameter, for `in each($n)`; whole numbers, for `in numbers($n)`.
pub fn list<T: Column>(items: impl IntoIterator<Item = T>) -> Value {
    let items: Vec<Value> = items.into_iter().map(|item| item.value()).collect();
    Value::Text(serde_json::to_string(&items).unwrap_or_default())
}

/// Any cell, as it is.
impl Column for Value {
    fn value(&self) -> Value {
        self.clone()
    }
    fn read(value: Value) -> Result<Self> {
        Ok(value)
    }
}

impl Column for String {
    fn value(&self) -> Value {
        Value::Text(self.clone())
    }
    fn read(value: Value) -> Result<Self> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(wrong("text", &other)),
        }
    }
}

impl Column for i64 {
    const CELL: Cell = Cell::Whole;

    fn value(&self) -> Value {
        Value::Int(*self)
    }
    fn read(value: Value) -> Result<Self> {
        match value {
            Value::Int(n) => Ok(n),
            other => Err(wrong("a whole number", &other)),
        }
    }
}

impl Column for f64 {
    const CELL: Cell = Cell::Real;

    fn value(&self) -> Value {
        Value::Real(*self)
    }
    fn read(value: Value) -> Result<Self> {
        match value {
            Value::Real(n) => Ok(n),
            Value::Int(n) => Ok(n as f64),
            other => Err(wrong("a number", &other)),
        }
    }
}

impl Column for bool {
    const CELL: Cell = Cell::Flag;

    fn value(&self) -> Value {
        Value::Int(i64::from(*self))
    }
    fn read(value: Value) -> Result<Self> {
        Ok(i64::read(value)? != 0)
    }
}

impl Column for Uuid {
    const CELL: Cell = Cell::Id;

    fn value(&self) -> Value {
        Value::Text(self.simple().to_string())
    }
    fn read(value: Value) -> Result<Self> {
        let text = String::read(value)?;
        Uuid::parse_str(&text).map_err(|_| Refusal::broken(format!("{text:?} is no id")))
    }
}

impl<T: Column> Column for Option<T> {
    const CELL: Cell = T::CELL;
    const POINTS_AT: Option<&'static str> = T::POINTS_AT;
    const SPOKEN: fn(&str) -> Option<&'static str> = T::SPOKEN;

    fn value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Column::value)
    }
    fn read(value: Value) -> Result<Self> {
        match value {
            Value::Null => Ok(None),
            other => T::read(other).map(Some),
        }
    }
}

/// Small structures that are always read as a whole live in one cell as JSON.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Packed<T>(pub T);

impl<T: schemars::JsonSchema> schemars::JsonSchema for Packed<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

impl<T> std::ops::Deref for Packed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Serialize + DeserializeOwned> Column for Packed<T> {
    const CELL: Cell = Cell::Json;

    fn value(&self) -> Value {
        Value::Text(serde_json::to_string(&self.0).unwrap_or_default())
    }
    fn read(value: Value) -> Result<Self> {
        // What a reader may not see is told as nothing, and nothing is an empty structure.
        if value == Value::Null {
            let empty = serde_json::from_str("[]").or_else(|_| serde_json::from_str("{}"));
            return empty.map(Packed).map_err(|e| Refusal::broken(format!("packed cell: {e}")));
        }
        let text = String::read(value)?;
        serde_json::from_str(&text).map(Packed).map_err(|e| Refusal::broken(format!("packed cell: {e}")))
    }
}

fn wrong(wanted: &str, found: &Value) -> Refusal {
    Refusal::broken(format!("a cell holds {found:?} where {wanted} was expected"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_it_was_written() {
        for value in
            [Value::Null, Value::Int(0), Value::Int(-7), Value::Int(i64::MAX), Value::Real(0.5), Value::Real(3.0), Value::Text("ä \"1\"".into())]
        {
            let written = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value, "{written}");
            let told: Value = serde_json::from_value(serde_json::to_value(&value).unwrap()).unwrap();
            assert_eq!(told, value);
        }
        assert_eq!(serde_json::from_str::<Value>("18446744073709551615").unwrap(), Value::Real(18_446_744_073_709_551_615.0));
        for odd in ["true", "[]", "{}", ""] {
            assert!(serde_json::from_str::<Value>(odd).is_err(), "{odd}");
        }
    }
}
