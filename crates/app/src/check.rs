//! Integrity: files and links as the database sees them, rows against activity, and the seals of
//! what was signed.

use crate::{App, proposals::seal};
use kernel::{Change, Column, Proposal, Result, Value, Writer, look::find_rows};
use std::collections::HashMap;
use uuid::Uuid;

/// What was looked at and what is wrong.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Report {
    pub rows: u64,
    pub activity: u64,
    pub proposals: u64,
    pub wrong: Vec<String>,
}

impl App {
    /// Checks everything; an empty `wrong` means sound.
    pub async fn check(&self) -> Result<Report> {
        let registry = self.registry.clone();
        self.store
            .write(move |writer| {
                let mut report = Report { wrong: writer.integrity()?, ..Report::default() };
                let latest = latest_values(writer, &mut report)?;
                for noun in registry.nouns() {
                    for found in (noun.find)(writer.reader(), "order by id", &[])? {
                        report.rows += 1;
                        for (field, value) in noun.fields.iter().zip(&found.values) {
                            if field.ends_with("_hash") {
                                continue;
                            }
                            match latest.get(&(found.meta.id, (*field).to_owned())) {
                                Some(told) if same(told, value) => {}
                                told => report.wrong.push(format!(
                                    "{} {} ({}): {field} is {value:?}, activity says {told:?}",
                                    noun.table,
                                    found.meta.id.simple(),
                                    found.label
                                )),
                            }
                        }
                    }
                }
                for proposal in find_rows::<Proposal>(writer.reader(), "order by id", &[])? {
                    report.proposals += 1;
                    if seal(&proposal) != proposal.seal {
                        report.wrong.push(format!("proposal {} ({}) is not what was signed", proposal.meta.id.simple(), proposal.title));
                    }
                }
                Ok(report)
            })
            .await
    }
}

/// Whole numbers in a column of fractions come back as fractions.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Int(a), Value::Real(b)) | (Value::Real(b), Value::Int(a)) => *a as f64 == *b,
        _ => a == b,
    }
}

fn latest_values(writer: &mut dyn Writer, report: &mut Report) -> Result<HashMap<(Uuid, String), Value>> {
    let mut latest = HashMap::new();
    let rows = writer.query("select noun_id, changes from activity order by at, id", &[])?;
    for mut row in rows {
        report.activity += 1;
        let id = Uuid::read(Value::Text(row.take()?))?;
        match serde_json::from_str::<Vec<Change>>(&row.take::<String>()?) {
            Ok(changes) => latest.extend(changes.into_iter().map(|c| ((id, c.field), c.to))),
            Err(error) => report.wrong.push(format!("a line of activity about {} cannot be read: {error}", id.simple())),
        }
    }
    Ok(latest)
}
