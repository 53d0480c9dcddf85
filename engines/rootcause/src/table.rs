//! A cube from CSV.
//!
//! *Wide*: for a sum, columns `before` and `after` (or `X_before` and `X_after` for the measure `X`); for a ratio
//! `a/b`, `a_before`, `a_after`, `b_before`, `b_after`. *Long*: a column of times, and columns `X` (or `a` and `b`).
//! All other columns are dimensions.
//!
//! In the long form the period that is asked about is *after* and what lies before it is *before*, the nearer a
//! period the more it counts: each weighs half of the next. Later periods do not count. Periods are in the order of
//! time, in whatever form they are written.
//!
//! A file is read twice, first for the form of its columns: which mark parts decimals, how times are named. Rows that
//! cannot be used are named and set aside, as long as they are few.

use crate::{
    Wrong,
    cube::{Cells, Cube},
    wrong,
};
use reading::{
    Aside,
    numbers::{self, Decimal, Evidence},
    periods::{Periods, Place},
    table::{Row, Rows, find},
};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

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

/// What was found in a file.
#[derive(Clone, Debug)]
pub struct Found {
    pub cube: Cube,
    /// Rows that are not in it.
    pub aside: Aside,
    pub compared: Option<Compared>,
    /// What was assumed about the file and is worth a word.
    pub notes: Vec<String>,
}

/// Periods, as the file names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The one asked about.
    pub at: String,
    /// The earliest and the latest that it is compared with, and how many they are.
    pub with: (String, String, usize),
}

/// Periods before the one asked about that still count.
const PERIODS: usize = 10;
/// More rows than this are refused.
const MOST_ROWS: usize = 20_000_000;
/// So many names of times decide how they are read; more are read the same way.
const MOST_NAMES: usize = 100_000;

/// Reads a cube. `decimal` says what parts decimals where the rows do not tell.
///
/// # Errors
/// A file without the columns that are named, times that cannot be put in order, no period before the one asked about,
/// too many rows, or more of them that cannot be used than few: each with what and where.
pub fn read(file: &[u8], measure: &Measure, times: Option<&Times>, decimal: Option<Decimal>) -> Result<Found, Wrong> {
    let (text, note) = reading::text::decode(file)?;
    let mut rows = Rows::new(&text)?;
    let header = rows.header()?;
    let find = |name: &str| find(&header, name);
    let has = |name: &str| find(name).is_ok();
    let pair = |name: &str| Ok([find(&format!("{name}_before"))?, find(&format!("{name}_after"))?]);
    let time = times.map(|times| find(&times.column)).transpose()?;
    let measured: Vec<usize> = match (measure, time) {
        (_, Some(_)) => measure.columns().into_iter().map(find).collect::<Result<_, Wrong>>()?,
        (Measure::Count, None) => return wrong("To count rows before and after, say which column is the time."),
        (Measure::Sum(x), None) if has("before") && !has(&format!("{x}_before")) => vec![find("before")?, find("after")?],
        (Measure::Sum(x), None) => pair(x)?.to_vec(),
        (Measure::Ratio(a, b), None) => [pair(a)?, pair(b)?].concat(),
    };
    let (numbers, names) = forms(rows.clone(), &measured, time, decimal)?;
    let file = File { header: &header, rows, time, measured, numbers };
    let (cube, aside, compared) = match times {
        Some(times) => file.long(&names, times.at.as_deref())?,
        None => file.wide()?,
    };
    Ok(Found { cube, aside, compared, notes: note.into_iter().collect() })
}

/// Looks through the rows once: the form of each measured column, and the names of times in the order of the file.
fn forms(mut rows: Rows, measured: &[usize], time: Option<usize>, decimal: Option<Decimal>) -> Result<(Vec<numbers::Column>, Vec<String>), Wrong> {
    let mut evidence = vec![Evidence::default(); measured.len()];
    let mut names: Vec<String> = vec![];
    let mut known: FxHashMap<String, ()> = FxHashMap::default();
    let separator = rows.separator();
    let mut row = Row::default();
    while rows.next(&mut row)? {
        evidence.iter_mut().zip(measured).for_each(|(evidence, column)| evidence.see(row.cell(*column)));
        let name = time.map_or("", |time| row.cell(time));
        if !name.is_empty() && names.len() < MOST_NAMES && !known.contains_key(name) {
            known.insert(name.to_owned(), ());
            names.push(name.to_owned());
        }
    }
    // Where one measured column does not tell what parts its decimals, the others do: one hand wrote them all.
    let mut all = Evidence::default();
    evidence.iter().for_each(|one| all.and(one));
    let column = |one: &mut Evidence| {
        if one.decimal().is_none() {
            one.and(&all);
        }
        let column = numbers::Column::from(one, separator);
        decimal.map_or(column.clone(), |decimal| column.with(decimal))
    };
    Ok((evidence.iter_mut().map(column).collect(), names))
}

/// A file whose forms are known.
struct File<'f> {
    header: &'f [String],
    rows: Rows<'f>,
    time: Option<usize>,
    measured: Vec<usize>,
    /// For each measured column.
    numbers: Vec<numbers::Column>,
}

impl File<'_> {
    /// All other columns.
    fn dimensions(&self) -> Vec<usize> {
        (0..self.header.len()).filter(|c| Some(*c) != self.time && !self.measured.contains(c)).collect()
    }

    /// Goes through the rows with what each measures; what cannot be used is set aside.
    fn each_row(&self, mut take: impl FnMut(&Row, &[f64]) -> Result<(), String>) -> Result<Aside, Wrong> {
        let mut rows = self.rows.clone();
        let mut row = Row::default();
        let mut aside = Aside::default();
        let mut amounts = vec![];
        let mut count = 0;
        while rows.next(&mut row)? {
            count += 1;
            if count > MOST_ROWS {
                return wrong(format!("The file has more than {MOST_ROWS} rows."));
            }
            amounts.clear();
            let used = self.amounts(&row, &mut amounts).and_then(|()| take(&row, &amounts));
            if let Err(reason) = used {
                aside.row(row.number, reason);
            }
        }
        aside.few(count)?;
        Ok(aside)
    }

    /// What a row measures; an empty cell is nothing of it.
    fn amounts(&self, row: &Row, amounts: &mut Vec<f64>) -> Result<(), String> {
        if let Some(odd) = reading::table::ragged(self.header, row) {
            return Err(odd);
        }
        for (column, form) in self.measured.iter().zip(&self.numbers) {
            let cell = row.cell(*column);
            amounts.push(match cell.is_empty() {
                true => 0.0,
                false => form.read(cell).map_err(|why| format!("{} is “{cell}”, which {why}", self.header[*column]))?.value,
            });
        }
        Ok(())
    }

    fn wide(&self) -> Result<(Cube, Aside, Option<Compared>), Wrong> {
        let dimensions = self.dimensions();
        let mut cells = Cells::new(&dimensions.iter().map(|c| self.header[*c].as_str()).collect::<Vec<_>>());
        let aside = self.each_row(|row, amounts| {
            let cell = cells.known(dimensions.iter().map(|c| row.raw(*c)));
            let base = |at: usize| amounts.get(at).copied().unwrap_or(0.0);
            cells.put(cell, false, amounts[0], base(2));
            cells.put(cell, true, amounts[1], base(3));
            Ok(())
        })?;
        Ok((cells.finish(self.measured.len() == 4)?, aside, None))
    }

    /// Rows are kept by period first, because which periods count is known only at the end.
    fn long(&self, names: &[String], at: Option<&str>) -> Result<(Cube, Aside, Option<Compared>), Wrong> {
        if names.is_empty() {
            return wrong("There is no row to look at.");
        }
        let named = Periods::of(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
        let dimensions = self.dimensions();
        let time = self.time.unwrap_or_default();
        // One collector of cells for all periods gives every value its place once.
        let mut cells = Cells::new(&dimensions.iter().map(|c| self.header[*c].as_str()).collect::<Vec<_>>());
        let mut periods: BTreeMap<Place, Period> = BTreeMap::new();
        let mut places: FxHashMap<String, Result<Place, String>> = FxHashMap::default();
        let aside = self.each_row(|row, amounts| {
            let name = row.cell(time);
            let place = match places.get(name) {
                Some(place) => place.clone(),
                None => {
                    let place = named.place(name).map_err(|why| format!("{} is “{name}”, which {why}", self.header[time]));
                    places.insert(name.to_owned(), place.clone());
                    place
                }
            }?;
            let cell = cells.known(dimensions.iter().map(|c| row.raw(*c)));
            let (amount, base) = (amounts.first().copied().unwrap_or(1.0), amounts.get(1).copied().unwrap_or(1.0));
            periods.entry(place).or_insert_with(|| Period { name: name.to_owned(), rows: vec![] }).rows.push((cell, amount, base));
            Ok(())
        })?;
        let span = || {
            let name = |period: Option<&Period>| period.map_or("nowhere", |p| &p.name).to_owned();
            (name(periods.values().next()), name(periods.values().next_back()))
        };
        let asked = match at {
            Some(at) => named.place(at).ok().filter(|place| periods.contains_key(place)),
            None => periods.keys().next_back().copied(),
        };
        let Some(asked) = asked else {
            let (first, last) = span();
            return wrong(format!("Nothing was measured at {}; the times go from {first} to {last}.", at.unwrap_or_default()));
        };
        let now = &periods[&asked];
        let before: Vec<&Period> = periods.range(..asked).rev().map(|(_, period)| period).take(PERIODS).collect();
        let (Some(latest), Some(earliest)) = (before.first(), before.last()) else {
            return wrong(format!("There is no time before {} to compare with.", now.name));
        };
        let ratio = self.measured.len() == 2;
        // Sums are compared with what one period brings, ratios with all that came before.
        let all: f64 = (0..before.len()).map(|age| 0.5_f64.powi(age as i32)).sum();
        for (age, period) in before.iter().enumerate() {
            let weight = 0.5_f64.powi(age as i32) / if ratio { 1.0 } else { all };
            for (cell, amount, base) in &period.rows {
                cells.put(*cell, false, amount * weight, if ratio { base * weight } else { 0.0 });
            }
        }
        for (cell, amount, base) in &now.rows {
            cells.put(*cell, true, *amount, if ratio { *base } else { 0.0 });
        }
        let compared = Compared { at: now.name.clone(), with: (earliest.name.clone(), latest.name.clone(), before.len()) };
        Ok((cells.finish(ratio)?, aside, Some(compared)))
    }
}

/// A period as the file names it first, and its rows: cell, amount, base.
struct Period {
    name: String,
    rows: Vec<(u32, f64, f64)>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn asks(column: &str, at: Option<&str>) -> Option<Times> {
        Some(Times { column: column.into(), at: at.map(Into::into) })
    }

    fn read(text: &str, measure: &str, times: Option<Times>) -> Cube {
        super::read(text.as_bytes(), &Measure::parse(measure), times.as_ref(), None).unwrap().cube
    }

    #[test]
    fn wide_and_long_give_cubes() {
        let cube = read("country,before,after\nDE,10,12\nFR,5,1\nDE,1,1\n", "sales", None);
        assert_eq!((cube.cells(), cube.total()), (2, ((16.0, 2.0), (14.0, 2.0))));
        assert_eq!(read("c,a_before,a_after,b_before,b_after\nx,1,2,10,11\n", "a/b", None).total(), ((1.0, 10.0), (2.0, 11.0)));
        let cube = read("t,c,n\n1,x,8\n2,x,4\n10,x,3\n11,x,99\n", "n", asks("t", Some("10")));
        // Period 2 weighs 1, period 1 a half: (4 + 4) / 1.5.
        assert!((cube.before[0].0 - 16.0 / 3.0).abs() < 1e-12 && cube.after[0].0 == 3.0);
        let counted = read("t,c\n2026-01,x\n2026-01,x\n02.2026,x\n", "count", asks("t", None));
        assert_eq!((counted.before[0].0, counted.after[0].0), (2.0, 1.0));
    }

    #[test]
    fn columns_are_read_by_what_their_rows_say() {
        let cube = read("m;c;n\n12.2025;x;1.200\n01.2026;x;1.180,50\n", "n", asks("m", None));
        assert_eq!((cube.before[0].0, cube.after[0].0), (1200.0, 1180.5), "January is after December; one row tells of the comma");
        let cube = read("c,n_before,n_after\nx,\"1,200\",0.5\n", "n", None);
        assert_eq!(cube.total(), ((1200.0, 1.0), (0.5, 1.0)));
        let weeks = "w,c,n\nW9,x,1\nW10,x,2\n";
        let found = super::read(weeks.as_bytes(), &Measure::parse("n"), asks("w", None).as_ref(), None).unwrap();
        assert_eq!(found.compared, Some(Compared { at: "W10".into(), with: ("W9".into(), "W9".into(), 1) }));
        let doubtful = "c;n_before;n_after\nx;1.200;1.300\ny;2.200;2.300\n";
        let refused = super::read(doubtful.as_bytes(), &Measure::parse("n"), None, None).unwrap_err().0;
        assert!(refused.contains("Row 2: n_before is “1.200”, which could be 1.2 or 1200"), "{refused}");
        let told = super::read(doubtful.as_bytes(), &Measure::parse("n"), None, Some(Decimal::Comma)).unwrap();
        assert_eq!(told.cube.total().0.0, 3400.0);
    }

    #[test]
    fn odd_rows_are_named_and_the_rest_is_used() {
        let text = "t,c,n\n1,x,8\n2,x,4\n2,y,four\n2,z\n3,x,3\n3,y,9\n3,z,1\n3,u,1\n";
        let found = super::read(text.as_bytes(), &Measure::parse("n"), asks("t", None).as_ref(), None).unwrap();
        let named: Vec<String> = found.aside.sentences().collect();
        assert_eq!(named, ["Row 4 is left out: n is “four”, which is no number.", "Row 5 is left out: it has 2 cells where the header has 3."]);
        assert_eq!(found.cube.total().1.0, 14.0);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let says = |text: &str, measure: &str, times: Option<Times>| {
            super::read(text.as_bytes(), &Measure::parse(measure), times.as_ref(), None).unwrap_err().0
        };
        assert!(says("a,b\n1,2\n", "x", None).contains("no column “x_before”"));
        assert!(says("t,n\n1,2\n", "n", asks("time", None)).contains("no column “time”"));
        assert!(says("t,c,n\n1,x,2\n", "n", asks("t", None)).contains("no time before 1"));
        assert!(says("t,c,n\n1,x,2\n2,x,3\n", "n", asks("t", Some("7"))).contains("Nothing was measured at 7"));
        assert!(says("t,c,n\n1,x,two\n", "n", asks("t", None)).contains("Row 2: n is “two”"));
        assert!(says("t,c,n\n1,x\n", "n", asks("t", None)).contains("Row 2: it has 2 cells"));
        assert!(says("t,c\nnow,x\nthen,x\n", "count", asks("t", None)).contains("cannot be put in order"));
        assert!(says("t,n\n1,2\n2,3\n", "n", asks("t", None)).contains("no dimension"));
        assert!(says("t,c,n\n", "n", asks("t", None)).contains("no row"));
        assert!(says("", "n", asks("t", None)).contains("empty"));
    }
}
