//! Days off in a calendar file (RFC 5545): whole days, each with its name. What is told by the hour is a meeting and no day
//! off; of what comes back, only what comes back every year on the same day is a holiday.

use icalendar::{CalendarComponent, Component};
use jiff::civil::Date;
use kernel::{Refusal, Result};
use std::collections::BTreeMap;

/// So many days are taken from a file, and so many events are looked at.
const MOST_DAYS: usize = 400;
const MOST_EVENTS: usize = 2_000;
/// What comes back every year is taken for so many years.
const YEARS: i16 = 3;
/// A day off that lasts longer is a season.
const LONGEST: i32 = 31;
/// What an event is read by, and how long each may be. Of all else, and of what is nested in an event, nothing is parsed.
const READ: [&str; 5] = ["UID", "DTSTART", "DTEND", "RRULE", "SUMMARY"];
const LONGEST_LINE: usize = 2_000;

fn wrong(message: impl Into<String>) -> Refusal {
    Refusal::invalid("ics", message)
}

/// The lines of a file, each whole: what goes on after a space or a tab belongs to the line before.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for line in text.trim_start_matches('\u{feff}').split(['\r', '\n']).filter(|line| !line.is_empty()) {
        if let Some(rest) = line.strip_prefix([' ', '\t'])
            && let Some(before) = lines.last_mut()
        {
            before.push_str(rest);
        } else {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// The events of a file, each alone and flat, so that nothing a file nests is ever followed.
fn events(lines: &[String]) -> Result<Vec<String>> {
    let which = |line: &str| {
        let name = line.split([':', ';']).next().unwrap_or_default();
        READ.iter().position(|known| name.eq_ignore_ascii_case(known))
    };
    let (mut events, mut event, mut nested) = (vec![], None::<Vec<&str>>, 0usize);
    for line in lines {
        let upper = line.trim_end().to_ascii_uppercase();
        if event.is_none() {
            if upper == "BEGIN:VEVENT" {
                (event, nested) = (Some(vec![]), 0);
            }
            continue;
        }
        let Some(read) = &mut event else { continue };
        if upper == "END:VEVENT" && nested == 0 {
            events.push(format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", read.join("\r\n")));
            event = None;
            if events.len() > MOST_EVENTS {
                return Err(wrong(format!("More than {MOST_EVENTS} events are no calendar of days off.")));
            }
        } else if upper.starts_with("BEGIN:") {
            nested += 1;
        } else if upper.starts_with("END:") {
            nested = nested.saturating_sub(1);
        } else if nested == 0 && line.len() <= LONGEST_LINE && which(line).is_some_and(|at| !read.iter().any(|known| which(known) == Some(at))) {
            read.push(line);
        }
    }
    match event {
        Some(_) => Err(wrong("This calendar file breaks off in the middle of an event.")),
        None => Ok(events),
    }
}

/// What the calendar calls itself.
pub(crate) fn name(text: &str) -> Option<String> {
    let lines = unfolded(text);
    let name = lines.iter().find_map(|line| line.strip_prefix("X-WR-CALNAME:").or_else(|| line.strip_prefix("NAME:")))?;
    one_line(name)
}

/// As one line that can be seen.
fn one_line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    line.chars().any(char::is_alphanumeric).then(|| web::clipped(&line, 100))
}

/// The days that are not past, by day.
pub(crate) fn days(text: &str, now: i64) -> Result<BTreeMap<String, String>> {
    let lines = unfolded(text);
    if !lines.first().is_some_and(|line| line.trim_end().eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(wrong("This is no calendar file: it begins with BEGIN:VCALENDAR."));
    }
    let today: Date = web::when::day(now).parse().map_err(|_| Refusal::broken("today is no day"))?;
    let mut found = BTreeMap::new();
    for event in events(&lines)? {
        let Ok(CalendarComponent::Event(event)) = event.parse::<CalendarComponent>() else { continue };
        let Some(first) = event.property_value("DTSTART").and_then(whole_day) else { continue };
        // The end of a whole day is the day after.
        let end = event.property_value("DTEND").and_then(whole_day).filter(|end| *end > first).or_else(|| first.tomorrow().ok());
        let length = end.map_or(1, |end| days_between(first, end)).clamp(1, LONGEST);
        let name = event.property_value("SUMMARY").and_then(one_line).unwrap_or_else(|| "Day off".into());
        // From last year on, as what began then may not have ended.
        let from = (today.year() - 1 - first.year()).max(0);
        let years = match event.property_value("RRULE") {
            None => 0..1,
            Some(rule) if every_year(rule) => from..from + YEARS + 1,
            Some(_) => continue,
        };
        for first in years.filter_map(|later| Date::new(first.year().checked_add(later)?, first.month(), first.day()).ok()) {
            for day in first.series(jiff::ToSpan::days(1)).take(usize::try_from(length).unwrap_or(1)).filter(|day| *day >= today) {
                found.entry(day.to_string()).or_insert_with(|| name.clone());
            }
        }
        if found.len() > MOST_DAYS {
            return Err(wrong(format!("More than {MOST_DAYS} days off are no working life; take a file of public holidays.")));
        }
    }
    match found.is_empty() {
        true => Err(wrong("There is no whole day in this file that is still to come.")),
        false => Ok(found),
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
        format!("BEGIN:VEVENT\nUID:{start}@x\nDTSTART;VALUE=DATE:{start}\n{more}\nEND:VEVENT\n").replace("\n\n", "\n")
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
    fn what_a_file_nests_folds_or_repeats_costs_no_more_than_its_length() {
        let nested = |open: &str, close: &str| file(&(open.repeat(6_000) + &close.repeat(6_000)));
        assert!(days(&nested("BEG\n IN:X\n", ""), NOW).is_err(), "what is folded is one line");
        assert!(days(&nested("BEGIN:X\n", "END:X\n"), NOW).is_err());
        let alarms = "BEGIN:VALARM\n".repeat(6_000) + &"END:VALARM\n".repeat(6_000);
        assert_eq!(told(&event("20270101", &format!("{alarms}SUMMARY:New year"))), [pair("2027-01-01", "New year")]);
        let old = "BEGIN:VEVENT\nDTSTART:00010201\nDTEND:00010304\nRRULE:FREQ=YEARLY\nSUMMARY:Every\\nyear\nEND:VEVENT\n".repeat(1_500);
        assert_eq!(told(&old).first(), Some(&pair("2027-02-01", "Every year")), "however long ago it began");
        assert!(days(&file(&event("20270101", "").repeat(3_000)), NOW).is_err());
        assert_eq!(told(&event("20270101", &"A:\n".repeat(40_000))).len(), 1);
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
