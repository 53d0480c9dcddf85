//! Integrity: files and links as the database sees them, rows against activity, and the seals of
//! what was signed. Some hundred things are looked at at a time, on a reader, so a check takes little memory and
//! stops nobody from writing.

use crate::{App, proposals::seal};
use kernel::{Column, NounSpec, Proposal, Reader, Result, Value, event::read_changes, look::find_rows, room::Found};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::{Blobs, digested};
use uuid::Uuid;

/// So many mistakes are told; the others are counted.
const MOST_TOLD: usize = 1_000;

/// Things whose activity is asked for with one statement.
const AT_ONCE: usize = 64;

/// What was looked at and what is wrong.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Report {
    pub rows: u64,
    pub activity: u64,
    pub proposals: u64,
    pub wrong: Vec<String>,
    /// Mistakes beyond those that are told.
    pub more: u64,
}

impl Report {
    fn wrong(&mut self, what: String) {
        match self.wrong.len() < MOST_TOLD {
            true => self.wrong.push(what),
            false => self.more += 1,
        }
    }
}

impl App {
    /// Checks everything; an empty `wrong` means sound.
    pub async fn check(&self) -> Result<Report> {
        let (registry, blobs) = (self.registry.clone(), self.blobs.clone());
        self.store
            .read(move |reader| {
                let mut report = Report::default();
                reader.integrity()?.into_iter().for_each(|wrong| report.wrong(wrong));
                // Lines about what is thrown away after its time stand for good; only the others must have their thing.
                let mut passing = 0;
                for noun in registry.nouns() {
                    let (before, mut last) = (report.activity, None);
                    loop {
                        let found = noun.after(reader, last)?;
                        let Some(end) = found.last() else { break };
                        last = Some(end.meta.id);
                        missing(noun, &found, &blobs, &mut report)?;
                        rows(reader, noun, found, &mut report)?;
                    }
                    passing += if noun.about.fades.is_some() { report.activity - before } else { 0 };
                }
                let tables: Vec<String> = registry.nouns().filter(|n| n.about.fades.is_some()).map(|n| format!("'{}'", n.table)).collect();
                let lasting = format!("select count(*) from activity where noun not in ({})", tables.join(", "));
                let lines = reader.query(&lasting, &[])?.pop().map_or(Ok(0), |mut row| row.take::<i64>())? as u64;
                if lines != report.activity - passing {
                    let lost = lines.abs_diff(report.activity - passing);
                    report.wrong(format!("{lost} lines of activity are about something that is not there"));
                }
                seals(reader, &mut report)?;
                Ok(report)
            })
            .await
    }
}

/// Compares things with what activity says of them.
fn rows(reader: &mut dyn Reader, noun: &NounSpec, found: Vec<Found>, report: &mut Report) -> Result<()> {
    unfindable(reader, noun, &found, report)?;
    let latest = latest_values(reader, &found, report)?;
    for thing in found {
        report.rows += 1;
        for (field, value) in noun.fields.iter().zip(&thing.values).filter(|(field, _)| !field.ends_with("_hash")) {
            let told = latest.get(&(thing.meta.id, (*field).to_owned()));
            if !told.map_or_else(|| value.is_unset(), |told| same(told, value) || same(told, &digested(value))) {
                report.wrong(format!("{} {} ({}): {field} is {value:?}, activity says {told:?}", noun.table, thing.meta.id.simple(), thing.label));
            }
        }
    }
    Ok(())
}

/// Looks for files that rows name and that are not there.
fn missing(noun: &NounSpec, found: &[Found], blobs: &Blobs, report: &mut Report) -> Result<()> {
    for (at, field) in noun.fields.iter().enumerate().filter(|(_, field)| noun.about.files.contains(field)) {
        for thing in found {
            match &thing.values[at] {
                Value::Text(name) if !name.is_empty() && blobs.size(name)?.is_none() => {
                    report.wrong(format!("{} {} ({}): the file of its {field} is gone", noun.table, thing.meta.id.simple(), thing.label));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Looks for things that search should know and does not.
fn unfindable(reader: &mut dyn Reader, noun: &NounSpec, found: &[Found], report: &mut Report) -> Result<()> {
    let living: Vec<Uuid> = found.iter().filter(|t| t.searched.is_some() && t.meta.removed_at.is_none()).map(|t| t.meta.id).collect();
    if living.is_empty() {
        return Ok(());
    }
    let known = reader.query("select id from search_doc where id in each($1)", &[kernel::list(living.iter().copied())])?;
    let known: HashSet<Uuid> = known.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?;
    for id in living.iter().filter(|id| !known.contains(id)) {
        report.wrong(format!("{} {} is found by no search", noun.table, id.simple()));
    }
    Ok(())
}

/// Whole numbers in a column of fractions come back as fractions.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Int(a), Value::Real(b)) | (Value::Real(b), Value::Int(a)) => *a as f64 == *b,
        _ => a == b,
    }
}

/// The last value of each field that activity tells.
fn latest_values(reader: &mut dyn Reader, found: &[Found], report: &mut Report) -> Result<HashMap<(Uuid, String), Value>> {
    let mut latest = HashMap::new();
    let mut of_product: BTreeMap<Option<Uuid>, Vec<Uuid>> = BTreeMap::new();
    for thing in found {
        of_product.entry(thing.meta.product).or_default().push(thing.meta.id);
    }
    // One text for any number of things: the places that are left over repeat the last.
    let places = (2..=AT_ONCE + 1).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    for (product, ids) in of_product {
        let of = if product.is_some() { "product = $1" } else { "product is null and $1 = ''" };
        let sql = format!("select noun_id, changes from activity where {of} and noun_id in ({places}) order by noun_id, at, id");
        for ids in ids.chunks(AT_ONCE) {
            let padded = ids.iter().chain(std::iter::repeat(&ids[ids.len() - 1])).take(AT_ONCE).map(Column::value);
            let params: Vec<Value> = [product.map_or(Value::Text(String::new()), |p| p.value())].into_iter().chain(padded).collect();
            for mut row in reader.query(&sql, &params)? {
                report.activity += 1;
                let id: Uuid = row.take()?;
                match read_changes(&row.take::<String>()?) {
                    Ok(changes) => latest.extend(changes.into_iter().map(|c| ((id, c.field), c.to))),
                    Err(error) => report.wrong(format!("a line of activity about {} cannot be read: {error}", id.simple())),
                }
            }
        }
    }
    Ok(latest)
}

/// Compares what was signed with its seal.
fn seals(reader: &mut dyn Reader, report: &mut Report) -> Result<()> {
    let mut last = Value::Text(String::new());
    loop {
        let some: Vec<Proposal> = find_rows(reader, "where id > $1 order by id limit 100", &[last])?;
        let Some(end) = some.last() else { return Ok(()) };
        last = end.meta.id.value();
        for proposal in some {
            report.proposals += 1;
            if seal(&proposal) != proposal.seal {
                report.wrong(format!("proposal {} ({}) is not what was signed", proposal.meta.id.simple(), proposal.title));
            }
        }
    }
}
