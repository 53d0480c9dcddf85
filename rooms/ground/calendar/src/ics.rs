//! Days off in a calendar file (RFC 5545): whole days, each with its name. What is told by the hour is a meeting and no day
//! off; of what comes back, only what comes back every year on the same day is a holiday.

use icalendar::{Calendar, CalendarComponent, Component};
use jiff::civil::Date;
use kernel::{Refusal, Result};
use std::collections::BTreeMap;

/// So many days are taken from a file.
const MOST_DAYS: usize = 400;
/// What comes back every year is taken for so many years.
const YEARS: i16 = 3;
/// A day off that lasts longer is a season.
const LONGEST: i32 = 31;
/// Deeper than anything a calendar holds.
const DEEPEST: usize = 8;

fn wrong(message: impl Into<String>) -> Refusal {
    Refusal::invalid("ics", message)
}

/// What the calendar calls itself.
pub(crate) fn name(text: &str) -> Option<String> {
    let name = text.lines().find_map(|line| line.strip_prefix("X-WR-CALNAME:").or_else(|| line.strip_prefix("NAME:")))?.trim();
    (!name.is_empty()).then(|| web::clipped(name, 100))
}

/// The days that are not past, by day.
pub(crate) fn days(text: &str, now: i64) -> Result<BTreeMap<String, String>> {
    let not_one = "This is no calendar file: it begins with BEGIN:VCALENDAR.";
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with("BEGIN:VCALENDAR") {
        return Err(wrong(not_one));
    }
    let mut depth = 0usize;
    for line in text.lines() {
        depth = if line.starts_with("BEGIN:") { depth + 1 } else { depth - usize::from(line.starts_with("END:") && depth > 0) };
        if depth > DEEPEST {
            return Err(wrong("This calendar file is nested deeper than any calendar is."));
        }
    }
    let calendar: Calendar =
        text.trim_start_matches('\u{feff}').trim_start().parse().map_err(|_| wrong("This calendar file breaks off, or is not well formed."))?;
    let today: Date = web::when::day(now).parse().map_err(|_| Refusal::broken("today is no day"))?;
    let mut found = BTreeMap::new();
    for component in &calendar.components {
        let CalendarComponent::Event(event) = component else { continue };
        let Some(first) = event.property_value("DTSTART").and_then(whole_day) else { continue };
        // The end of a whole day is the day after.
        let end = event.property_value("DTEND").and_then(whole_day).filter(|end| *end > first).or_else(|| first.tomorrow().ok());
        let length = end.map_or(1, |end| days_between(first, end)).clamp(1, LONGEST);
        let name = event.property_value("SUMMARY").map(str::trim).filter(|name| !name.is_empty()).unwrap_or("Day off");
        let years = match event.property_value("RRULE") {
            None => 0..1,
            Some(rule) if every_year(rule) => 0..YEARS + (today.year() - first.year()).max(0),
            Some(_) => continue,
        };
        for first in years.filter_map(|later| Date::new(first.year().checked_add(later)?, first.month(), first.day()).ok()) {
            for day in first.series(jiff::ToSpan::days(1)).take(usize::try_from(length).unwrap_or(1)).filter(|day| *day >= today) {
                found.entry(day.to_string()).or_insert_with(|| web::clipped(name, 100));
            }
        }
    }
    match found.len() {
        0 => Err(wrong("There is no whole day in this file that is still to come.")),
        n if n > MOST_DAYS => Err(wrong(format!("{n} days off are more than a product has; choose a year, or a file of public holidays."))),
        _ => Ok(found),
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(1, |span| span.get_days())
}

/// `20261225`, and not `20261225T090000`.
fn whole_day(value: &str) -> Option<Date> {
    let value = value.trim();
    let digits = value.len() == 8 && value.bytes().all(|b| b.is_ascii_digit());
    let number = |range: std::ops::Range<usize>| value.get(range)?.parse::<i16>().ok();
    if !digits {
        return None;
    }
    Date::new(number(0..4)?, i8::try_from(number(4..6)?).ok()?, i8::try_from(number(6..8)?).ok()?).ok()
}

/// Every year on the same day, and for ever.
fn every_year(rule: &str) -> bool {
    let parts: Vec<&str> = rule.split(';').collect();
    parts.contains(&"FREQ=YEARLY")
        && parts.iter().all(|part| {
            ["FREQ=YEARLY", "INTERVAL=1"].contains(part)
                || part.starts_with("BYMONTH=")
                || part.starts_with("BYMONTHDAY=")
                || part.starts_with("WKST=")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-28.
    const NOW: i64 = 1_795_867_200_000;

    fn file(events: &str) -> String {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nX-WR-CALNAME:Feiertage Hessen\r\n{}END:VCALENDAR\r\n",
            events.replace('\n', "\r\n")
        )
    }

    fn event(start: &str, more: &str) -> String {
        format!("BEGIN:VEVENT\nUID:{start}{more}@x\nDTSTART;VALUE=DATE:{start}\n{more}\nEND:VEVENT\n").replace("\n\n", "\n")
    }

    fn told(events: &str) -> Vec<(String, String)> {
        days(&file(events), NOW).unwrap().into_iter().collect()
    }

    fn pair(day: &str, name: &str) -> (String, String) {
        (day.into(), name.into())
    }

    #[test]
    fn whole_days_to_come_are_days_off() {
        let both = event("20261225", "DTEND;VALUE=DATE:20261227\nSUMMARY:Weihnachten\\, beide Tage") + &event("20251225", "SUMMARY:Past");
        assert_eq!(told(&both), [pair("2026-12-25", "Weihnachten, beide Tage"), pair("2026-12-26", "Weihnachten, beide Tage")]);
        assert_eq!(told(&event("20270101", "")), [pair("2027-01-01", "Day off")]);
        assert_eq!(name(&file("")).as_deref(), Some("Feiertage Hessen"));
    }

    #[test]
    fn what_comes_back_every_year_is_taken_for_some_years() {
        let yearly = event("20241003", "SUMMARY:Unity\nRRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=3");
        assert_eq!(told(&yearly), [pair("2027-10-03", "Unity"), pair("2028-10-03", "Unity")]);
        let weekly = event("20261201", "SUMMARY:Every week\nRRULE:FREQ=WEEKLY") + &event("20270101", "SUMMARY:New year");
        assert_eq!(told(&weekly), [pair("2027-01-01", "New year")]);
    }

    #[test]
    fn meetings_and_other_files_are_none() {
        let meeting = "BEGIN:VEVENT\nUID:1\nDTSTART:20261225T090000Z\nSUMMARY:Call\nEND:VEVENT\n";
        assert!(days(&file(meeting), NOW).is_err());
        for bad in
            ["", "name,date\nx,2026-12-25", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225", &file(&"BEGIN:X\n".repeat(5_000))]
        {
            assert!(days(bad, NOW).is_err(), "{}", web::clipped(bad, 60));
        }
        for odd in ["20261332", "2026122", "9999123１", "20260229"] {
            assert!(whole_day(odd).is_none(), "{odd}");
        }
    }
}
