//! How much time a timeline shows at once, and how far its bars go in one step.

use crate::when;

/// How much time fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    Month,
    Quarter,
    Year,
}

impl Zoom {
    pub const ALL: [Zoom; 3] = [Zoom::Month, Zoom::Quarter, Zoom::Year];

    pub const fn word(self) -> &'static str {
        match self {
            Zoom::Month => "month",
            Zoom::Quarter => "quarter",
            Zoom::Year => "year",
        }
    }

    /// A zoom by its word; quarters where it is none.
    pub fn read(word: &str) -> Zoom {
        Zoom::ALL.into_iter().find(|zoom| zoom.word() == word).unwrap_or(Zoom::Quarter)
    }

    /// How wide a day is.
    pub(super) const fn day(self) -> f64 {
        match self {
            Zoom::Month => 6.0,
            Zoom::Quarter => 2.4,
            Zoom::Year => 0.9,
        }
    }

    /// Months from one line to the next.
    pub(super) const fn months(self) -> i64 {
        match self {
            Zoom::Month => 1,
            Zoom::Quarter => 3,
            Zoom::Year => 12,
        }
    }

    /// Where a window goes in one step, from a day: a week, a month, a quarter.
    pub fn step(self, day: &str, by: i64) -> String {
        match self {
            Zoom::Month => when::days_after(day, 7 * by),
            Zoom::Quarter => when::months_after(day, by),
            Zoom::Year => when::months_after(day, 3 * by),
        }
    }

    /// What a step is called.
    pub const fn step_says(self) -> &'static str {
        match self {
            Zoom::Month => "a week",
            Zoom::Quarter => "a month",
            Zoom::Year => "a quarter",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_keep_windows_at_the_ends_of_months() {
        assert_eq!(Zoom::Quarter.step("2026-12-31", 2), "2027-02-28");
        assert_eq!(Zoom::Quarter.step("2027-02-28", 1), "2027-03-31");
        assert_eq!(Zoom::Year.step("2026-10-01", -1), "2026-07-01");
        assert_eq!(Zoom::Month.step("2026-12-31", 1), "2027-01-07");
    }
}
