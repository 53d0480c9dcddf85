//! Reading on someone's behalf: a reader together with who asks and where.

use crate::{Noun, Reader, Result, Row, Scope, Value};

/// A reader with its scope. Rooms' queries start from what the scope may see.
pub struct Look<'a> {
    pub reader: &'a mut dyn Reader,
    pub scope: &'a Scope,
}

impl Look<'_> {
    /// When it is asked; milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.scope.now
    }

    pub fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        self.reader.query(sql, params)
    }

    /// The first row of a query, if any.
    pub fn first(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>> {
        Ok(self.reader.query(sql, params)?.into_iter().next())
    }

    /// One whole number: for counts and sums.
    pub fn number(&mut self, sql: &str, params: &[Value]) -> Result<i64> {
        self.first(sql, params)?.map_or(Ok(0), |mut row| Ok(row.take::<Option<i64>>()?.unwrap_or(0)))
    }
}

/// Nouns by a `where` clause. Not scoped by product: for nouns of the workspace and for `Noun::all`.
pub fn find_rows<T: Noun>(reader: &mut dyn Reader, clause: &str, params: &[Value]) -> Result<Vec<T>> {
    let sql = format!("select {} from {} {clause}", T::COLUMNS, T::TABLE);
    reader.query(&sql, params)?.into_iter().map(|mut row| T::read(&mut row)).collect()
}
