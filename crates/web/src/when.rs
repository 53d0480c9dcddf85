//! Times as people read them.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::{Refusal, Result, Scope};

/// Checks the name of a time zone.
pub fn zone(name: &str) -> Result<String> {
    match TimeZone::get(name) {
        Ok(_) => Ok(name.to_owned()),
        Err(_) => Err(Refusal::invalid("zone", format!("{name:?} is no time zone; write one such as Europe/Berlin."))),
    }
}

/// `2026-11-23T10:00:00Z`.
pub fn iso(at: i64) -> String {
    Timestamp::from_millisecond(at).map(|t| t.to_string()).unwrap_or_default()
}

/// `23 Nov 2026, 11:04` in a zone.
pub fn exact(at: i64, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(at).map(|t| t.to_zoned_datetime(zone).strftime("%-d %b %Y, %H:%M").to_string()).unwrap_or_default()
}

/// `2026-11-23`, in UTC.
pub fn day(at: i64) -> String {
    Timestamp::from_millisecond(at).map(|t| t.to_zoned_datetime(TimeZone::UTC).date().to_string()).unwrap_or_default()
}

/// `2026-11-23`, in a zone.
pub fn day_in(at: i64, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(at).map(|t| t.to_zoned_datetime(zone).date().to_string()).unwrap_or_else(|_| day(0))
}

/// The day of what was written down as a day alone (which is the same everywhere), or as a moment, in a zone.
pub fn written_day(at: i64, zone: &str) -> String {
    if at % 86_400_000 == 0 { day(at) } else { day_in(at, zone) }
}

/// `23 Nov` of a day written `2026-11-23`; with the year where it is not `this_year`'s.
pub fn short_day(day: &str, this_year: &str) -> String {
    let format = if day.starts_with(this_year) { "%-d %b" } else { "%-d %b %Y" };
    day.parse::<Date>().map(|d| d.strftime(format).to_string()).unwrap_or_else(|_| day.to_owned())
}

/// Days from one day to another; 0 where either cannot be read.
pub fn days_between(from: &str, to: &str) -> i64 {
    match (from.parse::<Date>(), to.parse::<Date>()) {
        (Ok(from), Ok(to)) => from.until(to).map_or(0, |span| i64::from(span.get_days())),
        _ => 0,
    }
}

/// Days since the last working day before this one: three on a Monday.
pub fn days_since_weekday(day: &str) -> i64 {
    match day.parse::<Date>().map(|date| date.weekday()) {
        Ok(jiff::civil::Weekday::Monday) => 3,
        Ok(jiff::civil::Weekday::Sunday) => 2,
        _ => 1,
    }
}

/// The end of a day in UTC, as milliseconds since 1970.
pub fn end_of(day: &str) -> Option<i64> {
    let date: Date = day.parse().ok()?;
    let next = date.tomorrow().ok()?.to_zoned_datetime(TimeZone::UTC).ok()?;
    Some(next.timestamp().as_millisecond() - 1)
}

/// Refuses a time that ends before it starts, at the field of its end.
pub fn in_order(field: &str, from: Option<&String>, until: Option<&String>) -> Result<()> {
    match from.zip(until) {
        Some((from, until)) if until < from => Err(Refusal::invalid(field, "It ends before it starts.")),
        _ => Ok(()),
    }
}

/// Refuses a day that has passed where one is asked for that is still to come.
pub fn to_come(field: &str, day: Option<&String>, scope: &Scope, now: i64) -> Result<()> {
    match day {
        Some(day) if *day < day_in(now, &scope.who.zone) => Err(Refusal::invalid(field, "That day has passed.")),
        _ => Ok(()),
    }
}

/// Refuses a day that is still to come where something happened on it.
pub fn happened(field: &str, day: Option<&String>, scope: &Scope, now: i64) -> Result<()> {
    match day {
        Some(day) if *day > day_in(now, &scope.who.zone) => Err(Refusal::invalid(field, "That day is still to come.")),
        _ => Ok(()),
    }
}

/// Days within which a time is told by how far away it is.
const NEAR: i64 = 7;

/// "3 hours ago", "in 2 days"; what is further away is told as a day in a zone: "23 Nov", with the year where it is not this one.
pub fn told(at: i64, now: i64, zone: &str) -> String {
    let seconds = (now - at) / 1000;
    let (amount, unit) = match seconds.abs() {
        s if s < 45 => return "just now".into(),
        s if s < 90 * 60 => ((s + 30) / 60, "minute"),
        s if s < 36 * 3600 => ((s + 1800) / 3600, "hour"),
        s if s < NEAR * 86_400 => ((s + 43_200) / 86_400, "day"),
        _ => return short_day(&day_in(at, zone), &day_in(now, zone)[..4]),
    };
    let plural = if amount == 1 { "" } else { "s" };
    if seconds >= 0 { format!("{amount} {unit}{plural} ago") } else { format!("in {amount} {unit}{plural}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_time_relatively() {
        let hour = 3_600_000;
        let told = |at, now| told(at, now, "UTC");
        assert_eq!(told(0, 1000), "just now");
        assert_eq!(told(0, hour * 3), "3 hours ago");
        assert_eq!(told(hour * 48, 0), "in 2 days");
        assert_eq!(told(0, 86_400_000), "24 hours ago");
        assert_eq!(told(0, hour * 24 * 8), "1 Jan");
        assert_eq!(told(0, hour * 24 * 400), "1 Jan 1970");
    }

    #[test]
    fn days_are_those_of_the_zone() {
        assert_eq!(day_in(82_800_000, "Europe/Berlin"), "1970-01-02");
    }

    #[test]
    fn days_follow_one_another_and_know_today() {
        let day = |text: &str| Some(text.to_owned());
        assert!(in_order("ends_on", day("2026-12-01").as_ref(), day("2026-11-01").as_ref()).is_err());
        for (from, until) in [(day("2026-12-01"), day("2026-12-01")), (None, day("2026-11-01")), (day("2026-12-01"), None)] {
            assert!(in_order("ends_on", from.as_ref(), until.as_ref()).is_ok());
        }
        let mut scope = Scope::nowhere(kernel::Door::Page, 0);
        scope.who.zone = "Europe/Berlin".into();
        let late = 82_800_000; // There it is the second day already.
        assert!(to_come("due_on", day("1970-01-01").as_ref(), &scope, late).is_err());
        assert!(to_come("due_on", day("1970-01-02").as_ref(), &scope, late).is_ok());
        assert!(happened("on_day", day("1970-01-02").as_ref(), &scope, late).is_ok());
        assert!(happened("on_day", day("1970-01-03").as_ref(), &scope, late).is_err());
    }

    #[test]
    fn counts_days() {
        assert_eq!(days_between("2026-11-23", "2026-12-01"), 8);
        assert_eq!(end_of("1970-01-01"), Some(86_399_999));
        assert_eq!(end_of("soon"), None);
    }
}
