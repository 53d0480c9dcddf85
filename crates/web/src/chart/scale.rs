//! From values to places: round values along an axis, and days as people mark them.

use crate::when;
use jiff::{ToSpan, civil::Date};

/// Where an axis begins and ends, and the values that are written at it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    pub from: f64,
    pub to: f64,
    /// Each with what it says, in order.
    pub ticks: Vec<(f64, String)>,
}

impl Axis {
    /// The share of the way from one end to the other.
    pub fn share(&self, value: f64) -> f64 {
        if self.to > self.from { (value - self.from) / (self.to - self.from) } else { 0.0 }
    }

    /// Round values that hold all between two, at most about so many of them (Heckbert, "Nice numbers for graph labels",
    /// Graphics Gems 1990). What is counted has no halves.
    pub fn round(low: f64, high: f64, most: usize, whole: bool) -> Axis {
        let (low, high) = match (low.is_finite() && high.is_finite(), low < high) {
            (false, _) => (0.0, 1.0),
            (true, false) if low > high => (0.0, 1.0),
            (true, true) => (low, high),
            (true, false) if high == 0.0 => (0.0, 1.0),
            (true, false) => (high.min(0.0), high.max(0.0)),
        };
        let step = nice(nice(high - low, false) / (most.max(2) - 1) as f64, true);
        let step = if whole { step.max(1.0) } else { step };
        let (from, to) = ((low / step).floor() * step, (high / step).ceil() * step);
        let decimals = (-step.log10().floor()).clamp(0.0, 9.0) as usize;
        let count = ((to - from) / step).round() as usize;
        let tick = |n: usize| {
            let value = from + n as f64 * step;
            (value, short(value, decimals))
        };
        Axis { from, to, ticks: (0..=count).map(tick).collect() }
    }

    /// Days, written as often as fits a width, each label about so wide: every day, week, month, quarter or year.
    pub fn days(first: i32, last: i32, today: i32, width: f64, label: f64) -> Axis {
        let last = last.max(first + 1);
        let fits = (width / label).max(1.0) as usize;
        let every =
            Every::ALL.into_iter().find(|every| every.count(first, last) <= fits).unwrap_or(Every::Years(1 + (last - first) / (365 * fits as i32)));
        let days = every.between(first, last);
        // The year stands where it is another than before, so at one of many labels.
        let before = std::iter::once(today).chain(days.iter().copied());
        let ticks = days.iter().zip(before).map(|(day, before)| (f64::from(*day), every.says(*day, before))).collect();
        Axis { from: f64::from(first), to: f64::from(last), ticks }
    }

    /// Names side by side, each in the middle of its place.
    pub fn names(names: &[String]) -> Axis {
        Axis { from: 0.0, to: names.len().max(1) as f64, ticks: names.iter().enumerate().map(|(n, name)| (n as f64 + 0.5, name.clone())).collect() }
    }
}

/// The round number near one: 1, 2 or 5 times a power of ten; at least as large unless `near`.
fn nice(number: f64, near: bool) -> f64 {
    let power = 10_f64.powf(number.log10().floor());
    let lead = number / power;
    let bounds: [(f64, f64); 3] = if near { [(1.5, 1.0), (3.0, 2.0), (7.0, 5.0)] } else { [(1.0, 1.0), (2.0, 2.0), (5.0, 5.0)] };
    let step = bounds.iter().find(|(bound, _)| if near { lead < *bound } else { lead <= *bound }).map_or(10.0, |(_, step)| *step);
    step * power
}

/// "1.5", "20k", "3M": as short as an axis has room for.
fn short(value: f64, decimals: usize) -> String {
    let value = if value.abs() < 1e-12 { 0.0 } else { value };
    let sign = if value < 0.0 { "−" } else { "" };
    match value.abs() {
        size if size >= 1e9 && size % 1e8 == 0.0 => format!("{sign}{}bn", size / 1e9),
        size if size >= 1e6 && size % 1e5 == 0.0 => format!("{sign}{}M", size / 1e6),
        size if size >= 1e4 && size % 100.0 == 0.0 => format!("{sign}{}k", size / 1e3),
        size => format!("{sign}{size:.decimals$}"),
    }
}

/// How often a day is written.
#[derive(Clone, Copy, Debug)]
enum Every {
    Days(i32),
    Weeks(i32),
    Months(i32),
    Years(i32),
}

/// 1970-01-01, from which days are counted, was a Thursday.
const MONDAY: i32 = 4;

pub(crate) fn date(day: i32) -> Date {
    Date::constant(1970, 1, 1).saturating_add(day.days())
}

pub(crate) fn number(date: Date) -> i32 {
    Date::constant(1970, 1, 1).until(date).map_or(0, |span| span.get_days())
}

impl Every {
    const ALL: [Every; 9] = [
        Every::Days(1),
        Every::Days(2),
        Every::Weeks(1),
        Every::Weeks(2),
        Every::Months(1),
        Every::Months(3),
        Every::Years(1),
        Every::Years(2),
        Every::Years(5),
    ];

    fn count(self, first: i32, last: i32) -> usize {
        let days = match self {
            Every::Days(n) => n,
            Every::Weeks(n) => 7 * n,
            Every::Months(n) => 30 * n,
            Every::Years(n) => 365 * n,
        };
        ((last - first) / days + 1) as usize
    }

    /// The days that are written, from the first to the last.
    fn between(self, first: i32, last: i32) -> Vec<i32> {
        let months = |n: i32| {
            let begin = date(first);
            let from = i32::from(begin.year()) * 12 + i32::from(begin.month()) - 1;
            let day = move |month: i32| {
                i16::try_from(month.div_euclid(12)).ok().and_then(|year| Date::new(year, month.rem_euclid(12) as i8 + 1, 1).ok()).map(number)
            };
            (from.div_euclid(n)..).map_while(move |k| day(k * n)).take_while(move |day| *day <= last).filter(move |day| *day >= first).collect()
        };
        match self {
            Every::Days(n) => (first..=last).step_by(n.max(1) as usize).collect(),
            Every::Weeks(n) => {
                let monday = first + (MONDAY - first).rem_euclid(7);
                (monday..=last).step_by(7 * n.max(1) as usize).collect()
            }
            Every::Months(n) => months(n),
            Every::Years(n) => months(12 * n),
        }
    }

    fn says(self, day: i32, before: i32) -> String {
        let date = date(day);
        match self {
            Every::Years(_) => date.year().to_string(),
            Every::Months(_) if date.year() != self::date(before).year() => date.strftime("%b %Y").to_string(),
            Every::Months(_) => date.strftime("%b").to_string(),
            _ => told(day, before),
        }
    }
}

/// A day as pages tell it, with the year where it is not today's.
pub(crate) fn told(day: i32, today: i32) -> String {
    when::short_day(&date(day).to_string(), &date(today).to_string()[..4])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(axis: &Axis) -> Vec<&str> {
        axis.ticks.iter().map(|(_, says)| says.as_str()).collect()
    }

    #[test]
    fn axes_have_round_values() {
        assert_eq!(says(&Axis::round(0.0, 34.0, 5, true)), ["0", "10", "20", "30", "40"]);
        assert_eq!(says(&Axis::round(0.0, 0.37, 5, false)), ["0.0", "0.1", "0.2", "0.3", "0.4"]);
        assert_eq!(says(&Axis::round(-3.0, 7.0, 6, false)), ["−4", "−2", "0", "2", "4", "6", "8"]);
        assert_eq!(says(&Axis::round(0.0, 2.0, 6, true)), ["0", "1", "2"], "there is no half story");
        assert_eq!(says(&Axis::round(0.0, 84_000.0, 5, true)), ["0", "20k", "40k", "60k", "80k", "100k"]);
    }

    #[test]
    fn axes_hold_what_they_are_given() {
        for (low, high) in [(0.0, 0.0), (5.0, 5.0), (-2.0, -2.0), (f64::NAN, 1.0), (f64::MAX, f64::MIN), (1e-9, 3e-9), (-1e12, 4e15)] {
            let axis = Axis::round(low, high, 5, false);
            assert!(axis.from < axis.to && axis.ticks.len() > 1 && axis.ticks.len() < 12, "{low} to {high}: {axis:?}");
            assert!(low.is_nan() || low > high || axis.from <= low && high <= axis.to, "{low} to {high}: {axis:?}");
        }
    }

    #[test]
    fn days_are_written_as_often_as_fits() {
        let first = number(Date::constant(2026, 11, 23));
        assert_eq!(says(&Axis::days(first, first + 3, first, 400.0, 50.0)), ["23 Nov", "24 Nov", "25 Nov", "26 Nov"]);
        assert_eq!(says(&Axis::days(first, first + 27, first, 250.0, 50.0)), ["23 Nov", "30 Nov", "7 Dec", "14 Dec"], "Mondays");
        assert_eq!(says(&Axis::days(first, first + 200, first, 400.0, 50.0)), ["Dec", "Jan 2027", "Feb", "Mar", "Apr", "May", "Jun"]);
        assert_eq!(says(&Axis::days(first + 40, first + 61, first, 400.0, 62.0)), ["4 Jan 2027", "11 Jan", "18 Jan"], "the year once");
        assert_eq!(says(&Axis::days(first + 110, first + 200, first, 300.0, 62.0)), ["Apr 2027", "May", "Jun"]);
        let years = Axis::days(first, first + 3000, first, 300.0, 50.0);
        assert!(years.ticks.len() <= 6 && says(&years).iter().all(|year| year.len() == 4), "{years:?}");
    }
}
