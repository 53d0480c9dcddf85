//! Reading on someone's behalf: a reader together with who asks and where.

use crate::{
    Area, Column, Noun, NounSpec, Reader, Result, Row, Scope, Value,
    about::{Readable, hidden, may_read, private},
    governed::govern,
    list,
    room::Found,
};
use std::borrow::Cow;
use uuid::Uuid;

/// A reader with its scope. Rooms' queries start from what the scope may see.
pub struct Look<'a> {
    pub reader: &'a mut dyn Reader,
    pub scope: &'a Scope,
    /// What is read is told to the asker. Never while a command decides: what it writes rests on what there is.
    tells: bool,
    /// Some areas are hidden from them.
    governs: bool,
}

impl<'a> Look<'a> {
    /// To show someone what they may see.
    pub fn showing(reader: &'a mut dyn Reader, scope: &'a Scope) -> Look<'a> {
        Look { reader, scope, tells: true, governs: !hidden(scope).is_empty() }
    }

    /// To decide on someone's behalf.
    pub fn deciding(reader: &'a mut dyn Reader, scope: &'a Scope) -> Look<'a> {
        Look { reader, scope, tells: false, governs: false }
    }

    /// Whether what is read is shown to somebody, and no command decides on it.
    pub fn is_shown(&self) -> bool {
        self.tells
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
        let (clause, params) = asked_by(self.scope, clause, params);
        let mut found: Vec<T> = find_rows(self.reader, &clause, &params)?;
        found.iter_mut().for_each(|thing| self.veil(thing));
        Ok(found)
    }

    /// When it is asked; milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.scope.now
    }

    /// Things of a noun by a `where` clause, seen without their type.
    pub fn found(&mut self, noun: &NounSpec, clause: &str, params: &[Value]) -> Result<Vec<Found>> {
        let (clause, params) = asked_by(self.scope, clause, params);
        (noun.find)(self.reader, &clause, &params)
    }

    /// Things of the product at hand by their ids, as far as the asker may see them.
    pub fn things(&mut self, noun: &NounSpec, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<Found>> {
        let product = self.scope.product_id()?;
        let readable = may_read(self.scope, noun.table, &noun.about);
        if readable == Readable::Nothing {
            return Ok(vec![]);
        }
        let clause = format!("where product = $1 and id in each($2) and removed_at is null{}", readable.and());
        self.found(noun, &clause, &[product.value(), list(ids)])
    }

    /// One of them.
    pub fn thing(&mut self, noun: &NounSpec, id: Uuid) -> Result<Option<Found>> {
        Ok(self.things(noun, [id])?.pop())
    }

    /// Runs a query, which reads of every noun what the asker may see. `$me` in it is the member who asks.
    pub fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let sql = self.governed(sql);
        let (sql, params) = asked_by(self.scope, &sql, params);
        self.reader.query(&sql, &params)
    }

    /// The same row by row, for what is too long to be kept.
    pub fn each(&mut self, sql: &str, params: &[Value], row: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        let (sql, params) = asked_by(self.scope, sql, params);
        self.reader.each(&sql, &params, row)
    }

    fn governed<'s>(&self, sql: &'s str) -> Cow<'s, str> {
        match self.governs || self.tells && private().iter().any(|table| sql.contains(table)) {
            true => govern(self.scope, sql).into(),
            false => sql.into(),
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

/// SQL in which `$me` is the member who asks, with them among its parameters where it names them. So what is private is
/// asked for in the same words by everyone, and a prepared statement serves all.
fn asked_by<'a>(scope: &Scope, sql: &'a str, params: &'a [Value]) -> (Cow<'a, str>, Cow<'a, [Value]>) {
    if !sql.contains("$me") {
        return (sql.into(), params.into());
    }
    let me = scope.who.member.map_or(Value::Text(String::new()), |member| member.value());
    let params: Vec<Value> = params.iter().cloned().chain([me]).collect();
    (sql.replace("$me", &format!("${}", params.len())).into(), params.into())
}

/// Nouns by a `where` clause. Neither scoped by product nor judged by who reads: for the workspace's own and for upkeep.
pub fn find_rows<T: Noun>(reader: &mut dyn Reader, clause: &str, params: &[Value]) -> Result<Vec<T>> {
    let sql = format!("select {} from {} {clause}", T::COLUMNS, T::TABLE);
    reader.query(&sql, params)?.into_iter().map(|mut row| T::read(&mut row)).collect()
}
