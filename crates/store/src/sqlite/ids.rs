//! Ids as SQLite keeps them: sixteen bytes instead of thirty-two letters, since each stands in its row and in every index over it,
//! and half of a file would be letters of ids. Whoever asks sees letters: a value goes in and comes out by way of here.

use super::broken;
use crate::migrations;
use kernel::{Refusal, Result};
use rusqlite::{
    Connection, ErrorCode,
    config::DbConfig,
    functions::{Context, FunctionFlags},
    types::{ToSqlOutput, Value, ValueRef},
};
use std::collections::BTreeMap;
use uuid::Uuid;

pub type Packed = uuid::Bytes;

/// The bytes of an id that carries its time, as the program makes them; nothing for any other text. It hangs on the text alone,
/// so what was packed once is packed the same whenever it is looked for.
pub fn packed(text: &[u8]) -> Option<Packed> {
    let ours = text.len() == 32 && text[0] == b'0' && text[12] == b'7' && matches!(text[16], b'8' | b'9' | b'a' | b'b');
    // Great letters would come back as small ones.
    let is_plain = || text.iter().all(|letter| matches!(letter, b'0'..=b'9' | b'a'..=b'f'));
    if ours && is_plain() { Uuid::try_parse_ascii(text).ok().map(Uuid::into_bytes) } else { None }
}

/// The letters again.
pub fn unpacked(bytes: &[u8]) -> Option<String> {
    let id = Uuid::from_slice(bytes).ok()?;
    Some(id.simple().encode_lower(&mut Uuid::encode_buffer()).to_owned())
}

/// Teaches a connection `packed(value)`, for lists, whose items come out of JSON as letters, and `unpacked(value)` for what goes
/// into JSON.
pub fn teach(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    let pack = |context: &Context| {
        Ok(match context.get_raw(0) {
            ValueRef::Text(text) => packed(text).map_or(ToSqlOutput::Arg(0), |bytes| ToSqlOutput::Owned(Value::Blob(bytes.into()))),
            _ => ToSqlOutput::Arg(0),
        })
    };
    let unpack = |context: &Context| {
        Ok(match context.get_raw(0) {
            ValueRef::Blob(bytes) => unpacked(bytes).map_or(ToSqlOutput::Arg(0), |text| ToSqlOutput::Owned(Value::Text(text))),
            _ => ToSqlOutput::Arg(0),
        })
    };
    connection.create_scalar_function("packed", 1, flags, pack).map_err(broken)?;
    connection.create_scalar_function("unpacked", 1, flags, unpack).map_err(broken)
}

/// The migration from which on ids are packed. Those that come later find packed ones in every file.
const SINCE: i32 = 427;
/// `user_version` of a file whose ids are packed.
const PACKED: i64 = 1;

/// Brings a file up to date. One from before is packed on the way, once, while nobody else has it open: a program of before that
/// goes on with it would read ids wrong, and write letters beside them.
pub fn bring_up(connection: &mut Connection) -> Result<()> {
    if user_version(connection)? >= PACKED {
        return migrations::sqlite(connection, None);
    }
    let ledger = "select count(*) from sqlite_schema where name = 'refinery_schema_history'";
    let is_new = connection.query_row(ledger, [], |row| row.get::<_, i64>(0)).map_err(broken)? == 0;
    if !is_new {
        alone(connection)?;
        tracing::info!("packing the ids of the database, once; this takes a minute or less for each GB");
    }
    migrations::sqlite(connection, Some(SINCE))?;
    // What points at a row and the row itself change one after the other, and nothing that is counted changes.
    kept_in_step(connection, false)?;
    let packing = pack(connection);
    kept_in_step(connection, true)?;
    packing?;
    if !is_new {
        together(connection)?;
    }
    migrations::sqlite(connection, None)
}

fn user_version(connection: &Connection) -> Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(broken)
}

/// Takes the file for this connection alone.
fn alone(connection: &Connection) -> Result<()> {
    // The log can be left by the last one only.
    match connection.execute_batch("pragma locking_mode = exclusive; pragma journal_mode = delete; begin exclusive; commit;") {
        Ok(()) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Err(Refusal::invalid("", IN_USE)),
        Err(error) => Err(broken(error)),
    }
}

const IN_USE: &str = "Another program has this database open, and it is to be brought up to date. Stop that one first (a server of the version \
     before), then begin again.";

/// Gives back the room that letters took, and lets others in.
fn together(connection: &Connection) -> Result<()> {
    // Not in memory, where a file has no room. Without room for a copy it stays as large as it was, and fills from within.
    if let Err(error) = connection.execute_batch("pragma temp_store = file; vacuum;") {
        tracing::warn!(%error, "giving back the room that ids took");
    }
    // What was locked for one is let go when something is read next.
    let back = "pragma temp_store = memory; pragma locking_mode = normal; pragma journal_mode = wal; select count(*) from sqlite_schema;";
    connection.execute_batch(back).map_err(broken)
}

fn kept_in_step(connection: &Connection, kept: bool) -> Result<()> {
    connection.pragma_update(None, "foreign_keys", kept).map_err(broken)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, kept).map(drop).map_err(broken)
}

/// Packs what stands in letters, table by table: what was broken off goes on there, and needs room for the largest only.
fn pack(connection: &Connection) -> Result<()> {
    for (table, fields) in text_fields(connection).map_err(broken)? {
        pack_table(connection, &table, &fields).map_err(broken)?;
    }
    connection.pragma_update(None, "user_version", PACKED).map_err(broken)
}

/// The fields of text of each table, but for the texts that are searched.
fn text_fields(connection: &Connection) -> rusqlite::Result<BTreeMap<String, Vec<String>>> {
    let sql = "select of.name, field.name from sqlite_schema of, pragma_table_info(of.name) field
        where of.type = 'table' and lower(field.type) = 'text' and of.name not like 'search!_text%' escape '!'
        and of.name not in ('search_lately', 'refinery_schema_history') and of.name not like 'sqlite!_%' escape '!'";
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for found in connection.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (table, field) = found?;
        fields.entry(table).or_default().push(field);
    }
    Ok(fields)
}

fn pack_table(connection: &Connection, table: &str, fields: &[String]) -> rusqlite::Result<()> {
    // Only what holds ids is written anew: each field written is an index written.
    let held: Vec<String> = fields.iter().map(|field| format!("coalesce(max(typeof(packed({field})) <> typeof({field})), 0)")).collect();
    let held: Vec<bool> =
        connection.query_row(&format!("select {} from {table}", held.join(", ")), [], |row| (0..fields.len()).map(|i| row.get(i)).collect())?;
    let packed: Vec<String> = fields.iter().zip(held).filter(|(_, held)| *held).map(|(field, _)| format!("{field} = packed({field})")).collect();
    match packed.is_empty() {
        true => Ok(()),
        false => connection.execute(&format!("update {table} set {}", packed.join(", ")), []).map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CACHE, Care, Reader, Sqlite, connect, fresh_file};
    use super::*;
    use kernel::{Value as Cell, list};

    #[test]
    fn an_id_is_half_as_long_and_comes_back_as_it_was() {
        let id = b"01a22f465cda74c79d8470fd7a70449e";
        assert_eq!(packed(id).and_then(|bytes| unpacked(&bytes)).as_deref().map(str::as_bytes), Some(&id[..]));
        // Other texts are left as they are: with great letters, of another kind, longer, shorter, or none of ours.
        for other in [
            "01A22f465cda74c79d8470fd7a70449e",
            "01a22f465cda44c79d8470fd7a70449e",
            "01a22f465cda74c7cd8470fd7a70449e",
            "f1a22f465cda74c79d8470fd7a70449e",
            "01a22f465cda74c79d8470fd7a70449e0",
            "01a22f465cda74c79d8470fd7a70449",
            "01a22f465cda74c79d8470fd7a70449g",
            "",
        ] {
            assert_eq!(packed(other.as_bytes()), None, "{other}");
        }
        assert_eq!(unpacked(b"sixteen letters!").as_deref().map(|text| packed(text.as_bytes())), Some(None));
        assert_eq!(unpacked(b"short"), None);
    }

    #[test]
    fn a_file_from_before_is_packed_once_when_it_is_opened() {
        let file = fresh_file(&std::env::temp_dir().join("tandem-tests")).unwrap();
        let [mara, helper] = ["01a22f465cda74c79d8470fd7a70449e", "01a22f465cda74c79d8470fd7a70449f"];
        let connection = connect(&file, Care::Fast, CACHE).unwrap();
        let member = "(version, created_at, updated_at, administrator, zone, theme, id, name, email, answers_for) values (1, 0, 0, 0, '', ''";
        let in_letters = format!(
            "pragma user_version = 0; insert into member {member}, '{mara}', 'Mara', 'm@x.org', null);
             insert into member {member}, '{helper}', 'Helper', '', '{mara}');"
        );
        connection.execute_batch(&in_letters).unwrap();
        assert_eq!(Sqlite::open(&file, Care::Fast, 1).err(), Some(Refusal::invalid("", IN_USE)), "while somebody else has it open");
        drop(connection);
        for _ in 0..2 {
            let engine = Sqlite::open(&file, Care::Fast, 1).unwrap();
            let mut session = engine.idle.1.recv().unwrap();
            let mut told =
                |sql: &str, params: &[Cell]| -> Vec<Cell> { session.query(sql, params).unwrap().into_iter().flat_map(kernel::Row::cells).collect() };
            let text = |text: &str| Cell::Text(text.to_owned());
            assert_eq!(told("select id from member where answers_for = $1", &[text(mara)]), [text(helper)]);
            assert_eq!(told("select name from member where id in each($1) order by id", &[list([mara, helper].map(str::to_owned))]).len(), 2);
            assert_eq!(told("select count(*) from member where typeof(id) = 'blob' and typeof(name) = 'text'", &[]), [Cell::Int(2)]);
            assert_eq!(told("pragma journal_mode", &[]), [text("wal")]);
            assert_eq!(session.integrity(), Ok(vec![]));
            connect(&file, Care::Fast, CACHE).unwrap().execute_batch("begin immediate; rollback").unwrap();
        }
    }
}
