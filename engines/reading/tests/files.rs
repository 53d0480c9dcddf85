//! Files of which each stands for a kind that was once read wrong.

#![allow(clippy::unwrap_used)]

use reading::{dates, numbers, table::Table};

fn table(name: &str) -> Table {
    Table::of(&std::fs::read(format!("{}/tests/cases/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()).unwrap()
}

/// A column of days as it is read: the day, or why there is none.
fn days(table: &Table, name: &str) -> Vec<String> {
    let at = table.find(name).unwrap();
    let column = dates::Column::of(table.column(at));
    table.column(at).map(|cell| column.read(cell).map_or_else(|why| why.to_string(), |when| when.date.to_string())).collect()
}

#[test]
fn days_of_many_hands_are_read_or_refused_and_never_guessed() {
    let table = table("dates.csv");
    assert_eq!(days(&table, "created"), ["2025-04-20", "2025-04-07", "2025-04-14", "is no day that can be read"]);
    assert_eq!(days(&table, "closed"), ["2025-04-22", "could be 2025-09-04 or 2025-04-09", "2025-04-16", "says no day"]);
    assert_eq!(table.rows[3].number, 5);
}

#[test]
fn a_column_proves_its_own_order() {
    let table = table("chairs.csv");
    assert_eq!(days(&table, "created"), ["2021-11-07", "2021-11-14"]);
    assert_eq!(days(&table, "closed"), ["2021-11-13", "2021-12-09"]);
}

#[test]
fn months_have_german_names() {
    let table = table("jira-de.csv");
    assert_eq!(days(&table, "Erstellt"), ["2026-03-03", "2025-12-04", "2025-10-12"]);
    assert_eq!(days(&table, "erledigt")[0], "2026-05-06");
}

#[test]
fn an_inch_mark_is_a_character() {
    let table = table("parts.csv");
    assert_eq!((table.rows.len(), table.rows[0].cell(1)), (4, "Order the 5\" pipe"));
}

#[test]
fn the_hint_for_a_spreadsheet_is_no_heading() {
    let table = table("sep.csv");
    assert_eq!(table.header, ["key", "title", "state"]);
    assert_eq!((table.rows.len(), table.rows[1].number, table.rows[1].cell(1)), (2, 3, "Clear the table"));
}

#[test]
fn sizes_are_read_or_named() {
    let table = table("sizes.csv");
    let at = table.find("points").unwrap();
    let column = numbers::Column::from(&numbers::Evidence::of(table.column(at)), table.separator);
    let read: Vec<String> = table.column(at).map(|cell| column.read(cell).map_or_else(|why| why.to_string(), |n| n.value.to_string())).collect();
    assert_eq!(read, ["3", "is no number", "is no number", "5", "1000", "2"]);
}
