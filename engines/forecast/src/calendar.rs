//! Working days.

use std::collections::BTreeSet;

/// From Monday, as in [`Calendar::week`].
pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The place of a day in its week, from Monday.
pub(crate) fn weekday(day: i32) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// A day as a date; `None` beyond the year 9999.
pub(crate) fn date(day: i32) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

/// A date as a day.
pub(crate) fn number(date: jiff::civil::Date) -> Option<i32> {
    jiff::civil::date(1970, 1, 1).until(date).ok().map(|span| span.get_days())
}

/// Which days are worked on. Days are counted from 1970-01-01, a Thursday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// From Monday.
    pub week: [bool; 7],
    /// Days off.
    pub off: BTreeSet<i32>,
}

impl Calendar {
    /// Monday to Friday.
    pub fn weekdays() -> Calendar {
        Calendar { week: [true, true, true, true, true, false, false], off: BTreeSet::new() }
    }

    pub fn every_day() -> Calendar {
        Calendar { week: [true; 7], off: BTreeSet::new() }
    }

    pub fn works(&self, day: i32) -> bool {
        self.week[weekday(day)] && !self.off.contains(&day)
    }

    /// Working days in a usual week; at least one.
    pub(crate) fn week_length(&self) -> usize {
        self.week.iter().filter(|works| **works).count().max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_1970_was_a_thursday() {
        let mut calendar = Calendar::weekdays();
        assert_eq!((0..7).map(|d| calendar.works(d)).collect::<Vec<_>>(), [true, true, false, false, true, true, true]);
        calendar.off.insert(0);
        assert!(!calendar.works(0) && calendar.works(-1));
    }
}
