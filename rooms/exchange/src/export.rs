//! A whole product as JSON: every noun with every field, also what was taken away, the record of what happened, and the
//! files that the nouns name, as far as the asker may read it. It is written as it is read, so a large product takes no more memory than a small one.

use base64::{Engine, prelude::BASE64_STANDARD};
use kernel::{
    Change, Column, Json, Look, NounSpec, Refusal, Result, Row, Value, about,
    event::{LINE, read_changes},
    json,
};
use std::{collections::BTreeSet, io::Write};
use web::app::{Blobs, Registry};

/// Writes the product at hand out; how many things and lines of activity there were. What opens doors (invitations)
/// stays behind, and so does every hash of a secret.
pub fn export(look: &mut Look, registry: &Registry, blobs: &Blobs, out: &mut dyn Write) -> Result<u64> {
    let product = look.scope.product()?.clone();
    let mut out = Pieces { out, written: 0, first: true };
    out.text(&format!("{{\"tandem\":\"product\",\"format\":2,\"product\":{},\n\"members\":[", json!(product.key)))?;
    for person in people(look)? {
        out.piece(&person)?;
    }
    out.text("],\n\"nouns\":{")?;
    for (i, noun) in registry.nouns().filter(|noun| !opens_doors(noun)).enumerate() {
        out.text(&format!("{}\n\"{}\":[", if i == 0 { "" } else { "," }, noun.table))?;
        let columns: Vec<&str> = HEAD.iter().chain(noun.fields).copied().collect();
        let scope = look.scope;
        let readable = about::may_read(scope, noun.table, &noun.about).and();
        rows(look, noun.table, &columns, &readable, &mut out, &|field, cell| about::shown(scope, &noun.about, field, cell), &|_| {})?;
        out.text("]")?;
    }
    out.text("},\n\"activity\":[")?;
    let scope = look.scope;
    let readable = about::may_read_activity(scope).and();
    let columns: Vec<&str> = LINE.iter().copied().filter(|column| *column != "product").collect();
    rows(look, "activity", &columns, &readable, &mut out, &|_, cell| cell, &|line| {
        let noun = line["noun"].as_str().and_then(about::noun);
        let mut changes: Vec<Change> = line["changes"].as_str().and_then(|text| read_changes(text).ok()).unwrap_or_default();
        if let Some(noun) = noun {
            changes.retain(|change| about::sees_field(scope, &noun.about, &change.field));
            changes.iter_mut().for_each(|change| about::show_change(scope, &noun.about, change));
        }
        line["changes"] = json!(changes);
    })?;
    out.text("]")?;
    files(look, registry, blobs, &mut out)?;
    out.text("}\n")?;
    Ok(out.written)
}

/// The files that readable rows name, by their digests; nothing where there are none.
fn files(look: &mut Look, registry: &Registry, blobs: &Blobs, out: &mut Pieces) -> Result<()> {
    let (product, mut names) = (look.scope.product_id()?, BTreeSet::new());
    for noun in registry.nouns().filter(|noun| !noun.about.files.is_empty()) {
        let readable = about::may_read(look.scope, noun.table, &noun.about).and();
        for field in noun.about.files {
            let sql = format!("select distinct {field} from {} where product = $1 and {field} <> ''{readable}", noun.table);
            look.each(&sql, &[product.value()], &mut |mut row| {
                names.insert(row.take::<String>()?);
                Ok(())
            })?;
        }
    }
    let mut there = vec![];
    for name in names {
        if blobs.size(&name)?.is_some() {
            there.push(name);
        }
    }
    for (i, name) in there.iter().enumerate() {
        out.text(&format!("{}\n\"{name}\":\"", if i == 0 { ",\n\"files\":{" } else { "," }))?;
        blobs.read(name, &mut |piece| out.text(&BASE64_STANDARD.encode(piece)))?;
        out.text("\"")?;
    }
    out.text(if there.is_empty() { "" } else { "}" })
}

/// What every noun carries besides its product.
const HEAD: &[&str] = &["id", "version", "created_at", "updated_at", "removed_at"];

/// A noun that keeps a secret is a key to this installation, of no use in another.
fn opens_doors(noun: &NounSpec) -> bool {
    noun.fields.iter().any(|field| field.ends_with("_hash"))
}

/// Whoever belongs to the product or has, and the assistants that acted for them.
fn people(look: &mut Look) -> Result<Vec<Json>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select id, name, email, answers_for from member
         where id in (select member from membership where product = $1) or answers_for in (select member from membership where product = $1) order by id",
        &[product.value()],
    )?;
    let person = |mut row: Row| -> Result<Json> {
        let (id, name, email, answers_for): (String, String, String, Option<String>) = (row.take()?, row.take()?, row.take()?, row.take()?);
        Ok(match answers_for {
            Some(member) => json!({ "id": id, "name": name, "answers_for": member }),
            None => json!({ "id": id, "name": name, "email": email }),
        })
    };
    rows.into_iter().map(person).collect()
}

/// Every row of the product that may be read, in the order of ids. That order is there already, and sorting would keep
/// all in memory; so the index by product is left aside. `told` says what a cell tells, `shown` has the last word.
fn rows(
    look: &mut Look,
    table: &str,
    columns: &[&str],
    and: &str,
    out: &mut Pieces,
    told: &dyn Fn(&str, Value) -> Value,
    shown: &dyn Fn(&mut Json),
) -> Result<()> {
    out.first = true;
    let product = look.scope.product_id()?;
    let sql = format!("select {} from {table} where nullif(product, '') = $1{and} order by id", columns.join(", "));
    look.each(&sql, &[product.value()], &mut |row| {
        let fields = columns.iter().zip(row.cells()).map(|(column, cell)| ((*column).to_owned(), json!(told(column, cell))));
        let mut piece = Json::Object(fields.collect());
        shown(&mut piece);
        out.piece(&piece)
    })
}

/// JSON on its way out, a line for each piece of a list.
struct Pieces<'a> {
    out: &'a mut dyn Write,
    written: u64,
    first: bool,
}

impl Pieces<'_> {
    fn text(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(|e| Refusal::invalid("file", format!("The export cannot be written: {e}.")))
    }

    fn piece(&mut self, piece: &Json) -> Result<()> {
        let first = std::mem::take(&mut self.first);
        self.text(if first { "\n" } else { ",\n" })?;
        self.written += 1;
        kernel::serde_json::to_writer(&mut *self.out, piece).map_err(|e| Refusal::invalid("file", format!("The export cannot be written: {e}.")))
    }
}
