//! Ids as SQLite keeps them: sixteen bytes instead of thirty-two letters, since each stands in its row and in every index over it,
//! and half of a file would be letters of ids. Whoever asks sees letters: a value goes in and comes out by way of here.

use super::broken;
use kernel::Result;
use rusqlite::{
    Connection,
    config::DbConfig,
    functions::{Context, FunctionFlags},
    types::{ToSqlOutput, Value},
};
use std::collections::BTreeMap;

pub type Packed = [u8; 16];

/// The bytes of an id that carries its time, as the program makes them; nothing for any other text. It hangs on the text alone,
/// so what was packed once is packed the same whenever it is looked for.
pub fn packed(text: &[u8]) -> Option<Packed> {
    if text.len() != 32 || text[0] != b'0' || text[12] != b'7' || !matches!(text[16], b'8' | b'9' | b'a' | b'b') {
        return None;
    }
    let mut bytes = Packed::default();
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    }
}

/// The letters again.
pub fn unpacked(bytes: &[u8]) -> Option<String> {
    let letter = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    (bytes.len() == size_of::<Packed>()).then(|| bytes.iter().flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]).collect())
}

/// Teaches a connection `packed(value)`, for lists: their items come out of JSON as letters.
pub fn teach(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    let pack = |context: &Context| {
        Ok(match context.get_raw(0).as_bytes().ok().and_then(packed) {
            Some(bytes) => ToSqlOutput::Owned(Value::Blob(bytes.into())),
            None => ToSqlOutput::Arg(0),
        })
    };
    connection.create_scalar_function("packed", 1, flags, pack).map_err(broken)
}

/// Packs what a file from before holds in letters, once, and gives back the room that this leaves.
pub fn pack(connection: &mut Connection) -> Result<()> {
    if connection.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)).map_err(broken)? >= PACKED {
        return Ok(());
    }
    // What points at a row and the row itself change one after the other, and nothing that is counted changes.
    let kept_in = |connection: &Connection, kept: bool| -> Result<()> {
        connection.pragma_update(None, "foreign_keys", kept).map_err(broken)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, kept).map(drop).map_err(broken)
    };
    kept_in(connection, false)?;
    let packing = connection.transaction().map_err(broken).and_then(|transaction| {
        let touched = pack_tables(&transaction).map_err(broken)?;
        transaction.pragma_update(None, "user_version", PACKED).map_err(broken)?;
        transaction.commit().map_err(broken)?;
        Ok(touched)
    });
    kept_in(connection, true)?;
    if packing? > 0 {
        // Where there is no room for a copy the file stays as large as it was, and fills from within.
        if let Err(error) = connection.execute_batch("vacuum; pragma wal_checkpoint(truncate)") {
            tracing::warn!(%error, "giving back the room that ids took");
        }
    }
    Ok(())
}

/// `user_version` of a file whose ids are packed.
const PACKED: i64 = 1;

fn pack_tables(connection: &Connection) -> rusqlite::Result<usize> {
    let texts = "select of.name, field.name from sqlite_schema of, pragma_table_info(of.name) field
        where of.type = 'table' and of.sql not like 'create virtual%' and lower(field.type) = 'text'
        and of.name not like 'search_text%' and of.name not like 'sqlite_%' order by 1";
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for found in connection.prepare(texts)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (table, field) = found?;
        fields.entry(table).or_default().push(field);
    }
    let mut touched = 0;
    for (table, fields) in fields {
        // Only what holds ids is written anew: each field written is an index written.
        let held: Vec<String> = fields.iter().map(|field| format!("coalesce(max(typeof(packed({field})) = 'blob'), 0)")).collect();
        let held: Vec<bool> =
            connection.query_row(&format!("select {} from {table}", held.join(", ")), [], |row| (0..fields.len()).map(|i| row.get(i)).collect())?;
        let packed: Vec<String> = fields.iter().zip(held).filter(|(_, held)| *held).map(|(field, _)| format!("{field} = packed({field})")).collect();
        if !packed.is_empty() {
            touched += connection.execute(&format!("update {table} set {}", packed.join(", ")), [])?;
        }
    }
    Ok(touched)
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
            assert_eq!(session.integrity(), Ok(vec![]));
        }
    }
}
