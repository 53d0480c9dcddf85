//! What SQLite's planner is told of the tables. Without a word it takes a product to have ten rows and walks the whole of
//! it where a few of its rows are asked for by id. Counting the rows at hand would make plans follow whatever a house holds
//! on the day of the count; so every house is told the same, of a large product, and its plans are those of the tests.

use super::broken;
use kernel::Result;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Rows of a table in all products.
const ROWS: u64 = 1_000_000;
const PRODUCTS: u64 = 50;
/// An index of some rows has so many of a thousand.
const PARTIAL: u64 = 50;
/// A field that knows only a few words knows so many.
const WORDS: u64 = 5;
/// Of so many rows one has a certain id, moment or rank.
const APART: u64 = 1_000;
/// So many hang at most on one id.
const HANGING: u64 = 20;

const NARROW: [&str; 7] = ["stage", "state", "area", "noun", "thing", "page", "did"];

/// A table, its index, and what is said of it: its rows, and of them those that agree in the first field, the first two, ….
type Said = (String, String, String);

/// Tells the planner of connections that are opened from now on, and of this one.
pub fn tell(connection: &mut Connection) -> Result<()> {
    let told = said(connection).map_err(broken)?;
    if known(connection).is_ok_and(|known| known == told) {
        return Ok(());
    }
    let change = connection.transaction().map_err(broken)?;
    // The tables for it are made by the first count.
    change.execute_batch("analyze refinery_schema_history; delete from sqlite_stat1;").map_err(broken)?;
    for (table, index, stat) in told {
        change.execute("insert into sqlite_stat1 (tbl, idx, stat) values (?1, ?2, ?3)", [table, index, stat]).map_err(broken)?;
    }
    change.commit().map_err(broken)?;
    connection.execute_batch("analyze sqlite_schema").map_err(broken)
}

fn known(connection: &Connection) -> rusqlite::Result<BTreeSet<Said>> {
    rows(connection, "select tbl, idx, stat from sqlite_stat1")
}

fn rows(connection: &Connection, sql: &str) -> rusqlite::Result<BTreeSet<Said>> {
    connection.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

/// For each index, from what it is of.
fn said(connection: &Connection) -> rusqlite::Result<BTreeSet<Said>> {
    // The full text looks after itself.
    let indexes = "select of.name, made.name, made.\"unique\" || made.partial || ' ' || (select group_concat(coalesce(name, '')) from pragma_index_info(made.name))
        from sqlite_schema of, pragma_index_list(of.name) made where of.type = 'table' and of.name not like 'search_text%'";
    let told = |(table, index, of): Said| {
        let (traits, fields) = of.split_once(' ').unwrap_or_default();
        let stat = stat(fields, traits.starts_with('1'), traits.ends_with('1'));
        (table, index, stat)
    };
    Ok(rows(connection, indexes)?.into_iter().map(told).collect())
}

fn stat(fields: &str, unique: bool, partial: bool) -> String {
    let mut left = if partial { ROWS * PARTIAL / 1_000 } else { ROWS };
    let mut words = vec![left.to_string()];
    let last = fields.split(',').count() - 1;
    for (place, field) in fields.split(',').enumerate() {
        left = match field {
            _ if unique && place == last => 1,
            "product" => left / PRODUCTS,
            _ if NARROW.contains(&field) => left / WORDS,
            // Whoever works on a product does a good part of what is done there.
            "member" if place > 0 => left / WORDS,
            _ => (left / APART).min(HANGING),
        }
        .max(1);
        words.push(left.to_string());
    }
    // An index that begins with the product is for whoever names one.
    words.push("noskipscan".into());
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        migrations,
        sqlite::{ids, words::translated},
    };

    fn house() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).unwrap();
        ids::teach(&connection).unwrap();
        migrations::sqlite(&mut connection, None).unwrap();
        tell(&mut connection).unwrap();
        connection
    }

    fn plan(connection: &Connection, sql: &str) -> Vec<String> {
        let mut statement = connection.prepare(&format!("explain query plan {}", translated(sql))).unwrap();
        let places = statement.parameter_count();
        statement.query_map(rusqlite::params_from_iter(vec!["[]"; places]), |row| row.get(3)).unwrap().map(|line| line.unwrap()).collect()
    }

    fn names(connection: &Connection, sql: &str) -> Vec<String> {
        connection.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(|name| name.unwrap()).collect()
    }

    #[test]
    fn rows_of_a_product_that_are_asked_for_by_id_are_looked_up_by_id() {
        let connection = house();
        let having = |field: &str| {
            names(
                &connection,
                &format!("select of.name from sqlite_schema of, pragma_table_info(of.name) field where of.type = 'table' and field.name = '{field}'"),
            )
        };
        let (products, dated) = (having("product"), having("created_at"));
        // There is one agreement in a product.
        let tables = having("id").into_iter().filter(|table| products.contains(table) && table != "agreement");
        let mut tried = 0;
        for table in tables {
            let of_some = format!("select * from {table} where {table}.product = $1 and {table}.id in each($2)");
            let in_order = dated.contains(&table).then(|| format!("{of_some} order by {table}.created_at, {table}.id"));
            for sql in [Some(of_some), in_order].into_iter().flatten() {
                let plan = plan(&connection, &sql);
                assert!(plan[0].starts_with(&format!("SEARCH {table} ")) && plan[0].ends_with("(id=?)"), "{sql}: {plan:?}");
                tried += 1;
            }
        }
        assert!(tried > 40, "{tried}");
    }

    #[test]
    fn what_hangs_on_some_things_is_looked_up_by_the_things() {
        let connection = house();
        let indexes = "select of.name || ' ' || field.name from sqlite_schema of, pragma_index_list(of.name) made, pragma_index_info(made.name) field
            where of.type = 'table' and made.partial = 0 and field.seqno = 0 and (field.name like '%!_id' escape '!' or field.name in ('story', 'comment', 'proposal', 'poll'))
            and 'product' in (select name from pragma_table_info(of.name)) and 'removed_at' in (select name from pragma_table_info(of.name))";
        let hanging = names(&connection, indexes);
        assert!(hanging.len() > 5, "{hanging:?}");
        for one in hanging {
            let (table, field) = one.split_once(' ').unwrap();
            let sql = format!("select * from {table} where {table}.product = $1 and {table}.{field} in each($2) and removed_at is null");
            let plan = plan(&connection, &sql);
            assert!(plan[0].contains(&format!("({field}=?")), "{sql}: {plan:?}");
        }
    }

    #[test]
    fn it_is_told_once() {
        let mut connection = house();
        let told = known(&connection).unwrap();
        assert!(told.contains(&("story".into(), "story_feature".into(), "1000000 20000 20 4 1 noskipscan".into())), "{told:?}");
        let before = connection.total_changes();
        tell(&mut connection).unwrap();
        assert_eq!(connection.total_changes(), before);
    }
}
