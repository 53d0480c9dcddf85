//! The roadmap as a file that is taken along: a drawing, Markdown, a calendar.

use crate::{model::*, plan::Plan};
use icalendar::{Calendar, Component, Event, Property};
use kernel::{Refusal, Result, Scope, Uuid};
use std::{collections::HashSet, fmt::Write};
use web::{
    IntoResponse, Response, capital,
    chart::Timeline,
    http::{HeaderValue, header},
    plain_date, when,
};

/// The files that there are, by their endings. Tables are taken where all lists are.
pub const FILES: &[(&str, &str)] = &[("png", "As a picture (PNG)"), ("svg", "As a drawing (SVG)"), ("md", "As Markdown"), ("ics", "For a calendar")];

/// One of them, with features where the page has them.
///
/// # Errors
/// `NotFound` for an ending that there is not.
pub fn file(scope: &Scope, plan: &Plan, drawn: &Timeline, (ending, parts): (&str, bool)) -> Result<Response> {
    let key = scope.product()?.key.clone();
    let features: &[Feature] = if parts { &plan.features } else { &[] };
    let (kind, body) = match ending {
        "svg" => ("image/svg+xml", drawn.drawing(&format!("Roadmap of {key}"))),
        "md" => ("text/markdown; charset=utf-8", markdown(scope, plan, features)?),
        "ics" => ("text/calendar; charset=utf-8", calendar(scope, plan, features)?),
        _ => return Err(Refusal::NotFound),
    };
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, named(&key, &plan.day, ending))], body)
        .into_response())
}

/// "ORB-roadmap-2026-11-23.png".
fn named(key: &str, day: &str, ending: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("attachment; filename=\"{key}-roadmap-{day}.{ending}\"")).unwrap_or(HeaderValue::from_static("attachment"))
}

/// The roadmap as a picture that was drawn.
pub fn pictured(key: &str, day: &str, picture: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("image/png")), (header::CONTENT_DISPOSITION, named(key, day, "png"))], picture).into_response()
}

/// "1 Oct – 31 Dec", as far as there is one.
pub(crate) fn window(scope: &Scope, from: Option<&String>, until: Option<&String>) -> Option<String> {
    match (from, until) {
        (Some(from), Some(until)) => Some(format!("{} – {}", plain_date(scope, from), plain_date(scope, until))),
        (None, Some(until)) => Some(format!("until {}", plain_date(scope, until))),
        (Some(from), None) => Some(format!("from {}", plain_date(scope, from))),
        (None, None) => None,
    }
}

/// A line of Markdown that says what it says, whatever is written in it, and wherever the line begins.
fn plain(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // "1." and "2)" would begin a list, "-" and "+" too, and "=" or "---" would make a heading of the line above.
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let begins = |place: usize, c: char| match place {
        0 => matches!(c, '-' | '+' | '='),
        _ => place == digits && matches!(c, '.' | ')'),
    };
    let mut out = String::with_capacity(text.len() + 8);
    for (place, c) in text.chars().enumerate() {
        if begins(place, c) || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// "ORB-4 A lamp (released), until 31 Dec".
fn line(scope: &Scope, f: &Feature) -> String {
    let released = if f.state == BetState::Released { " (released)" } else { "" };
    let window = window(scope, f.starts_on.as_ref(), f.ends_on.as_ref()).map_or_else(String::new, |w| format!(", {w}"));
    format!("- {} {}{released}{window}", scope.key(f.number), plain(&f.title))
}

fn markdown(scope: &Scope, plan: &Plan, features: &[Feature]) -> Result<String> {
    let mut out = format!("# Roadmap of {}\n\nAs of {}.\n", plain(&scope.product()?.name), plan.day);
    let there: HashSet<Uuid> = plan.initiatives.iter().map(|i| i.meta.id).collect();
    let of = |f: &Feature| f.initiative.map(|id| id.0).filter(|id| there.contains(id));
    for horizon in Horizon::ALL {
        let _ = write!(out, "\n## {}\n\n", capital(horizon.word()));
        let bets: Vec<&Initiative> = plan.initiatives.iter().filter(|i| i.horizon == *horizon).collect();
        if bets.is_empty() {
            out.push_str("Nothing.\n");
        }
        for i in bets {
            let _ = write!(out, "- **{} {}**", scope.key(i.number), plain(&i.title));
            if i.state == BetState::Released {
                out.push_str(" (released)");
            }
            if let Some(window) = window(scope, i.starts_on.as_ref(), i.ends_on.as_ref()) {
                let _ = write!(out, ", {window}");
            }
            out.push('\n');
            if !i.hypothesis.is_empty() {
                let _ = writeln!(out, "  {}", plain(&i.hypothesis));
            }
            for (noun, _, title) in plan.reasons.get(&i.meta.id).into_iter().flatten() {
                let _ = writeln!(out, "  - {}: {}", capital(noun), plain(title));
            }
            for f in features.iter().filter(|f| of(f) == Some(i.meta.id)) {
                let _ = writeln!(out, "  {}", line(scope, f));
            }
        }
    }
    let loose: Vec<&Feature> = features.iter().filter(|f| of(f).is_none()).collect();
    if !loose.is_empty() {
        out.push_str("\n## Without an initiative\n\n");
        for f in loose {
            let _ = writeln!(out, "{}", line(scope, f));
        }
    }
    Ok(out)
}

/// A text as calendars write it, where the one who writes them leaves that to us: in the name of the whole.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', " ")
}

/// Windows as days of a calendar; what has no window stands in none.
fn calendar(scope: &Scope, plan: &Plan, features: &[Feature]) -> Result<String> {
    let mut calendar = Calendar::new();
    calendar.name(&escaped(&format!("Roadmap of {}", scope.product()?.name)));
    let bets = plan.initiatives.iter().map(|i| (i.meta.id, i.meta.updated_at, i.number, &i.title, i.starts_on.as_ref(), i.ends_on.as_ref()));
    let parts = features.iter().map(|f| (f.meta.id, f.meta.updated_at, f.number, &f.title, f.starts_on.as_ref(), f.ends_on.as_ref()));
    for (id, changed, number, title, from, until) in bets.chain(parts) {
        // Of a window with one end that day alone is told.
        let (Some(first), Some(last)) = (from.or(until), until.or(from)) else { continue };
        let packed = |day: &str| day.replace('-', "");
        let day = |name: &str, day: &str| {
            let mut property = Property::new(name, packed(day));
            property.add_parameter("VALUE", "DATE");
            property.done()
        };
        let mut event = Event::new();
        event
            .uid(&format!("{}@tandem", id.simple()))
            .summary(&format!("{} {title}", scope.key(number)))
            .append_property(day("DTSTART", first))
            // The day after the last one, as calendars count.
            .append_property(day("DTEND", &when::days_after(last, 1)))
            .add_property("DTSTAMP", format!("{}T000000Z", packed(&when::day(changed))))
            .add_property("TRANSP", "TRANSPARENT");
        calendar.push(event.done());
    }
    Ok(calendar.to_string())
}

#[cfg(test)]
mod tests {
    use super::{escaped, plain};

    #[test]
    fn what_people_write_stays_what_it_is_in_markdown() {
        assert_eq!(plain("# A *bold*\nlie <b>"), "\\# A \\*bold\\* lie \\<b\\>");
        assert_eq!(plain("---"), "\\---");
        assert_eq!(plain("- one"), "\\- one");
        assert_eq!(plain("=== + 1"), "\\=== + 1");
        assert_eq!(plain("12. of May"), "12\\. of May");
        assert_eq!(plain("1 - 2. Fine &amp; well"), "1 - 2. Fine \\&amp; well");
        assert_eq!(plain("."), ".", "no number, no list");
    }

    #[test]
    fn the_name_of_a_calendar_is_one_text() {
        assert_eq!(escaped("Bikes, boats; \\ more"), "Bikes\\, boats\\; \\\\ more");
    }
}
