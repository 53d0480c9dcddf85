//! A transaction on one connection. What needs no answer is held back and goes out with what does: `begin` with
//! the first question, changes with the next question or with `commit`, and questions that usually follow with the
//! one that they follow.

use super::{
    answers::{Answers, MARK, Mark},
    cells,
    collected::Collected,
    grown::Grown,
    habits::{Habits, Thread},
    sql::Sql,
    target::{Purpose, Target},
    wire::{Answer, Asked, Fault, Wire},
};
use kernel::{Reader, Refusal, Result, Row, Value};
use std::sync::{Arc, atomic::Ordering};
use uuid::Uuid;

/// Changes that go out together at most: more would fill both sockets while nobody reads.
const MOST_HELD: usize = 64;

/// Something that is sent with the next flight.
pub(super) struct Held {
    pub(super) sql: Sql,
    params: Vec<Value>,
}

impl Held {
    fn asked(&self) -> Asked<'_> {
        Asked { sql: &self.sql, params: &self.params, bare: self.params.is_empty() }
    }
}

/// A question asked ahead of its time, and its rows once they are there.
struct Ahead {
    sql: Sql,
    params: Vec<Value>,
    rows: Option<Vec<Row>>,
}

#[derive(PartialEq)]
pub(super) enum State {
    /// Nothing was sent yet: a broken connection may still be replaced.
    Fresh,
    Open,
    /// The connection broke on the way: nothing of this transaction will be kept.
    Broken,
}

pub struct Session {
    target: Arc<Target>,
    purpose: Purpose,
    wire: Option<Wire>,
    pub(super) state: State,
    pub(super) held: Vec<Held>,
    pub(super) collected: Collected,
    ahead: Vec<Ahead>,
    pub(super) thread: Thread,
    habits: Arc<Habits>,
    answers: Arc<Answers>,
    /// What this reading sees, once its first question is answered.
    mark: Option<Mark>,
    /// Why the transaction cannot be kept any more, unless it is taken back to a savepoint.
    pub(super) mistake: Option<Refusal>,
    grown: Grown,
}

impl Session {
    pub fn new(target: Arc<Target>, purpose: Purpose, habits: Arc<Habits>, answers: Arc<Answers>) -> Session {
        let thread = Thread::default();
        Session {
            target,
            purpose,
            thread,
            habits,
            answers,
            mark: None,
            wire: None,
            state: State::Fresh,
            held: vec![],
            collected: Collected::default(),
            ahead: vec![],
            mistake: None,
            grown: Grown::default(),
        }
    }

    /// Ends a reading: nobody waits for the answer.
    pub fn end_reading(&mut self) {
        if self.state == State::Open
            && let Some(wire) = &mut self.wire
            && wire.send("commit").is_err()
        {
            self.wire = None;
        }
        self.reset();
    }

    /// Keeps what was written.
    pub fn commit(&mut self) -> Result<()> {
        let kept = self.commit_now();
        self.reset();
        kept
    }

    fn commit_now(&mut self) -> Result<()> {
        self.settle_notes();
        // A connection that has died meanwhile shows itself here, where it can still be replaced.
        let begun = if self.state == State::Fresh { self.flush() } else { Ok(()) };
        if let Some(mistake) = self.mistake.take() {
            self.roll_back();
            return Err(mistake);
        }
        begun?;
        match (&self.state, &mut self.wire) {
            (State::Fresh, _) => return Ok(()),
            (State::Open, Some(wire)) => {
                let commit = "commit".into();
                let mut flight: Vec<Asked> = self.held.iter().map(Held::asked).collect();
                flight.push(Asked::bare(&commit));
                match wire.fly(&flight) {
                    Ok(_) => return Ok(()),
                    Err(Fault::Refused(refusal)) => {
                        // A transaction with a mistake in it is taken back by its commit.
                        return Err(refusal);
                    }
                    Err(Fault::Lost(cause)) => tracing::error!(cause, "the answer to a commit was lost"),
                }
            }
            _ => return Err(Refusal::Away),
        }
        self.wire = None;
        Err(Refusal::Unknown)
    }

    /// Takes back what was written.
    pub fn roll_back(&mut self) {
        if self.state == State::Open
            && let Some(wire) = &mut self.wire
            && wire.fly(&[Asked::bare(&"rollback".into())]).is_err()
        {
            self.wire = None;
        }
        self.reset();
    }

    /// Gives the connection up, and with it whatever is under way.
    pub fn drop_wire(&mut self) {
        self.wire = None;
        self.reset();
    }

    fn reset(&mut self) {
        self.state = State::Fresh;
        self.held.clear();
        self.mistake = None;
        self.collected = Collected::default();
        self.forget_ahead();
        self.mark = None;
        self.thread = Thread::default();
    }

    /// What was asked ahead holds only until something changes.
    pub(super) fn forget_ahead(&mut self) {
        self.ahead.clear();
        self.thread.ends(&self.habits);
    }

    /// Sends all that is held, and one question if there is one; its answer.
    pub(super) fn fly(&mut self, question: Option<Asked>) -> Result<Answer> {
        if self.state == State::Broken {
            return Err(Refusal::Away);
        }
        let begin = match self.purpose {
            Purpose::Read => "begin isolation level repeatable read read only".into(),
            _ => "begin".into(),
        };
        let fresh = self.state == State::Fresh;
        let mut flight: Vec<Asked> = vec![];
        flight.extend(fresh.then(|| Asked::bare(&begin)));
        flight.extend(self.held.iter().map(Held::asked));
        let ahead = self.ahead.iter().filter(|a| a.rows.is_none());
        flight.extend(ahead.map(|a| Asked::bound(&a.sql, &a.params)));
        flight.extend(question);
        let mut again = fresh && self.wire.is_some();
        let mut answers = loop {
            let open = match self.wire.take() {
                Some(open) => Ok(open),
                None => Wire::open(&self.target, self.purpose).inspect(|_| self.answers.forget()),
            };
            let flown = open.and_then(|mut wire| {
                let flown = wire.fly(&flight);
                if !matches!(flown, Err(Fault::Lost(_))) {
                    self.wire = Some(wire);
                }
                flown
            });
            match flown {
                Ok(answers) => break answers,
                Err(Fault::Refused(refusal)) => {
                    self.state = State::Open;
                    self.held.clear();
                    self.mistake = Some(refusal.clone());
                    return Err(refusal);
                }
                // It stood idle and has died: nothing was done on it, so a new one may begin again.
                Err(Fault::Lost(_)) if again => again = false,
                Err(Fault::Lost(cause)) => {
                    tracing::warn!(cause, "the database is away");
                    self.state = State::Broken;
                    return Err(Refusal::Away);
                }
            }
        };
        self.state = State::Open;
        let mut rest = answers.split_off(usize::from(fresh) + self.held.len());
        self.held.clear();
        let answer = if rest.len() > self.ahead.iter().filter(|a| a.rows.is_none()).count() { rest.pop() } else { None };
        for (ahead, answer) in self.ahead.iter_mut().filter(|a| a.rows.is_none()).zip(rest) {
            ahead.rows = Some(cells::read(ahead.sql.text(), &answer.rows)?);
        }
        Ok(answer.unwrap_or_default())
    }

    /// The answer to what was asked ahead.
    fn taken(&mut self, sql: &Sql, params: &[Value]) -> Result<Option<Vec<Row>>> {
        let Some(known) = self.ahead.iter().position(|a| a.sql == *sql && a.params == params) else { return Ok(None) };
        let rows = self.ahead.swap_remove(known).rows;
        rows.map(Some).ok_or_else(|| Refusal::broken("a question asked ahead has no answer"))
    }

    fn keep(&self, sql: &Sql, params: &[Value], rows: &[Row]) {
        if let Some(mark) = &self.mark {
            self.answers.keep(mark, sql, params, rows);
        }
    }

    pub(super) fn flush(&mut self) -> Result<()> {
        match self.held.is_empty() {
            true => Ok(()),
            false => self.fly(None).map(drop),
        }
    }

    pub(super) fn hold(&mut self, sql: &str, params: Vec<Value>) -> Result<()> {
        self.forget_ahead();
        self.held.push(Held { sql: sql.into(), params });
        match self.held.len() < MOST_HELD {
            true => Ok(()),
            false => self.flush(),
        }
    }

    /// Counts a new row, and has the planner look when they have become many.
    pub(super) fn grow(&mut self, table: String) -> Result<()> {
        self.grown.row(table).map_or(Ok(()), |look| self.hold(&look, vec![]))
    }

    /// Collected rows join what is held.
    pub(super) fn settle_notes(&mut self) {
        self.held.extend(self.collected.settle().into_iter().map(|(sql, params)| Held { sql: sql.as_str().into(), params }));
    }
}

impl Reader for Session {
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        crate::STATEMENTS.fetch_add(1, Ordering::Relaxed);
        let asked = Sql::from(sql);
        if let Some(rows) = self.taken(&asked, params)? {
            self.thread.took(&asked, params);
            self.keep(&asked, params, &rows);
            return Ok(rows);
        }
        if let Some(rows) = self.mark.as_ref().and_then(|mark| self.answers.recall(mark, &asked, params)) {
            self.thread.took(&asked, params);
            return Ok(rows);
        }
        if self.collected.concerns(sql) {
            self.settle_notes();
        }
        if !sql.starts_with("select ") {
            // It may change something: a cursor, a setting.
            self.forget_ahead();
        }
        for (sql, params) in self.thread.asks(&asked, params, &self.habits) {
            let rows = self.mark.as_ref().and_then(|mark| self.answers.recall(mark, &sql, &params));
            self.ahead.push(Ahead { sql, params, rows });
        }
        let marks = self.state == State::Fresh && self.purpose == Purpose::Read && self.answers.are_kept();
        if marks {
            self.ahead.push(Ahead { sql: MARK.into(), params: vec![], rows: None });
        }
        let answer = self.fly(Some(Asked::bound(&asked, params)));
        if answer.is_err() {
            self.thread.refused();
        }
        let answer = answer?;
        let rows = cells::read(sql, &answer.rows)?;
        if marks {
            let told = self.taken(&MARK.into(), &[])?.and_then(|rows| rows.into_iter().next());
            let words: Option<String> = told.map_or(Ok(None), |mut row| row.take())?;
            self.mark = words.map(|words| self.answers.mark(words));
        }
        self.thread.answered(&rows);
        self.keep(&asked, params, &rows);
        Ok(rows)
    }

    fn search(&mut self, products: &[Uuid], words: &str, tables: &[&str], limit: u32) -> Result<Vec<(String, Uuid)>> {
        super::texts::search(self, products, words, tables, limit)
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
