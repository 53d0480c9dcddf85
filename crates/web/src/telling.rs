//! How changes are told: which field, from what to what, as a person would say it. Proposals, activity and the
//! decision log all tell them here; what a noun's fields are called stands beside the noun (`kernel::about`).

use crate::{components::date, text::files_named, when};
use kernel::{Cell, Change, Look, Names, NounSpec, Result, Scope, Uuid, Value, about, matrix};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// The longest value that is told whole, in characters.
const LONGEST: usize = 160;

/// The names of whatever these changes point at, and of the things themselves.
pub fn names<'a>(look: &mut Look, changed: impl IntoIterator<Item = (&'a str, Uuid, &'a [Change])>) -> Result<Names> {
    let mut wanted: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for (table, id, changes) in changed {
        let Some(noun) = about::noun(table) else { continue };
        if noun.about.keyed {
            wanted.entry(noun.table).or_default().insert(id);
        }
        for change in changes.iter().filter(|c| is_told(noun, c)) {
            let Some(other) = noun.points_at(&change.field) else { continue };
            wanted.entry(other).or_default().extend([&change.from, &change.to].into_iter().filter_map(id_in));
        }
    }
    Names::of(look, wanted)
}

fn id_in(value: &Value) -> Option<Uuid> {
    match value {
        Value::Text(text) => Uuid::parse_str(text).ok(),
        _ => None,
    }
}

/// A field that changed: what it is called, what it was and what it becomes, as far as there is something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub name: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// Whether a change says anything to a person: not what machinery keeps, and no place in an order without its words.
pub fn is_told(noun: &NounSpec, change: &Change) -> bool {
    let field = change.field.as_str();
    let machinery = matches!(field, "removed_at" | "number" | "seal") || field.ends_with("_hash") || noun.about.hushed.contains(&field);
    (!machinery || change.said.is_some()) && (field != "rank" || change.said.is_some()) && noun.table != "relation"
}

/// What changed of a thing, in words. Of a new thing what is set and its label does not say.
pub fn told(scope: &Scope, names: &Names, table: &str, changes: &[Change], label: &str, is_new: bool) -> Vec<Told> {
    let Some(noun) = about::noun(table) else { return vec![] };
    let telling = changes.iter().filter(|c| is_told(noun, c) && about::sees_field(scope, &noun.about, &c.field));
    let mut all: Vec<Told> = telling
        .filter(|c| !is_new || !(c.to.is_unset() || c.field.ends_with("_at")))
        .map(|c| {
            let (from, to) = both(scope, names, noun, c);
            Told { name: noun.called(&c.field), from, to }
        })
        .collect();
    all.retain(|t| t.from != t.to && !(is_new && t.to.as_deref().is_none_or(|to| to == label)));
    all
}

/// Both sides of a change; of long texts the part that differs.
pub fn both(scope: &Scope, names: &Names, noun: &NounSpec, change: &Change) -> (Option<String>, Option<String>) {
    if let Some((from, to)) = &change.said {
        return (Some(from.clone()), Some(to.clone()));
    }
    if let ("agreement", Value::Text(from), Value::Text(to)) = (noun.table, &change.from, &change.to) {
        let (from, to) = matrix::apart(from, to);
        return (Some(from), Some(to));
    }
    let side = |value: &Value| value_in_words(scope, names, noun, &change.field, value);
    differing(side(&change.from), side(&change.to))
}

/// What a field holds, in words; nothing where it holds nothing that can be told.
pub fn value_in_words(scope: &Scope, names: &Names, noun: &NounSpec, field: &str, value: &Value) -> Option<String> {
    // What points at a record held its name before there was one.
    if let (Some(_), Some(id)) = (noun.points_at(field), id_in(value)) {
        return Some(names.called(scope, id).unwrap_or_else(|| "something you do not see".into()));
    }
    let cell = noun.fields.iter().position(|f| *f == field).map_or(Cell::Text, |at| noun.cells[at]);
    match value {
        Value::Null => None,
        Value::Int(n) if cell == Cell::Flag => Some(if *n == 0 { "no" } else { "yes" }.into()),
        Value::Int(n) if is_moment(field) => Some(when::exact(*n, &scope.who.zone)),
        Value::Int(n) if noun.about.shares.contains(&field) => Some(percent(*n as f64)),
        Value::Int(n) => Some(n.to_string()),
        Value::Real(x) if noun.about.shares.contains(&field) => Some(percent(*x)),
        Value::Real(x) => Some(figure(*x)),
        Value::Text(text) if text.trim().is_empty() => None,
        Value::Text(text) if cell == Cell::Json => listed(text),
        Value::Text(text) if field.ends_with("_on") || field == "on_day" => Some(date(scope, text)),
        Value::Text(text) => Some(noun.spoken(field, text).map_or_else(|| files_named(text), str::to_owned)),
    }
}

fn is_moment(field: &str) -> bool {
    field.ends_with("_at") || field.ends_with("_since")
}

/// A list of words with commas; other structures have no words of their own.
fn listed(json: &str) -> Option<String> {
    let words: Vec<String> = serde_json::from_str(json).ok()?;
    (!words.is_empty()).then(|| words.join(", "))
}

/// Two texts as far as they differ, when they are long.
fn differing(from: Option<String>, to: Option<String>) -> (Option<String>, Option<String>) {
    let (Some(a), Some(b)) = (&from, &to) else { return (from.map(|t| cut(&t, 0)), to.map(|t| cut(&t, 0))) };
    if a == b || a.chars().count().max(b.chars().count()) <= LONGEST {
        return (from, to);
    }
    // From the beginning of the word in which they part.
    let same: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let start = a[..same].char_indices().rev().filter(|(_, c)| c.is_whitespace()).nth(3).map_or(0, |(at, c)| at + c.len_utf8());
    (Some(cut(a, start)), Some(cut(b, start)))
}

/// A part of a long text.
fn cut(text: &str, start: usize) -> String {
    let rest = &text[start..];
    let before = if start > 0 { "…" } else { "" };
    match rest.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{before}{}…", rest[..end].trim_end()),
        None => format!("{before}{rest}"),
    }
}

/// A share from 0 to 1 as "60 %", which never breaks over a line.
pub fn percent(share: f64) -> String {
    // Without a sign on nothing.
    format!("{}\u{a0}%", figure((share * 100.0).round() + 0.0))
}

/// A number as it is typed again: whole, without what counting in halves leaves at its end.
pub fn typed(number: f64) -> String {
    format!("{}", (number * 1e9).round() / 1e9 + 0.0)
}

/// A number with two decimals at most, and none that say nothing; large ones in groups of three.
pub fn figure(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    let plain = rounded.abs().to_string();
    let whole = plain.split('.').next().map_or(0, str::len);
    let parted = |at: usize| at > 0 && whole > 4 && at < whole && (whole - at).is_multiple_of(3);
    let sign = (rounded < 0.0).then_some('−');
    sign.into_iter().chain(plain.char_indices().flat_map(|(at, c)| parted(at).then_some(',').into_iter().chain([c]))).collect()
}

impl Told {
    /// "size from 3 to 5", "feature Rain mode", "labels no longer app".
    pub fn line(&self) -> String {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => format!("{} from {from} to {to}", self.name),
            // A sprint that is called “Sprint 12” says itself what it is.
            (None, Some(to)) if to.to_lowercase().starts_with(&self.name.to_lowercase()) => to.clone(),
            (None, Some(to)) => format!("{} {to}", self.name),
            (Some(from), None) => format!("{} no longer {from}", self.name),
            (None, None) => self.name.clone(),
        }
    }
}

/// Changes as a list: the name, what it was, what it becomes.
pub fn changes(told: &[Told]) -> Markup {
    html! { @if !told.is_empty() { dl.changes { @for t in told {
        dt { (crate::capital(&t.name)) }
        dd dir="auto" { @if let Some(from) = &t.from { del { (from) } " " } @if let Some(to) = &t.to { ins { (to) } } }
    } } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_plain() {
        assert_eq!([0.6, -0.001, 1.0, 0.125].map(percent), ["60\u{a0}%", "0\u{a0}%", "100\u{a0}%", "13\u{a0}%"]);
        assert_eq!([0.55 * 100.0, -0.0, 0.0123, 1e6].map(typed), ["55", "0", "0.0123", "1000000"]);
        assert_eq!([3.0, 2.5, -0.0, 0.1 + 0.2].map(figure), ["3", "2.5", "0", "0.3"]);
        assert_eq!([-4.0, 2026.0, 84_000.0, -1_234_567.891].map(figure), ["−4", "2026", "84,000", "−1,234,567.89"]);
    }

    #[test]
    fn long_texts_are_told_where_they_part() {
        let text = |end: &str| Some(format!("{}the quick brown fox {end}", "word ".repeat(100)));
        let (from, to) = differing(text("sleeps"), text("jumps over"));
        assert_eq!(from.as_deref(), Some("…quick brown fox sleeps"));
        assert_eq!(to.as_deref(), Some("…quick brown fox jumps over"));
        assert_eq!(differing(Some("a".into()), None), (Some("a".into()), None));
    }

    #[test]
    fn a_line_tells_from_what_to_what() {
        let told = |from: Option<&str>, to: Option<&str>| Told { name: "size".into(), from: from.map(Into::into), to: to.map(Into::into) }.line();
        assert_eq!(told(Some("3"), Some("5")), "size from 3 to 5");
        assert_eq!(told(None, Some("5")), "size 5");
        assert_eq!(told(None, Some("Size unknown")), "Size unknown");
        assert_eq!(told(Some("3"), None), "size no longer 3");
    }
}
