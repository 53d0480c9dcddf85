//! A product that was written out as JSON comes back, into a workspace in which nothing is yet: every row under its id,
//! with the record of what happened, so that it can be written out again to the byte. Whoever belonged to it has an
//! account again, without a password.

use app::{Blobs, Registry};
use base64::{Engine, prelude::BASE64_STANDARD};
use kernel::{Change, Deserialize, Event, Json, Refusal, Result, Uuid, Value, Writer, event::LINE};
use people::{ACCOUNT_ADDED, Member};
use std::collections::BTreeMap;
use store::{Attribution, dump, write_event};

const FORMAT: i64 = 2;

#[derive(Deserialize)]
#[serde(crate = "kernel::serde")]
struct Product {
    tandem: String,
    format: i64,
    product: String,
    members: Vec<Person>,
    nouns: BTreeMap<String, Vec<BTreeMap<String, Value>>>,
    activity: Vec<BTreeMap<String, Json>>,
    /// Base64 by SHA-256.
    #[serde(default)]
    files: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(crate = "kernel::serde")]
struct Person {
    id: Uuid,
    name: String,
    #[serde(default)]
    email: String,
    answers_for: Option<Uuid>,
}

/// What came back.
pub(super) struct Back {
    pub product: String,
    pub things: u64,
    /// The e-mail of whoever became the administrator.
    pub administrator: Option<String>,
}

/// Reads what was written out.
pub(super) struct Written(Product);

impl Written {
    pub fn read(bytes: &[u8]) -> Result<Written> {
        let wrong = |what: String| Refusal::invalid("file", what);
        let product: Product =
            serde_json::from_slice(bytes).map_err(|e| wrong(format!("This is no product that Tandem wrote out, or it is cut off: {e}.")))?;
        match (product.tandem.as_str(), product.format) {
            ("product", FORMAT) => Ok(Written(product)),
            ("product", other) => Err(wrong(format!("This product was written out in format {other}, which this version cannot read."))),
            _ => Err(wrong("This is no product that Tandem wrote out. A backup is read with `tandem restore`.".into())),
        }
    }

    /// Writes it into an empty database, and its files into their place.
    pub fn bring_back(self, writer: &mut dyn Writer, registry: &Registry, blobs: &Blobs, now: i64) -> Result<Back> {
        if !dump::is_empty(writer.reader())? {
            return Err(Refusal::invalid("file", "There is somebody in this workspace already. A product comes back into an empty one."));
        }
        let Product { product, members, mut nouns, activity, files, .. } = self.0;
        let administrator = first_owner(&nouns);
        let mut things = (members.len() + activity.len()) as u64;
        // Whoever answers for an assistant comes first.
        let (people, assistants): (Vec<Person>, Vec<Person>) = members.into_iter().partition(|p| p.answers_for.is_none());
        let mut mail = None;
        for person in people.into_iter().chain(assistants) {
            let first = administrator == Some(person.id);
            mail = mail.or_else(|| first.then(|| person.email.clone()));
            account(writer, person, first, now)?;
        }
        let own = nouns.get("product").and_then(|rows| rows.first()?.get("id").cloned());
        let own = own.ok_or_else(|| Refusal::invalid("file", "The product itself is missing in the file."))?;
        for table in registry.tables() {
            let Some(noun) = registry.noun(table) else { continue };
            let rows = nouns.remove(table).unwrap_or_default();
            things += rows.len() as u64;
            let known = writer.columns(table)?;
            for mut row in rows {
                if let Some(odd) = row.keys().find(|column| !known.contains(column)) {
                    return Err(Refusal::invalid("file", format!("This version does not know {odd} of {}.", noun.one())));
                }
                row.insert("product".into(), own.clone());
                insert(writer, table, row)?;
            }
        }
        if let Some(table) = nouns.into_iter().find(|(_, rows)| !rows.is_empty()).map(|(table, _)| table) {
            return Err(Refusal::invalid("file", format!("This version does not know what {table} is.")));
        }
        for line in activity {
            insert(writer, "activity", told(line, &own)?)?;
        }
        for (name, text) in files {
            let bytes = BASE64_STANDARD.decode(text).map_err(|e| Refusal::invalid("file", format!("An attached file cannot be read: {e}.")))?;
            if blobs.keep(&bytes)?.sha256 != name {
                return Err(Refusal::invalid("file", "An attached file is not what its name says: the product was changed."));
            }
        }
        writer.bring_along()?;
        app::index_all(writer, registry)?;
        Ok(Back { product, things, administrator: mail })
    }
}

/// Whoever was the first to come into the product as its Owner and still is.
fn first_owner(nouns: &BTreeMap<String, Vec<BTreeMap<String, Value>>>) -> Option<Uuid> {
    let is = |row: &BTreeMap<String, Value>, field: &str, part: &str| matches!(row.get(field), Some(Value::Text(text)) if text.contains(part));
    let at = |row: &BTreeMap<String, Value>| if let Some(Value::Int(at)) = row.get("created_at") { *at } else { i64::MAX };
    let owners = nouns.get("membership")?.iter().filter(|row| is(row, "hats", "\"owner\"") && row.get("removed_at") == Some(&Value::Null));
    match owners.min_by_key(|row| at(row))?.get("member")? {
        Value::Text(id) => Uuid::parse_str(id).ok(),
        _ => None,
    }
}

/// An account with a line of activity, as one that was added.
fn account(writer: &mut dyn Writer, person: Person, administrator: bool, now: i64) -> Result<()> {
    let member = Member {
        meta: kernel::Meta { id: person.id, product: None, version: 1, created_at: now, updated_at: now, removed_at: None },
        email: if person.email.is_empty() { format!("assistant-{}", person.id.simple()) } else { person.email },
        name: person.name,
        password_hash: None,
        administrator,
        answers_for: person.answers_for.map(kernel::Id::new),
        zone: "UTC".into(),
        theme: "system".into(),
        keys_off: false,
    };
    let by = Attribution {
        act: Uuid::now_v7(),
        at: now,
        member: None,
        assistant: None,
        hat: None,
        door: kernel::Door::Cli.word(),
        command: "account.add".into(),
        area: None,
        proposal: None,
        reason: Some("with a product that came back".into()),
        undoable: false,
        takes: None,
    };
    write_event(writer, &Event::created(&ACCOUNT_ADDED, &member), Uuid::now_v7(), &by)
}

fn insert(writer: &mut dyn Writer, table: &str, row: BTreeMap<String, Value>) -> Result<()> {
    let places: Vec<String> = (1..=row.len()).map(|n| format!("${n}")).collect();
    let (columns, values): (Vec<String>, Vec<Value>) = row.into_iter().unzip();
    let sql = format!("insert into {table} ({}) values ({})", columns.join(", "), places.join(", "));
    writer.execute(&sql, &values).map(drop)
}

/// A line of activity as it is kept: of a new thing what is set, otherwise what changed.
fn told(line: BTreeMap<String, Json>, product: &Value) -> Result<BTreeMap<String, Value>> {
    let broken = |e: serde_json::Error| Refusal::invalid("file", format!("A line of activity cannot be read: {e}."));
    let is_new = line.get("did").and_then(Json::as_str) == Some(kernel::Act::Create.word());
    let mut row: BTreeMap<String, Value> = BTreeMap::from([("product".to_owned(), product.clone())]);
    for (field, cell) in line {
        if !LINE.contains(&field.as_str()) {
            return Err(Refusal::invalid("file", format!("This version does not know {field} of a line of activity.")));
        }
        let value = match field.as_str() {
            "changes" => {
                let changes: Vec<Change> = serde_json::from_value(cell).map_err(broken)?;
                let kept = match is_new {
                    true => serde_json::to_string(&changes.into_iter().map(|c| (c.field, c.to)).collect::<BTreeMap<String, Value>>()),
                    false => serde_json::to_string(&changes),
                };
                Value::Text(kept.map_err(broken)?)
            }
            _ => serde_json::from_value(cell).map_err(broken)?,
        };
        row.insert(field, value);
    }
    Ok(row)
}
