//! What changes something on a connection: held back until an answer is needed, where none is needed.

use super::{
    collected::{Collected, Fill},
    session::Session,
    wire::Asked,
};
use kernel::{Reader, Refusal, Result, Value, Writer};
use std::sync::atomic::Ordering;
use uuid::Uuid;

/// PostgreSQL refuses longer news.
const MOST_TOLD: usize = 7_999;

const LOCK: &str = "select pg_advisory_xact_lock(hashtextextended(current_schema() || ':' || $1, 0))";
const SAVEPOINT: &str = "savepoint inner_work";

impl Writer for Session {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        crate::STATEMENTS.fetch_add(1, Ordering::Relaxed);
        self.forget_ahead();
        self.settle_notes();
        self.fly(Some(Asked::bound(&sql.into(), params))).map(|answer| answer.touched)
    }

    fn put(&mut self, sql: &str, params: Vec<Value>) -> Result<()> {
        crate::STATEMENTS.fetch_add(1, Ordering::Relaxed);
        // An update that finds no row is a mistake, which must come to light before the commit does.
        let sql = match sql.starts_with("update ") {
            true => format!("with touched as ({sql} returning 1) select 1 / count(*) from touched"),
            false => sql.to_owned(),
        };
        let table = sql.strip_prefix("insert into ").and_then(|rest| rest.split_once(' ')).map(|(table, _)| table.to_owned());
        self.hold(&sql, params)?;
        table.map_or(Ok(()), |table| self.grow(table))
    }

    fn put_any(&mut self, sql: &str, params: Vec<Value>) -> Result<()> {
        crate::STATEMENTS.fetch_add(1, Ordering::Relaxed);
        self.hold(sql, params)
    }

    fn note(&mut self, table: &'static str, columns: &'static [&'static str], row: Vec<Value>) -> Result<()> {
        if self.collected.note(table, columns, row)? == Fill::Full {
            self.settle_notes();
        }
        Ok(())
    }

    fn index(&mut self, product: Uuid, table: &str, id: Uuid, text: Option<(&str, &str)>) -> Result<()> {
        let id = id.simple().to_string();
        let Some((title, body)) = text else {
            self.collected.forget(&id);
            return self.hold("delete from search_doc where id = $1", vec![Value::Text(id)]);
        };
        if self.collected.index(product, table, &id, title, body) == Fill::Full {
            self.settle_notes();
        }
        Ok(())
    }

    /// The server does so by itself.
    fn bring_along(&mut self) -> Result<()> {
        crate::migrations::postgres_of_rows().try_for_each(|sql| self.execute(sql, &[]).map(drop))
    }

    fn gather(&mut self, _: bool) -> Result<bool> {
        Ok(false)
    }

    fn lock(&mut self, product: Option<&str>) -> Result<()> {
        self.hold(LOCK, vec![Value::Text(product.unwrap_or("").to_owned())])
    }

    fn tell(&mut self, payload: &str) -> Result<()> {
        if payload.len() > MOST_TOLD {
            return Err(Refusal::broken(format!("news of {} bytes are more than other nodes can be told", payload.len())));
        }
        self.hold("select pg_notify('tandem', $1)", vec![Value::Text(payload.into())])
    }

    fn savepoint(&mut self) -> Result<()> {
        // A mistake of before belongs outside.
        self.settle_notes();
        self.flush()?;
        self.hold(SAVEPOINT, vec![])
    }

    fn release(&mut self) -> Result<()> {
        self.settle_notes();
        self.hold("release savepoint inner_work", vec![])?;
        self.flush()
    }

    fn rollback(&mut self) -> Result<()> {
        self.mistake = None;
        self.collected = Collected::default();
        self.forget_ahead();
        if let Some(unsent) = self.held.iter().rposition(|held| held.sql.text() == SAVEPOINT) {
            self.held.truncate(unsent);
            return Ok(());
        }
        self.held.clear();
        self.hold("rollback to savepoint inner_work; release savepoint inner_work", vec![])?;
        self.flush()
    }

    fn reader(&mut self) -> &mut dyn Reader {
        self
    }
}
