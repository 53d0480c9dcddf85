//! A column of dates.
//!
//! Its form is decided from all its rows: `7/11/2021` is a day of November where another row of the column is
//! `13/11/2021`, and nothing but two possibilities where no row tells. A weekday tells too (`Mon 7/4/2025`). Points
//! (`7.11.2021`) put the day first unless a row denies it; years of two figures are of this century; a year of four
//! figures in front is followed by the month.

mod clock;
mod column;
mod lex;
mod shape;
mod words;

pub use column::{Column, Order};
pub use jiff::tz::TimeZone;
use jiff::{
    civil::{Date, Time},
    tz::Offset,
};

/// How long what was named lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
}

impl Grain {
    pub fn word(self) -> &'static str {
        match self {
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
            Grain::Half => "half of a year",
            Grain::Year => "year",
        }
    }
}

/// A time that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct When {
    /// The day as it is written; of a week, month and so on the first.
    pub date: Date,
    pub time: Option<Time>,
    /// How far the zone is from UTC, where one is named.
    pub offset: Option<Offset>,
    pub grain: Grain,
}

impl When {
    /// Milliseconds since 1970, taking UTC where no zone is named.
    pub fn millis(&self) -> i64 {
        self.millis_in(&TimeZone::UTC)
    }

    /// Milliseconds since 1970, taking this zone for a time of day that names none. A day alone is the same everywhere.
    pub fn millis_in(&self, zone: &TimeZone) -> i64 {
        let own = || if self.time.is_some() { zone.clone() } else { TimeZone::UTC };
        let zone = self.offset.map_or_else(own, TimeZone::fixed);
        self.date.to_datetime(self.time.unwrap_or_default()).to_zoned_datetime(zone).map_or(0, |z| z.timestamp().as_millisecond())
    }

    /// The day as it is written, counted from 1970-01-01; none where a month or something longer was written.
    ///
    /// # Errors
    /// [`Why::Longer`].
    pub fn day(&self) -> Result<i32, Why> {
        if self.grain != Grain::Day {
            return Err(Why::Longer(self.grain));
        }
        Ok(self.date.duration_since(Date::constant(1970, 1, 1)).as_hours().div_euclid(24) as i32)
    }
}

/// In the order of time; of two that begin together the longer is later.
impl Ord for When {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |w: &When| (w.millis(), w.grain, w.date, w.time, w.offset.map(Offset::seconds));
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// As ISO 8601 has it: `2026-11-23`, `2026-W07`, `2026-02`, `2026-Q1`.
impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month) = (self.date.year(), self.date.month());
        match (self.grain, self.time) {
            (Grain::Day, None) => self.date.fmt(f),
            (Grain::Day, Some(time)) => write!(f, "{} {time}", self.date),
            (Grain::Week, _) => {
                let week = self.date.iso_week_date();
                write!(f, "{}-W{:02}", week.year(), week.week())
            }
            (Grain::Month, _) => write!(f, "{year}-{month:02}"),
            (Grain::Quarter, _) => write!(f, "{year}-Q{}", (month - 1) / 3 + 1),
            (Grain::Half, _) => write!(f, "{year}-H{}", (month - 1) / 6 + 1),
            (Grain::Year, _) => write!(f, "{year}"),
        }
    }
}

/// Why a cell is no date; as a sentence's end behind the cell: “soon” *is no day that can be read*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It says that there is none: empty, a dash, `n/a`.
    Nothing,
    Unread,
    /// Day and month could be either way round.
    TwoWays(Date, Date),
    /// Its column has another order, by which it is no date.
    Order(Order),
    /// The weekday is not that of the day.
    Weekday,
    NoYear,
    /// A day was asked for.
    Longer(Grain),
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Why::Nothing => f.write_str("says no day"),
            Why::Unread => f.write_str("is no day that can be read"),
            Why::TwoWays(a, b) => write!(f, "could be {a} or {b}"),
            Why::Order(order) => write!(f, "is no day the way the column writes them ({})", order.word()),
            Why::Weekday => f.write_str("names a weekday that is not that day's"),
            Why::NoYear => f.write_str("has no year"),
            Why::Longer(grain) => write!(f, "is a {}, no day", grain.word()),
        }
    }
}

/// A time zone by its name, such as `Europe/Berlin`; UTC where there is none of that name.
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// Reads a date that stands alone.
///
/// # Errors
/// Why it cannot be.
pub fn one(text: &str) -> Result<When, Why> {
    Column::of([text]).read(text)
}

/// Reads a time of day that stands alone, as a column of clock times has it.
pub fn time_of_day(text: &str) -> Option<Time> {
    let mut tokens = lex::tokens(&crate::fold(text))?;
    let (time, _) = clock::take(&mut tokens)??;
    tokens.iter().all(|t| *t == lex::Token::Space).then_some(time)
}

/// What comes round again: a month, weekday, week, quarter or half without its year, as its turn and how many there are.
pub fn within_a_round(text: &str) -> Option<(i32, i32)> {
    shape::turn(&lex::tokens(&crate::fold(text))?)
}
