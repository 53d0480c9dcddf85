//! Times as people read them.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
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

/// When the day began that was so many days ago, in a zone.
pub fn days_ago(days: u16, now: i64, zone: &str) -> i64 {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let began = |now: Timestamp| now.to_zoned_datetime(zone.clone()).date().saturating_sub(i64::from(days).days()).to_zoned_datetime(zone).ok();
    Timestamp::from_millisecond(now).ok().and_then(began).map_or(now, |began| began.timestamp().as_millisecond())
}

/// Since when, of a moment that has been: "14:05 today", "14:05 yesterday", else its day, in a zone.
pub fn since(at: i64, now: i64, zone: &str) -> String {
    let day = match at {
        at if at >= days_ago(0, now, zone) => "today",
        at if at >= days_ago(1, now, zone) => "yesterday",
        at => return short_day(&day_in(at, zone), &day_in(now, zone)[..4]),
    };
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(at).map(|t| format!("{} {day}", t.to_zoned_datetime(zone).strftime("%H:%M"))).unwrap_or_default()
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

/// The day of the week of a day: Monday is 1. None where it cannot be read.
pub fn weekday(day: &str) -> Option<i8> {
    day.parse::<Date>().ok().map(|date| date.weekday().to_monday_one_offset())
}

/// The Monday of a day's week; the day itself where it cannot be read.
pub fn monday_of(day: &str) -> String {
    let monday = day.parse::<Date>().ok().and_then(|date| {
        let back = i64::from(date.weekday().to_monday_zero_offset());
        date.checked_sub(jiff::Span::new().days(back)).ok()
    });
    monday.map_or_else(|| day.to_owned(), |monday| monday.to_string())
}

/// So many days after a day; the day itself where that cannot be read.
pub fn days_after(day: &str, days: i64) -> String {
    let after = |date: Date| date.checked_add(jiff::Span::new().try_days(days).ok()?).ok();
    day.parse().ok().and_then(after).map_or_else(|| day.to_owned(), |date| date.to_string())
}

/// So many months after a day; the last day of a month stays the last one.
pub fn months_after(day: &str, months: i64) -> String {
    let after = |date: Date| {
        let there = date.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
        Some(if date == date.last_of_month() { there.last_of_month() } else { there })
    };
    day.parse().ok().and_then(after).map_or_else(|| day.to_owned(), |date| date.to_string())
}

/// The first day of the month, quarter or year (1, 3 or 12 months) that a day lies in.
pub fn period_of(day: &str, months: i64) -> String {
    let first = |date: Date| {
        let months = i8::try_from(months).ok().filter(|months| (1..=12).contains(months))?;
        Date::new(date.year(), (date.month() - 1) / months * months + 1, 1).ok()
    };
    day.parse().ok().and_then(first).map_or_else(|| day.to_owned(), |date| date.to_string())
}

/// "Nov 2026", "Q4 2026" or "2026": the month, quarter or year that begins on a day.
pub fn period_says(day: &str, months: i64) -> String {
    let says = |date: Date| match months {
        1 => date.strftime("%b %Y").to_string(),
        12 => date.year().to_string(),
        _ => format!("Q{} {}", (date.month() - 1) / 3 + 1, date.year()),
    };
    day.parse().map_or_else(|_| day.to_owned(), says)
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

/// The moment at which the clocks of a zone show a time such as `15:00` on a day; none where either cannot be read. A time that
/// the clocks skip comes when they have been put forward, one that they show twice comes the first time.
pub fn moment(day: &str, time: &str, zone: &str) -> Option<i64> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let date: Date = day.parse().ok()?;
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(())?;
    Some(date.at(hour, minute, 0, 0).to_zoned_datetime(zone).ok()?.timestamp().as_millisecond())
}

/// `15:00`, as the clocks of a zone show a moment.
pub fn clock(at: i64, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(at).map(|t| t.to_zoned_datetime(zone).strftime("%H:%M").to_string()).unwrap_or_default()
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
    fn since_is_told_by_the_clock_of_the_zone() {
        // 29 November 2026, 03:13 in London, an hour later in Berlin.
        let now = 1_795_921_980_000;
        let minutes = |n: i64| now - n * 60_000;
        assert_eq!(since(minutes(60), now, "Europe/Berlin"), "03:13 today");
        assert_eq!(since(minutes(5 * 60), now, "Europe/Berlin"), "23:13 yesterday");
        assert_eq!(since(minutes(5 * 24 * 60), now, "Europe/Berlin"), "24 Nov");
        // The clocks went back on 25 October: days are days, whatever their hours.
        assert_eq!(exact(days_ago(40, now, "Europe/Berlin"), "Europe/Berlin"), "20 Oct 2026, 00:00");
        assert_eq!(days_ago(0, now, "Europe/Berlin") % 86_400_000, 23 * 3_600_000);
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
    fn a_week_begins_on_its_monday() {
        assert_eq!(["2026-11-23", "2026-11-29", "2026-11-30", "soon"].map(monday_of), ["2026-11-23", "2026-11-23", "2026-11-30", "soon"]);
        assert_eq!(["2026-11-23", "2026-11-29", "soon"].map(weekday), [Some(1), Some(7), None]);
    }

    #[test]
    fn a_day_comes_so_many_days_after_another() {
        assert_eq!(
            [("2028-02-28", 2), ("2026-11-29", -29), ("soon", 3), ("2026-11-29", i64::MAX)].map(|(day, days)| days_after(day, days)),
            ["2028-03-01", "2026-10-31", "soon", "2026-11-29"]
        );
    }

    #[test]
    fn counts_days() {
        assert_eq!(days_between("2026-11-23", "2026-12-01"), 8);
        assert_eq!(end_of("1970-01-01"), Some(86_399_999));
        assert_eq!(end_of("soon"), None);
    }
}
