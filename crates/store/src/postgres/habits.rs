//! Which questions usually follow another. A page asks much the same each time, so with a question go those that
//! followed it before and need no answer of one another. Rooms know nothing of it; a guess that nobody asks for costs
//! the database a query and is soon given up.

use super::sql::Sql;
use kernel::{Row, Value};
use rustc_hash::FxHashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Beginnings that are remembered, and what follows each.
const MOST_BEGINNINGS: usize = 1024;
const MOST_FOLLOWERS: usize = 48;
/// A question whose guesses have failed with so many parameters is not guessed at any more.
const MOST_ALIKE: usize = 2;
/// Ids, keys of sessions and the like: found among what is known, or else not to be guessed.
const LONG: usize = 24;
/// Numbers beyond are moments, which do not come again.
const MOMENT: i64 = 1_000_000_000;

/// A guess is made while it has trust. Being wrong costs twice what being right brings, so that what follows only
/// now and then is not guessed at.
type Trust = i8;
const NEW: Trust = 1;
const MOST_TRUST: Trust = 4;
const LEAST_TRUST: Trust = -6;

type Question = (Sql, Vec<Value>);

/// Where a parameter comes from.
#[derive(Clone, Debug, PartialEq)]
enum Source {
    /// It is the same each time.
    Fixed(Value),
    /// It stands at this place among what is known when the beginning is asked, and is a whole number or is none.
    Known(usize, bool),
}

#[derive(Clone, Debug)]
struct Follower {
    sql: Sql,
    params: Vec<Source>,
    trust: Trust,
}

/// The question that says who asks, and the one that begins: what is known stands in the order of both.
type Key = (Option<Sql>, Sql);
type Beginnings = FxHashMap<Key, Vec<Follower>>;

/// What is known when a question begins: of who asks, and its own parameters.
#[derive(Clone, Copy)]
struct Known<'a>(&'a [Value], &'a [Value]);

impl<'a> Known<'a> {
    fn at(self, place: usize) -> Option<&'a Value> {
        self.0.get(place).or_else(|| self.1.get(place - self.0.len()))
    }
    fn place(self, value: &Value) -> Option<usize> {
        self.0.iter().chain(self.1).position(|known| known == value)
    }
}

/// What all connections have learned.
#[derive(Default)]
pub struct Habits {
    by_beginning: Mutex<Beginnings>,
}

impl Habits {
    fn known(&self) -> MutexGuard<'_, Beginnings> {
        self.by_beginning.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A question that was sent, with what was guessed to follow.
struct Beginning {
    key: Key,
    params: Vec<Value>,
    guessed: Vec<Question>,
    /// How many questions stood before what follows it.
    at: usize,
}

/// One transaction's questions so far.
#[derive(Default)]
pub struct Thread {
    /// Parameters and answer of the very first question, which says who asks, and where.
    who: Vec<Value>,
    who_asked: Option<Sql>,
    who_is_known: bool,
    beginnings: Vec<Beginning>,
    asked: Vec<Question>,
}

impl Thread {
    /// A question is about to be sent: what should go with it.
    pub fn asks(&mut self, sql: &Sql, params: &[Value], habits: &Habits) -> Vec<Question> {
        if !self.who_is_known {
            self.who = params.to_vec();
            self.who_asked = Some(sql.clone());
            return vec![];
        }
        self.asked.push((sql.clone(), params.to_vec()));
        let key = (self.who_asked.clone(), sql.clone());
        let coming = |question: &Question| self.beginnings.iter().any(|b| b.guessed.contains(question)) || self.asked.contains(question);
        let guessed: Vec<Question> = habits
            .known()
            .get(&key)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter(|f| f.trust > 0)
            .filter_map(|f| Some((f.sql.clone(), filled(&f.params, Known(&self.who, params))?)))
            .filter(|question| !coming(question))
            .collect();
        self.beginnings.push(Beginning { key, params: params.to_vec(), guessed: guessed.clone(), at: self.asked.len() });
        guessed
    }

    /// The answer to the very first question belongs to what is known.
    pub fn answered(&mut self, rows: &[Row]) {
        if !self.who_is_known {
            self.who.extend(rows.first().into_iter().flat_map(Row::left).cloned());
            self.who_is_known = true;
        }
    }

    /// The question that was sent last could not be answered: asked ahead, it would spoil what it comes with.
    pub fn refused(&mut self) {
        self.asked.pop();
        self.beginnings.pop();
    }

    /// A question was answered by what had been guessed.
    pub fn took(&mut self, sql: &Sql, params: &[Value]) {
        self.asked.push((sql.clone(), params.to_vec()));
    }

    /// Something changes or the transaction is over: what was guessed is void, and is learned from.
    pub fn ends(&mut self, habits: &Habits) {
        let beginnings = std::mem::take(&mut self.beginnings);
        if !beginnings.is_empty() {
            let mut habits = habits.known();
            for (i, beginning) in beginnings.iter().enumerate() {
                learn(beginning, &beginnings[..i], &self.who, &self.asked[beginning.at..], &mut habits);
            }
        }
        self.asked.clear();
    }
}

fn learn(beginning: &Beginning, before: &[Beginning], who: &[Value], followed: &[Question], habits: &mut Beginnings) {
    if habits.len() >= MOST_BEGINNINGS && !habits.contains_key(&beginning.key) {
        habits.clear();
    }
    let known = Known(who, &beginning.params);
    let followers = habits.entry(beginning.key.clone()).or_default();
    for follower in followers.iter_mut() {
        let Some(params) = filled(&follower.params, known) else { continue };
        let right = followed.iter().any(|(sql, p)| *sql == follower.sql && *p == params);
        follower.trust = if right { (follower.trust + 1).min(MOST_TRUST) } else { (follower.trust - 2).max(LEAST_TRUST) };
    }
    let guessed = |question: &Question| beginning.guessed.contains(question) || before.iter().any(|b| b.guessed.contains(question));
    for question in followed.iter().filter(|question| question.0.text().starts_with("select ") && !guessed(question)) {
        let (sql, params) = question;
        let Some(params) = params.iter().map(|value| source(value, known)).collect::<Option<Vec<_>>>() else { continue };
        let alike = || followers.iter().filter(|f| f.sql == *sql);
        let changes_each_time = alike().filter(|f| f.trust <= 0).count() >= MOST_ALIKE;
        if followers.len() < MOST_FOLLOWERS && !changes_each_time && !alike().any(|f| f.params == params) {
            followers.push(Follower { sql: sql.clone(), params, trust: NEW });
        }
    }
}

fn source(value: &Value, known: Known) -> Option<Source> {
    let known = known.place(value).map(|place| Source::Known(place, is_whole(value)));
    match value {
        Value::Text(text) if text.len() >= LONG => known,
        Value::Int(n) if n.abs() >= MOMENT => known,
        // The number of a page's own thing is a parameter of its question; 0 and 1 may be anything.
        Value::Int(n) if n.abs() >= 2 => known.or_else(|| Some(Source::Fixed(value.clone()))),
        _ => Some(Source::Fixed(value.clone())),
    }
}

fn is_whole(value: &Value) -> bool {
    matches!(value, Value::Int(_))
}

fn filled(params: &[Source], known: Known) -> Option<Vec<Value>> {
    let fill = |source: &Source| match source {
        Source::Fixed(value) => Some(value.clone()),
        Source::Known(place, whole) => known.at(*place).filter(|value| **value == Value::Null || is_whole(value) == *whole).cloned(),
    };
    params.iter().map(fill).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    /// One page's questions; how many of them came along with the first.
    fn page(habits: &Habits, product: &str, number: i64, own: &str) -> usize {
        let mut thread = Thread::default();
        thread.asks(&"who".into(), &[text("a word of a session, which is long")], habits);
        thread.answered(&[Row::new(vec![text("Mara"), text(product)])]);
        let guessed = thread.asks(&"story".into(), &[text(product), Value::Int(number)], habits);
        let mut came = 0;
        let follow = [
            ("select criteria", vec![text(product), Value::Int(number)]),
            ("select limit", vec![text(product), Value::Int(100)]),
            ("select own", vec![text(own)]),
        ];
        for (sql, params) in follow {
            match guessed.contains(&(sql.into(), params.clone())) {
                true => {
                    thread.took(&sql.into(), &params);
                    came += 1;
                }
                false => drop(thread.asks(&sql.into(), &params, habits)),
            }
        }
        thread.ends(habits);
        came
    }

    #[test]
    fn what_follows_is_learned_for_other_products_and_numbers() {
        let habits = Habits::default();
        assert_eq!(page(&habits, "a product's id, long enough", 7, "an id from an earlier answer"), 0);
        assert_eq!(page(&habits, "another product's id, also long", 9, "another id from an answer"), 2, "all but the one that needs an answer");
    }

    #[test]
    fn a_wrong_guess_is_given_up() {
        let habits = Habits::default();
        let visit = |rank: &str| {
            let mut thread = Thread::default();
            thread.asks(&"who".into(), &[], &habits);
            thread.answered(&[]);
            let guessed = thread.asks(&"page".into(), &[], &habits).len();
            thread.asks(&"select after".into(), &[text(rank)], &habits);
            thread.ends(&habits);
            guessed
        };
        let guesses: Vec<usize> = ('a'..='z').map(|rank| visit(&rank.to_string())).collect();
        assert!(guesses.iter().all(|n| *n <= 3) && guesses[10..].iter().sum::<usize>() == 0, "{guesses:?}");
    }
}
