//! PostgreSQL: several connections, each on a thread of its own, all able to read and write.

use crate::{Engine, ReadJob, WriteJob, gone, migrations};
use crossbeam_channel::{Receiver, Sender, unbounded};
use kernel::{Reader, Refusal, Result, Row, Value, Writer};
use postgres::{
    Client, NoTls, Statement,
    error::SqlState,
    fallible_iterator::FallibleIterator,
    types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};
use std::{collections::HashMap, thread};
use uuid::Uuid;

enum Job {
    Read(ReadJob),
    Write(WriteJob),
}

pub struct Postgres {
    jobs: Sender<Job>,
    url: String,
}

impl Postgres {
    pub fn open(url: &str, connections: usize) -> Result<Postgres> {
        apart(|| migrations::postgres(&mut connect(url)?))?;
        let (send, jobs) = unbounded();
        for _ in 0..connections.max(1) {
            let (jobs, url) = (jobs.clone(), url.to_owned());
            thread::Builder::new().name("tandem-postgres".into()).spawn(move || work(&url, &jobs)).map_err(|e| Refusal::broken(e.to_string()))?;
        }
        Ok(Postgres { jobs: send, url: url.to_owned() })
    }
}

impl Engine for Postgres {
    fn read(&self, job: ReadJob) -> Result<()> {
        self.jobs.send(Job::Read(job)).map_err(|_| gone())
    }
    fn write(&self, job: WriteJob) -> Result<()> {
        self.jobs.send(Job::Write(job)).map_err(|_| gone())
    }

    fn listen(&self, heard: Box<dyn Fn(String) + Send>) -> Result<()> {
        let url = self.url.clone();
        thread::Builder::new()
            .name("tandem-listen".into())
            .spawn(move || {
                loop {
                    if let Err(error) = listen(&url, &heard) {
                        tracing::warn!(%error, "listening for other nodes; trying again");
                    }
                    thread::sleep(std::time::Duration::from_secs(1));
                }
            })
            .map(drop)
            .map_err(|e| Refusal::broken(e.to_string()))
    }
}

fn connect(url: &str) -> Result<Client> {
    Client::connect(url, NoTls).map_err(broken)
}

/// The blocking client brings a runtime of its own, which may not start on a thread that serves another.
fn apart<T: Send>(work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    thread::scope(|scope| scope.spawn(work).join()).map_err(|_| gone())?
}

pub fn make_schema(url: &str, schema: &str) -> Result<()> {
    apart(|| connect(url)?.batch_execute(&format!("create schema {schema}")).map_err(broken))
}

fn listen(url: &str, heard: &dyn Fn(String)) -> Result<()> {
    let mut client = connect(url)?;
    client.batch_execute("listen tandem").map_err(broken)?;
    let mut notifications = client.notifications();
    let mut incoming = notifications.blocking_iter();
    while let Some(note) = incoming.next().map_err(broken)? {
        heard(note.payload().to_owned());
    }
    Ok(())
}

fn work(url: &str, jobs: &Receiver<Job>) {
    let mut session: Option<Session> = None;
    for job in jobs {
        if session.as_ref().is_none_or(|s| s.client.is_closed()) {
            session = None;
        }
        let opened = match session.take() {
            Some(open) => Ok(open),
            None => connect(url).map(|client| Session { client, statements: HashMap::new() }),
        };
        match (opened, job) {
            (Ok(mut open), Job::Read(job)) => {
                open.read(job);
                session = Some(open);
            }
            (Ok(mut open), Job::Write(job)) => {
                open.write(job);
                session = Some(open);
            }
            (Err(error), Job::Read(job)) => job(Err(error)),
            (Err(error), Job::Write(job)) => job(Err(error.clone())).1(Err(error)),
        }
    }
}

struct Session {
    client: Client,
    statements: HashMap<String, Statement>,
}

impl Session {
    fn batch(&mut self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).map_err(broken)
    }

    fn read(&mut self, job: ReadJob) {
        match self.batch("begin isolation level repeatable read read only") {
            Ok(()) => {
                job(Ok(self));
                if let Err(error) = self.batch("commit") {
                    tracing::warn!(%error, "ending a read");
                }
            }
            Err(error) => job(Err(error)),
        }
    }

    fn write(&mut self, job: WriteJob) {
        if let Err(error) = self.batch("begin") {
            return job(Err(error.clone())).1(Err(error));
        }
        let (keep, reply) = job(Ok(self));
        reply(self.batch(if keep { "commit" } else { "rollback" }));
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement> {
        if let Some(known) = self.statements.get(sql) {
            return Ok(known.clone());
        }
        let statement = self.client.prepare(sql).map_err(|e| broken_sql(sql, e))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

#[derive(Debug)]
struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self.0, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(n), &Type::INT8) => n.to_sql(ty, out),
            (Value::Int(n), &Type::INT4) => i32::try_from(*n)?.to_sql(ty, out),
            (Value::Int(n), &Type::FLOAT8) => (*n as f64).to_sql(ty, out),
            (Value::Int(n), &Type::BOOL) => (*n != 0).to_sql(ty, out),
            (Value::Int(n), _) => n.to_string().to_sql(&Type::TEXT, out),
            (Value::Real(n), &Type::FLOAT8) => n.to_sql(ty, out),
            (Value::Real(n), _) => Err(format!("a number {n} for {ty}").into()),
            (Value::Text(text), _) => text.to_sql(&Type::TEXT, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

struct Cell(Value);

impl<'a> FromSql<'a> for Cell {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> std::result::Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Cell(match *ty {
            Type::INT8 => Value::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(ty, raw)?.into()),
            Type::BOOL => Value::Int(bool::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => Value::Real(f64::from_sql(ty, raw)?),
            Type::FLOAT4 => Value::Real(f32::from_sql(ty, raw)?.into()),
            Type::NUMERIC => return Err("cast sums to bigint or double precision".into()),
            _ => Value::Text(std::str::from_utf8(raw)?.to_owned()),
        }))
    }
    fn from_sql_null(_: &Type) -> std::result::Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Cell(Value::Null))
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}

impl Reader for Session {
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        crate::STATEMENTS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let statement = self.prepare(sql)?;
        let bound: Vec<Bound> = params.iter().map(Bound).collect();
        let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|b| b as _).collect();
        let rows = self.client.query(&statement, &bound).map_err(|e| broken_sql(sql, e))?;
        rows.iter()
            .map(|row| {
                let cells = (0..row.len())
                    .map(|i| row.try_get::<_, Cell>(i).map(|cell| cell.0).map_err(|e| broken_sql(sql, e)))
                    .collect::<Result<Vec<_>>>()?;
                Ok(Row::new(cells))
            })
            .collect()
    }

    fn search(&mut self, product: Uuid, words: &str, tables: &[&str], limit: u32) -> Result<Vec<(String, Uuid)>> {
        let mut terms: Vec<String> = crate::search_words(words).into_iter().map(|w| format!("'{w}'")).collect();
        if let Some(last) = terms.last_mut() {
            last.push_str(":*");
        }
        if terms.is_empty() {
            return Ok(vec![]);
        }
        let among = tables.iter().map(|t| format!("'{t}'")).collect::<Vec<_>>().join(",");
        let sql = format!(
            "select noun, id from search_doc where product = $1 and noun in ({among}) and words @@ to_tsquery('simple', $2)
             order by ts_rank(words, to_tsquery('simple', $2)) desc limit $3"
        );
        let rows = self.query(&sql, &[Value::Text(product.simple().to_string()), Value::Text(terms.join(" & ")), Value::Int(limit.into())])?;
        rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
    }

    fn each(&mut self, sql: &str, params: &[Value], row: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        crate::cursor::each(self, sql, params, row)
    }

    fn columns(&mut self, table: &str) -> Result<Vec<String>> {
        let rows = self.query(
            "select column_name::text from information_schema.columns
             where table_name = $1 and table_schema = current_schema() order by ordinal_position",
            &[Value::Text(table.into())],
        )?;
        rows.into_iter().map(|mut row| row.take()).collect()
    }
    fn integrity(&mut self) -> Result<Vec<String>> {
        Ok(vec![])
    }
}

impl Writer for Session {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        crate::STATEMENTS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let statement = self.prepare(sql)?;
        let bound: Vec<Bound> = params.iter().map(Bound).collect();
        let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|b| b as _).collect();
        self.client.execute(&statement, &bound).map_err(|e| broken_sql(sql, e))
    }

    fn index(&mut self, product: Uuid, table: &str, id: Uuid, text: Option<(&str, &str)>) -> Result<()> {
        let id = Value::Text(id.simple().to_string());
        match text {
            None => self.execute("delete from search_doc where id = $1", &[id]).map(drop),
            Some((title, body)) => {
                // A tsvector holds at most 1 MiB; a body beyond that is searched by its beginning.
                let body: String = body.chars().take(200_000).collect();
                self.execute(
                    "insert into search_doc (product, noun, id, words)
                     values ($1, $2, $3, setweight(to_tsvector('simple', $4), 'A') || to_tsvector('simple', $5))
                     on conflict (id) do update set words = excluded.words",
                    &[Value::Text(product.simple().to_string()), Value::Text(table.into()), id, Value::Text(title.into()), Value::Text(body)],
                )
                .map(drop)
            }
        }
    }

    fn lock(&mut self, product: Option<Uuid>) -> Result<()> {
        let number = product.map_or(0, |id| (id.as_u128() as i64) ^ ((id.as_u128() >> 64) as i64));
        self.query("select pg_advisory_xact_lock($1)::text", &[Value::Int(number)]).map(drop)
    }
    fn tell(&mut self, payload: &str) -> Result<()> {
        self.query("select pg_notify('tandem', $1)::text", &[Value::Text(payload.into())]).map(drop)
    }
    fn savepoint(&mut self) -> Result<()> {
        self.batch("savepoint inner_work")
    }
    fn release(&mut self) -> Result<()> {
        self.batch("release savepoint inner_work")
    }
    fn rollback(&mut self) -> Result<()> {
        self.batch("rollback to savepoint inner_work; release savepoint inner_work")
    }
    fn reader(&mut self) -> &mut dyn Reader {
        self
    }
}

fn broken_sql(sql: &str, error: postgres::Error) -> Refusal {
    match broken(error) {
        Refusal::Broken(cause) => Refusal::Broken(format!("{cause} in {sql}")),
        other => other,
    }
}

fn broken(error: postgres::Error) -> Refusal {
    match error.code() {
        Some(&SqlState::UNIQUE_VIOLATION) => Refusal::invalid("", "This exists already."),
        Some(&SqlState::DISK_FULL) => Refusal::broken(kernel::refusal::DISK_FULL),
        _ => Refusal::broken(match error.as_db_error() {
            Some(db) => db.message().to_owned(),
            None => format!("{error} {:?}", std::error::Error::source(&error).map(ToString::to_string)),
        }),
    }
}
