//! Rows that nothing in a transaction refers to: lines of activity and full text. They are collected, and several travel as
//! JSON, so that any number of them is one statement.

use kernel::{Json, Refusal, Result, Value, terms};
use std::fmt::Write;
use uuid::Uuid;

/// Rows that are collected for one statement at most.
const MOST: usize = 500;

/// One is sooner written as it is than taken out of JSON.
const DOC: &str = "insert into search_doc (product, noun, id, form, words) values ($1, $2, $3, $4, $5::text::tsvector)
    on conflict (id) do update set words = excluded.words, form = excluded.form";
const DOCS: &str = "insert into search_doc (product, noun, id, form, words)
    select product, noun, id, form, words::tsvector
    from json_to_recordset($1::json) as doc (product text, noun text, id text, form bigint, words text)
    on conflict (id) do update set words = excluded.words, form = excluded.form";
const DOC_COLUMNS: [&str; 5] = ["product", "noun", "id", "form", "words"];

type Cells = Vec<Value>;

/// Whether more fits in.
#[derive(PartialEq)]
pub enum Fill {
    Room,
    Full,
}

#[derive(Default)]
pub struct Collected {
    /// By table.
    rows: Vec<(&'static str, &'static [&'static str], Vec<Cells>)>,
    /// Full text, as `DOC` takes it, with the id of what it is about.
    docs: Vec<(String, Cells)>,
}

impl Collected {
    pub fn note(&mut self, table: &'static str, columns: &'static [&'static str], row: Cells) -> Result<Fill> {
        if let Some(Value::Real(n)) = row.iter().find(|value| matches!(value, Value::Real(n) if !n.is_finite())) {
            return Err(Refusal::broken(format!("{n} is no number to keep")));
        }
        let place = self.rows.iter().position(|(t, c, _)| *t == table && *c == columns).unwrap_or_else(|| {
            self.rows.push((table, columns, vec![]));
            self.rows.len() - 1
        });
        let rows = &mut self.rows[place].2;
        rows.push(row);
        Ok(if rows.len() < MOST { Fill::Room } else { Fill::Full })
    }

    pub fn index(&mut self, product: Uuid, table: &str, id: &str, title: &str, body: &str) -> Fill {
        self.forget(id);
        // A word of the title stands at the first place and has the weight `A`; of places in a body nothing depends.
        let titled = terms::of(title).into_iter().map(|word| format!("'{word}':1A"));
        let words: Vec<String> = titled.chain(terms::of(body).into_iter().map(|word| format!("'{word}':2"))).collect();
        let [product, noun, own, words] = [product.simple().to_string(), table.to_owned(), id.to_owned(), words.join(" ")].map(Value::Text);
        self.docs.push((id.to_owned(), vec![product, noun, own, Value::Int(terms::FORM), words]));
        if self.docs.len() < MOST { Fill::Room } else { Fill::Full }
    }

    pub fn forget(&mut self, id: &str) {
        self.docs.retain(|(of, _)| of != id);
    }

    /// Whether a question is about something collected, which must be written before.
    pub fn concerns(&self, sql: &str) -> bool {
        self.rows.iter().any(|(table, ..)| sql.contains(table)) || (!self.docs.is_empty() && sql.contains("search_doc"))
    }

    /// The statements that write it all.
    pub fn settle(&mut self) -> Vec<(String, Cells)> {
        let mut all = vec![];
        for (table, columns, mut rows) in std::mem::take(&mut self.rows) {
            let named = columns.join(", ");
            all.push(match rows.len() {
                1 => (format!("insert into {table} ({named}) values ({})", places(columns.len())), rows.swap_remove(0)),
                _ => (
                    format!("insert into {table} ({named}) select {named} from json_populate_recordset(null::{table}, $1::json)"),
                    vec![told(columns, rows)],
                ),
            });
        }
        let mut docs: Vec<Cells> = std::mem::take(&mut self.docs).into_iter().map(|(_, doc)| doc).collect();
        match docs.len() {
            0 => {}
            1 => all.push((DOC.to_owned(), docs.swap_remove(0))),
            _ => all.push((DOCS.to_owned(), vec![told(&DOC_COLUMNS, docs)])),
        }
        all
    }
}

/// `$1, $2, …`
fn places(count: usize) -> String {
    (1..=count).fold(String::new(), |mut places, n| {
        let _ = write!(places, "{}${n}", if n > 1 { ", " } else { "" });
        places
    })
}

/// Rows as JSON.
fn told(columns: &[&str], rows: Vec<Cells>) -> Value {
    let row = |row: Cells| Json::Object(columns.iter().zip(row).map(|(column, value)| ((*column).to_owned(), cell(value))).collect());
    Value::Text(Json::Array(rows.into_iter().map(row).collect()).to_string())
}

fn cell(value: Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Int(n) => n.into(),
        Value::Real(n) => n.into(),
        Value::Text(text) => text.into(),
    }
}
