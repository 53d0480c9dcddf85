//! How an event is written down: its row, one activity line, its full text. This is the only code
//! that changes a noun's row, so none can change without a trace.

use kernel::event::{DIGEST, LINE, MOST_TOLD};
use kernel::{Act, Change, Column, Event, Refusal, Result, Searched, Value, Writer};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt::Write};
use uuid::Uuid;

/// Who an event is attributed to. One act (one command) may cause several events.
#[derive(Clone, Debug)]
pub struct Attribution {
    pub act: Uuid,
    pub at: i64,
    pub member: Option<Uuid>,
    pub assistant: Option<Uuid>,
    pub hat: Option<String>,
    pub door: &'static str,
    pub command: String,
    pub area: Option<String>,
    pub proposal: Option<Uuid>,
    pub reason: Option<String>,
    /// Whether whoever did it may take it back.
    pub undoable: bool,
    /// The act that it takes back.
    pub takes: Option<Uuid>,
}

/// Writes an event.
pub fn write_event(writer: &mut dyn Writer, event: &Event, line: Uuid, by: &Attribution) -> Result<()> {
    match event.act {
        Act::Create => insert(writer, event)?,
        Act::Change | Act::Remove => update(writer, event, by.at)?,
    }
    if let Some(product) = event.product {
        match &event.searched {
            Searched::As(title, body) => writer.index(product, &event.table, event.id, Some((title, body)))?,
            Searched::Forget => writer.index(product, &event.table, event.id, None)?,
            Searched::Same | Searched::Again => {}
        }
    }
    writer.note(
        "activity",
        LINE,
        vec![
            line.value(),
            by.act.value(),
            Value::Int(by.at),
            event.product.value(),
            by.member.value(),
            by.assistant.value(),
            by.hat.value(),
            Value::Text(by.door.into()),
            Value::Text(by.command.clone()),
            by.area.value(),
            Value::Text(event.kind.name.into()),
            Value::Text(event.table.to_string()),
            event.id.value(),
            Value::Text(event.label.clone()),
            Value::Text(told(event)?),
            by.proposal.value(),
            by.reason.value(),
            event.act.value(),
            by.undoable.value(),
            by.takes.value(),
        ],
    )
}

fn insert(writer: &mut dyn Writer, event: &Event) -> Result<()> {
    let mut sql = format!("insert into {} (id, product, version, created_at, updated_at", event.table);
    let mut values = vec![event.id.value(), event.product.value(), Value::Int(1), event.created_at.value(), event.created_at.value()];
    for change in &event.changes {
        let _ = write!(sql, ", {}", change.field);
        values.push(change.to.clone());
    }
    sql.push_str(") values ($1");
    for n in 2..=values.len() {
        let _ = write!(sql, ", ${n}");
    }
    sql.push(')');
    writer.put(&sql, values)
}

fn update(writer: &mut dyn Writer, event: &Event, at: i64) -> Result<()> {
    let mut sql = format!("update {} set version = version + 1", event.table);
    let mut values = vec![];
    let noted = kernel::about::noun(&event.table).map_or(&[][..], |noun| noun.about.noted);
    let now = Change::new("updated_at", Value::Null, Value::Int(at));
    // What machinery notes for itself makes nothing look as if somebody had been at it.
    let aged = event.changes.iter().any(|change| !noted.contains(&change.field.as_str())).then_some(&now);
    for change in aged.into_iter().chain(&event.changes) {
        values.push(change.to.clone());
        let _ = write!(sql, ", {} = ${}", change.field, values.len());
    }
    values.push(event.id.value());
    let _ = write!(sql, " where id = ${}", values.len());
    writer.put(&sql, values)
}

/// What the line of activity says of the changes (`kernel::event::read_changes` reads it). Secrets are kept as hashes,
/// and not even those enter the history.
fn told(event: &Event) -> Result<String> {
    let broken = |e: serde_json::Error| Refusal::broken(e.to_string());
    if event.act == Act::Create {
        let set = event.changes.iter().filter(|c| !c.to.is_unset() && !c.field.ends_with("_hash"));
        let told: BTreeMap<&str, Value> = set.map(|c| (c.field.as_str(), digested(&c.to))).collect();
        return serde_json::to_string(&told).map_err(broken);
    }
    let open: Vec<Change> = event
        .changes
        .iter()
        .map(|change| match change.field.ends_with("_hash") {
            true => Change::new(change.field.clone(), Value::Null, Value::Null),
            false => change.clone(),
        })
        .collect();
    serde_json::to_string(&open).map_err(broken)
}

/// A value as a line about a new thing tells it: a long text by its digest.
pub fn digested(value: &Value) -> Value {
    match value {
        Value::Text(text) if text.len() > MOST_TOLD => {
            let digest = Sha256::digest(text).iter().fold(DIGEST.to_owned(), |mut told, byte| {
                let _ = write!(told, "{byte:02x}");
                told
            });
            Value::Text(digest)
        }
        short => short.clone(),
    }
}
