//! SQL and values as SQLite has them.

use super::ids::{self, Packed};
use crate::lists::spread;
use kernel::{
    Value,
    value::{EACH, NUMBERS},
};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

/// SQLite binds $2, $1 in order of appearance; ?2, ?1 by number. A list is JSON to it.
pub fn translated(sql: &str) -> String {
    let said = spread(sql, EACH, |place| format!("in (select packed(value) from json_each({place}))"));
    let said = spread(&said, NUMBERS, |place| format!("in (select value from json_each({place}))"));
    // One writer at a time: there is nobody to skip.
    said.replace(kernel::value::UNCLAIMED, "").replace('$', "?")
}

/// A value on its way in.
pub struct Bound<'a> {
    value: &'a Value,
    packed: Option<Packed>,
}

impl<'a> From<&'a Value> for Bound<'a> {
    fn from(value: &'a Value) -> Self {
        let packed = if let Value::Text(text) = value { ids::packed(text.as_bytes()) } else { None };
        Bound { value, packed }
    }
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match (self.value, &self.packed) {
            (_, Some(bytes)) => ValueRef::Blob(bytes),
            (Value::Null, _) => ValueRef::Null,
            (Value::Int(n), _) => ValueRef::Integer(*n),
            (Value::Real(n), _) => ValueRef::Real(*n),
            (Value::Text(text), _) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

/// A value on its way out.
pub fn cell(value: ValueRef) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(n) => Value::Real(n),
        ValueRef::Text(text) => Value::Text(said(text)),
        ValueRef::Blob(bytes) => Value::Text(ids::unpacked(bytes).unwrap_or_else(|| said(bytes))),
    }
}

fn said(text: &[u8]) -> String {
    match std::str::from_utf8(text) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(text).into_owned(),
    }
}
