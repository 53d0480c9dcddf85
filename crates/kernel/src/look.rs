//! Reading on someone's behalf: a reader together with who asks and where.

use crate::{Area, Noun, Reader, Result, Row, Scope, Value, about::hidden, governed::govern};

/// A reader with its scope. Rooms' queries start from what the scope may see.
pub struct Look<'a> {
    pub reader: &'a mut dyn Reader,
    pub scope: &'a Scope,
    /// Some areas are hidden from the asker, and what is read is told to them. Never while a command decides: what it
    /// writes rests on what there is.
    governs: bool,
}

impl<'a> Look<'a> {
    /// To show someone what they may see.
    pub fn showing(reader: &'a mut dyn Reader, scope: &'a Scope) -> Look<'a> {
        Look { reader, scope, governs: !hidden(scope).is_empty() }
    }

    /// To decide on someone's behalf.
    pub fn deciding(reader: &'a mut dyn Reader, scope: &'a Scope) -> Look<'a> {
        Look { reader, scope, governs: false }
    }

    /// Whether figures of an area may be told here.
    pub fn tells(&self, area: Area) -> bool {
        !self.governs || self.scope.sees(area)
    }

    /// Takes out of a thing what the asker does not see.
    pub fn veil<T: Noun>(&self, thing: &mut T) {
        if self.governs {
            thing.veil(&|area| self.scope.sees(area));
        }
    }

    /// Things by a `where` clause, as they may be shown.
    pub fn find<T: Noun>(&mut self, clause: &str, params: &[Value]) -> Result<Vec<T>> {
        let mut found: Vec<T> = find_rows(self.reader, clause, params)?;
        found.iter_mut().for_each(|thing| self.veil(thing));
        Ok(found)
    }

    /// When it is asked; milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.scope.now
    }

    /// Runs a query, which reads of every noun what the asker may see.
    pub fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        match self.governs {
            true => self.reader.query(&govern(self.scope, sql), params),
            false => self.reader.query(sql, params),
        }
    }

    /// The first row of a query, if any.
    pub fn first(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// One whole number: for counts and sums.
    pub fn number(&mut self, sql: &str, params: &[Value]) -> Result<i64> {
        self.first(sql, params)?.map_or(Ok(0), |mut row| Ok(row.take::<Option<i64>>()?.unwrap_or(0)))
    }
}

/// Nouns by a `where` clause. Neither scoped by product nor judged by who reads: for the workspace's own and for upkeep.
pub fn find_rows<T: Noun>(reader: &mut dyn Reader, clause: &str, params: &[Value]) -> Result<Vec<T>> {
    let sql = format!("select {} from {} {clause}", T::COLUMNS, T::TABLE);
    reader.query(&sql, params)?.into_iter().map(|mut row| T::read(&mut row)).collect()
}
