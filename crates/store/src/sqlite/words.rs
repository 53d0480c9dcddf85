//! SQL and values as SQLite has them.

use kernel::Value;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

/// SQLite binds $2, $1 in order of appearance; ?2, ?1 by number. A list is JSON to it.
pub fn translated(sql: &str) -> String {
    let mut said = String::with_capacity(sql.len() + 16);
    // A list of numbers is one as well. Nearly no statement has one, and each comes by here.
    let numbers = if sql.contains(kernel::value::NUMBERS) { sql.replace(kernel::value::NUMBERS, kernel::value::EACH) } else { String::new() };
    let mut rest = if numbers.is_empty() { sql } else { &numbers };
    while let Some((before, after)) = rest.split_once(kernel::value::EACH) {
        let (place, behind) = after.split_once(')').unwrap_or((after, ""));
        said = said + before + "in (select value from json_each(" + place + "))";
        rest = behind;
    }
    // One writer at a time: there is nobody to skip.
    (said + rest).replace(kernel::value::UNCLAIMED, "").replace('$', "?")
}

pub struct Bound<'a>(pub &'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Real(n) => ValueRef::Real(*n),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

pub fn cell(value: ValueRef) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(n) => Value::Real(n),
        ValueRef::Text(text) | ValueRef::Blob(text) => Value::Text(match std::str::from_utf8(text) {
            Ok(text) => text.to_owned(),
            Err(_) => String::from_utf8_lossy(text).into_owned(),
        }),
    }
}
