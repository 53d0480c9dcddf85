//! TOML with the line of everything, and the taking apart of its tables.

use crate::{
    Fault,
    text::{shows, steers},
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// So many letters one text of a table has; so many tables a list, and so many words one of words.
const LONGEST: usize = 4_000;
const MOST_TABLES: usize = 60;
const MOST_WORDS: usize = 40;

/// A value and the line on which it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub line: usize,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
    List(Vec<Node>),
    /// In the order in which it is written.
    Table(Vec<(String, Node)>),
    /// A date.
    Other,
}

impl Node {
    /// Reads a file; the first thing that is no TOML, otherwise.
    pub fn parse(file: &str, text: &str) -> Result<Node, Fault> {
        match DeTable::parse(text) {
            Ok(table) => {
                let node = Node { line: 1, value: entries(&Lines::of(text), table.get_ref()) };
                node.odd().map_or(Ok(node), |(line, says)| Err(Fault::of(file, line, says)))
            }
            Err(wrong) => {
                let line = wrong.span().map_or(0, |span| Lines::of(text).of_byte(span.start));
                Err(Fault::of(file, line, format!("This is no TOML: {}.", wrong.message())))
            }
        }
    }

    /// The first text or key, by its line, in which a letter does not show, or that nobody reads to its end.
    fn odd(&self) -> Option<(usize, String)> {
        let wrong = |text: &str| match text.chars().find(|c| steers(*c)) {
            Some(c) => Some(format!("There is a letter here that does not show (U+{:04X}).", u32::from(c))),
            None => (text.len() > LONGEST && text.chars().count() > LONGEST).then(|| format!("A text here has more than {LONGEST} letters.")),
        };
        match &self.value {
            Value::Text(text) => wrong(text).map(|says| (self.line, says)),
            Value::List(list) => list.iter().find_map(Node::odd),
            Value::Table(entries) => entries.iter().find_map(|(key, node)| wrong(key).map(|says| (node.line, says)).or_else(|| node.odd())),
            Value::Whole(_) | Value::Number(_) | Value::Flag(_) | Value::Other => None,
        }
    }

    pub fn number(&self) -> Option<f64> {
        match self.value {
            Value::Whole(whole) => Some(whole as f64),
            Value::Number(number) if number.is_finite() => Some(number),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    pub fn table(&self) -> Option<&[(String, Node)]> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }
}

/// At which bytes the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The line, from 1, on which a byte stands.
    fn of_byte(&self, at: usize) -> usize {
        self.0.partition_point(|begins| *begins <= at)
    }
}

fn entries(lines: &Lines, table: &DeTable) -> Value {
    let mut found: Vec<(usize, String, Node)> = table
        .iter()
        .map(|(key, value)| {
            let mut node = node(lines, value);
            node.line = lines.of_byte(key.span().start);
            (key.span().start, key.get_ref().to_string(), node)
        })
        .collect();
    found.sort_by_key(|(at, ..)| *at);
    Value::Table(found.into_iter().map(|(_, key, node)| (key, node)).collect())
}

fn node(lines: &Lines, value: &Spanned<DeValue>) -> Node {
    let found = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(whole) => i64::from_str_radix(whole.as_str(), whole.radix()).map_or(Value::Other, Value::Whole),
        DeValue::Float(number) => number.as_str().parse().map_or(Value::Other, Value::Number),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(_) => Value::Other,
        DeValue::Array(list) => Value::List(list.iter().map(|item| node(lines, item)).collect()),
        DeValue::Table(table) => entries(lines, table),
    };
    let mut line = lines.of_byte(value.span().start);
    // The tables of a list all begin where the first of them does; each stands right above its first key.
    if let Value::Table(entries) = &found
        && let Some((_, first)) = entries.first()
    {
        line = line.max(first.line.saturating_sub(1));
    }
    Node { line, value: found }
}

/// A table that is taken apart key by key. What is missing, of the wrong type or unknown becomes a fault, and the
/// value something empty, so that all faults are told at once.
pub(crate) struct Taken<'a, 'f> {
    file: &'static str,
    /// What it is called in sentences: “the fact “churn””.
    pub what: String,
    pub line: usize,
    entries: &'a [(String, Node)],
    asked: Vec<&'static str>,
    pub faults: &'f mut Vec<Fault>,
}

impl<'a, 'f> Taken<'a, 'f> {
    pub fn of(file: &'static str, what: impl Into<String>, node: &'a Node, faults: &'f mut Vec<Fault>) -> Taken<'a, 'f> {
        let what = what.into();
        let entries = node.table().unwrap_or_else(|| {
            faults.push(Fault::of(file, node.line, format!("{what} should be a table.")));
            &[]
        });
        Taken { file, what, line: node.line, entries, asked: vec![], faults }
    }

    pub fn wrong(&mut self, line: usize, says: impl Into<String>) {
        self.faults.push(Fault::of(self.file, line, says));
    }

    /// The line of a key, or of the table where it has none.
    pub fn line_of(&self, key: &str) -> usize {
        self.entries.iter().find(|(known, _)| known == key).map_or(self.line, |(_, node)| node.line)
    }

    /// Says something about what stands at a key.
    pub fn wrong_at(&mut self, key: &str, says: impl Into<String>) {
        self.wrong(self.line_of(key), says);
    }

    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(known, _)| known == key)
    }

    pub fn maybe(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        self.entries.iter().find(|(known, _)| known == key).map(|(_, node)| node)
    }

    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        let found = self.maybe(key);
        if found.is_none() {
            let says = format!("“{key}” is missing in {}.", self.what);
            self.wrong(self.line, says);
        }
        found
    }

    fn fits<T>(&mut self, key: &str, node: Option<&'a Node>, wanted: &str, read: impl Fn(&'a Node) -> Option<T>) -> Option<T> {
        let node = node?;
        let found = read(node);
        if found.is_none() {
            let says = format!("“{key}” in {} should be {wanted}.", self.what);
            self.wrong(node.line, says);
        }
        found
    }

    pub fn text(&mut self, key: &'static str) -> String {
        let node = self.node(key);
        self.fits(key, node, "some text", filled).unwrap_or_default()
    }

    /// One line of text, which stands in lists.
    pub fn line(&mut self, key: &'static str, most: usize) -> String {
        let found = self.text(key);
        if found.contains('\n') || found.chars().count() > most {
            let says = format!("“{key}” in {} should be one line of at most {most} letters.", self.what);
            self.wrong_at(key, says);
        }
        found
    }

    pub fn maybe_text(&mut self, key: &'static str) -> Option<String> {
        let node = self.maybe(key);
        self.fits(key, node, "some text", filled)
    }

    /// Text that may be empty.
    pub fn words(&mut self, key: &'static str) -> String {
        let node = self.node(key);
        self.fits(key, node, "text", |n| n.text().map(str::to_owned)).unwrap_or_default()
    }

    pub fn maybe_words(&mut self, key: &'static str) -> Option<String> {
        let node = self.maybe(key);
        self.fits(key, node, "text", |n| n.text().map(str::to_owned))
    }

    pub fn number(&mut self, key: &'static str) -> f64 {
        let node = self.node(key);
        self.fits(key, node, "a number", Node::number).unwrap_or(f64::NAN)
    }

    pub fn maybe_number(&mut self, key: &'static str) -> Option<f64> {
        let node = self.maybe(key);
        self.fits(key, node, "a number", Node::number)
    }

    pub fn whole(&mut self, key: &'static str) -> i64 {
        let node = self.node(key);
        self.fits(key, node, "a whole number", whole).unwrap_or(i64::MIN)
    }

    pub fn maybe_whole(&mut self, key: &'static str) -> Option<i64> {
        let node = self.maybe(key);
        self.fits(key, node, "a whole number", whole)
    }

    pub fn flag(&mut self, key: &'static str) -> bool {
        let node = self.maybe(key);
        self.fits(key, node, "true or false", |n| if let Value::Flag(flag) = n.value { Some(flag) } else { None }).unwrap_or(false)
    }

    pub fn texts(&mut self, key: &'static str) -> Vec<String> {
        let node = self.node(key);
        let found = self.fits(key, node, "a list of words", texts).unwrap_or_default();
        self.at_most(key, found, MOST_WORDS)
    }

    pub fn maybe_texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let node = self.maybe(key);
        let found = self.fits(key, node, "a list of words", texts)?;
        Some(self.at_most(key, found, MOST_WORDS))
    }

    /// What is read of a list: whatever an answer is held against is looked for in all of it.
    pub fn at_most<T>(&mut self, key: &str, mut found: Vec<T>, most: usize) -> Vec<T> {
        if found.len() > most {
            let says = format!("“{key}” in {} has {} entries; {most} at most are read.", self.what, found.len());
            self.wrong_at(key, says);
            found.truncate(most);
        }
        found
    }

    /// Words that a member may use: all in lower case.
    pub fn lower(&mut self, key: &'static str) -> Vec<String> {
        let found = self.texts(key);
        for word in found.iter().filter(|word| **word != word.to_lowercase() || word.trim() != **word) {
            let says = format!("The word “{word}” in {} is not in lower case.", self.what);
            self.wrong_at(key, says);
        }
        found
    }

    pub fn list(&mut self, key: &'static str) -> &'a [Node] {
        let node = self.node(key);
        self.few(key, node).unwrap_or(&[])
    }

    pub fn maybe_list(&mut self, key: &'static str) -> Option<&'a [Node]> {
        let node = self.maybe(key);
        self.few(key, node)
    }

    /// A list of tables, as many as are read.
    fn few(&mut self, key: &'static str, node: Option<&'a Node>) -> Option<&'a [Node]> {
        let found = self.fits(key, node, "a list of tables", Node::list)?;
        let read = self.at_most(key, found.iter().collect(), MOST_TABLES).len();
        Some(&found[..read])
    }

    /// A table of numbers, in the order in which it is written.
    pub fn numbers(&mut self, key: &'static str) -> Vec<(String, f64)> {
        let node = self.maybe(key);
        let read = |n: &'a Node| -> Option<Vec<_>> { n.table()?.iter().map(|(key, n)| Some((key.clone(), n.number()?))).collect() };
        let found = self.fits(key, node, "a table of numbers", read).unwrap_or_default();
        self.at_most(key, found, MOST_TABLES)
    }

    /// A table of texts.
    pub fn pairs(&mut self, key: &'static str) -> Vec<(String, String)> {
        let node = self.maybe(key);
        let read = |n: &'a Node| -> Option<Vec<_>> { n.table()?.iter().map(|(key, n)| Some((key.clone(), n.text()?.to_owned()))).collect() };
        let found = self.fits(key, node, "a table of words", read).unwrap_or_default();
        self.at_most(key, found, MOST_TABLES)
    }

    /// Tells of keys that nobody asked for.
    pub fn end(&mut self) {
        for (key, node) in self.entries {
            if !self.asked.contains(&key.as_str()) {
                let says = format!("“{key}” is not known in {}.", self.what);
                self.wrong(node.line, says);
            }
        }
    }
}

fn filled(node: &Node) -> Option<String> {
    node.text().filter(|text| shows(text)).map(str::to_owned)
}

fn whole(node: &Node) -> Option<i64> {
    if let Value::Whole(whole) = node.value { Some(whole) } else { None }
}

fn texts(node: &Node) -> Option<Vec<String>> {
    let list = node.list()?;
    let found: Option<Vec<String>> = list.iter().map(filled).collect();
    found.filter(|found| !found.is_empty())
}
