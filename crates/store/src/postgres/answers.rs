//! Answers that still hold. A question that is asked again while nothing was written in between has the same answer, so it
//! need not travel: the frame of each page, a board that a whole team looks at, a page that one comes back to. Whether
//! nothing was written the database says itself: two snapshots that list the same transactions see the same rows.

use super::sql::Sql;
use kernel::{Row, Value};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::{
    hash::{Hash, Hasher},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// What a reading sees, in words; nothing on a standby, whose snapshots do not list what is under way. When the server was
/// started stands beside it, since one that takes another's place may count transactions anew that the other had lost.
pub const MARK: &str = "select case when not pg_is_in_recovery() then concat(pg_current_snapshot(), ' ', pg_postmaster_start_time()) end";

/// Bytes that a kept cell, row and answer take besides their texts, about.
const CELL: usize = size_of::<Value>();
const ROW: usize = 2 * size_of::<Vec<Value>>();
const ANSWER: usize = 200;
/// No answer takes more than this part of the room.
const PART: usize = 4;
/// So many questions are known to have been asked.
const MOST_ASKED: usize = 8_192;

/// The state of the database that a reading sees.
#[derive(Clone, Debug)]
pub struct Mark {
    words: String,
    /// Later readings have greater ones, nearly always: it is given when the mark arrives.
    nth: u64,
}

/// What all connections of a node have been answered.
pub struct Answers {
    room: usize,
    readings: AtomicU64,
    kept: Mutex<Kept>,
}

/// All of it is of one mark.
#[derive(Default)]
struct Kept {
    mark: Option<Mark>,
    answers: Told,
    size: usize,
    /// Questions that were asked before: only what is asked a second time is kept, and most that hold a moment never are.
    asked: FxHashSet<u64>,
}

struct Answer {
    sql: Sql,
    params: Vec<Value>,
    rows: Arc<[Vec<Value>]>,
    size: usize,
}

type Told = FxHashMap<u64, Answer>;

impl Answers {
    /// Keeps so many bytes; none where there is no room.
    pub fn new(room: usize) -> Arc<Answers> {
        Arc::new(Answers { room, readings: AtomicU64::default(), kept: Mutex::default() })
    }

    /// Whether answers are kept at all.
    pub fn are_kept(&self) -> bool {
        self.room > 0
    }

    /// The mark that `MARK` was answered with.
    pub fn mark(&self, words: String) -> Mark {
        Mark { words, nth: self.readings.fetch_add(1, Ordering::Relaxed) }
    }

    /// A connection was opened anew: the server may have lost what it had not written down, and count on from there.
    pub fn forget(&self) {
        let mut kept = self.kept();
        kept.mark = None;
        let gone = kept.empty();
        drop(kept);
        drop(gone);
    }

    /// What a question was answered under this mark.
    pub fn recall(&self, mark: &Mark, sql: &Sql, params: &[Value]) -> Option<Vec<Row>> {
        let rows = self.kept().find(mark, sql, params)?.rows.clone();
        Some(rows.iter().cloned().map(Row::new).collect())
    }

    /// Takes note of an answer.
    pub fn keep(&self, mark: &Mark, sql: &Sql, params: &[Value], rows: &[Row]) {
        let cells = rows.iter().flat_map(Row::left).chain(params).map(weight).sum::<usize>();
        let size = ANSWER + sql.text().len() + ROW * rows.len() + cells;
        if size > self.room / PART || !lasts(sql.text()) {
            return;
        }
        let question = hashed(sql, params);
        if !self.kept().wants(mark, question, sql, params) {
            return;
        }
        let rows = rows.iter().map(|row| row.left().to_vec()).collect();
        let answer = Answer { sql: sql.clone(), params: params.to_vec(), rows, size };
        // What goes is given back after others may look again.
        let gone = self.kept().take_in(mark, question, answer, self.room);
        drop(gone);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn find(&self, mark: &Mark, sql: &Sql, params: &[Value]) -> Option<&Answer> {
        self.mark.as_ref().filter(|of| of.words == mark.words)?;
        self.answers.get(&hashed(sql, params)).filter(|answer| answer.sql == *sql && answer.params == params)
    }

    /// Whether an answer is to be kept: to what was asked before, and is not here yet.
    fn wants(&mut self, mark: &Mark, question: u64, sql: &Sql, params: &[Value]) -> bool {
        if self.asked.len() >= MOST_ASKED {
            self.asked.clear();
        }
        !self.asked.insert(question) && self.find(mark, sql, params).is_none()
    }

    /// Takes an answer in, unless it is of an older mark than what is here; what went for it.
    fn take_in(&mut self, mark: &Mark, question: u64, answer: Answer, room: usize) -> Told {
        let mut gone = Told::default();
        match &self.mark {
            Some(of) if of.words == mark.words => {}
            Some(of) if of.nth > mark.nth => return gone,
            _ => {
                gone = self.empty();
                self.mark = Some(mark.clone());
            }
        }
        if self.size + answer.size > room {
            gone = self.empty();
        }
        self.size += answer.size;
        if let Some(same) = self.answers.insert(question, answer) {
            self.size -= same.size;
        }
        gone
    }

    fn empty(&mut self) -> Told {
        self.size = 0;
        std::mem::take(&mut self.answers)
    }
}

/// Whether an answer stays true while nothing is written: what looks at the clock, or at the server itself, does not.
fn lasts(sql: &str) -> bool {
    sql.starts_with("select ") && !sql.contains("machine_time") && !sql.contains("pg_")
}

fn weight(value: &Value) -> usize {
    CELL + if let Value::Text(text) = value { text.len() } else { 0 }
}

fn hashed(sql: &Sql, params: &[Value]) -> u64 {
    let mut hasher = FxHasher::default();
    sql.hash(&mut hasher);
    for param in params {
        match param {
            Value::Null => hasher.write_u8(0),
            Value::Int(n) => hasher.write_i64(*n),
            Value::Real(n) => hasher.write_u64(n.to_bits()),
            Value::Text(text) => text.hash(&mut hasher),
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<Row> {
        vec![Row::new(vec![Value::Text(text.into()), Value::Int(7)])]
    }

    fn told(answers: &Answers, mark: &Mark, sql: &str) -> Option<String> {
        answers.recall(mark, &sql.into(), &[Value::Int(1)]).map(|mut rows| rows.remove(0).take().unwrap())
    }

    #[test]
    fn an_answer_holds_under_its_mark_alone() {
        let answers = Answers::new(10_000);
        let [before, after] = ["1:1: today", "1:2: today"].map(|words| answers.mark(words.into()));
        let sql = "select a".into();
        answers.keep(&before, &sql, &[Value::Int(1)], &row("once"));
        assert_eq!(told(&answers, &before, "select a"), None, "it was asked only once");
        answers.keep(&before, &sql, &[Value::Int(1)], &row("twice"));
        assert_eq!(told(&answers, &before, "select a").as_deref(), Some("twice"));
        let others = [answers.recall(&before, &sql, &[Value::Int(2)]), answers.recall(&before, &"select b".into(), &[Value::Int(1)])];
        assert!(others.iter().all(Option::is_none));
        let size = answers.kept().size;
        answers.keep(&before, &sql, &[Value::Int(1)], &row("twice"));
        assert_eq!(answers.kept().size, size, "the same answer takes its room once");
        assert_eq!(told(&answers, &after, "select a"), None, "something was written");

        answers.keep(&after, &sql, &[Value::Int(1)], &row("anew"));
        answers.keep(&before, &sql, &[Value::Int(1)], &row("late"));
        assert_eq!(told(&answers, &after, "select a").as_deref(), Some("anew"), "a reading that began before drives nothing out");
        assert_eq!(told(&answers, &before, "select a"), None);
        answers.forget();
        assert_eq!(told(&answers, &after, "select a"), None, "a connection broke");
    }

    #[test]
    fn what_looks_at_the_clock_or_is_too_much_is_asked_each_time() {
        let answers = Answers::new(10_000);
        let mark = answers.mark("1:1: today".into());
        let long = "x".repeat(5_000);
        for _ in 0..3 {
            answers.keep(&mark, &"select now from machine_time".into(), &[Value::Int(1)], &row("now"));
            answers.keep(&mark, &"fetch 10 from rows".into(), &[Value::Int(1)], &row("rows"));
            answers.keep(&mark, &"select long".into(), &[Value::Int(1)], &row(&long));
        }
        assert!(answers.kept().answers.is_empty());
        for n in 0..100 {
            (0..2).for_each(|_| answers.keep(&mark, &"select a".into(), &[Value::Int(n)], &row("some words")));
        }
        let kept = answers.kept();
        assert!(kept.size <= 10_000 && (1..100).contains(&kept.answers.len()), "{} bytes of {}", kept.size, kept.answers.len());
    }
}
