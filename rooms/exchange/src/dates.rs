//! Dates the way other tools write them.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

/// Ways to write a date with a time.
const WITH_TIME: &[&str] =
    &["%d/%b/%y %I:%M %p", "%d/%b/%Y %I:%M %p", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%b/%y %H:%M", "%d.%m.%Y %H:%M", "%Y/%m/%d %H:%M:%S"];
/// Ways to write a day.
const DAYS: &[&str] = &["%d/%b/%y", "%d/%b/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%b %d, %Y"];

/// Milliseconds since 1970, taking UTC where no zone is named; `None` when it is no date that can be told
/// (`3/4/25` could be March or April and is not guessed at).
pub fn moment(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at.as_millisecond());
    }
    let timed = WITH_TIME.iter().find_map(|f| DateTime::strptime(f, text).ok());
    let at = timed.or_else(|| DAYS.iter().find_map(|f| Date::strptime(f, text).ok()).map(|d| d.at(0, 0, 0, 0)))?;
    at.to_zoned_datetime(TimeZone::UTC).ok().map(|z| z.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn reads_the_dates_of_other_tools() {
        assert_eq!(moment("01/Jan/70 12:00 AM"), Some(0));
        assert_eq!(moment("2/Jan/70 3:42 PM"), Some(86_400_000 + (15 * 60 + 42) * 60_000));
        assert_eq!(moment("1970-01-02"), Some(86_400_000));
        assert_eq!(moment("1970-01-01T00:00:01Z"), Some(1000));
        assert_eq!(moment("23/Apr/26"), moment("2026-04-23"));
        for odd in ["", "3/4/25", "soon", "32/Jan/70"] {
            assert_eq!(moment(odd), None, "{odd}");
        }
    }
}
