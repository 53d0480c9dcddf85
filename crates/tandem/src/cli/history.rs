//! What was finished, from a file.

use clap::ValueEnum;
use forecast::history::{Finished, History};
use reading::{
    Aside,
    dates::{self, Order},
    numbers::{self, Decimal, Evidence},
    table::Table,
};

/// How a day in numbers is meant.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Turn {
    DayFirst,
    MonthFirst,
}

/// What parts decimals.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Marks {
    Comma,
    Point,
}

impl From<Marks> for Decimal {
    fn from(marks: Marks) -> Decimal {
        match marks {
            Marks::Comma => Decimal::Comma,
            Marks::Point => Decimal::Point,
        }
    }
}

/// Which columns say what, and what a person said about them.
pub(super) struct Columns<'a> {
    pub finished: &'a str,
    pub started: Option<&'a str>,
    pub size: Option<&'a str>,
    pub turn: Option<Turn>,
    pub decimal: Option<Marks>,
}

/// What was finished, and what of the file is not in it.
pub(super) struct Past {
    pub history: History,
    pub notes: Vec<String>,
}

/// Today, counted from 1970-01-01; a day more, because a file may come from farther east.
pub(super) fn today() -> i32 {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    i32::try_from(seconds / 86_400 + 1).unwrap_or(i32::MAX)
}

/// Reads a file. What has no day is not finished; a day that cannot be read, or that has yet to come, is named with its
/// row, and the rest is used. `asked` is the day that is asked about; what was finished after it does not count.
pub(super) fn read(file: &[u8], columns: &Columns, asked: Option<i32>, today: i32) -> Result<Past, String> {
    let table = Table::of(file).map_err(|w| w.0)?;
    let find = |name: &str| table.find(name).map_err(|w| w.0);
    let days = |name: &str| find(name).map(|at| (at, days(&table, at, columns.turn)));
    let finished = days(columns.finished)?;
    let started = columns.started.map(days).transpose()?;
    let size = columns.size.map(|name| find(name).map(|at| (at, sizes(&table, at, columns.decimal)))).transpose()?;
    let (mut items, mut aside, mut notes, mut later) = (vec![], Aside::default(), table.notes.clone(), vec![]);
    let mut rows = 0;
    for row in &table.rows {
        let text = row.cell(finished.0);
        let on = match finished.1.read(text).and_then(|when| when.day()) {
            Err(dates::Why::Nothing) if text.is_empty() => continue,
            Err(dates::Why::Nothing) => {
                notes.push(format!("Row {}: “{text}” is no day; it is taken as not finished.", row.number));
                continue;
            }
            Ok(on) if asked.is_some_and(|asked| on > asked) => {
                later.push(format!("row {}: {}", row.number, date(on)));
                continue;
            }
            Ok(on) if asked.is_none() && on > today => Err(format!("{} is after today", date(on))),
            Ok(on) => Ok(on),
            Err(why) => Err(format!("“{text}” {why}")),
        };
        rows += 1;
        let amount = size.as_ref().map_or(Ok(1.0), |(at, form)| amount(&table.header[*at], row.cell(*at), form));
        let (on, amount) = match on.and_then(|on| Ok((on, amount?))) {
            Ok(found) => found,
            Err(reason) => {
                aside.row(row.number, reason);
                continue;
            }
        };
        let began = started.as_ref().map_or(Ok(None), |(at, form)| began(row.cell(*at), form, on));
        if let Err(reason) = &began {
            notes.push(format!("Row {}: {reason}; the start is left out.", row.number));
        }
        items.push(Finished { on, started: began.unwrap_or_default(), size: amount });
    }
    aside.few(rows).map_err(|wrong| match wrong.0.contains("could be") {
        true => format!("{} No row tells; say --dates day-first or month-first, or --decimal comma or point.", wrong.0),
        false => wrong.0,
    })?;
    notes.extend(aside.sentences());
    notes.extend(told_later(&later));
    Ok(Past { history: History::new(items).map_err(|w| w.0)?, notes })
}

fn days(table: &Table, at: usize, turn: Option<Turn>) -> dates::Column {
    let column = dates::Column::of(table.column(at));
    match turn {
        Some(Turn::DayFirst) => column.with(Order::DayFirst),
        Some(Turn::MonthFirst) => column.with(Order::MonthFirst),
        None => column,
    }
}

fn sizes(table: &Table, at: usize, decimal: Option<Marks>) -> numbers::Column {
    let column = numbers::Column::from(&Evidence::of(table.column(at)), table.separator);
    decimal.map_or(column.clone(), |marks| column.with(marks.into()))
}

/// How much an item was.
fn amount(name: &str, text: &str, form: &numbers::Column) -> Result<f64, String> {
    match form.read(text) {
        Ok(number) if number.value >= 0.0 => Ok(number.value),
        Ok(_) => Err(format!("the {name} “{text}” is less than nothing")),
        Err(numbers::Why::Nothing) => Err(format!("it has no {name}")),
        Err(why) => Err(format!("the {name} “{text}” {why}")),
    }
}

/// When an item was begun that was finished on a day.
fn began(text: &str, form: &dates::Column, finished: i32) -> Result<Option<i32>, String> {
    match form.read(text).and_then(|when| when.day()) {
        Ok(began) if began <= finished => Ok(Some(began)),
        Ok(began) => Err(format!("it was started on {} and finished before, on {}", date(began), date(finished))),
        Err(dates::Why::Nothing) => Ok(None),
        Err(why) => Err(format!("“{text}” {why}")),
    }
}

/// What was finished after the day asked about.
pub(super) fn told_later(later: &[String]) -> Option<String> {
    let first = later.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    match later.len() {
        0 => None,
        1 => Some(format!("1 after the day asked about ({first}) does not count.")),
        n @ 2..=3 => Some(format!("{n} after the day asked about ({first}) do not count.")),
        n => Some(format!("{n} after the day asked about ({first}, …) do not count.")),
    }
}

/// `2026-11-23`.
pub(super) fn date(day: i32) -> String {
    web::when::day(i64::from(day) * 86_400_000)
}
