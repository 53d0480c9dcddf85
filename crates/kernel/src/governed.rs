//! What a room reads with SQL of its own is governed too: where the reader does not see all of a noun, its table is
//! read through a selection of what they may see. So no query can forget to ask.

use crate::{
    Cell, NounSpec, Scope,
    about::{Readable, may_read, noun, sees_field},
};
use std::fmt::Write;

/// The same SQL, reading only what the scope may read.
pub fn govern(scope: &Scope, sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 256);
    let mut rest = sql;
    while let Some((before, table, after)) = next_table(rest) {
        out.push_str(before);
        match noun(table).and_then(|noun| selection(scope, noun)) {
            None => out.push_str(table),
            Some(selection) => {
                out.push_str(&selection);
                // Where the query gives the table no name of its own, it keeps the one it has.
                if !is_named(after) {
                    let _ = write!(out, " {table}");
                }
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Splits before and after the next table that is read.
fn next_table(sql: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let (at, word) = ["from", "join"].iter().filter_map(|word| Some((find_word(&sql[from..], word)? + from, word.len()))).min()?;
        let start = at + word + sql[at + word..].len() - sql[at + word..].trim_start().len();
        let end = start + sql[start..].find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(sql.len() - start);
        if end > start {
            return Some((&sql[..start], &sql[start..end], &sql[end..]));
        }
        from = start;
    }
}

/// Where a word stands by itself.
fn find_word(sql: &str, word: &str) -> Option<usize> {
    let part_of_word = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b'.';
    sql.match_indices(word).map(|(at, _)| at).find(|at| {
        let bytes = sql.as_bytes();
        let free_before = *at == 0 || !part_of_word(bytes[at - 1]);
        free_before && bytes.get(at + word.len()).is_some_and(u8::is_ascii_whitespace)
    })
}

/// What may follow a table that has no name of its own.
const NEXT: &[&str] =
    &["where", "left", "join", "inner", "cross", "on", "order", "group", "limit", "union", "having", "natural", "right", "full", "window", "for"];

/// Whether the query gives the table another name.
fn is_named(after: &str) -> bool {
    let word: &str = after.trim_start().split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or("");
    after.starts_with(char::is_whitespace) && !word.is_empty() && !NEXT.contains(&word)
}

/// What the scope may see of a noun, as a table; `None` where that is all of it.
fn selection(scope: &Scope, noun: &NounSpec) -> Option<String> {
    let readable = may_read(scope, noun.table, &noun.about);
    let veiled: Vec<&str> = noun.about.veiled.iter().map(|(field, _)| *field).filter(|field| !sees_field(scope, &noun.about, field)).collect();
    if readable == Readable::All && veiled.is_empty() {
        return None;
    }
    let mut sql = String::from("(select id, product, version, created_at, updated_at, removed_at");
    for (field, cell) in noun.fields.iter().zip(noun.cells) {
        let _ = match (veiled.contains(field), cell) {
            (false, _) => write!(sql, ", {field}"),
            (true, Cell::Json | Cell::Text | Cell::Id | Cell::Named) => write!(sql, ", cast(null as text) as {field}"),
            (true, Cell::Whole | Cell::Flag) => write!(sql, ", cast(null as bigint) as {field}"),
            (true, Cell::Real) => write!(sql, ", cast(null as double precision) as {field}"),
        };
    }
    let _ = match readable {
        Readable::All => write!(sql, " from {})", noun.table),
        other => write!(sql, " from {} where 1 = 1{})", noun.table, other.and()),
    };
    Some(sql)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_found_where_they_are_read() {
        let found = |sql: &'static str| {
            let (mut rest, mut all) = (sql, vec![]);
            while let Some((_, table, after)) = next_table(rest) {
                all.push((table, is_named(after)));
                rest = after;
            }
            all
        };
        assert_eq!(found("select 1 from story where from_id = 1"), [("story", false)]);
        assert_eq!(found("select x.from_id from need n\n left join story on story.id = n.id"), [("need", true), ("story", false)]);
        assert_eq!(found("select (select count(*) from criterion) from (select id from feature) as f"), [("criterion", false), ("feature", false)]);
        assert_eq!(found("select id from story s join sprint as p on 1 = 1"), [("story", true), ("sprint", true)]);
        assert_eq!(found("select informal from\n  story"), [("story", false)]);
        assert_eq!(found("select a as valid_from from story"), [("story", false)], "a word within a word is none");
        assert_eq!(found("select xfrom from story"), [("story", false)]);
        assert_eq!(found("from story"), [("story", false)]);
        assert_eq!(found("select (select max(id) from story ) from need"), [("story", false), ("need", false)]);
    }
}
