//! A cube from CSV.
//!
//! *Wide*: for a sum, columns `before` and `after` (or `X_before` and `X_after` for the measure `X`); for a ratio
//! `a/b`, `a_before`, `a_after`, `b_before`, `b_after`. *Long*: a column of times, and columns `X` (or `a` and `b`).
//! All other columns are dimensions.
//!
//! In the long form the period that is asked about is *after* and what lies before it is *before*, the nearer a
//! period the more it counts: each weighs half of the next. Later periods do not count.

use crate::{
    Wrong,
    cube::{Cells, Cube},
    wrong,
};
use std::{collections::BTreeMap, io::Read};

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Rows are counted.
    Count,
    Sum(String),
    Ratio(String, String),
}

impl Measure {
    /// `count`, `column`, or `amount/base`.
    pub fn parse(text: &str) -> Measure {
        match text.split_once('/') {
            Some((a, b)) => Measure::Ratio(a.trim().into(), b.trim().into()),
            None if text.trim() == "count" => Measure::Count,
            None => Measure::Sum(text.trim().into()),
        }
    }

    fn columns(&self) -> Vec<&str> {
        match self {
            Measure::Count => vec![],
            Measure::Sum(x) => vec![x],
            Measure::Ratio(a, b) => vec![a, b],
        }
    }
}

/// The column of times, and the period that is asked about; the last one where none is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    pub column: String,
    pub at: Option<String>,
}

/// Periods before the one asked about that still count.
const PERIODS: usize = 10;
/// More cells than this are refused.
const MOST_ROWS: usize = 20_000_000;

/// Reads a cube.
///
/// # Errors
/// A file without the columns that are named, a row that cannot be read or whose measure is no number, no period
/// before the one asked about, too many rows: each with what and where.
pub fn read(file: impl Read, measure: &Measure, times: Option<&Times>) -> Result<Cube, Wrong> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(file);
    let header: Vec<String> =
        reader.headers().map_err(|e| Wrong(format!("The first row cannot be read: {e}.")))?.iter().map(|h| h.trim().to_owned()).collect();
    let find = |name: &str| match header.iter().position(|h| h == name) {
        Some(at) => Ok(at),
        None => wrong(format!("There is no column “{name}”; there are {}.", header.join(", "))),
    };
    match times {
        Some(times) => {
            let time = find(&times.column)?;
            let columns = measure.columns().into_iter().map(find).collect::<Result<Vec<_>, _>>()?;
            long(&mut reader, &header, time, &columns, times.at.as_deref())
        }
        None => {
            let pair = |name: &str| Ok((find(&format!("{name}_before"))?, find(&format!("{name}_after"))?));
            let columns = match measure {
                Measure::Count => return wrong("To count rows before and after, say which column is the time."),
                Measure::Sum(_) if header.iter().any(|h| h == "before") => vec![(find("before")?, find("after")?)],
                Measure::Sum(x) => vec![pair(x)?],
                Measure::Ratio(a, b) => vec![pair(a)?, pair(b)?],
            };
            wide(&mut reader, &header, &columns)
        }
    }
}

type Reader<R> = csv::Reader<R>;

fn each_row<R: Read>(reader: &mut Reader<R>, mut take: impl FnMut(usize, &csv::StringRecord) -> Result<(), Wrong>) -> Result<(), Wrong> {
    let mut record = csv::StringRecord::new();
    let mut row = 1;
    while reader.read_record(&mut record).map_err(|e| Wrong(format!("Row {} cannot be read: {e}.", row + 1)))? {
        row += 1;
        if row > MOST_ROWS {
            return wrong(format!("The file has more than {MOST_ROWS} rows."));
        }
        take(row, &record)?;
    }
    Ok(())
}

fn number(record: &csv::StringRecord, column: usize, row: usize, name: &str) -> Result<f64, Wrong> {
    let text = record.get(column).unwrap_or("").trim();
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ if text.is_empty() => Ok(0.0),
        _ => wrong(format!("Row {row}: {name} is “{text}”, which is no number.")),
    }
}

fn wide<R: Read>(reader: &mut Reader<R>, header: &[String], columns: &[(usize, usize)]) -> Result<Cube, Wrong> {
    let taken: Vec<usize> = columns.iter().flat_map(|(b, a)| [*b, *a]).collect();
    let dimensions: Vec<usize> = (0..header.len()).filter(|c| !taken.contains(c)).collect();
    let mut cells = Cells::new(&dimensions.iter().map(|c| header[*c].as_str()).collect::<Vec<_>>());
    let ratio = columns.len() == 2;
    each_row(reader, |row, record| {
        let get = |c: usize| number(record, c, row, &header[c]);
        let cell = cells.known(dimensions.iter().map(|c| record.get(*c).unwrap_or("")));
        let (b, a) = columns[0];
        let (base_b, base_a) = match columns.get(1) {
            Some((b, a)) => (get(*b)?, get(*a)?),
            None => (0.0, 0.0),
        };
        cells.put(cell, false, get(b)?, base_b);
        cells.put(cell, true, get(a)?, base_a);
        Ok(())
    })?;
    cells.finish(ratio)
}

/// Rows are kept by period first, because which periods count is known only at the end.
fn long<R: Read>(reader: &mut Reader<R>, header: &[String], time: usize, columns: &[usize], at: Option<&str>) -> Result<Cube, Wrong> {
    let dimensions: Vec<usize> = (0..header.len()).filter(|c| *c != time && !columns.contains(c)).collect();
    let names: Vec<&str> = dimensions.iter().map(|c| header[*c].as_str()).collect();
    // One collector of cells for all periods gives every value its place once.
    let mut cells = Cells::new(&names);
    let mut periods: BTreeMap<Period, Vec<(u32, f64, f64)>> = BTreeMap::new();
    each_row(reader, |row, record| {
        let (amount, base) = match columns {
            [] => (1.0, 1.0),
            [x] => (number(record, *x, row, &header[*x])?, 1.0),
            [a, b, ..] => (number(record, *a, row, &header[*a])?, number(record, *b, row, &header[*b])?),
        };
        let cell = cells.known(dimensions.iter().map(|c| record.get(*c).unwrap_or("")));
        periods.entry(Period::of(record.get(time).unwrap_or(""))).or_default().push((cell, amount, base));
        Ok(())
    })?;
    let asked = match at {
        Some(at) => Period::of(at),
        None => match periods.keys().next_back() {
            Some(last) => last.clone(),
            None => return wrong("There is no row to look at."),
        },
    };
    if !periods.contains_key(&asked) {
        return wrong(format!(
            "Nothing was measured at {}; the times go from {} to {}.",
            asked.told(),
            told(periods.keys().next()),
            told(periods.keys().next_back())
        ));
    }
    let before: Vec<&Period> = periods.keys().filter(|p| **p < asked).rev().take(PERIODS).collect();
    if before.is_empty() {
        return wrong(format!("There is no time before {} to compare with.", asked.told()));
    }
    let ratio = columns.len() == 2;
    // Sums are compared with what one period brings, ratios with all that came before.
    let all: f64 = (0..before.len()).map(|age| 0.5_f64.powi(age as i32)).sum();
    for (age, period) in before.iter().enumerate() {
        let weight = 0.5_f64.powi(age as i32) / if ratio { 1.0 } else { all };
        for (cell, amount, base) in &periods[*period] {
            cells.put(*cell, false, amount * weight, if ratio { base * weight } else { 0.0 });
        }
    }
    for (cell, amount, base) in &periods[&asked] {
        cells.put(*cell, true, *amount, if ratio { *base } else { 0.0 });
    }
    cells.finish(ratio)
}

/// A time: in the order of numbers where it is one, else of letters, as ISO dates want it.
#[derive(Clone, Debug)]
enum Period {
    Number(f64, String),
    Text(String),
}

impl Period {
    fn of(text: &str) -> Period {
        let text = text.trim();
        match text.parse::<f64>() {
            Ok(n) if n.is_finite() => Period::Number(n, text.into()),
            _ => Period::Text(text.into()),
        }
    }

    fn told(&self) -> &str {
        match self {
            Period::Number(_, text) | Period::Text(text) => text,
        }
    }
}

fn told(period: Option<&Period>) -> &str {
    period.map_or("nowhere", Period::told)
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        match (self, other) {
            (Period::Number(a, _), Period::Number(b, _)) => a.total_cmp(b),
            (Period::Text(a), Period::Text(b)) => a.cmp(b),
            (Period::Number(..), Period::Text(_)) => std::cmp::Ordering::Less,
            (Period::Text(_), Period::Number(..)) => std::cmp::Ordering::Greater,
        }
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Period {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Period {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn asks(column: &str, at: Option<&str>) -> Option<Times> {
        Some(Times { column: column.into(), at: at.map(Into::into) })
    }

    #[test]
    fn wide_and_long_give_cubes() {
        let wide = "country,before,after\nDE,10,12\nFR,5,1\nDE,1,1\n";
        let cube = read(wide.as_bytes(), &Measure::Sum("sales".into()), None).unwrap();
        assert_eq!((cube.cells(), cube.total()), (2, ((16.0, 2.0), (14.0, 2.0))));
        let ratio = "c,a_before,a_after,b_before,b_after\nx,1,2,10,11\n";
        assert_eq!(read(ratio.as_bytes(), &Measure::parse("a/b"), None).unwrap().total(), ((1.0, 10.0), (2.0, 11.0)));
        let long = "t,c,n\n1,x,8\n2,x,4\n10,x,3\n11,x,99\n";
        let cube = read(long.as_bytes(), &Measure::parse("n"), asks("t", Some("10")).as_ref()).unwrap();
        // Period 2 weighs 1, period 1 a half: (4 + 4) / 1.5.
        assert!((cube.before[0].0 - 16.0 / 3.0).abs() < 1e-12 && cube.after[0].0 == 3.0);
        let counted = read("t,c\na,x\na,x\nb,x\n".as_bytes(), &Measure::Count, asks("t", None).as_ref()).unwrap();
        assert_eq!((counted.before[0].0, counted.after[0].0), (2.0, 1.0));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let says = |text: &str, measure: &str, times: Option<Times>| read(text.as_bytes(), &Measure::parse(measure), times.as_ref()).unwrap_err().0;
        assert!(says("a,b\n1,2\n", "x", None).contains("no column “x_before”"));
        assert!(says("t,n\n1,2\n", "n", asks("time", None)).contains("no column “time”"));
        assert!(says("t,c,n\n1,x,2\n", "n", asks("t", None)).contains("no time before 1"));
        assert!(says("t,c,n\n1,x,2\n2,x,3\n", "n", asks("t", Some("7"))).contains("Nothing was measured at 7"));
        assert!(says("t,c,n\n1,x,two\n", "n", asks("t", None)).contains("Row 2: n is “two”"));
        assert!(says("t,c,n\n1,x\n", "n", asks("t", None)).contains("Row 2 cannot be read"));
        assert!(says("t,n\n1,2\n2,3\n", "n", asks("t", None)).contains("no dimension"));
        assert!(says("t,c,n\n", "n", asks("t", None)).contains("no row"));
        assert!(says("", "n", asks("t", None)).contains("no column"));
    }
}
