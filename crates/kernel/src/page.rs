//! Pages of lists: each begins after the last thing of the one before, told by its place in the order and its id, so
//! that nothing is lost between things that share a place and nothing shifts while others write.

use crate::{Refusal, Result};
use schemars::JsonSchema;
use serde::Serialize;
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Where a page ends: what the list is ordered by, and the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark<K> {
    pub at: K,
    pub id: Uuid,
}

impl<K: FromStr + fmt::Display> Mark<K> {
    pub fn new(at: K, id: Uuid) -> Mark<K> {
        Mark { at, id }
    }

    /// Reads a mark as it was written; empty text is the beginning.
    ///
    /// # Errors
    /// `Invalid` in the field `after`.
    pub fn read(text: &str) -> Result<Option<Mark<K>>> {
        if text.is_empty() {
            return Ok(None);
        }
        let parts = text.rsplit_once('~').and_then(|(at, id)| Some(Mark { at: at.parse().ok()?, id: Uuid::parse_str(id).ok()? }));
        parts.map(Some).ok_or_else(|| Refusal::invalid("after", "This is no place where a page ended; send the `next` of the page before."))
    }
}

impl<K: fmt::Display> fmt::Display for Mark<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.at, self.id.simple())
    }
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Paged<T> {
    pub items: Vec<T>,
    /// What to send as `after` for the next page; none at the end.
    pub next: Option<String>,
}

impl<T> Paged<T> {
    /// Cuts what was read with one row more than asked for.
    pub fn cut<K: FromStr + fmt::Display>(mut items: Vec<T>, most: usize, mark: impl Fn(&T) -> Mark<K>) -> Paged<T> {
        let more = items.len() > most;
        items.truncate(most);
        Paged { next: items.last().filter(|_| more).map(|last| mark(last).to_string()), items }
    }
}

/// The most rows that a page may have.
pub const MOST: i64 = 500;
/// Rows on a page where nobody says otherwise.
pub const USUAL: i64 = 100;

/// A limit from outside: 1 to [`MOST`].
///
/// # Errors
/// `Invalid` in the field `limit`.
pub fn limit(asked: Option<i64>) -> Result<usize> {
    match asked.unwrap_or(USUAL) {
        n @ 1..=MOST => Ok(n as usize),
        n => Err(Refusal::invalid("limit", format!("A page has 1 to {MOST} rows; {n} were asked for."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_back_as_they_were() {
        let mark = Mark::new("0a~b.c".to_owned(), Uuid::from_u128(7));
        assert_eq!(Mark::read(&mark.to_string()), Ok(Some(mark)));
        assert_eq!(Mark::<i64>::read(""), Ok(None));
        for bad in ["5", "x~00000000000000000000000000000007", "5~7", "~"] {
            assert!(Mark::<i64>::read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_page_says_whether_there_is_another() {
        let cut = |n: usize| Paged::cut((0..n).collect(), 3, |i| Mark::new(*i as i64, Uuid::nil()));
        assert_eq!((cut(3).items.len(), cut(3).next), (3, None));
        assert_eq!((cut(4).items.len(), cut(4).next.is_some()), (3, true));
    }
}
