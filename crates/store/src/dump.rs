//! The whole workspace as lines of JSON: a backup that either database can restore, with the files that its rows name
//! behind the rows. Its last line has the number of rows in each table and a SHA-256 over every line before it, so that a
//! backup which was cut off or changed is not taken for a whole one.

use crate::blobs::{Arriving, Blobs};
use base64::{Engine, prelude::BASE64_STANDARD};
use kernel::{Reader, Refusal, Result, Value, Writer};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, Read, Seek, Write},
};

const FORMAT: i64 = 3;
/// The format before files could be attached; nothing else in it is different.
const WITHOUT_FILES: i64 = 2;

/// The longest line that is read: a row is never larger than what could be sent at once.
const LONGEST_LINE: u64 = 256 << 20;

/// Rows that go into the database with one statement.
const AT_ONCE: usize = 100;

/// The files that rows name: the tables and their fields that do, and where the files are.
pub struct Files<'a> {
    pub named: Vec<(&'static str, &'static str)>,
    pub blobs: &'a Blobs,
}

impl Files<'_> {
    /// The digests that stand in all rows, in order.
    pub fn all(&self, reader: &mut dyn Reader) -> Result<BTreeSet<String>> {
        let mut all = BTreeSet::new();
        for (table, field) in &self.named {
            let sql = format!("select distinct {field} from {table} where {field} <> ''");
            reader.each(&sql, &[], &mut |mut row| {
                all.insert(row.take::<String>()?);
                Ok(())
            })?;
        }
        Ok(all)
    }
}

/// What stands between the rows.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Mark {
    Head {
        tandem: String,
        format: i64,
    },
    Table {
        table: String,
        columns: Vec<String>,
    },
    /// A file, whose bytes follow as lines of base64.
    File {
        file: String,
    },
    End {
        rows: BTreeMap<String, u64>,
        sha256: String,
    },
}

/// Writes all rows of some tables as they stand at one moment, and the files that they name; how many rows there were.
pub fn write(reader: &mut dyn Reader, tables: &[&'static str], files: &Files, out: &mut dyn Write) -> Result<u64> {
    let mut file = Sealing { out, hash: Sha256::new() };
    file.line(&Mark::Head { tandem: "backup".into(), format: FORMAT })?;
    let mut rows = BTreeMap::new();
    for table in tables {
        let columns = reader.columns(table)?;
        // In the order of its key, which needs no sorting.
        let key = if columns.iter().any(|column| column == "id") { "id".to_owned() } else { columns.join(", ") };
        let sql = format!("select {} from {table} order by {key}", columns.join(", "));
        file.line(&Mark::Table { table: (*table).to_owned(), columns })?;
        let mut count = 0;
        reader.each(&sql, &[], &mut |row| {
            count += 1;
            file.line(&row.cells())
        })?;
        rows.insert((*table).to_owned(), count);
    }
    for name in files.all(reader)? {
        if files.blobs.size(&name)?.is_none() {
            // `tandem check` tells of it; a backup without it is better than none.
            tracing::warn!(name, "a file is missing in the backup");
            continue;
        }
        file.line(&Mark::File { file: name.clone() })?;
        files.blobs.read(&name, &mut |piece| file.line(&BASE64_STANDARD.encode(piece)))?;
    }
    let all = rows.values().sum();
    let sha256 = hex(file.hash.clone());
    file.line(&Mark::End { rows, sha256 })?;
    Ok(all)
}

/// Lines on their way out, and what they come to.
struct Sealing<'a> {
    out: &'a mut dyn Write,
    hash: Sha256,
}

impl Sealing<'_> {
    fn line(&mut self, what: &impl Serialize) -> Result<()> {
        let mut line = serde_json::to_vec(what).map_err(|e| Refusal::broken(e.to_string()))?;
        line.push(b'\n');
        self.hash.update(&line);
        self.out.write_all(&line).map_err(|e| Refusal::invalid("file", format!("The backup cannot be written: {e}.")))
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A backup that has been looked through to its end mark.
pub struct Whole<F> {
    input: F,
    tables: Vec<&'static str>,
}

impl<F: BufRead + Seek> Whole<F> {
    /// # Errors
    /// `Invalid`, with the line, for anything but a whole and unchanged backup of these tables.
    pub fn verify(mut input: F, tables: Vec<&'static str>) -> Result<Whole<F>> {
        walk(&mut input, &tables, &mut |_| Ok(()))?;
        Ok(Whole { input, tables })
    }

    /// Reads it into an empty database, and its files into their place; how many rows there were.
    pub fn restore(mut self, writer: &mut dyn Writer, blobs: &Blobs) -> Result<u64> {
        if !is_empty(writer.reader())? {
            return Err(Refusal::invalid("file", "This database already has data. Restore into an empty one."));
        }
        self.input.rewind().map_err(|e| Refusal::broken(format!("reading the backup: {e}")))?;
        let mut filling = Filling { writer, blobs, table: String::new(), columns: vec![], waiting: vec![], arriving: None };
        let rows = walk(&mut self.input, &self.tables, &mut |part| filling.take(part))?;
        filling.settle()?;
        filling.arrived()?;
        filling.writer.bring_along()?;
        Ok(rows)
    }
}

/// A part of a backup.
enum Part {
    Table(String, Vec<String>),
    Row(Vec<Value>),
    /// A file, whose pieces follow.
    File,
    Piece(Vec<u8>),
}

/// Goes through a backup to its end mark.
fn walk(input: &mut dyn BufRead, tables: &[&str], each: &mut dyn FnMut(Part) -> Result<()>) -> Result<u64> {
    let mut lines = Lines { input, number: 0, hash: Sha256::new() };
    match lines.next()? {
        Some((line, _)) => match serde_json::from_slice(&line) {
            Ok(Mark::Head { tandem, format: FORMAT | WITHOUT_FILES }) if tandem == "backup" => {}
            Ok(Mark::Head { tandem, format: 1 }) if tandem == "backup" => {
                return Err(lines.wrong("this backup was made by an earlier version and has no end mark, so nothing tells whether it is whole. Restore it with that version, bring the database up to date and back it up again"));
            }
            Ok(Mark::Head { tandem, format }) if tandem == "backup" => {
                return Err(lines.wrong(format!("a backup of format {format}, which this version cannot read")));
            }
            _ => return Err(lines.wrong("this is no Tandem backup")),
        },
        None => return Err(lines.wrong("the file is empty")),
    }
    let mut rows: BTreeMap<String, u64> = BTreeMap::new();
    let mut now: Option<(String, usize)> = None;
    let mut file: Option<(String, Sha256)> = None;
    while let Some((line, before)) = lines.next()? {
        if line.first() == Some(&b'[') {
            let cells: Vec<Value> = serde_json::from_slice(&line).map_err(|e| lines.wrong(e))?;
            let Some((table, width)) = &now else { return Err(lines.wrong("a row before any table")) };
            if cells.len() != *width {
                return Err(lines.wrong(format!("{} cells where {width} were expected", cells.len())));
            }
            *rows.entry(table.clone()).or_default() += 1;
            each(Part::Row(cells))?;
            continue;
        }
        if line.first() == Some(&b'"') {
            let text: String = serde_json::from_slice(&line).map_err(|e| lines.wrong(e))?;
            let piece = BASE64_STANDARD.decode(text).map_err(|e| lines.wrong(e))?;
            let Some((_, hash)) = &mut file else { return Err(lines.wrong("a piece of a file before any file")) };
            hash.update(&piece);
            each(Part::Piece(piece))?;
            continue;
        }
        if file.take().is_some_and(|(name, hash)| hex(hash) != name) {
            return Err(lines.wrong("the file before it is not what its name says"));
        }
        match serde_json::from_slice(&line).map_err(|e| lines.wrong(e))? {
            Mark::File { file: name } if crate::blobs::is_digest(&name) => {
                now = None;
                file = Some((name, Sha256::new()));
                each(Part::File)?;
            }
            Mark::Table { table, columns } if tables.contains(&table.as_str()) && !rows.contains_key(&table) => {
                rows.insert(table.clone(), 0);
                now = Some((table.clone(), columns.len()));
                each(Part::Table(table, columns))?;
            }
            Mark::End { rows: told, sha256 } => {
                if told != rows || sha256 != before {
                    return Err(lines.wrong("the end mark does not fit what stands before it: the backup was changed"));
                }
                if lines.next()?.is_some() {
                    return Err(lines.wrong("something stands behind the end mark"));
                }
                return Ok(rows.values().sum());
            }
            _ => return Err(lines.wrong("a table that this version does not know, or one for the second time")),
        }
    }
    Err(lines.wrong("the backup is cut off: its end mark is missing"))
}

/// The lines of a backup, with what those before each come to.
struct Lines<'a> {
    input: &'a mut dyn BufRead,
    number: usize,
    hash: Sha256,
}

impl Lines<'_> {
    /// A line without its end, and the hash over all before it (worked out for marks only).
    fn next(&mut self) -> Result<Option<(Vec<u8>, String)>> {
        let mut line = vec![];
        let read = (&mut *self.input).take(LONGEST_LINE).read_until(b'\n', &mut line);
        self.number += 1;
        if read.map_err(|e| self.wrong(e))? == 0 {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') {
            return Err(self.wrong("the backup is cut off in the middle of a line"));
        }
        let before = if line.first() == Some(&b'{') { hex(self.hash.clone()) } else { String::new() };
        self.hash.update(&line);
        line.pop();
        Ok(Some((line, before)))
    }

    fn wrong(&self, what: impl std::fmt::Display) -> Refusal {
        Refusal::invalid("file", format!("Line {} of the backup: {what}.", self.number))
    }
}

/// Rows on their way into the database, some at a time, and behind them files on their way into their place.
struct Filling<'a> {
    writer: &'a mut dyn Writer,
    blobs: &'a Blobs,
    arriving: Option<Arriving>,
    table: String,
    columns: Vec<String>,
    waiting: Vec<Vec<Value>>,
}

impl Filling<'_> {
    fn take(&mut self, part: Part) -> Result<()> {
        match part {
            Part::Table(table, columns) => {
                self.settle()?;
                let known = self.writer.columns(&table)?;
                if let Some(unknown) = columns.iter().find(|c| !known.contains(c)) {
                    return Err(Refusal::invalid(
                        "file",
                        format!("This version does not know {unknown} of {table}. Restore with the version that made the backup."),
                    ));
                }
                (self.table, self.columns) = (table, columns);
                Ok(())
            }
            Part::Row(cells) => {
                self.waiting.push(cells);
                if self.waiting.len() < AT_ONCE {
                    return Ok(());
                }
                let rows = std::mem::take(&mut self.waiting);
                self.insert(rows.len(), rows.concat())
            }
            Part::File => {
                self.arrived()?;
                self.arriving = Some(self.blobs.begin()?);
                Ok(())
            }
            Part::Piece(bytes) => self.arriving.as_mut().map_or(Ok(()), |file| file.take(&bytes)),
        }
    }

    /// A file is whole once something else follows.
    fn arrived(&mut self) -> Result<()> {
        self.arriving.take().map_or(Ok(()), |file| file.keep().map(drop))
    }

    /// Writes what still waits, row by row, so that few statements are prepared.
    fn settle(&mut self) -> Result<()> {
        std::mem::take(&mut self.waiting).into_iter().try_for_each(|row| self.insert(1, row))
    }

    fn insert(&mut self, rows: usize, cells: Vec<Value>) -> Result<()> {
        let places: Vec<String> = (0..rows)
            .map(|row| {
                let row: Vec<String> = (1..=self.columns.len()).map(|column| format!("${}", row * self.columns.len() + column)).collect();
                format!("({})", row.join(", "))
            })
            .collect();
        let sql = format!("insert into {} ({}) values {}", self.table, self.columns.join(", "), places.join(", "));
        self.writer.execute(&sql, &cells).map(drop)
    }
}

/// Tells whether anything is there yet.
pub fn is_empty(reader: &mut dyn Reader) -> Result<bool> {
    Ok(reader.query("select id from member limit 1", &[])?.is_empty())
}
