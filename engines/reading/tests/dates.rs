//! Columns of dates as tools and people write them.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use reading::dates::{Column, Order, When, Why, one, time_of_day};

fn told(text: &str) -> String {
    match one(text) {
        Ok(when) => when.to_string(),
        Err(why) => format!("{why:?}"),
    }
}

fn column(cells: &[&str]) -> Vec<String> {
    let column = Column::of(cells.iter().copied());
    cells.iter().map(|cell| column.read(cell).map_or_else(|why| why.to_string(), |when| when.to_string())).collect()
}

#[test]
fn every_common_form_is_read() {
    for (text, day) in [
        ("2026-06-02", "2026-06-02"),
        ("2026/6/2", "2026-06-02"),
        ("2026.06.02", "2026-06-02"),
        ("20260602", "2026-06-02"),
        ("2. 6. 2026", "2026-06-02"),
        ("02.06.2026", "2026-06-02"),
        ("20.4.25", "2025-04-20"),
        ("Tue 02 Jun 2026", "2026-06-02"),
        ("Tue, 2 June 2026", "2026-06-02"),
        ("Mon 7 Apr 2025", "2025-04-07"),
        ("June 2, 2026", "2026-06-02"),
        ("Jun 2nd, 2026", "2026-06-02"),
        ("2nd of June 2026", "2026-06-02"),
        ("2-Jun-26", "2026-06-02"),
        ("02JUN2026", "2026-06-02"),
        ("2026-Jun-02", "2026-06-02"),
        ("2026 June 2", "2026-06-02"),
        ("07/Jul/26", "2026-07-07"),
        ("06/Mai/26", "2026-05-06"),
        ("12/Okt/25", "2025-10-12"),
        ("Di., 2. Juni 2026", "2026-06-02"),
        ("2. März 2026", "2026-03-02"),
        ("Dienstag, den 2. Juni 2026", "2026-06-02"),
        ("2 juin 2026", "2026-06-02"),
        ("mardi 2 juin 2026", "2026-06-02"),
        ("1er févr. 2026", "2026-02-01"),
        ("mar. 2 juin 2026", "2026-06-02"),
        ("2 mar. 2026", "2026-03-02"),
        ("mar 2026", "2026-03"),
        ("15 août 2026", "2026-08-15"),
        ("2 de junio de 2026", "2026-06-02"),
        ("mar, 02/jun/2026", "2026-06-02"),
        ("03/ene/26", "2026-01-03"),
        ("2 de março de 2026", "2026-03-02"),
        ("terça-feira, 2 de junho de 2026", "2026-06-02"),
        ("01/fev/26", "2026-02-01"),
        ("2 giugno 2026", "2026-06-02"),
        ("2 mei 2026", "2026-05-02"),
        ("2 июня 2026 г.", "2026-06-02"),
        ("вт, 2 июн. 2026", "2026-06-02"),
        ("2026年7月7日", "2026-07-07"),
        ("2026年7月7日(火)", "2026-07-07"),
        ("2026年7月6日(月)", "2026-07-06"),
        ("2026年7月7日火曜日", "2026-07-07"),
        ("２０２６年７月７日", "2026-07-07"),
        ("03/3月/26", "2026-03-03"),
        ("2026년 7월 7일", "2026-07-07"),
        ("2026. 7. 7.", "2026-07-07"),
        ("2026-W07", "2026-W07"),
        ("2026W07", "2026-W07"),
        ("W7 2026", "2026-W07"),
        ("KW 07/2026", "2026-W07"),
        ("2026-W07-2", "2026-02-10"),
        ("2026-02", "2026-02"),
        ("02.2026", "2026-02"),
        ("2/2026", "2026-02"),
        ("Feb 2026", "2026-02"),
        ("Februar 2026", "2026-02"),
        ("février 2026", "2026-02"),
        ("2026年2月", "2026-02"),
        ("Feb '26", "2026-02"),
        ("2026-Q1", "2026-Q1"),
        ("2026Q3", "2026-Q3"),
        ("Q1 2026", "2026-Q1"),
        ("Q2/26", "2026-Q2"),
        ("1. Quartal 2026", "2026-Q1"),
        ("T3 2026", "2026-Q3"),
        ("H2 2026", "2026-H2"),
        ("2026", "2026"),
        ("13/11/2021", "2021-11-13"),
        ("11/13/2021", "2021-11-13"),
        ("7/7/2026", "2026-07-07"),
        ("Mon 7/4/2025", "2025-04-07"),
        ("Fri 7/4/2025", "2025-07-04"),
    ] {
        assert_eq!(told(text), day, "{text}");
    }
}

#[test]
fn times_and_zones_are_read() {
    for (text, at) in [
        ("07/Jul/26 4:11 PM", "2026-07-07T16:11:00Z"),
        ("03/Mär/26 9:15 AM", "2026-03-03T09:15:00Z"),
        ("01/Jan/70 12:00 AM", "2070-01-01T00:00:00Z"),
        ("2025-04-14 9:05 AM", "2025-04-14T09:05:00Z"),
        ("Apr 16, 2025, 3:10 PM", "2025-04-16T15:10:00Z"),
        ("Apr 16, 2025, 3:10\u{202f}PM", "2025-04-16T15:10:00Z"),
        ("2026-06-02T10:15:30Z", "2026-06-02T10:15:30Z"),
        ("2026-06-02T10:15:30.123+02:00", "2026-06-02T08:15:30.123Z"),
        ("2026-06-02T10:15:30.000+0000", "2026-06-02T10:15:30Z"),
        ("2026-06-02 10:15:30 UTC", "2026-06-02T10:15:30Z"),
        ("2026-06-02 10:15:30 -0500", "2026-06-02T15:15:30Z"),
        ("2026-06-02 10:15:30,5", "2026-06-02T10:15:30.5Z"),
        ("2026-06-02T10:15+02:00[Europe/Berlin]", "2026-06-02T08:15:00Z"),
        ("20260602T101530Z", "2026-06-02T10:15:30Z"),
        ("Tue Jun 02 2026 10:15:30 GMT+0200 (Central European Summer Time)", "2026-06-02T08:15:30Z"),
        ("Tue Jun  2 10:15:30 2026", "2026-06-02T10:15:30Z"),
        ("Tue, 02 Jun 2026 10:15:30 +0200", "2026-06-02T08:15:30Z"),
        ("02.06.2026, 16:11 Uhr", "2026-06-02T16:11:00Z"),
        ("02.06.2026 16.11 Uhr", "2026-06-02T16:11:00Z"),
        ("2 juin 2026 à 16h11", "2026-06-02T16:11:00Z"),
        ("2/jun./26 4:11 p. m.", "2026-06-02T16:11:00Z"),
        ("June 2, 2026 at 4 PM", "2026-06-02T16:00:00Z"),
        ("2026年7月7日 16時11分", "2026-07-07T16:11:00Z"),
        ("2026年7月7日午後4:11", "2026-07-07T16:11:00Z"),
        ("10:15 02.06.2026", "2026-06-02T10:15:00Z"),
        ("10:15 - 02.06.2026", "2026-06-02T10:15:00Z"),
    ] {
        let millis = one(text).unwrap_or_else(|why| panic!("{text}: {why}")).millis();
        assert_eq!(millis, at.parse::<jiff::Timestamp>().unwrap().as_millisecond(), "{text}");
    }
    assert_eq!(one("2026-06-02T23:30:00-05:00").unwrap().day(), Ok(20_606), "the day as it is written");
    assert_eq!(one("2026-06-02T00:30:00+05:00").unwrap().day(), Ok(20_606));
    assert_eq!(one("1969-12-31").unwrap().day(), Ok(-1));
    assert_eq!(one("2026-02").unwrap().day().unwrap_err().to_string(), "is a month, no day");
    assert!(time_of_day("9:55").unwrap() < time_of_day("10:05 AM").unwrap());
    assert!(time_of_day("2026-06-02 10:05").is_none() && time_of_day("10").is_none());
}

#[test]
fn what_is_no_date_is_refused() {
    for (text, why) in [
        ("", Why::Nothing),
        ("n/a", Why::Nothing),
        ("-", Why::Nothing),
        ("soon", Why::Unread),
        ("last week", Why::Unread),
        ("Jun 2", Why::NoYear),
        ("2. Juni", Why::NoYear),
        ("Feb-26", Why::NoYear),
        ("31.02.2026", Why::Unread),
        ("2026-13-01", Why::Unread),
        ("32/Jan/70", Why::Unread),
        ("2026-06-02 25:00", Why::Unread),
        ("2026-02 10:00", Why::Unread),
        ("0025-04-20", Why::Unread),
        ("20226-04-20", Why::Unread),
        ("45310", Why::Unread),
        ("1587346920", Why::Unread),
        ("5", Why::Unread),
        ("1.5", Why::Unread),
        ("1.200,50", Why::Unread),
        ("2026-W54", Why::Unread),
        ("2026-Q5", Why::Unread),
        ("2026-06-02 or 2026-06-03", Why::Unread),
        ("Sprint 7", Why::Unread),
        ("3 SP", Why::Unread),
        ("Tue 03 Jun 2026", Why::Weekday),
        ("10:15", Why::Unread),
    ] {
        assert_eq!(one(text), Err(why), "{text}");
    }
    assert_eq!(one("4/9/2025").unwrap_err().to_string(), "could be 2025-09-04 or 2025-04-09");
}

#[test]
fn the_column_decides_the_order() {
    assert_eq!(column(&["7/11/2021", "14/11/2021"]), ["2021-11-07", "2021-11-14"]);
    assert_eq!(column(&["13/11/2021", "9/12/2021"]), ["2021-11-13", "2021-12-09"]);
    assert_eq!(column(&["11/13/21", "9/12/21"]), ["2021-11-13", "2021-09-12"]);
    assert_eq!(column(&["04-05-2026", "04-16-2026"]), ["2026-04-05", "2026-04-16"]);
    assert_eq!(column(&["04.05.2026", "04.16.2026"]), ["2026-04-05", "2026-04-16"], "points deny it");
    assert_eq!(column(&["Mon 7/4/2025", "8/4/2025"]), ["2025-04-07", "2025-04-08"], "the weekday proves it");
    let both = Column::of(["4/9/2025", "5/9/2025", "7/7/2025"]);
    assert_eq!(both.undecided(), Some(Order::Either));
    assert_eq!(both.read("7/7/2025").unwrap().to_string(), "2025-07-07", "the same either way");
    assert_eq!(both.with(Order::MonthFirst).read("4/9/2025").unwrap().to_string(), "2025-04-09", "a person said so");
    let mixed = Column::of(["13/9/2025", "9/13/2025", "4/9/2025"]);
    assert_eq!(mixed.undecided(), Some(Order::Mixed));
    assert!(mixed.read("13/9/2025").is_ok() && mixed.read("9/13/2025").is_ok() && mixed.read("4/9/2025").is_err());
    let slip = [vec!["25/9/2025"; 12], vec!["9/25/2025"]].concat();
    assert_eq!(column(&slip)[12], "is no day the way the column writes them (day first)");
    // Points of one row say nothing about slashes of another.
    assert_eq!(column(&["22.4.25", "4/9/2025"])[1], "could be 2025-09-04 or 2025-04-09");
    assert_eq!(column(&["26/07/31", "26/08/02", "27/01/15"]), ["2026-07-31", "2026-08-02", "2027-01-15"], "the year is first");
    assert_eq!(column(&["31/07/26", "02/08/26", "15/01/27"]), ["2026-07-31", "2026-08-02", "2027-01-15"]);
    assert_eq!(column(&["Nov-25", "Dec-25", "Jan-26"]), ["2025-11", "2025-12", "2026-01"], "months of two years");
    assert_eq!(column(&["Jun-02", "Jun-04", "Jul-09"]), ["has no year"; 3], "days without a year");
}

#[test]
fn times_are_in_the_order_of_time() {
    let mut whens: Vec<When> = ["01.02.2026", "31.01.2026", "2026-01-30 23:00", "2026-W06", "Feb 2026"].iter().map(|t| one(t).unwrap()).collect();
    whens.sort_unstable();
    assert_eq!(whens.iter().map(When::to_string).collect::<Vec<_>>(), ["2026-01-30 23:00:00", "2026-01-31", "2026-02-01", "2026-02", "2026-W06"]);
}

/// Ways to write a day; those with three bare numbers need a row that proves their order.
const FORMS: &[&str] = &[
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%-d.%-m.%y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%-d/%-m/%y",
    "%-m/%-d/%y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d/%b/%y",
    "%d/%b/%Y",
    "%a %d %b %Y",
    "%A, %B %-d, %Y",
    "%-d %B %Y",
    "%b %-d, %Y",
    "%d-%b-%y",
    "%Y年%-m月%-d日",
    "%a %-m/%-d/%Y",
    "%a %d/%m/%y",
    "%G-W%V-%u",
];
const TIMES: &[&str] = &["", " %H:%M", " %H:%M:%S", " %-I:%M %p", "T%H:%M:%S", " %I:%M:%S%p"];

proptest! {
    #[test]
    fn a_column_that_proves_its_form_is_read_back(days in proptest::collection::vec(0_i64..30_000, 1..12), form in 0..FORMS.len(), time in 0..TIMES.len(), second in 0_i64..86_400) {
        let times = if FORMS[form].contains('W') || FORMS[form] == "%Y%m%d" { "" } else { TIMES[time] };
        let write = |day: i64| {
            let at = jiff::Timestamp::from_second(946_684_800 + day * 86_400 + second).unwrap().to_zoned_datetime(jiff::tz::TimeZone::UTC);
            (at.date(), at.strftime(&format!("{}{times}", FORMS[form])).to_string())
        };
        // The 23rd of a month proves the order.
        let rows: Vec<_> = days.iter().map(|day| write(*day)).chain([write(22)]).collect();
        let column = Column::of(rows.iter().map(|(_, text)| text.as_str()));
        for (date, text) in &rows {
            let read = column.read(text);
            prop_assert_eq!(read.map(|w| w.date), Ok(*date), "{} in {:?}", text, rows);
        }
    }

    #[test]
    fn anything_is_read_or_refused(cells in proptest::collection::vec("[0-9./: -]{0,14}|[0-9a-zA-Z年月日,' ]{0,14}|\\PC{0,14}", 0..6)) {
        let column = Column::of(cells.iter().map(String::as_str));
        for cell in &cells {
            if let Ok(when) = column.read(cell) {
                prop_assert!((1900..=2200).contains(&when.date.year()), "{cell}: {when}");
                prop_assert!(!when.to_string().is_empty() && when.millis() > i64::MIN);
            }
        }
    }
}
