//! One connection, driven by the thread that uses it: a request is one write, its answer one waiting read. No
//! other thread and no event loop is woken (docs/decisions/0006).

use super::{
    sql::Sql,
    target::{Pipe, Purpose, Target},
};
use crate::{ROUND_TRIPS, lists::spread};
use kernel::{
    Refusal, Value,
    value::{EACH, NUMBERS},
};
use rustc_hash::FxHashMap;
use std::{
    collections::VecDeque,
    future::Future,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Waker},
};
use tokio_postgres::{AsyncMessage, Client, Connection, Error, Row, Statement, error::SqlState, tls::MakeTlsConnect};
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_stream::StreamExt;

/// Prepared statements that one connection keeps.
const MOST_STATEMENTS: usize = 256;

type Tls = <MakeRustlsConnect as MakeTlsConnect<Pipe>>::Stream;

/// What the connection and whoever drives it say to each other: whether the socket may wait for something to read,
/// whether it did so in vain, and what came in unasked.
#[derive(Default)]
pub struct Turn {
    pub may_wait: AtomicBool,
    pub in_vain: AtomicBool,
    /// News of other nodes that has come in.
    pub heard: Mutex<VecDeque<String>>,
}

/// Why a request has no answer.
#[derive(Debug)]
pub enum Fault {
    /// The connection broke, or the server went away with it.
    Lost(String),
    /// The server answered, and said no.
    Refused(Refusal),
}

/// One statement of a flight.
pub struct Asked<'a> {
    pub sql: &'a Sql,
    pub params: &'a [Value],
    /// Words without parameters that are not prepared: `begin`, `commit`, savepoints.
    pub bare: bool,
}

impl<'a> Asked<'a> {
    pub fn bare(sql: &'a Sql) -> Asked<'a> {
        Asked { sql, params: &[], bare: true }
    }
    pub fn bound(sql: &'a Sql, params: &'a [Value]) -> Asked<'a> {
        Asked { sql, params, bare: false }
    }
}

/// What came back for one statement.
#[derive(Default)]
pub struct Answer {
    pub rows: Vec<Row>,
    pub touched: u64,
}

/// An open connection with its prepared statements.
pub struct Wire {
    client: Client,
    /// Gone once the connection broke.
    line: Option<Connection<Pipe, Tls>>,
    turn: Arc<Turn>,
    statements: FxHashMap<Sql, (Statement, u64)>,
    used: u64,
}

impl Wire {
    pub fn open(target: &Target, purpose: Purpose) -> Result<Wire, Fault> {
        let (client, line, turn) = target.connect(purpose)?;
        let mut wire = Wire { client, line: Some(line), turn, statements: FxHashMap::default(), used: 0 };
        match purpose.settings() {
            "" => {}
            settings => drop(wire.fly(&[Asked::bare(&settings.into())])?),
        }
        Ok(wire)
    }

    /// Sends all statements at once and waits for all answers, in order. The first mistake counts: inside a
    /// transaction the server refuses what follows it.
    pub fn fly(&mut self, asked: &[Asked]) -> Result<Vec<Answer>, Fault> {
        self.prepare(asked)?;
        ROUND_TRIPS.fetch_add(1, Ordering::Relaxed);
        let Wire { client, line, turn, statements, .. } = self;
        let client = &*client;
        let flight = asked.iter().map(|one| {
            let statement = statements.get(one.sql).map(|(statement, _)| statement.clone());
            Box::pin(answer(client, statement, one)) as Pin<Box<dyn Future<Output = Result<Answer, Error>> + '_>>
        });
        let answers = drive(line, turn, flight.collect())?;
        let tell = |(one, answer): (&Asked, Result<Answer, Error>)| answer.map_err(|error| fault(&error, Some(one.sql.text())));
        asked.iter().zip(answers).map(tell).collect()
    }

    /// Sends words whose answer nobody waits for; it is passed over when the next one is read.
    pub fn send(&mut self, sql: &str) -> Result<(), Fault> {
        let Wire { client, line, turn, .. } = self;
        let mut words = pin!(client.batch_execute(sql));
        let _ = words.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        poll_line(line, turn, false);
        match line {
            Some(_) => Ok(()),
            None => Err(lost()),
        }
    }

    /// Makes known to the server what it does not know yet, all in one flight.
    fn prepare(&mut self, asked: &[Asked]) -> Result<(), Fault> {
        self.used += 1;
        let mut unknown: Vec<&Sql> = vec![];
        for one in asked.iter().filter(|one| !one.bare) {
            match self.statements.get_mut(one.sql) {
                Some((_, used)) => *used = self.used,
                None if unknown.contains(&one.sql) => {}
                None => unknown.push(one.sql),
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        let client = &self.client;
        let said: Vec<String> = unknown.iter().map(|sql| translated(sql.text())).collect();
        let flight = said.iter().map(|sql| Box::pin(client.prepare(sql)) as Pin<Box<dyn Future<Output = Result<Statement, Error>> + '_>>);
        let prepared = drive(&mut self.line, &self.turn, flight.collect())?;
        for (sql, statement) in unknown.into_iter().zip(prepared) {
            let statement = statement.map_err(|error| fault(&error, Some(sql.text())))?;
            self.statements.insert(sql.clone(), (statement, self.used));
        }
        while self.statements.len() > MOST_STATEMENTS {
            let oldest = self.statements.iter().min_by_key(|(_, (_, used))| *used).map(|(sql, _)| sql.clone());
            oldest.map(|sql| self.statements.remove(&sql));
        }
        Ok(())
    }

    /// Runs work of another's making on this connection.
    pub fn run<T>(&mut self, work: impl AsyncFnOnce(&mut Client) -> T) -> Result<T, Fault> {
        let Wire { client, line, turn, .. } = self;
        let mut done = drive(line, turn, vec![Box::pin(work(client)) as Pin<Box<dyn Future<Output = _> + '_>>])?;
        done.pop().ok_or_else(lost)
    }

    /// Waits for a notification; `None` when the socket has been silent for its time.
    pub fn heard(&mut self) -> Result<Option<String>, Fault> {
        loop {
            let heard = self.turn.heard.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            match heard {
                Some(heard) => return Ok(Some(heard)),
                None if self.line.is_none() => return Err(lost()),
                None if self.turn.in_vain.swap(false, Ordering::Relaxed) => return Ok(None),
                None => {
                    poll_line(&mut self.line, &self.turn, true);
                }
            }
        }
    }
}

async fn answer(client: &Client, statement: Option<Statement>, one: &Asked<'_>) -> Result<Answer, Error> {
    let Some(statement) = statement else {
        client.batch_execute(one.sql.text()).await?;
        return Ok(Answer::default());
    };
    let mut stream = pin!(client.query_raw(&statement, one.params.iter().map(super::cells::Bound)).await?);
    let mut rows = vec![];
    while let Some(row) = stream.as_mut().try_next().await? {
        rows.push(row);
    }
    Ok(Answer { rows, touched: stream.rows_affected().unwrap_or(0) })
}

/// Polls everything until all have ended: first everything goes out, then what comes in is handed to whom it
/// belongs. Answers come in the order of the requests, so only the first unfinished one is asked again.
fn drive<'a, T>(
    line: &mut Option<Connection<Pipe, Tls>>,
    turn: &Turn,
    mut asked: Vec<Pin<Box<dyn Future<Output = T> + 'a>>>,
) -> Result<Vec<T>, Fault> {
    let mut context = Context::from_waker(Waker::noop());
    let mut answers: Vec<Option<T>> = asked.iter().map(|_| None).collect();
    let poll = |i: usize, asked: &mut Vec<Pin<Box<dyn Future<Output = T> + 'a>>>, answers: &mut Vec<Option<T>>, context: &mut Context| {
        if answers[i].is_none()
            && let Poll::Ready(answer) = asked[i].as_mut().poll(context)
        {
            answers[i] = Some(answer);
        }
        answers[i].is_some()
    };
    for i in 0..asked.len() {
        poll(i, &mut asked, &mut answers, &mut context);
    }
    let mut next = 0;
    // After news or a notice there may be more that has been read already.
    let mut more = false;
    loop {
        while next < asked.len() && poll(next, &mut asked, &mut answers, &mut context) {
            next += 1;
        }
        if next == asked.len() {
            return Ok(answers.into_iter().flatten().collect());
        }
        if line.is_none() || turn.in_vain.swap(false, Ordering::Relaxed) {
            *line = None;
            return Err(lost());
        }
        // A connection reads before it writes, so what is to be written goes out before anything is waited for.
        if poll_line(line, turn, false) {
            more = true;
        } else if more {
            more = false;
        } else {
            more = poll_line(line, turn, true);
        }
    }
}

/// Lets the connection write what is to be written and read what is there; `wait` for one reading at most. Says
/// whether the server had something to tell that nobody asked for.
fn poll_line(line: &mut Option<Connection<Pipe, Tls>>, turn: &Turn, wait: bool) -> bool {
    let Some(open) = line else { return false };
    turn.may_wait.store(wait, Ordering::Relaxed);
    let polled = open.poll_message(&mut Context::from_waker(Waker::noop()));
    turn.may_wait.store(false, Ordering::Relaxed);
    match polled {
        Poll::Pending => false,
        Poll::Ready(Some(Ok(AsyncMessage::Notification(note)))) => {
            turn.heard.lock().unwrap_or_else(PoisonError::into_inner).push_back(note.payload().to_owned());
            true
        }
        Poll::Ready(Some(Ok(_))) => true,
        // Whoever waits for an answer learns of the end as soon as the connection is dropped.
        Poll::Ready(None | Some(Err(_))) => {
            *line = None;
            false
        }
    }
}

fn lost() -> Fault {
    Fault::Lost("the connection to the database broke".into())
}

/// `in each($2)` and `in numbers($2)` as this database says them.
fn translated(sql: &str) -> String {
    let said = spread(sql, EACH, |place| format!("= any(array(select json_array_elements_text({place}::json)))"));
    spread(&said, NUMBERS, |place| format!("= any(array(select json_array_elements_text({place}::json)::bigint))")).into_owned()
}

/// What a mistake of the driver means to us.
pub fn fault(error: &Error, sql: Option<&str>) -> Fault {
    let Some(db) = error.as_db_error() else {
        let cause = std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default();
        // Anything but the server's own words and our own parameters is the connection's end.
        return match sql {
            Some(sql) if !error.is_closed() && error.to_string().contains("parameter") => {
                Fault::Refused(Refusal::broken(format!("{error}{cause} in {sql}")))
            }
            _ => Fault::Lost(format!("{error}{cause}")),
        };
    };
    let code = db.code();
    let going = [
        &SqlState::ADMIN_SHUTDOWN,
        &SqlState::CRASH_SHUTDOWN,
        &SqlState::CANNOT_CONNECT_NOW,
        &SqlState::TOO_MANY_CONNECTIONS,
        &SqlState::IDLE_SESSION_TIMEOUT,
        &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    ];
    let broke = code.code().starts_with("08") && code != &SqlState::PROTOCOL_VIOLATION;
    if broke || going.contains(&code) {
        return Fault::Lost(db.message().to_owned());
    }
    let busy = [&SqlState::LOCK_NOT_AVAILABLE, &SqlState::QUERY_CANCELED, &SqlState::T_R_DEADLOCK_DETECTED, &SqlState::T_R_SERIALIZATION_FAILURE];
    Fault::Refused(match code {
        code if busy.contains(&code) => {
            tracing::warn!(cause = db.message(), sql, "the database gave up waiting");
            Refusal::Busy
        }
        &SqlState::UNIQUE_VIOLATION => Refusal::invalid("", "This exists already."),
        &SqlState::CHARACTER_NOT_IN_REPERTOIRE | &SqlState::UNTRANSLATABLE_CHARACTER => {
            Refusal::invalid("", "This holds a character that cannot be kept.")
        }
        &SqlState::DISK_FULL => Refusal::broken(kernel::refusal::DISK_FULL),
        _ => Refusal::broken(sql.map_or_else(|| db.message().to_owned(), |sql| format!("{} in {sql}", db.message()))),
    })
}
