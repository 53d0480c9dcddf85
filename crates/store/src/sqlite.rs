//! SQLite: write-ahead log, one writing connection with group commit, readers beside it. Work is done on
//! the thread that asks: handing it to another costs more than most of it (docs/decisions/0005).

mod fresh;
mod ids;
mod limit;
mod statistics;
mod texts;
mod words;

pub use fresh::file as fresh_file;

use crate::{Care, Engine, Heard, Lane, ReadJob, Reply, WriteJob, gone, private};
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use kernel::{Reader, Refusal, Result, Row, Value, Writer};
use limit::Limit;
use rusqlite::{Connection, ErrorCode, StatementStatus, config::DbConfig};
use std::{
    path::Path,
    sync::{
        Arc, Mutex, TryLockError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use uuid::Uuid;
use words::{Bound, cell, translated};

/// So much of the file is seen where the operating system keeps it, without a copy: as much as SQLite allows.
const SEEN: i64 = 0x7fff_0000;
/// What each connection keeps in memory of the rest, and of what stands in the log, in KiB.
const CACHE: usize = 1_000;
/// The one that writes keeps more: an act touches some twenty pages, many of them again and again.
const WRITERS_CACHE: usize = 4_000;

/// A question has so long, as with PostgreSQL: with a few that never end nobody else would be answered.
const LONGEST: Duration = Duration::from_secs(30);

/// Jobs that one commit may carry.
const GROUP: usize = 64;

pub struct Sqlite {
    /// Reading connections that nobody uses just now.
    idle: (Sender<Session>, Receiver<Session>),
    /// The same for long reads, so that short ones never wait for them.
    long: (Sender<Session>, Receiver<Session>),
    waiting: (Sender<WriteJob>, Receiver<WriteJob>),
    writer: Mutex<Session>,
}

impl Sqlite {
    pub fn open(path: &Path, care: Care, readers: usize) -> Result<Sqlite> {
        if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            private::folder(folder).map_err(|e| Refusal::broken(format!("{}: {e}", folder.display())))?;
        }
        // The log and its index beside it take over who may read them.
        private::file(path).map_err(|e| Refusal::broken(format!("{}: {e}", path.display())))?;
        let mut connection = connect(path, care, WRITERS_CACHE)?;
        ids::bring_up(&mut connection)?;
        statistics::tell(&mut connection)?;
        let idle = reading(path, care, readers, CACHE, Some(LONGEST))?;
        let long = reading(path, care, crate::LONG_READERS, CACHE / 4, None)?;
        Ok(Sqlite { idle, long, waiting: unbounded(), writer: Mutex::new(Session { connection, texts: 0, limit: None }) })
    }
}

impl Engine for Sqlite {
    fn read(&self, job: ReadJob) -> Result<()> {
        on_loan(&self.idle, None, job)
    }

    fn read_long(&self, gone: Arc<AtomicBool>, job: ReadJob) -> Result<()> {
        on_loan(&self.long, Some(gone), job)
    }

    /// Whoever finds the writer free writes for all that wait, in one commit; the others only leave their job.
    fn write(&self, _: Lane, job: WriteJob) -> Result<()> {
        self.waiting.0.send(job).map_err(|_| gone())?;
        while !self.waiting.1.is_empty() {
            let mut session = match self.writer.try_lock() {
                Ok(session) => session,
                Err(TryLockError::WouldBlock) => return Ok(()),
                // A job panicked: what it began is undone, and the connection serves on.
                Err(TryLockError::Poisoned(left)) => {
                    self.writer.clear_poison();
                    let mut session = left.into_inner();
                    session.settle();
                    session
                }
            };
            commit_group(&mut session, &self.waiting.1);
        }
        Ok(())
    }

    fn listen(&self, _: Box<dyn Fn(Heard) + Send>) -> Result<()> {
        Ok(())
    }
}

/// Connections for reading, in the queue that they come home to; each question has so long.
fn reading(path: &Path, care: Care, count: usize, cache: usize, longest: Option<Duration>) -> Result<(Sender<Session>, Receiver<Session>)> {
    let queue = bounded(count);
    for _ in 0..count {
        let connection = connect(path, care, cache)?;
        connection.pragma_update(None, "query_only", true).map_err(broken)?;
        let limit = longest.map(|longest| Limit::on(&connection, longest)).transpose()?;
        queue.0.send(Session { connection, texts: 0, limit }).map_err(|_| gone())?;
    }
    Ok(queue)
}

/// Runs a job on one of the connections; the flag breaks it off.
fn on_loan(queue: &(Sender<Session>, Receiver<Session>), broken_off: Option<Arc<AtomicBool>>, job: ReadJob) -> Result<()> {
    // Whoever holds a connection is running on it, never waiting, so one comes back soon.
    let session = queue.1.recv().map_err(|_| gone())?;
    let mut lent = Lent { session: Some(session), home: &queue.0, watched: broken_off.is_some() };
    let Some(session) = lent.session.as_mut() else { return Err(gone()) };
    if let Some(flag) = broken_off {
        session.connection.progress_handler(STEPS, Some(move || flag.load(Ordering::Relaxed))).map_err(broken)?;
    }
    match session.batch("begin") {
        Ok(()) => job(Ok(session)),
        Err(error) => job(Err(error)),
    }
    Ok(())
}

/// Steps of SQLite's machine between two looks at whether anybody still waits: well under a millisecond.
const STEPS: i32 = 10_000;

/// A reading connection on loan; it goes home whatever happens to the job.
struct Lent<'a> {
    session: Option<Session>,
    home: &'a Sender<Session>,
    watched: bool,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(mut session) = self.session.take() {
            if self.watched
                && let Err(error) = session.connection.progress_handler(0, None::<fn() -> bool>)
            {
                tracing::error!(%error, "taking a flag off a connection");
            }
            session.settle();
            // Nobody waits for it any more once the house is closed.
            let _ = self.home.send(session);
        }
    }
}

/// One transaction for up to `GROUP` waiting jobs; each learns its outcome after the commit.
fn commit_group(session: &mut Session, jobs: &Receiver<WriteJob>) {
    let Ok(first) = jobs.try_recv() else { return };
    if let Err(error) = session.batch("begin immediate") {
        return first(Err(error.clone())).1(Err(error));
    }
    session.texts = 0;
    let mut replies: Vec<Reply> = vec![];
    let mut next = Some(first);
    while let Some(job) = next {
        replies.push(run_one(session, job));
        // A full disk makes SQLite give up the whole; a job that went on would be kept and told that it was not.
        let stands = !session.connection.is_autocommit();
        next = if stands && replies.len() < GROUP { jobs.try_recv().ok() } else { None };
    }
    let committed = session.batch("commit").inspect_err(|error| {
        tracing::error!(%error, "commit");
        let _ = session.batch("rollback");
    });
    for reply in replies {
        reply(committed.clone());
    }
}

fn connect(path: &Path, care: Care, cache: usize) -> Result<Connection> {
    let connection = Connection::open(path).map_err(broken)?;
    let synchronous = if care == Care::Durable { "full" } else { "off" };
    connection
        .execute_batch(&format!(
            "pragma journal_mode = wal; pragma synchronous = {synchronous}; pragma foreign_keys = on;
             pragma busy_timeout = 5000; pragma temp_store = memory; pragma cache_size = -{cache}; pragma mmap_size = {SEEN};"
        ))
        .map_err(broken)?;
    connection.set_prepared_statement_cache_capacity(256);
    ids::teach(&connection)?;
    // Else a statement is planned anew whenever a value might tell whether an index of some rows holds what is asked for. So what
    // such an index is of is written out in the statement and never bound.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(broken)?;
    Ok(connection)
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
    /// Texts that the transaction under way has told full text of.
    texts: usize,
    limit: Option<Limit>,
}

impl Session {
    /// Ends whatever transaction is open.
    fn settle(&mut self) {
        if !self.connection.is_autocommit()
            && let Err(error) = self.batch("rollback")
        {
            tracing::error!(%error, "ending a transaction");
        }
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        match sql.contains(';') {
            true => self.connection.execute_batch(sql).map_err(broken),
            false => self.connection.prepare_cached(sql).and_then(|mut s| s.execute([])).map(drop).map_err(broken),
        }
    }
}

impl Reader for Session {
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let mut found = vec![];
        self.limit.iter().for_each(Limit::begin);
        let read = self.each(sql, params, &mut |row| {
            found.push(row);
            Ok(())
        });
        let given_up = self.limit.as_ref().is_some_and(Limit::end);
        if given_up {
            tracing::warn!(sql, "given up, since it takes too long");
            return Err(Refusal::Busy);
        }
        read.map(|()| found)
    }

    fn search(&mut self, products: &[Uuid], words: &str, tables: &[&str], limit: u32) -> Result<Vec<(String, Uuid)>> {
        texts::search(self, products, words, tables, limit)
    }

    fn each(&mut self, sql: &str, params: &[Value], row: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        crate::STATEMENTS.fetch_add(1, Ordering::Relaxed);
        let mut statement = self.connection.prepare_cached(&translated(sql)).map_err(|e| broken_sql(sql, e))?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(params.iter().map(Bound::from))).map_err(|e| broken_sql(sql, e))?;
        while let Some(found) = rows.next().map_err(|e| broken_sql(sql, e))? {
            let mut cells = Vec::with_capacity(columns);
            for i in 0..columns {
                cells.push(cell(found.get_ref(i).map_err(broken)?));
            }
            row(Row::new(cells))?;
        }
        drop(rows);
        crate::STEPS.fetch_add(statement.reset_status(StatementStatus::VmStep).unsigned_abs().into(), Ordering::Relaxed);
        Ok(())
    }

    fn columns(&mut self, table: &str) -> Result<Vec<String>> {
        let rows = self.query("select name from pragma_table_info($1)", &[Value::Text(table.into())])?;
        rows.into_iter().map(|mut row| row.take()).collect()
    }
    fn integrity(&mut self) -> Result<Vec<String>> {
        let mut found: Vec<String> = vec![];
        self.each("pragma integrity_check", &[], &mut |mut row| {
            found.push(row.take()?);
            Ok(())
        })?;
        found.retain(|line| line != "ok");
        self.each("pragma foreign_key_check", &[], &mut |mut row| {
            let table: String = row.take()?;
            found.push(format!("a row of {table} points at something that is not there"));
            Ok(())
        })?;
        Ok(found)
    }
}

impl Writer for Session {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        crate::STATEMENTS.fetch_add(1, Ordering::Relaxed);
        let mut statement = self.connection.prepare_cached(&translated(sql)).map_err(|e| broken_sql(sql, e))?;
        statement.execute(rusqlite::params_from_iter(params.iter().map(Bound::from))).map(|n| n as u64).map_err(|e| broken_sql(sql, e))
    }

    fn put(&mut self, sql: &str, params: Vec<Value>) -> Result<()> {
        match self.execute(sql, &params)? {
            1 => Ok(()),
            n => Err(Refusal::broken(format!("{n} rows were touched by {sql}"))),
        }
    }

    fn put_any(&mut self, sql: &str, params: Vec<Value>) -> Result<()> {
        self.execute(sql, &params).map(drop)
    }

    fn note(&mut self, table: &'static str, columns: &'static [&'static str], row: Vec<Value>) -> Result<()> {
        let places: Vec<String> = (1..=row.len()).map(|n| format!("${n}")).collect();
        self.put(&format!("insert into {table} ({}) values ({})", columns.join(", "), places.join(", ")), row)
    }

    fn index(&mut self, product: Uuid, table: &str, id: Uuid, text: Option<(&str, &str)>) -> Result<()> {
        self.learn(product, table, id, text)
    }

    fn bring_along(&mut self) -> Result<()> {
        crate::migrations::sqlite_of_rows().try_for_each(|sql| self.execute(sql, &[]).map(drop))
    }

    fn gather(&mut self, anew: bool) -> Result<bool> {
        self.gather_texts(anew)
    }

    fn lock(&mut self, _: Option<&str>) -> Result<()> {
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
