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
    let days = |at: usize| {
        let column = dates::Column::of(table.column(at));
        match columns.turn {
            Some(Turn::DayFirst) => column.with(Order::DayFirst),
            Some(Turn::MonthFirst) => column.with(Order::MonthFirst),
            None => column,
        }
    };
    let finished = find(columns.finished).map(|at| (at, days(at)))?;
    let started = columns.started.map(|name| find(name).map(|at| (at, days(at)))).transpose()?;
    let size = columns.size.map(|name| find(name).map(|at| (at, sizes(&table, at, columns.decimal)))).transpose()?;
    let mut items = vec![];
    let mut aside = Aside::default();
    let mut notes = table.notes.clone();
    let mut later = vec![];
    let mut rows = 0;
    for row in &table.rows {
        let name = |at: usize| &table.header[at];
        let text = row.cell(finished.0);
        if text.is_empty() {
            continue;
        }
        let on = match finished.1.read(text).and_then(|when| when.day()) {
            Ok(on) => on,
            Err(dates::Why::Nothing) => {
                notes.push(format!("Row {}: “{text}” is no day; it is taken as not finished.", row.number));
                continue;
            }
            Err(why) => {
                rows += 1;
                aside.row(row.number, format!("“{text}” {why}"));
                continue;
            }
        };
        if asked.is_some_and(|asked| on > asked) {
            later.push(format!("row {}: {}", row.number, date(on)));
            continue;
        }
        rows += 1;
        if asked.is_none() && on > today {
            aside.row(row.number, format!("{} is after today", date(on)));
            continue;
        }
        let amount = match &size {
            None => 1.0,
            Some((at, form)) => match form.read(row.cell(*at)) {
                Ok(number) if number.value >= 0.0 => number.value,
                Ok(_) => {
                    aside.row(row.number, format!("the {} {} is less than nothing", name(*at), row.cell(*at)));
                    continue;
                }
                Err(why) => {
                    aside.row(row.number, sizeless(name(*at), row.cell(*at), &why));
                    continue;
                }
            },
        };
        let began = match started.as_ref().map(|(at, form)| (row.cell(*at), form.read(row.cell(*at)).and_then(|when| when.day()))) {
            Some((_, Ok(began))) if began <= on => Some(began),
            Some((_, Ok(began))) => {
                notes.push(format!("Row {}: started {} and finished {} before; the start is set aside.", row.number, date(began), date(on)));
                None
            }
            Some((text, Err(why))) if why != dates::Why::Nothing => {
                notes.push(format!("Row {}: “{text}” {why}; the start is set aside.", row.number));
                None
            }
            _ => None,
        };
        items.push(Finished { on, started: began, size: amount });
    }
    let hint = |wrong: reading::Wrong| match wrong.0.contains("could be") {
        true => format!("{} No row tells; say --dates day-first or month-first, or --decimal comma or point.", wrong.0),
        false => wrong.0,
    };
    aside.few(rows).map_err(hint)?;
    notes.extend(aside.sentences());
    notes.extend(told_later(&later));
    Ok(Past { history: History::new(items).map_err(|w| w.0)?, notes })
}

fn sizes(table: &Table, at: usize, decimal: Option<Marks>) -> numbers::Column {
    let column = numbers::Column::from(&Evidence::of(table.column(at)), table.separator);
    decimal.map_or(column.clone(), |marks| column.with(marks.into()))
}

fn sizeless(name: &str, text: &str, why: &numbers::Why) -> String {
    match text {
        "" => format!("it has no {name}"),
        _ => format!("the {name} “{text}” {why}"),
    }
}

/// What was finished after the day asked about.
fn told_later(later: &[String]) -> Option<String> {
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
