//! The tables of a challenge as rows of fields, as a form shows them, and back as the file that a person reads.
//!
//! Only what comes back the same is taken apart: a file with comments, with keys that nobody knows or with something in
//! the place of something else stays a text, so that no form loses a word of it.

use crate::{
    kind::ANCHORS,
    node::{Node, Value},
    text::shows,
};
use std::{collections::BTreeMap, fmt::Write};

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A few words.
    Line,
    /// A sentence or more.
    Long,
    Number,
    /// Words apart by commas.
    Words,
    Flag,
}

/// A field of the head or of every row.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub key: &'static str,
    pub name: &'static str,
    pub typed: Typed,
}

const fn column(key: &'static str, name: &'static str, typed: Typed) -> Column {
    Column { key, name, typed }
}

/// A file that can be taken apart.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    pub file: &'static str,
    /// Fields that stand once.
    pub head: &'static [Column],
    /// What its list is called; empty where there is none.
    pub list: &'static str,
    pub columns: &'static [Column],
}

pub const HEAD: Sheet = Sheet {
    file: "challenge.toml",
    head: &[
        column("kind", "Kind", Typed::Line),
        column("title", "Title", Typed::Line),
        column("summary", "One sentence for the list, without the answer", Typed::Long),
        column("level", "Difficulty, 1 to 5", Typed::Number),
        column("minutes", "Minutes that it takes", Typed::Number),
        column("skills", "Skills that it trains, apart by commas", Typed::Words),
        column("author", "Author", Typed::Line),
    ],
    list: "",
    columns: &[],
};

pub const FACTS: Sheet = Sheet {
    file: "facts.toml",
    head: &[],
    list: "facts",
    columns: &[
        column("id", "Id", Typed::Line),
        column("says", "What it says", Typed::Line),
        column("value", "Figure", Typed::Number),
        column("unit", "Unit of the figure", Typed::Line),
        column("text", "Or a text", Typed::Long),
        column("year", "Year", Typed::Number),
        column("tolerance", "Share by which good sources differ", Typed::Number),
        column("source", "Source", Typed::Line),
        column("licence", "Licence", Typed::Line),
        column("words", "Words to ask for it by, apart by commas", Typed::Words),
        column("hidden", "Told only when asked for", Typed::Flag),
    ],
};

pub const RUBRIC: Sheet = Sheet {
    file: "rubric.toml",
    head: &[],
    list: "rows",
    columns: &[
        column("id", "Id", Typed::Line),
        column("name", "Name", Typed::Line),
        column("weight", "Weight; all together 100", Typed::Number),
        column("weak", "A weak answer", Typed::Long),
        column("middling", "A middling answer", Typed::Long),
        column("strong", "A strong answer", Typed::Long),
    ],
};

pub const PROBES: Sheet = Sheet {
    file: "probes.toml",
    head: &[column("opening", "The sentence with which the interviewer begins", Typed::Long)],
    list: "probes",
    columns: &[
        column("when", "Heading or row that it belongs to", Typed::Line),
        column("say", "What is asked, giving nothing away", Typed::Long),
        column("hint", "A nudge, in learning mode", Typed::Long),
    ],
};

/// Marks stand in tables by answer and row, which are two fields of each here.
pub const MARKS: Sheet = Sheet {
    file: "marks.toml",
    head: &[],
    list: "",
    columns: &[
        column("answer", "Answer", Typed::Line),
        column("row", "Row", Typed::Line),
        column("level", "Level, 1 to 5", Typed::Number),
        column("quote", "The exact words that show it", Typed::Long),
        column("why", "Why, in a sentence", Typed::Long),
    ],
};

impl Sheet {
    /// The fields that a row is told by, besides those that name its table.
    fn told(&self) -> impl Iterator<Item = &'static Column> {
        let named = self.file == MARKS.file;
        self.columns.iter().filter(move |column| !(named && ["answer", "row"].contains(&column.key)))
    }

    /// Whether nothing is written in a row.
    pub fn is_blank(&self, row: &Row) -> bool {
        self.told().all(|column| matches!(row.fields.get(column.key).map_or("", |text| text.trim()), "" | "false"))
    }
}

const ALL: [Sheet; 5] = [HEAD, FACTS, RUBRIC, PROBES, MARKS];

/// The sheet of a file, where it has one.
pub fn of(file: &str) -> Option<Sheet> {
    ALL.into_iter().find(|sheet| sheet.file == file)
}

/// A row, with where it and its fields stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub fields: BTreeMap<String, String>,
    pub line: usize,
    pub lines: BTreeMap<String, usize>,
}

/// A file taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    pub head: Row,
    pub rows: Vec<Row>,
    /// What is of the kind alone and stays a text, and the line at which it begins.
    pub rest: String,
    pub rest_from: usize,
}

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Head(String),
    /// A row, and its field where it is one field's.
    Row(usize, Option<String>),
    /// A line of the rest, from 1.
    Rest(usize),
    Whole,
}

impl Filled {
    /// The place of a line of the file.
    pub fn place(&self, line: usize) -> Place {
        let field = |row: &Row| row.lines.iter().find(|(_, at)| **at == line).map(|(key, _)| key.clone());
        if line == 0 {
            return Place::Whole;
        }
        if self.rest_from > 0 && line >= self.rest_from {
            return Place::Rest(line - self.rest_from + 1);
        }
        if let Some(key) = field(&self.head) {
            return Place::Head(key);
        }
        // A row that is to be filled in stands in no line.
        match self.rows.iter().rposition(|row| (1..=line).contains(&row.line)) {
            Some(at) => Place::Row(at, field(&self.rows[at])),
            None => Place::Whole,
        }
    }
}

/// Takes a file apart; `None` where something of it would be lost.
pub fn read(sheet: &Sheet, text: &str) -> Option<Filled> {
    let (own, rest, rest_from) = match sheet.file == HEAD.file {
        true => apart(text),
        false => (text, "", 0),
    };
    let node = Node::parse(sheet.file, own).ok()?;
    let mut filled = Filled { rest: rest.trim_end().to_owned(), rest_from, ..Filled::default() };
    let mut nodes: Vec<(Option<[&str; 2]>, &Node)> = vec![];
    for (key, node) in node.table()? {
        if let Some(column) = sheet.head.iter().find(|column| column.key == key) {
            filled.head.fields.insert(key.clone(), written(column, node)?);
            filled.head.lines.insert(key.clone(), node.line);
        } else if !sheet.list.is_empty() && key == sheet.list {
            nodes.extend(node.list()?.iter().map(|node| (None, node)));
        } else if sheet.file == MARKS.file && ANCHORS.contains(&key.as_str()) {
            nodes.extend(node.table()?.iter().map(|(row, node)| (Some([key.as_str(), row.as_str()]), node)));
        } else {
            return None;
        }
    }
    for (named, node) in nodes {
        let mut row = Row { line: node.line, ..Row::default() };
        for (key, node) in node.table()? {
            let column = sheet.columns.iter().find(|column| column.key == key)?;
            row.fields.insert(key.clone(), written(column, node)?);
            row.lines.insert(key.clone(), node.line);
        }
        if let Some([answer, of]) = named {
            row.fields.extend([("answer".to_owned(), answer.to_owned()), ("row".to_owned(), of.to_owned())]);
        }
        filled.rows.push(row);
    }
    // A comment is no value, so it would be gone.
    let marks = |text: &str| text.matches('#').count();
    (marks(own) == marks(&write(sheet, &Filled { rest: String::new(), ..filled.clone() }))).then_some(filled)
}

/// The head of challenge.toml, and its first table with all that follows.
fn apart(text: &str) -> (&str, &str, usize) {
    let mut at = 0;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        if line.trim_start().starts_with('[') {
            return (&text[..at], &text[at..], n + 1);
        }
        at += line.len();
    }
    (text, "", 0)
}

/// A value as it is typed into its field.
fn written(column: &Column, node: &Node) -> Option<String> {
    Some(match (&node.value, column.typed) {
        (Value::Text(text), Typed::Line | Typed::Long | Typed::Number) => text.clone(),
        (Value::Whole(whole), Typed::Number) => whole.to_string(),
        (Value::Number(number), Typed::Number) => format!("{number:?}"),
        (Value::Flag(flag), Typed::Flag) => flag.to_string(),
        (Value::List(list), Typed::Words) => {
            let words: Option<Vec<&str>> = list.iter().map(|word| word.text().filter(|word| !word.contains(','))).collect();
            words?.join(", ")
        }
        _ => return None,
    })
}

/// The file of what was filled in. Rows in which nothing is written are left out, and so are fields.
pub fn write(sheet: &Sheet, filled: &Filled) -> String {
    let mut out = String::new();
    for column in sheet.head {
        put(&mut out, column, filled.head.fields.get(column.key).map_or("", String::as_str));
    }
    for row in filled.rows.iter().filter(|row| !sheet.is_blank(row)) {
        let given = |key: &str| row.fields.get(key).map_or("", |text| text.trim());
        let named = sheet.file == MARKS.file;
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = match named {
            true => writeln!(out, "[{}.{}]", key(given("answer")), key(given("row"))),
            false => writeln!(out, "[[{}]]", sheet.list),
        };
        for column in sheet.told() {
            // A figure without a unit says so.
            if column.key == "unit" && given("unit").is_empty() && !given("value").is_empty() {
                out.push_str("unit = \"\"\n");
            }
            put(&mut out, column, given(column.key));
        }
    }
    if !filled.rest.trim().is_empty() {
        let _ = write!(out, "\n{}\n", filled.rest.trim_end());
    }
    out
}

fn put(out: &mut String, column: &Column, typed: &str) {
    let typed = typed.trim();
    if typed.is_empty() {
        return;
    }
    let value = match column.typed {
        Typed::Line | Typed::Long => quoted(typed),
        Typed::Number => number(typed).unwrap_or_else(|| quoted(typed)),
        Typed::Words => format!("[{}]", typed.split(',').map(str::trim).filter(|word| !word.is_empty()).map(quoted).collect::<Vec<_>>().join(", ")),
        Typed::Flag if matches!(typed, "true" | "on") => "true".into(),
        Typed::Flag => return,
    };
    let _ = writeln!(out, "{} = {value}", column.key);
}

/// A number as TOML has it; what is none is kept as it was typed, and the linter says so.
fn number(typed: &str) -> Option<String> {
    if let Ok(whole) = typed.parse::<i64>() {
        return Some(whole.to_string());
    }
    let value = typed.parse::<f64>().ok().filter(|value| value.is_finite())?;
    Some(format!("{value:?}"))
}

/// A text between quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn key(text: &str) -> String {
    let bare = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { text.to_owned() } else { quoted(text) }
}

/// So many letters a title has.
pub(crate) const TITLE: usize = 100;

/// What a challenge is called by its challenge.toml, as far as that can be read, on one line.
pub fn title(text: &str) -> Option<String> {
    let (head, ..) = apart(text);
    let node = Node::parse(HEAD.file, head).ok()?;
    let found = node.table()?.iter().find(|(key, _)| key == "title")?.1.text()?;
    shows(found).then(|| found.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(TITLE).collect())
}

/// Which kind it says it is.
pub(crate) fn kind(text: &str) -> Option<String> {
    let (head, ..) = apart(text);
    let node = Node::parse(HEAD.file, head).ok()?;
    node.table()?.iter().find(|(key, _)| key == "kind")?.1.text().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_back_what_it_was_given() {
        let text = "[[facts]]\nid = \"a\"\nsays = \"Say \\\"it\\\"\"\nvalue = 3.5\nunit = \"\"\nsource = \"invented\"\nlicence = \"invented\"\nwords = [\"a\", \"b c\"]\nhidden = true\n";
        let filled = read(&FACTS, text).unwrap();
        assert_eq!(filled.rows[0].fields["says"], "Say \"it\"");
        assert_eq!(filled.place(4), Place::Row(0, Some("value".into())));
        let second = read(&FACTS, &format!("{text}\n{}", text.replace("\"a\"", "\"b\""))).unwrap();
        assert_eq!((second.place(4), second.place(11)), (Place::Row(0, Some("value".into())), Place::Row(1, None)));
        assert_eq!((second.rows[1].line, second.place(14)), (11, Place::Row(1, Some("value".into()))));
        let mut more = second;
        more.rows.extend([Row::default(), Row::default()]);
        assert_eq!(more.place(14), Place::Row(1, Some("value".into())), "rows to fill in are none of the file");
        assert_eq!((more.place(1), more.place(11)), (Place::Row(0, None), Place::Row(1, None)));
        assert_eq!(write(&FACTS, &filled), text);
        assert_eq!(read(&FACTS, &format!("# a note\n{text}")), None, "a comment would be lost");
        assert_eq!(read(&FACTS, &text.replace("hidden", "hiden")), None, "so would a key that nobody knows");
    }

    #[test]
    fn what_is_no_number_is_kept_for_the_linter() {
        let row = Row { fields: [("id".to_owned(), "a".to_owned()), ("value".to_owned(), "many".to_owned())].into(), ..Row::default() };
        let empty = Row { fields: [("hidden".to_owned(), "false".to_owned())].into(), ..Row::default() };
        let text = write(&FACTS, &Filled { rows: vec![row, empty], ..Filled::default() });
        assert_eq!(text, "[[facts]]\nid = \"a\"\nvalue = \"many\"\nunit = \"\"\n");
        assert_eq!(read(&FACTS, &text).unwrap().rows[0].fields["value"], "many");
        for (typed, kept) in [("007", "7"), (".5", "0.5"), ("3.2e6", "3200000.0"), ("1e20", "1e20"), ("-2", "-2")] {
            assert_eq!(number(typed).as_deref(), Some(kept));
        }
    }

    #[test]
    fn the_head_stands_ahead_of_what_is_of_the_kind() {
        let text = "kind = \"drill\"\ntitle = \"What # an alarm\"\nlevel = 3\n\n[question]\n# kept\nask = \"How?\"\n";
        let filled = read(&HEAD, text).unwrap();
        assert_eq!((filled.head.fields["title"].as_str(), filled.rest_from), ("What # an alarm", 5));
        assert_eq!(filled.place(7), Place::Rest(3));
        assert_eq!(write(&HEAD, &filled), text);
        assert_eq!((title(text).as_deref(), kind(text).as_deref()), (Some("What # an alarm"), Some("drill")));
    }
}
