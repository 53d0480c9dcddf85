//! Rows of a noun as JSON objects. What can be decided once for a list (names of fields, what the reader sees) is; a row
//! then goes from cells to text without a detour.

use crate::{
    Cell, NounSpec, Refusal, Result, Row, Scope, Value,
    about::{sees_field, shown},
};
use serde::Serialize;
use uuid::Uuid;

/// One field of the objects.
struct Told {
    name: &'static str,
    cell: Cell,
    /// What stands in front of its value: a comma but for the first, and its name.
    opens: String,
    seen: bool,
    /// Its JSON tells of other things, some of which the reader may not see.
    veils: bool,
}

/// Writes the rows of one noun for one reader.
pub(crate) struct Teller<'a> {
    scope: &'a Scope,
    noun: &'a NounSpec,
    told: Vec<Told>,
    /// What a number becomes as a key: `ORB-`.
    key: Option<String>,
    pub out: Vec<u8>,
}

impl<'a> Teller<'a> {
    pub fn new(scope: &'a Scope, noun: &'a NounSpec, fields: &[(&'static str, Cell)]) -> Teller<'a> {
        let told = fields.iter().enumerate().map(|(i, &(name, cell))| Told {
            name,
            cell,
            opens: format!("{}\"{name}\":", if i > 0 { "," } else { "" }),
            seen: sees_field(scope, &noun.about, name),
            veils: noun.about.within.iter().any(|(within, _)| *within == name),
        });
        let key = scope.product.as_ref().filter(|_| noun.about.keyed).map(|p| format!("{}-", p.key));
        Teller { scope, noun, told: told.collect(), key, out: vec![] }
    }

    pub fn words(&mut self, words: &str) {
        self.out.extend_from_slice(words.as_bytes());
    }

    /// Writes the rest of a row, whose cells stand in the order of the fields.
    pub fn row(&mut self, mut row: Row) -> Result<()> {
        self.out.push(b'{');
        for i in 0..self.told.len() {
            let mut value = row.take::<Value>()?;
            let Told { name, cell, ref opens, seen, veils } = self.told[i];
            self.out.extend_from_slice(opens.as_bytes());
            if veils {
                value = shown(self.scope, &self.noun.about, name, value);
            }
            match (value, cell) {
                (Value::Null, _) => self.words("null"),
                _ if !seen => self.words("null"),
                (Value::Int(n), Cell::Flag) => self.words(if n == 0 { "false" } else { "true" }),
                (Value::Int(n), _) => {
                    self.json(&n)?;
                    if let Some(key) = self.key.as_ref().filter(|_| name == "number") {
                        self.out.extend_from_slice(b",\"key\":\"");
                        self.out.extend_from_slice(key.as_bytes());
                        self.json(&n)?;
                        self.out.push(b'"');
                    }
                }
                (Value::Real(n), _) => self.json(&n)?,
                (Value::Text(json), Cell::Json) => self.words(&json),
                (Value::Text(id), Cell::Id) => {
                    let id = Uuid::parse_str(&id).map_err(|_| Refusal::broken(format!("{id:?} is no id")))?;
                    self.out.push(b'"');
                    self.words(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
                    self.out.push(b'"');
                }
                (Value::Text(text), Cell::Named) => match Uuid::parse_str(&text) {
                    Ok(id) => self.json(&id)?,
                    Err(_) if text.is_empty() => self.words("null"),
                    Err(_) => self.json(text.as_str())?,
                },
                (Value::Text(text), _) => self.json(text.as_str())?,
            }
        }
        self.out.push(b'}');
        Ok(())
    }

    pub fn json(&mut self, value: &(impl Serialize + ?Sized)) -> Result<()> {
        serde_json::to_writer(&mut self.out, value).map_err(|e| Refusal::broken(e.to_string()))
    }

    /// What was written.
    pub fn text(self) -> Result<String> {
        String::from_utf8(self.out).map_err(|e| Refusal::broken(e.to_string()))
    }
}
