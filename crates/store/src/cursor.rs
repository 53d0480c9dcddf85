//! Reading row by row from a database that would send all rows at once: a cursor, in plain SQL.

use kernel::{Reader, Result, Row, Value};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Rows that are on their way at once.
const AT_ONCE: usize = 1000;

/// Hands the rows of a query over one by one. Only within a transaction.
pub fn each(reader: &mut dyn Reader, sql: &str, params: &[Value], row: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
    // Named after its text, because a prepared fetch remembers the columns of its cursor.
    let mut hash = DefaultHasher::new();
    sql.hash(&mut hash);
    let name = format!("each_{:016x}", hash.finish());
    reader.query(&format!("declare {name} no scroll cursor for {sql}"), params)?;
    let fetch = format!("fetch {AT_ONCE} from {name}");
    loop {
        let rows = reader.query(&fetch, &[])?;
        let last = rows.len() < AT_ONCE;
        rows.into_iter().try_for_each(&mut *row)?;
        if last {
            break;
        }
    }
    reader.query(&format!("close {name}"), &[]).map(drop)
}
