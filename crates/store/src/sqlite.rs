//! SQLite: write-ahead log, one writing connection with group commit, readers beside it.

use crate::{Care, Engine, ReadJob, Reply, WriteJob, gone, migrations};
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use kernel::{Reader, Refusal, Result, Row, Value, Writer};
use rusqlite::{
    Connection, ErrorCode,
    types::{ToSql, ToSqlOutput, ValueRef},
};
use std::{path::Path, thread};
use uuid::Uuid;

/// Jobs that one commit may carry.
const GROUP: usize = 64;
/// Writers that may wait before the next one is held back.
const QUEUE: usize = 1024;

pub struct Sqlite {
    readers: Sender<ReadJob>,
    writer: Sender<WriteJob>,
}

impl Sqlite {
    pub fn open(path: &Path, care: Care, readers: usize) -> Result<Sqlite> {
        if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|e| Refusal::broken(format!("{}: {e}", folder.display())))?;
        }
        let mut connection = connect(path, care)?;
        migrations::sqlite(&mut connection)?;
        let (writer, jobs) = bounded(QUEUE);
        spawn("tandem-writer", move || write_loop(connection, &jobs))?;
        let (read, jobs) = unbounded();
        for _ in 0..readers {
            let connection = connect(path, care)?;
            connection.pragma_update(None, "query_only", true).map_err(broken)?;
            let jobs = jobs.clone();
            spawn("tandem-reader", move || read_loop(connection, &jobs))?;
        }
        Ok(Sqlite { readers: read, writer })
    }
}

impl Engine for Sqlite {
    fn read(&self, job: ReadJob) -> Result<()> {
        self.readers.send(job).map_err(|_| gone())
    }
    fn write(&self, job: WriteJob) -> Result<()> {
        self.writer.send(job).map_err(|_| gone())
    }
    fn listen(&self, _: Box<dyn Fn(String) + Send>) -> Result<()> {
        Ok(())
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<()> {
    thread::Builder::new().name(name.into()).spawn(work).map(drop).map_err(|e| Refusal::broken(e.to_string()))
}

fn connect(path: &Path, care: Care) -> Result<Connection> {
    let connection = Connection::open(path).map_err(broken)?;
    let synchronous = if care == Care::Durable { "full" } else { "off" };
    connection
        .execute_batch(&format!(
            "pragma journal_mode = wal; pragma synchronous = {synchronous}; pragma foreign_keys = on;
             pragma busy_timeout = 5000; pragma temp_store = memory; pragma cache_size = -8000;"
        ))
        .map_err(broken)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(connection)
}

fn read_loop(connection: Connection, jobs: &Receiver<ReadJob>) {
    let mut session = Session { connection };
    for job in jobs {
        match session.batch("begin") {
            Ok(()) => {
                job(Ok(&mut session));
                if let Err(error) = session.batch("commit") {
                    tracing::warn!(%error, "ending a read");
                }
            }
            Err(error) => job(Err(error)),
        }
    }
}

fn write_loop(connection: Connection, jobs: &Receiver<WriteJob>) {
    let mut session = Session { connection };
    while let Ok(first) = jobs.recv() {
        if let Err(error) = session.batch("begin immediate") {
            first(Err(error.clone())).1(Err(error));
            continue;
        }
        let mut replies: Vec<Reply> = vec![];
        let mut next = Some(first);
        while let Some(job) = next {
            replies.push(run_one(&mut session, job));
            next = if replies.len() < GROUP { jobs.try_recv().ok() } else { None };
        }
        let committed = session.batch("commit").inspect_err(|error| {
            tracing::error!(%error, "commit");
            let _ = session.batch("rollback");
        });
        for reply in replies {
            reply(committed.clone());
        }
    }
}

/// Each job stands in a savepoint, so that one refusal does not undo its neighbours.
fn run_one(session: &mut Session, job: WriteJob) -> Reply {
    if let Err(error) = session.batch("savepoint job") {
        return job(Err(error)).1;
    }
    let (keep, reply) = job(Ok(session));
    let ended = session.batch(if keep { "release job" } else { "rollback to job; release job" });
    match ended {
        Ok(()) => reply,
        Err(error) => Box::new(move |committed| reply(committed.and(Err(error)))),
    }
}

struct Session {
    connection: Connection,
}

impl Session {
    fn batch(&mut self, sql: &str) -> Result<()> {
        match sql.contains(';') {
            true => self.connection.execute_batch(sql).map_err(broken),
            false => self.connection.prepare_cached(sql).and_then(|mut s| s.execute([])).map(drop).map_err(broken),
        }
    }
}

struct Bound<'a>(&'a Value);

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

impl Reader for Session {
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        crate::STATEMENTS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        // SQLite binds $2, $1 in order of appearance; ?2, ?1 by number.
        let mut statement = self.connection.prepare_cached(&sql.replace('$', "?")).map_err(|e| broken_sql(sql, e))?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(params.iter().map(Bound))).map_err(|e| broken_sql(sql, e))?;
        let mut found = vec![];
        while let Some(row) = rows.next().map_err(|e| broken_sql(sql, e))? {
            let cells = (0..columns)
                .map(|i| {
                    Ok(match row.get_ref(i).map_err(broken)? {
                        ValueRef::Null => Value::Null,
                        ValueRef::Integer(n) => Value::Int(n),
                        ValueRef::Real(n) => Value::Real(n),
                        ValueRef::Text(text) | ValueRef::Blob(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                    })
                })
                .collect::<Result<Vec<_>>>()?;
            found.push(Row::new(cells));
        }
        Ok(found)
    }

    fn search(&mut self, product: Uuid, words: &str, tables: &[&str], limit: u32) -> Result<Vec<(String, Uuid)>> {
        // Only the last word may be unfinished; a beginning costs far more than a whole word.
        let mut terms: Vec<String> = crate::search_words(words).into_iter().map(|w| format!("\"{w}\"")).collect();
        if let Some(last) = terms.last_mut() {
            last.push('*');
        }
        if terms.is_empty() {
            return Ok(vec![]);
        }
        let among = tables.iter().map(|t| format!("'{t}'")).collect::<Vec<_>>().join(",");
        let sql = format!(
            "select d.noun, d.id from search_text join search_doc d on d.rowid = search_text.rowid
             where search_text match $1 and d.product = $2 and d.noun in ({among})
             order by bm25(search_text, 4.0, 1.0) limit $3"
        );
        let rows = self.query(&sql, &[Value::Text(terms.join(" ")), Value::Text(product.simple().to_string()), Value::Int(limit.into())])?;
        rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
    }
}

impl Writer for Session {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        crate::STATEMENTS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut statement = self.connection.prepare_cached(&sql.replace('$', "?")).map_err(|e| broken_sql(sql, e))?;
        statement.execute(rusqlite::params_from_iter(params.iter().map(Bound))).map(|n| n as u64).map_err(|e| broken_sql(sql, e))
    }

    fn index(&mut self, product: Uuid, table: &str, id: Uuid, text: Option<(&str, &str)>) -> Result<()> {
        let id = Value::Text(id.simple().to_string());
        let known = self.query("select rowid from search_doc where id = $1", std::slice::from_ref(&id))?.into_iter().next();
        if let Some(mut row) = known {
            let rowid = Value::Int(row.take()?);
            self.execute("delete from search_text where rowid = $1", std::slice::from_ref(&rowid))?;
            self.execute("delete from search_doc where rowid = $1", &[rowid])?;
        }
        if let Some((title, body)) = text {
            let product = Value::Text(product.simple().to_string());
            self.execute("insert into search_doc (product, noun, id) values ($1, $2, $3)", &[product, Value::Text(table.into()), id])?;
            self.execute(
                "insert into search_text (rowid, title, body) values (last_insert_rowid(), $1, $2)",
                &[Value::Text(title.into()), Value::Text(body.into())],
            )?;
        }
        Ok(())
    }

    fn lock(&mut self, _: Option<Uuid>) -> Result<()> {
        Ok(())
    }
    fn tell(&mut self, _: &str) -> Result<()> {
        Ok(())
    }
    fn savepoint(&mut self) -> Result<()> {
        self.batch("savepoint inner_work")
    }
    fn release(&mut self) -> Result<()> {
        self.batch("release inner_work")
    }
    fn rollback(&mut self) -> Result<()> {
        self.batch("rollback to inner_work; release inner_work")
    }
    fn columns(&mut self, table: &str) -> Result<Vec<String>> {
        let rows = self.query("select name from pragma_table_info($1)", &[Value::Text(table.into())])?;
        rows.into_iter().map(|mut row| row.take()).collect()
    }
    fn integrity(&mut self) -> Result<Vec<String>> {
        let mut found: Vec<String> = vec![];
        for mut row in self.query("pragma integrity_check", &[])? {
            found.push(row.take()?);
        }
        found.retain(|line| line != "ok");
        for mut row in self.query("pragma foreign_key_check", &[])? {
            let table: String = row.take()?;
            found.push(format!("a row of {table} points at something that is not there"));
        }
        Ok(found)
    }
    fn reader(&mut self) -> &mut dyn Reader {
        self
    }
}

fn broken_sql(sql: &str, error: rusqlite::Error) -> Refusal {
    match broken(error) {
        Refusal::Broken(cause) => Refusal::Broken(format!("{cause} in {sql}")),
        other => other,
    }
}

fn broken(error: rusqlite::Error) -> Refusal {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Refusal::broken(kernel::refusal::DISK_FULL),
        Some(ErrorCode::ConstraintViolation) if error.to_string().contains("UNIQUE") => Refusal::invalid("", "This exists already."),
        _ => Refusal::broken(error.to_string()),
    }
}
