//! Quiet hours: a time of day from which until which no letter is sent, as the clocks of a zone show it.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::{Refusal, Result};
use std::ops::Range;

/// A time of day written `22:00`.
pub(crate) fn time(field: &str, typed: &str) -> Result<String> {
    let typed = typed.trim();
    match read(typed) {
        _ if typed.is_empty() => Ok(String::new()),
        Some((hour, minute)) => Ok(format!("{hour:02}:{minute:02}")),
        None => Err(Refusal::invalid(field, "Write the time of day as 22:00.")),
    }
}

/// Hour and minute.
fn read(typed: &str) -> Option<(i8, i8)> {
    let (hour, minute) = typed.split_once(':')?;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

/// The quiet hours that a moment lies in, from their first millisecond to the one after their last; none where there are
/// none or it lies in none. A time that the clocks skip comes when they have been put forward, one that they show twice
/// comes the first time, so the hours are as long as that night makes them.
pub(crate) fn around(from: &str, until: &str, zone: &str, now: i64) -> Option<Range<i64>> {
    let (from, until) = (read(from)?, read(until)?);
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let today = Timestamp::from_millisecond(now).ok()?.to_zoned_datetime(zone.clone()).date();
    let at = |day: Date, (hour, minute)| Some(day.at(hour, minute, 0, 0).to_zoned_datetime(zone.clone()).ok()?.timestamp().as_millisecond());
    // They began today, or yesterday evening.
    [today, today.yesterday().ok()?].into_iter().find_map(|day| {
        let last = if until > from { day } else { day.tomorrow().ok()? };
        let hours = at(day, from)?..at(last, until)?;
        (from != until && hours.contains(&now)).then_some(hours)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(from: &str, until: &str, zone: &str, now: &str) -> Option<String> {
        let now: Timestamp = now.parse().unwrap();
        around(from, until, zone, now.as_millisecond()).map(|hours| Timestamp::from_millisecond(hours.end).unwrap().to_string())
    }

    #[test]
    fn hours_may_go_over_midnight() {
        let berlin = |now: &str| ends("22:00", "07:00", "Europe/Berlin", now);
        assert_eq!(berlin("2026-11-28T20:59:59Z"), None);
        assert_eq!(berlin("2026-11-28T21:00:00Z").as_deref(), Some("2026-11-29T06:00:00Z"));
        assert_eq!(berlin("2026-11-29T05:59:59Z").as_deref(), Some("2026-11-29T06:00:00Z"));
        assert_eq!(berlin("2026-11-29T06:00:00Z"), None);
        assert_eq!(ends("12:00", "13:00", "UTC", "2026-11-28T12:30:00Z").as_deref(), Some("2026-11-28T13:00:00Z"));
        assert_eq!(ends("", "", "UTC", "2026-11-28T12:30:00Z"), None);
        assert_eq!(ends("09:00", "09:00", "UTC", "2026-11-28T12:30:00Z"), None);
    }

    #[test]
    fn a_change_of_clocks_makes_a_night_shorter_or_longer() {
        let berlin = |now: &str| ends("22:00", "07:00", "Europe/Berlin", now);
        assert_eq!(berlin("2026-03-28T21:00:00Z").as_deref(), Some("2026-03-29T05:00:00Z"), "eight hours");
        assert_eq!(berlin("2026-10-24T20:00:00Z").as_deref(), Some("2026-10-25T06:00:00Z"), "ten");
        // Until a time that is skipped, or comes twice.
        let early = |now: &str| ends("22:00", "02:30", "Europe/Berlin", now);
        assert_eq!(early("2026-03-29T00:30:00Z").as_deref(), Some("2026-03-29T01:30:00Z"), "there is no half past two");
        assert_eq!(early("2026-03-29T01:30:00Z"), None);
        assert_eq!(early("2026-10-25T00:15:00Z").as_deref(), Some("2026-10-25T00:30:00Z"), "the first of two");
        assert_eq!(early("2026-10-25T01:15:00Z"), None, "the second quarter past two is not quiet again");
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(time("x", " 7:05 ").as_deref(), Ok("07:05"));
        assert_eq!(time("x", "").as_deref(), Ok(""));
        for bad in ["24:00", "7", "ten", "10:60", "10:5x"] {
            assert!(time("x", bad).is_err(), "{bad}");
        }
    }
}
