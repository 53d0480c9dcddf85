//! Rows that nothing in a transaction refers to: lines of activity and full text. They are collected and travel as
//! JSON, so that any number of them is one statement.

use kernel::{Json, Refusal, Result, Value, json, terms};
use uuid::Uuid;

/// Rows that are collected for one statement at most.
const MOST: usize = 500;

const DOCS: &str = "insert into search_doc (product, noun, id, form, words)
    select product, noun, id, form, words::tsvector
    from json_to_recordset($1::json) as doc (product text, noun text, id text, form bigint, words text)
    on conflict (id) do update set words = excluded.words, form = excluded.form";

/// Whether more fits in.
#[derive(PartialEq)]
pub enum Fill {
    Room,
    Full,
}

#[derive(Default)]
pub struct Collected {
    /// By table.
    rows: Vec<(&'static str, &'static [&'static str], Vec<Json>)>,
    /// Full text, as `search_doc` takes it.
    docs: Vec<Json>,
}

impl Collected {
    pub fn note(&mut self, table: &'static str, columns: &'static [&'static str], row: Vec<Value>) -> Result<Fill> {
        let row = columns.iter().zip(row).map(|(column, value)| Ok(((*column).to_owned(), cell(value)?))).collect::<Result<_>>()?;
        let row = Json::Object(row);
        Ok(match self.rows.iter_mut().find(|(t, c, _)| *t == table && *c == columns) {
            Some((.., rows)) => {
                rows.push(row);
                if rows.len() < MOST { Fill::Room } else { Fill::Full }
            }
            None => {
                self.rows.push((table, columns, vec![row]));
                Fill::Room
            }
        })
    }

    pub fn index(&mut self, product: Uuid, table: &str, id: &str, title: &str, body: &str) -> Fill {
        self.forget(id);
        // A word of the title stands at the first place and has the weight `A`; of places in a body nothing depends.
        let titled = terms::of(title).into_iter().map(|word| format!("'{word}':1A"));
        let words: Vec<String> = titled.chain(terms::of(body).into_iter().map(|word| format!("'{word}':2"))).collect();
        let doc = json!({ "product": product.simple().to_string(), "noun": table, "id": id, "form": terms::FORM, "words": words.join(" ") });
        self.docs.push(doc);
        if self.docs.len() < MOST { Fill::Room } else { Fill::Full }
    }

    pub fn forget(&mut self, id: &str) {
        self.docs.retain(|doc| doc["id"] != id);
    }

    /// Whether a question is about something collected, which must be written before.
    pub fn concerns(&self, sql: &str) -> bool {
        self.rows.iter().any(|(table, ..)| sql.contains(table)) || (!self.docs.is_empty() && sql.contains("search_doc"))
    }

    /// The statements that write it all.
    pub fn settle(&mut self) -> Vec<(String, Vec<Value>)> {
        let write = |(table, columns, rows): (&str, &[&str], Vec<Json>)| {
            let columns = columns.join(", ");
            let sql = format!("insert into {table} ({columns}) select {columns} from json_populate_recordset(null::{table}, $1::json)");
            (sql, vec![Value::Text(Json::Array(rows).to_string())])
        };
        let mut all: Vec<_> = std::mem::take(&mut self.rows).into_iter().map(|(t, c, r)| write((t, c, r))).collect();
        if !self.docs.is_empty() {
            all.push((DOCS.to_owned(), vec![Value::Text(Json::Array(std::mem::take(&mut self.docs)).to_string())]));
        }
        all
    }
}

fn cell(value: Value) -> Result<Json> {
    Ok(match value {
        Value::Null => Json::Null,
        Value::Int(n) => n.into(),
        Value::Real(n) => serde_json::Number::from_f64(n).map(Json::Number).ok_or_else(|| Refusal::broken(format!("{n} is no number to keep")))?,
        Value::Text(text) => text.into(),
    })
}
