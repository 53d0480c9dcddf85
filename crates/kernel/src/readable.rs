//! Which rows of a noun someone may read, as a condition in SQL, and which of their fields: the one rule behind pages, doors,
//! search, history, export and the stream.

use crate::{
    Area, Change, Scope, Standing, Value,
    about::{About, Reading, noun, nouns},
};
use std::fmt::Write;

/// Which rows of a noun someone may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readable {
    All,
    Nothing,
    /// Those for which this SQL holds.
    Where(String),
}

impl Readable {
    fn when(holds: bool) -> Readable {
        if holds { Readable::All } else { Readable::Nothing }
    }

    /// Those for which both hold.
    fn also(self, other: Readable) -> Readable {
        match (self, other) {
            (Readable::All, side) | (side, Readable::All) => side,
            (Readable::Where(a), Readable::Where(b)) => Readable::Where(format!("{a} and {b}")),
            _ => Readable::Nothing,
        }
    }

    /// As a condition that begins with ` and`; empty for all.
    pub fn and(&self) -> String {
        match self {
            Readable::All => String::new(),
            Readable::Nothing => " and 1 = 0".into(),
            Readable::Where(sql) => format!(" and {sql}"),
        }
    }
}

/// What of a noun a reader may read. The SQL names its columns with the noun's table, and whoever reads with `$me` (see [`Look`](crate::Look)).
pub fn may_read(scope: &Scope, table: &str, about: &About) -> Readable {
    match about.read {
        Reading::Anyone => Readable::All,
        Reading::Nobody => Readable::Nothing,
        Reading::Sees(area) => Readable::when(scope.sees(area)),
        Reading::SeesWith(area, _) if !scope.sees(area) => Readable::Nothing,
        Reading::Says(area) => Readable::when(scope.standing(area).1 >= Standing::Proposes),
        Reading::ByRoom => Readable::All,
        Reading::Own(_) | Reading::OwnUnless(..) | Reading::Company(_) => own(scope, table, about.read),
        Reading::Alongside(noun, id, _) => {
            own(scope, table, about.read).also(subject(scope, &format!("'{noun}'"), &format!("{table}.{id}"), &[noun], true))
        }
        Reading::Of(noun, id) => subject(scope, &format!("'{noun}'"), &format!("{table}.{id}"), &[noun], true),
        _ if hidden(scope).is_empty() => Readable::All,
        Reading::OwnArea => Readable::Where(format!("{table}.area not in ({})", quoted(hidden(scope).iter().map(|a| a.word())))),
        Reading::OfEach(ends) | Reading::SeesWith(_, ends) => {
            let sides = ends.iter().map(|(noun, id)| match subject(scope, &format!("'{noun}'"), &format!("{table}.{id}"), &[noun], true) {
                Readable::All => Readable::All,
                Readable::Nothing => Readable::Where(format!("{table}.{id} is null")),
                Readable::Where(sql) => Readable::Where(format!("({table}.{id} is null or ({sql}))")),
            });
            sides.fold(Readable::All, Readable::also)
        }
        Reading::Between(ends) => {
            let all: Vec<&str> = nouns().iter().map(|n| n.table).filter(|n| *n != table).collect();
            let sides = ends.iter().map(|(noun, id)| subject(scope, &format!("{table}.{noun}"), &format!("{table}.{id}"), &all, false));
            sides.fold(Readable::All, Readable::also)
        }
    }
}

/// What rests on who the reader is. An assistant and a token for some areas are nobody in particular here: what is
/// private is a person's.
fn own(scope: &Scope, table: &str, read: Reading) -> Readable {
    let known = scope.who.member.is_some() && scope.who.assistant.is_none() && scope.who.reach.areas.is_empty();
    match read {
        Reading::OwnUnless(_, open) if !known => Readable::Where(format!("{table}.{open} = 1")),
        Reading::OwnUnless(member, open) => Readable::Where(format!("({table}.{open} = 1 or {table}.{member} = $me)")),
        Reading::Own(member) if known => Readable::Where(format!("{table}.{member} = $me")),
        Reading::Alongside(_, id, member) if known => Readable::Where(format!(
            "exists (select 1 from {table} mine where mine.{id} = {table}.{id} and mine.{member} = $me and mine.removed_at is null)"
        )),
        Reading::Company(member) if scope.who.member.is_some() && scope.who.reach.areas.is_empty() => Readable::Where(format!(
            "({table}.{member} = $me or exists (select 1 from membership mine join membership theirs on theirs.product = mine.product
             where mine.member = $me and mine.removed_at is null and theirs.member = {table}.{member} and theirs.removed_at is null))"
        )),
        _ => Readable::Nothing,
    }
}

/// The areas that someone does not see.
pub fn hidden(scope: &Scope) -> Vec<Area> {
    Area::ALL.iter().copied().filter(|area| !scope.sees(*area)).collect()
}

/// The condition that a thing, told by SQL for its noun and its id, may be read; among nouns that it can be. What is
/// itself about others (a comment, a link, a part of one) is looked into only when `deep`, or it would never end: where
/// something can be about things of many kinds, none of them is such a one ([`NounSpec::of`](crate::NounSpec::of)).
fn subject(scope: &Scope, noun_sql: &str, id_sql: &str, among: &[&str], deep: bool) -> Readable {
    let mut shut: Vec<&str> = vec![];
    let mut sql = String::new();
    for spec in among.iter().filter_map(|table| noun(table)) {
        let shallow = !deep && spec.about.read.is_between();
        match if shallow { Readable::All } else { may_read(scope, spec.table, &spec.about) } {
            Readable::All => {}
            Readable::Nothing => shut.push(spec.table),
            Readable::Where(holds) => {
                let table = spec.table;
                let _ = write!(sql, " and ({noun_sql} <> '{table}' or exists (select 1 from {table} where {table}.id = {id_sql} and {holds}))");
            }
        }
    }
    if !shut.is_empty() {
        let _ = write!(sql, " and {noun_sql} not in ({})", quoted(shut.into_iter()));
    }
    match sql.strip_prefix(" and ") {
        None => Readable::All,
        Some(sql) => Readable::Where(sql.to_owned()),
    }
}

/// The condition that lines of activity may be read: their area is seen, and so is the thing they are about.
pub fn may_read_activity(scope: &Scope) -> Readable {
    let shut = hidden(scope);
    // What only some with a say may read (invitations), or only its member, is kept back even from those who see every area.
    let all: Vec<&str> = nouns().iter().map(|n| n.table).collect();
    let subject = subject(scope, "activity.noun", "activity.noun_id", &all, true);
    if shut.is_empty() {
        return subject;
    }
    let areas = quoted(shut.iter().map(|a| a.word()));
    let seen = format!("(activity.area is null or activity.area not in ({areas}))");
    match subject {
        Readable::All => Readable::Where(seen),
        Readable::Where(subject) => Readable::Where(format!("{seen} and {subject}")),
        Readable::Nothing => Readable::Nothing,
    }
}

/// Whether someone may read a field of a noun.
pub fn sees_field(scope: &Scope, about: &About, field: &str) -> bool {
    !about.veiled.iter().any(|(veiled, area)| *veiled == field && !scope.sees(*area))
}

/// What the cell of a field tells a reader.
pub fn shown(scope: &Scope, about: &About, field: &str, value: Value) -> Value {
    if !sees_field(scope, about, field) {
        return Value::Null;
    }
    match (about.within.iter().find(|(within, _)| *within == field), value) {
        (Some((_, veil)), Value::Text(cell)) if !hidden(scope).is_empty() => Value::Text(veil(&cell, &|area| scope.sees(area))),
        (_, value) => value,
    }
}

/// The same for a change of a field.
pub fn show_change(scope: &Scope, about: &About, change: &mut Change) {
    for value in [&mut change.from, &mut change.to] {
        *value = shown(scope, about, &change.field, std::mem::replace(value, Value::Null));
    }
}

/// Words of ours as a list in SQL.
fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|w| format!("'{w}'")).collect::<Vec<_>>().join(", ")
}
