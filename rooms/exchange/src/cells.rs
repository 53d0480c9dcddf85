//! Days and sizes of a table, read by column; what cannot be read is noted with its row and column.

use crate::{
    columns::Columns,
    entry::{TwoWays, Unread},
    fields::Field,
    mapping::{Mapping, order},
};
use reading::{
    dates::{self, Grain, TimeZone, When},
    numbers,
    table::Row,
};
use std::collections::{BTreeSet, HashMap};

/// Units that say that a number is a size.
const SIZES: &[&str] = &["", "sp", "pt", "pts", "p", "point", "points", "punkt", "punkte", "puntos", "pontos", "story"];

/// The columns of days and sizes with their forms.
pub struct Cells {
    days: HashMap<usize, dates::Column>,
    sizes: HashMap<usize, numbers::Column>,
    zone: TimeZone,
    /// A time of day without its zone was read.
    pub clocked: bool,
    pub unread: Vec<Unread>,
    two_ways: HashMap<usize, TwoWays>,
}

impl Cells {
    /// Decides the form of each column from all its rows, or as it was chosen.
    pub fn of(columns: &Columns, mapping: &Mapping) -> Cells {
        let mut days = HashMap::new();
        for field in [Field::Created, Field::Started, Field::Closed, Field::Updated, Field::SprintStart, Field::SprintEnd] {
            for at in columns.all(field) {
                let column = dates::Column::of(columns.table.column(*at));
                let chosen =
                    mapping.dates.get(&columns.header(*at)).or_else(|| mapping.dates.get(field.word())).and_then(|word| order(word)).flatten();
                days.insert(*at, chosen.map_or(column.clone(), |order| column.with(order)));
            }
        }
        let evidence = |at: &usize| numbers::Evidence::of(columns.table.column(*at));
        let sizes = columns.all(Field::Points).iter().map(|at| (*at, numbers::Column::from(&evidence(at), columns.table.separator))).collect();
        Cells { days, sizes, zone: dates::zone(&mapping.zone), clocked: false, unread: vec![], two_ways: HashMap::new() }
    }

    /// The moment of a time, in the zone of whoever imports where it names none.
    pub fn moment(&mut self, when: &When) -> i64 {
        self.clocked |= when.time.is_some() && when.offset.is_none();
        when.millis_in(&self.zone)
    }

    /// The day in a row's columns of a field; a column whose cell was read is taken.
    pub fn day(&mut self, columns: &Columns, field: Field, row: &Row, taken: &mut BTreeSet<usize>) -> Option<When> {
        let mut first = None;
        for at in columns.all(field) {
            let cell = row.cell(*at);
            let Some(column) = self.days.get(at).filter(|_| !cell.is_empty()) else { continue };
            match column.read(cell) {
                // What else a row says stays with the story as text.
                _ if first.is_some() => {}
                Ok(when) if when.grain == Grain::Day => {
                    taken.insert(*at);
                    first = Some(when);
                }
                Err(dates::Why::Nothing) => drop(taken.insert(*at)),
                Ok(when) => self.note(columns, *at, row, cell, dates::Why::Longer(when.grain).to_string()),
                Err(why) => {
                    if matches!(why, dates::Why::TwoWays(..)) {
                        let two = TwoWays { column: columns.header(*at), example: cell.to_owned(), rows: 0 };
                        self.two_ways.entry(*at).or_insert(two).rows += 1;
                    }
                    self.note(columns, *at, row, cell, why.to_string());
                }
            }
        }
        first
    }

    /// The day in a row's first column of a field, of which nothing is said where it cannot be read.
    pub fn day_if_any(&self, columns: &Columns, field: Field, row: &Row) -> Option<When> {
        let at = columns.all(field).first()?;
        self.days.get(at)?.read(row.cell(*at)).ok().filter(|when| when.grain == Grain::Day)
    }

    /// The size in a row: the first column that has one.
    pub fn size(&mut self, columns: &Columns, row: &Row, taken: &mut BTreeSet<usize>) -> Option<f64> {
        let mut size = None;
        for at in columns.all(Field::Points) {
            let cell = row.cell(*at);
            let Some(column) = self.sizes.get(at).filter(|_| !cell.is_empty() && size.is_none()) else { continue };
            match column.read(cell) {
                Ok(number) if !SIZES.contains(&number.unit.as_str()) => self.note(columns, *at, row, cell, "is no number of points".into()),
                Ok(number) if backlog::points(Some(number.value)).is_err() => {
                    self.note(columns, *at, row, cell, "is no size between 0 and 1000".into())
                }
                Ok(number) => {
                    taken.insert(*at);
                    size = Some(number.value);
                }
                Err(numbers::Why::Nothing) => drop(taken.insert(*at)),
                Err(why) => self.note(columns, *at, row, cell, why.to_string()),
            }
        }
        size
    }

    /// The columns that have to be asked about.
    pub fn two_ways(&self) -> Vec<TwoWays> {
        let mut found: Vec<TwoWays> = self.two_ways.values().cloned().collect();
        found.sort_by(|a, b| a.column.cmp(&b.column));
        found
    }

    fn note(&mut self, columns: &Columns, at: usize, row: &Row, cell: &str, why: String) {
        self.unread.push(Unread { row: row.number, column: columns.header(at), text: cell.to_owned(), why });
    }
}
