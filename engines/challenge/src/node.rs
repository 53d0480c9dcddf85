//! TOML with the line of everything, and the taking apart of its tables.

use crate::Fault;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

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
            Ok(table) => Ok(Node { line: 1, value: entries(text, table.get_ref()) }),
            Err(wrong) => {
                let line = wrong.span().map_or(0, |span| line_of(text, span.start));
                Err(Fault::of(file, line, format!("This is no TOML: {}.", wrong.message())))
            }
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

fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count()
}

fn entries(text: &str, table: &DeTable) -> Value {
    let mut found: Vec<(usize, String, Node)> = table
        .iter()
        .map(|(key, value)| {
            let mut node = node(text, value);
            node.line = line_of(text, key.span().start);
            (key.span().start, key.get_ref().to_string(), node)
        })
        .collect();
    found.sort_by_key(|(at, ..)| *at);
    Value::Table(found.into_iter().map(|(_, key, node)| (key, node)).collect())
}

fn node(text: &str, value: &Spanned<DeValue>) -> Node {
    let found = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(whole) => i64::from_str_radix(whole.as_str(), whole.radix()).map_or(Value::Other, Value::Whole),
        DeValue::Float(number) => number.as_str().parse().map_or(Value::Other, Value::Number),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(_) => Value::Other,
        DeValue::Array(list) => Value::List(list.iter().map(|item| node(text, item)).collect()),
        DeValue::Table(table) => entries(text, table),
    };
    let mut line = line_of(text, value.span().start);
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
        self.fits(key, node, "a list of words", texts).unwrap_or_default()
    }

    pub fn maybe_texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let node = self.maybe(key);
        self.fits(key, node, "a list of words", texts)
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
        self.fits(key, node, "a list of tables", Node::list).unwrap_or(&[])
    }

    pub fn maybe_list(&mut self, key: &'static str) -> Option<&'a [Node]> {
        let node = self.maybe(key);
        self.fits(key, node, "a list of tables", Node::list)
    }

    /// A table of numbers, in the order in which it is written.
    pub fn numbers(&mut self, key: &'static str) -> Vec<(String, f64)> {
        let node = self.maybe(key);
        self.fits(key, node, "a table of numbers", |n| n.table()?.iter().map(|(key, n)| Some((key.clone(), n.number()?))).collect())
            .unwrap_or_default()
    }

    /// A table of texts.
    pub fn pairs(&mut self, key: &'static str) -> Vec<(String, String)> {
        let node = self.maybe(key);
        self.fits(key, node, "a table of words", |n| n.table()?.iter().map(|(key, n)| Some((key.clone(), n.text()?.to_owned()))).collect())
            .unwrap_or_default()
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
    node.text().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn whole(node: &Node) -> Option<i64> {
    if let Value::Whole(whole) = node.value { Some(whole) } else { None }
}

fn texts(node: &Node) -> Option<Vec<String>> {
    let list = node.list()?;
    let found: Option<Vec<String>> = list.iter().map(filled).collect();
    found.filter(|found| !found.is_empty())
}
