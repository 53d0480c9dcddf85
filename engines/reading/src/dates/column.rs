//! What the rows of a column say about each other.

use super::{
    Grain, When, Why,
    shape::{self, Orders, Reading},
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How three numbers are to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    DayFirst,
    MonthFirst,
    YearFirst,
    /// No row tells: every one can be read both ways.
    #[default]
    Either,
    /// Some rows can only be the one and some only the other.
    Mixed,
}

impl Order {
    pub fn word(self) -> &'static str {
        match self {
            Order::DayFirst => "day first",
            Order::MonthFirst => "month first",
            Order::YearFirst => "year first",
            Order::Either => "day or month first",
            Order::Mixed => "some day first, some month first",
        }
    }
}

/// What parts day, month and year; rows that use different marks say nothing about each other.
const MARKS: [char; 4] = ['.', '/', '-', ' '];
/// One row against so many is a slip, fewer are doubt.
const SLIP: usize = 10;
/// Years that one column may span before its order is doubted.
const SPAN: i16 = 20;

/// A column's form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    orders: [Order; 4],
    /// `Feb-26` is a month.
    short_years: bool,
    undecided: Option<usize>,
}

impl Column {
    /// Decides the form from all cells.
    pub fn of<'c>(cells: impl IntoIterator<Item = &'c str>) -> Column {
        let mut tally = [Tally::default(); 4];
        let mut short: BTreeSet<(u32, i8)> = BTreeSet::new();
        for cell in cells {
            match shape::read(cell) {
                Reading::Orders(orders) => tally[place(orders.mark)].add(&orders),
                Reading::Short { month, number } => drop(short.insert((number, month))),
                Reading::One(_) | Reading::Not(_) => {}
            }
        }
        let orders = [0, 1, 2, 3].map(|at| tally[at].decide(MARKS[at]));
        // Months follow one another; days that were taken for months would be years apart.
        let months = |(number, month): &(u32, i8)| i64::from(*number) * 12 + i64::from(*month);
        let span = short.last().map_or(0, months) - short.first().map_or(0, months) + 1;
        let short_years = short.len() >= 2 && span <= 2 * short.len() as i64;
        Column {
            orders,
            short_years,
            undecided: (0..4).filter(|at| tally[*at].both > 0).find(|at| matches!(orders[*at], Order::Either | Order::Mixed)),
        }
    }

    /// The same column, with what a person said about its order; where a row denies it, that row is refused.
    #[must_use]
    pub fn with(mut self, order: Order) -> Column {
        (self.orders, self.undecided) = ([order; 4], None);
        self
    }

    /// What is to be asked: rows can be read both ways and no row tells.
    pub fn undecided(&self) -> Option<Order> {
        self.undecided.map(|at| self.orders[at])
    }

    /// Reads a cell of the column.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(&self, cell: &str) -> Result<When, Why> {
        match shape::read(cell) {
            Reading::One(when) => Ok(when),
            Reading::Not(why) => Err(why),
            Reading::Short { month, number } if self.short_years => {
                let year = i16::try_from(2000 + number).map_err(|_| Why::Unread)?;
                let date = Date::new(year, month, 1).map_err(|_| Why::Unread)?;
                Ok(When { date, time: None, offset: None, grain: Grain::Month })
            }
            Reading::Short { .. } => Err(Why::NoYear),
            Reading::Orders(orders) => {
                let order = self.orders[place(orders.mark)];
                let found = match order {
                    Order::DayFirst => orders.day_first,
                    Order::MonthFirst => orders.month_first,
                    Order::YearFirst => orders.year_first,
                    Order::Either | Order::Mixed => match (orders.day_first, orders.month_first) {
                        (Some(a), Some(b)) if a.date != b.date => return Err(Why::TwoWays(a.date, b.date)),
                        (a, b) => a.or(b),
                    },
                };
                found.ok_or(Why::Order(order))
            }
        }
    }
}

fn place(mark: char) -> usize {
    MARKS.iter().position(|m| *m == mark).unwrap_or(0)
}

/// What the rows with one mark allow.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    only_day: usize,
    only_month: usize,
    /// Rows that can be read both ways and mean different days.
    both: usize,
    rows: usize,
    year_first: usize,
    /// First and last year with the year last, and first.
    last: Option<(i16, i16)>,
    first: Option<(i16, i16)>,
}

impl Tally {
    fn add(&mut self, orders: &Orders) {
        self.rows += 1;
        match (orders.day_first, orders.month_first) {
            (Some(a), Some(b)) => self.both += usize::from(a.date != b.date),
            (Some(_), None) => self.only_day += 1,
            (None, Some(_)) => self.only_month += 1,
            (None, None) => {}
        }
        let widen = |span: &mut Option<(i16, i16)>, when: Option<When>| {
            if let Some(year) = when.map(|w| w.date.year()) {
                *span = Some(span.map_or((year, year), |(a, b)| (a.min(year), b.max(year))));
            }
        };
        widen(&mut self.last, orders.day_first.or(orders.month_first));
        widen(&mut self.first, orders.year_first);
        self.year_first += usize::from(orders.year_first.is_some());
    }

    fn decide(&self, mark: char) -> Order {
        // `26/07/31` in all rows: years of 2026 and 2027, or days of July in thirty different years.
        let span = |years: Option<(i16, i16)>| years.map(|(a, b)| b - a);
        let spans = (span(self.last), span(self.first));
        if self.year_first == self.rows && self.rows > 0 && matches!(spans, (None, _) | (Some(SPAN..), Some(..SPAN))) {
            return Order::YearFirst;
        }
        match (self.only_day, self.only_month) {
            (0, 0) if mark == '.' => Order::DayFirst,
            (0, 0) => Order::Either,
            (day, month) if day > 0 && month * SLIP <= day => Order::DayFirst,
            (day, month) if month > 0 && day * SLIP <= month => Order::MonthFirst,
            _ => Order::Mixed,
        }
    }
}
