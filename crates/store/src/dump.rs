//! The whole workspace as lines of JSON: a backup that either database can restore.

use kernel::{Json, Reader, Refusal, Result, Value, Writer};
use std::io::{BufRead, Write};

/// Every table, parents before children.
pub const TABLES: &[&str] = &[
    "product",
    "agreement",
    "member",
    "session",
    "ticket",
    "api_token",
    "membership",
    "vision",
    "confirmation",
    "objective",
    "key_result",
    "measurement",
    "need",
    "evidence",
    "relation",
    "initiative",
    "feature",
    "board_column",
    "sprint",
    "story",
    "criterion",
    "verdict",
    "comment",
    "proposal",
    "signature",
    "import_run",
    "activity",
    "receipt",
];

/// Writes all rows; the first line says what this is.
pub fn write(writer: &mut dyn Writer, out: &mut dyn Write) -> Result<u64> {
    let broken = |e: std::io::Error| Refusal::broken(format!("writing the backup: {e}"));
    writeln!(out, r#"{{"tandem":"backup","format":1}}"#).map_err(broken)?;
    let mut count = 0;
    for table in TABLES {
        let columns = writer.columns(table)?;
        writeln!(out, "{}", serde_json::json!({ "table": table, "columns": columns })).map_err(broken)?;
        let rows = writer.query(&format!("select {} from {table} order by id", columns.join(", ")), &[])?;
        for mut row in rows {
            let cells: Vec<Value> = columns.iter().map(|_| row.take::<Cell>().map(|c| c.0)).collect::<Result<_>>()?;
            writeln!(out, "{}", serde_json::to_string(&cells).map_err(|e| Refusal::broken(e.to_string()))?).map_err(broken)?;
            count += 1;
        }
    }
    Ok(count)
}

/// Reads a backup into an empty database; anything unreadable refuses the whole.
pub fn read(writer: &mut dyn Writer, input: &mut dyn BufRead) -> Result<u64> {
    if writer.query("select id from member limit 1", &[])?.pop().is_some() {
        return Err(Refusal::invalid("file", "This database already has data. Restore into an empty one."));
    }
    let bad = |line: usize, what: String| Refusal::invalid("file", format!("Line {line} of the backup: {what}"));
    let mut insert = String::new();
    let mut width = 0;
    let mut count = 0;
    for (i, line) in input.lines().enumerate() {
        let line = line.map_err(|e| bad(i + 1, e.to_string()))?;
        let json: Json = serde_json::from_str(&line).map_err(|e| bad(i + 1, e.to_string()))?;
        match json {
            Json::Object(head) if i == 0 => {
                if head.get("tandem").and_then(Json::as_str) != Some("backup") {
                    return Err(bad(1, "this is no Tandem backup".into()));
                }
            }
            Json::Object(head) => {
                let table = head.get("table").and_then(Json::as_str).and_then(|t| TABLES.iter().find(|known| **known == t));
                let table = table.ok_or_else(|| bad(i + 1, "an unknown table".into()))?;
                let known = writer.columns(table)?;
                let columns: Vec<&str> = head.get("columns").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect();
                if columns.iter().any(|c| !known.iter().any(|k| k == c)) {
                    return Err(bad(i + 1, format!("columns of {table} that this version does not know")));
                }
                width = columns.len();
                let places: Vec<String> = (1..=width).map(|n| format!("${n}")).collect();
                insert = format!("insert into {table} ({}) values ({})", columns.join(", "), places.join(", "));
            }
            cells => {
                let cells: Vec<Value> = serde_json::from_value(cells).map_err(|e| bad(i + 1, e.to_string()))?;
                if cells.len() != width || insert.is_empty() {
                    return Err(bad(i + 1, format!("{} cells where {width} were expected", cells.len())));
                }
                writer.execute(&insert, &cells)?;
                count += 1;
            }
        }
    }
    Ok(count)
}

/// Any cell, as it is.
struct Cell(Value);

impl kernel::Column for Cell {
    fn value(&self) -> Value {
        self.0.clone()
    }
    fn read(value: Value) -> Result<Self> {
        Ok(Cell(value))
    }
}

/// Tells whether anything is there yet.
pub fn is_empty(reader: &mut dyn Reader) -> Result<bool> {
    Ok(reader.query("select id from member limit 1", &[])?.is_empty())
}
