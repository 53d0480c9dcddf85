//! The time of day in a cell, and its zone.

use super::{
    lex::Token,
    words::{Said, said},
};
use jiff::{
    civil::Time,
    tz::{Offset, offset},
};

/// A time of day, and how far its zone is from UTC where it says so.
pub(super) type Clock = (Time, Option<Offset>);

/// Takes the time out of a cell; `None` where what looks like a time is none (`25:00`).
pub(super) fn take(tokens: &mut Vec<Token>) -> Option<Option<Clock>> {
    let Some((mut from, mut to, hour, minute, second, nanosecond)) = figures(tokens) else { return Some(None) };
    let mut half = None;
    if let Some((said, end)) = half_of_day(tokens, to) {
        (half, to) = (Some(said), end);
    } else if let Some(before) = last_word(tokens, from).filter(|at| is_half(tokens, *at).is_some()) {
        (half, from) = (is_half(tokens, before), before);
    }
    let hour = match half {
        Some(Said::Morning) if hour == 12 => 0,
        Some(Said::Afternoon) if hour < 12 => hour + 12,
        _ => hour,
    };
    let (zone, to) = zone(tokens, to)?;
    let ints = |n: u32| i8::try_from(n).ok();
    let time = Time::new(ints(hour)?, ints(minute)?, ints(second)?, i32::try_from(nanosecond).ok()?).ok()?;
    // The letter between day and time in ISO 8601.
    if from > 0 && tokens[from - 1] == Token::Word("t".into()) {
        from -= 1;
    }
    tokens.splice(from..to, [Token::Space]);
    Some(Some((time, zone)))
}

/// Where the figures of a time stand, and what they are.
fn figures(tokens: &[Token]) -> Option<(usize, usize, u32, u32, u32, u32)> {
    for at in 0..tokens.len() {
        let Token::Number(hour, 1..=2) = tokens[at] else { continue };
        let parts = |mark: &Token, next: &Token| match (mark, next) {
            (Token::Mark(':'), Token::Number(n, 2)) => Some(*n),
            (Token::Word(h), Token::Number(n, 2)) if h == "h" || said(h) == Some(Said::Hour) => Some(*n),
            _ => None,
        };
        let pair = |from: usize| tokens.get(from).zip(tokens.get(from + 1));
        if let Some(minute) = pair(at + 1).and_then(|(m, n)| parts(m, n)) {
            let mut end = at + 3;
            let (mut second, mut nano) = (0, 0);
            if let Some((Token::Mark(':') | Token::Word(_), Token::Number(n, 2))) = pair(end)
                && (tokens[end] == Token::Mark(':') || says(&tokens[end], Said::Minute))
            {
                (second, end) = (*n, end + 2);
                if let Some((Token::Mark('.' | ','), Token::Number(fraction, digits @ 1..=9))) = pair(end) {
                    (nano, end) = (fraction * 10_u32.pow(9 - *digits as u32), end + 2);
                }
            }
            if tokens.get(end).is_some_and(|t| says(t, Said::Minute) || says(t, Said::Second)) {
                end += 1;
            }
            return Some((at, end, hour, minute, second, nano));
        }
        // "16.11 Uhr": only where the word says that it is a time.
        if let Some((Token::Mark('.'), Token::Number(minute, 2))) = pair(at + 1)
            && tokens[at + 3..].iter().find(|t| **t != Token::Space).is_some_and(|t| says(t, Said::Oclock))
        {
            return Some((at, at + 3, hour, *minute, 0, 0));
        }
        // "4 PM".
        if hour <= 12 && half_of_day(tokens, at + 1).is_some() {
            return Some((at, at + 1, hour, 0, 0, 0));
        }
    }
    basic(tokens)
}

/// `20260602T101500`.
fn basic(tokens: &[Token]) -> Option<(usize, usize, u32, u32, u32, u32)> {
    let at = tokens.iter().position(|t| *t == Token::Word("t".into()))? + 1;
    match (tokens.get(at.checked_sub(2)?)?, tokens.get(at)?) {
        (Token::Number(_, 8), Token::Number(n, 6)) => Some((at, at + 1, n / 10_000, n / 100 % 100, n % 100, 0)),
        (Token::Number(_, 8), Token::Number(n, 4)) => Some((at, at + 1, n / 100, n % 100, 0, 0)),
        _ => None,
    }
}

fn says(token: &Token, wanted: Said) -> bool {
    matches!(token, Token::Word(word) if said(word) == Some(wanted))
}

fn is_half(tokens: &[Token], at: usize) -> Option<Said> {
    match tokens.get(at)? {
        Token::Word(word) => said(word).filter(|said| matches!(said, Said::Morning | Said::Afternoon)),
        _ => None,
    }
}

/// *AM* or *PM* here or behind a space, and where it ends.
fn half_of_day(tokens: &[Token], at: usize) -> Option<(Said, usize)> {
    let at = at + usize::from(tokens.get(at) == Some(&Token::Space));
    Some((is_half(tokens, at)?, at + 1))
}

/// The word right before, or before a space.
fn last_word(tokens: &[Token], at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    if tokens[before] == Token::Space { before.checked_sub(1) } else { Some(before) }
}

/// Zones by the names that mean one thing, in hours; others (CST, IST) are passed over.
const ZONES: &[(&str, Option<i8>)] = &[
    ("z", Some(0)),
    ("utc", Some(0)),
    ("gmt", Some(0)),
    ("wet", Some(0)),
    ("cet", Some(1)),
    ("mez", Some(1)),
    ("west", Some(1)),
    ("cest", Some(2)),
    ("mesz", Some(2)),
    ("eet", Some(2)),
    ("eest", Some(3)),
    ("msk", Some(3)),
    ("jst", Some(9)),
    ("kst", Some(9)),
    ("est", Some(-5)),
    ("edt", Some(-4)),
    ("cdt", Some(-5)),
    ("mst", Some(-7)),
    ("mdt", Some(-6)),
    ("pst", Some(-8)),
    ("pdt", Some(-7)),
    ("aest", Some(10)),
    ("aedt", Some(11)),
    ("cst", None),
    ("ist", None),
    ("bst", None),
    ("ast", None),
];

/// The zone behind a time, and where it ends; `None` where it is farther from UTC than any.
fn zone(tokens: &[Token], at: usize) -> Option<(Option<Offset>, usize)> {
    let mut end = at;
    let mut found = None;
    let behind = at + usize::from(tokens.get(at) == Some(&Token::Space));
    if let Some(Token::Word(word)) = tokens.get(behind)
        && let Some((_, hours)) = ZONES.iter().find(|(name, _)| name == word)
    {
        (found, end) = (hours.map(offset), behind + 1);
    }
    let sign = if end > at { end } else { behind };
    if let (Some(Token::Mark(mark @ ('+' | '-'))), Some(Token::Number(n, digits))) = (tokens.get(sign), tokens.get(sign + 1)) {
        let (hours, minutes, over) = match (digits, tokens.get(sign + 2), tokens.get(sign + 3)) {
            (1..=2, Some(Token::Mark(':')), Some(Token::Number(minutes, 2))) => (*n, *minutes, sign + 4),
            (1..=2, None | Some(Token::Space | Token::Mark('(' | '[' | ']')), _) => (*n, 0, sign + 2),
            (4, ..) => (n / 100, n % 100, sign + 2),
            // A date behind the time: "10:15 -02.06.2026" is not written by any tool.
            _ => return None,
        };
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok().filter(|s| *s <= 15 * 3600)?;
        found = Some(Offset::from_seconds(if *mark == '-' { -seconds } else { seconds }).ok()?);
        end = over;
    }
    // "(Central European Summer Time)" and "[Europe/Berlin]" say it once more.
    if end > at {
        let open = end + usize::from(tokens.get(end) == Some(&Token::Space));
        if let Some(Token::Mark('(' | '[')) = tokens.get(open)
            && let Some(close) = tokens[open..].iter().position(|t| matches!(t, Token::Mark(')' | ']')))
        {
            end = open + close + 1;
        }
    }
    Some((found, end))
}
