//! What forecasts and root causes read: files as people have them.

#![allow(clippy::unwrap_used)]

use std::process::Command;

fn tandem(args: &[&str]) -> (bool, String) {
    let file = format!("{}/tests/cases/{}", env!("CARGO_MANIFEST_DIR"), args[1]);
    let out = Command::new(env!("CARGO_BIN_EXE_tandem")).args([&[args[0], file.as_str()], &args[2..]].concat()).output().unwrap();
    let text = if out.status.success() { out.stdout } else { out.stderr };
    (out.status.success(), String::from_utf8(text).unwrap())
}

fn said(args: &[&str]) -> String {
    let (fine, said) = tandem(args);
    assert!(fine, "{said}");
    said
}

fn has(said: &str, parts: &[&str]) {
    parts.iter().for_each(|part| assert!(said.contains(part), "{part} is not in:\n{said}"));
}

#[test]
fn a_forecast_reads_days_in_any_form() {
    let german = said(&["forecast", "german.csv", "--finished", "Fertig", "--items", "4"]);
    has(&german, &["16 items finished up to 2026-08-27."]);
    assert_eq!(german, said(&["forecast", "jira.csv", "--finished", "Resolved", "--items", "4"]), "the same days, written otherwise");
    has(&said(&["forecast", "german.csv", "--finished", "Fertig", "--size", "Punkte", "--items", "4"]), &["16 items finished", "of size are done"]);
    let named = said(&["forecast", "till.csv", "--finished", "closed", "--items", "8"]);
    has(&named, &["28 items finished up to 2026-09-03.", "50 % sure by 2026-09-30", "95 % sure by 2026-10-01"]);
}

#[test]
fn a_root_cause_reads_numbers_and_orders_times_as_times() {
    let months = said(&["rootcause", "sales.csv", "--time", "month", "--measure", "sales"]);
    has(&months, &["02.2026 compared with 01.2026.", "sales rose: 3481 instead of 2300", "region = south: 2301 instead of the expected 1100"]);
    assert_eq!(months, said(&["rootcause", "sales.csv", "--time", "month", "--measure", "sales", "--at", "Feb 2026"]));
    let thousands = said(&["rootcause", "sales-us.csv", "--measure", "sales"]);
    has(&thousands, &["sales rose: 4650 instead of 3450", "region = south"]);
    let days = said(&["rootcause", "orders-de.csv", "--time", "day", "--measure", "orders"]);
    has(&days, &["01.02.2026 compared with the 2 times before it, 30.01.2026 to 31.01.2026.", "fell", "53", "shop = south: 11 instead of"]);
}

#[test]
fn one_odd_row_is_named_and_the_rest_is_used() {
    let late = said(&["forecast", "work.csv", "--started", "started", "--items", "4"]);
    has(
        &late,
        &["16 items finished up to 2026-08-27.", "Row 6: it was started on 2026-07-21 and finished before, on 2026-07-18; the start is left out."],
    );
    let sizeless = said(&["forecast", "work.csv", "--size", "size", "--items", "8"]);
    has(&sizeless, &["15 items finished", "Row 10 is left out: it has no size."]);
    has(&said(&["forecast", "na.csv", "--items", "4"]), &["15 items finished", "Row 12: “n/a” is no day; it is taken as not finished."]);
}

#[test]
fn a_day_that_has_yet_to_come_is_a_slip() {
    let slip = said(&["forecast", "typo.csv", "--items", "4"]);
    has(&slip, &["15 items finished up to 2026-08-27.", "Row 7 is left out: 2035-07-21 is after today."]);
    let asked = said(&["forecast", "typo.csv", "--items", "4", "--today", "2026-08-28"]);
    has(&asked, &["15 items finished up to 2026-08-27.", "1 after the day asked about (row 7: 2035-07-21) does not count."]);
}

#[test]
fn days_that_could_be_either_way_are_asked_about() {
    let (fine, asked) = tandem(&["forecast", "either.csv", "--items", "4"]);
    assert!(!fine);
    has(&asked, &["12 of 12 rows cannot be used", "“4/9/2026” could be 2026-09-04 or 2026-04-09", "--dates day-first or month-first"]);
    has(&said(&["forecast", "either.csv", "--items", "4", "--dates", "day-first", "--every-day"]), &["12 items finished up to 2026-11-09."]);
    has(
        &said(&["forecast", "either.csv", "--items", "4", "--dates", "month-first", "--every-day", "--window", "365"]),
        &["12 items finished up to 2026-09-11."],
    );
}
