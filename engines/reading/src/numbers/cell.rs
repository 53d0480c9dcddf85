//! One cell, taken apart.

use super::Decimal;
use crate::fold;

/// What a cell's marks say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Written {
    /// Nothing that could be a decimal mark.
    Whole,
    /// It can be read one way only.
    Sure(Decimal),
    /// One mark before three figures.
    Doubtful(char),
}

/// A cell taken apart.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    negative: bool,
    /// Digits with commas and points; what surely parts thousands is gone.
    digits: String,
    times: f64,
    pub unit: String,
    pub written: Written,
}

impl Parts {
    /// `None` where the cell holds no number.
    pub fn of(cell: &str) -> Option<Parts> {
        match plain(cell) {
            Some(written) => {
                let cell = cell.trim();
                let digits = cell.strip_prefix('-').unwrap_or(cell);
                Some(Parts { negative: digits.len() < cell.len(), digits: digits.to_owned(), times: 1.0, unit: String::new(), written })
            }
            None => parts(cell),
        }
    }

    /// What it is with decimals parted so.
    pub fn value(&self, decimal: Decimal) -> Option<f64> {
        let (mark, thousands) = if decimal == Decimal::Comma { (',', '.') } else { ('.', ',') };
        let text: String = self.digits.chars().filter(|c| *c != thousands).map(|c| if c == mark { '.' } else { c }).collect();
        let value = text.parse::<f64>().ok().filter(|v| v.is_finite())? * self.times;
        Some(if self.negative { -value } else { value })
    }
}

/// What a cell's marks say where it holds nothing but digits and at most a point, or 1.5e-3, as programs write it.
pub(super) fn plain(cell: &str) -> Option<Written> {
    let cell = cell.trim();
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let all = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, power) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let exponent = power.strip_prefix(['-', '+']).unwrap_or(power);
    let (whole, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() || exponent.is_empty() || !all(whole) || !all(rest) || !all(exponent) {
        return None;
    }
    Some(match rest.len() {
        0 => Written::Whole,
        3 if group_first(whole) && mantissa.len() == digits.len() => Written::Doubtful('.'),
        _ => Written::Sure(Decimal::Point),
    })
}

/// Whether figures may stand before a group of thousands.
fn group_first(figures: &str) -> bool {
    (1..=3).contains(&figures.len()) && !figures.starts_with('0')
}

/// Words and letters for thousands and more, behind a number.
const POWERS: &[(&str, f64)] = &[
    ("k", 1e3),
    ("tsd", 1e3),
    ("thousand", 1e3),
    ("tausend", 1e3),
    ("mille", 1e3),
    ("mil", 1e3),
    ("тыс", 1e3),
    ("mio", 1e6),
    ("million", 1e6),
    ("millions", 1e6),
    ("millionen", 1e6),
    ("mln", 1e6),
    ("млн", 1e6),
    ("mrd", 1e9),
    ("bn", 1e9),
    ("billion", 1e9),
    ("млрд", 1e9),
];

/// Words that may stand before a number: money.
const MONEY: &str =
    "$ € £ ¥ ₹ ₽ ₩ us$ a$ c$ r$ eur euro usd gbp chf jpy cny inr rub pln czk huf sek nok dkk aud cad nzd brl mxn try zar ils krw sgd hkd rs kr fr";

/// A cell with whatever people write around a number.
fn parts(cell: &str) -> Option<Parts> {
    let folded = fold(cell);
    let mut text = folded.trim();
    let mut negative = false;
    // (1,200) is how accountants write minus.
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        (negative, text) = (true, inner.trim());
    }
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (before, figures, behind) = (&text[..first], &text[first..last], text[last..].trim());
    // ".5" and ",5" begin with their mark.
    let (before, lead) = match before.strip_suffix(['.', ',']) {
        Some(rest) if before.len() == 1 || rest.ends_with([' ', '-', '+']) => (rest, &before[before.len() - 1..]),
        _ => (before, ""),
    };
    let mut before = before.trim();
    for (sign, minus) in [('-', true), ('+', false)] {
        let without = before.strip_prefix(sign).or_else(|| before.strip_suffix(sign));
        if let Some(rest) = without {
            negative ^= minus;
            before = rest.trim();
        }
    }
    let (times, unit) = beside(cell, before, behind)?;
    let (digits, written) = marks(&format!("{lead}{figures}"))?;
    Some(Parts { negative, digits, times, unit, written })
}

/// What stands before and behind the figures: a power of ten and a unit. `None` where it is more than that.
fn beside(cell: &str, before: &str, behind: &str) -> Option<(f64, String)> {
    let mut times = 1.0;
    let mut unit = String::new();
    // Letters are judged as they are written: M is a million, m a minute or metre.
    let big = cell.trim_end().ends_with('M') && behind == "m";
    for (word, money) in before.split(' ').map(|w| (w, true)).chain(behind.split(' ').map(|w| (w, false))) {
        let word = word.trim_end_matches('.');
        match POWERS.iter().find(|(power, _)| *power == word) {
            _ if word.is_empty() => {}
            // "3rd" is a place, no amount.
            _ if matches!(word, "st" | "nd" | "rd" | "th") || (money && !MONEY.split(' ').any(|m| m == word)) => return None,
            Some((_, power)) if times == 1.0 => times = *power,
            None if big && times == 1.0 => times = 1e6,
            None if unit.is_empty()
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '$' | '%' | '€' | '£' | '¥' | '₹' | '₽' | '₩' | '/' | '°')) =>
            {
                unit = word.to_owned();
            }
            _ => return None,
        }
    }
    Some((times, unit))
}

/// Takes what surely parts thousands out of the figures, and says what the other marks are.
fn marks(figures: &str) -> Option<(String, Written)> {
    let kinds: Vec<char> = figures.chars().filter(|c| !c.is_ascii_digit()).collect();
    if kinds.iter().any(|c| !matches!(c, ',' | '.' | '\'' | ' ' | '_')) {
        return None;
    }
    // Spaces, apostrophes and underlines only ever part thousands.
    let spaced = kinds.iter().copied().find(|c| matches!(c, '\'' | ' ' | '_'));
    let (whole, decimals) = match (spaced, figures.rfind([',', '.'])) {
        (Some(space), mark) => {
            let end = mark.unwrap_or(figures.len());
            if !grouped(&figures[..end], space) || figures[end..].contains(space) {
                return None;
            }
            (figures[..end].replace(space, ""), &figures[end..])
        }
        (None, _) => (figures.to_owned(), ""),
    };
    if spaced.is_some() {
        let written = match decimals.chars().next() {
            None => Written::Whole,
            Some(',') => Written::Sure(Decimal::Comma),
            Some(_) => Written::Sure(Decimal::Point),
        };
        return Some((whole + decimals, written));
    }
    let decimal = |mark: char| if mark == ',' { Decimal::Comma } else { Decimal::Point };
    let other = |mark: char| if mark == ',' { '.' } else { ',' };
    let count = |mark: char| kinds.iter().filter(|c| **c == mark).count();
    let written = match kinds.last().copied() {
        None => Written::Whole,
        // Both: the last parts decimals, what stands before it thousands.
        Some(last) if count(other(last)) > 0 => {
            let end = figures.rfind(last)?;
            if count(last) > 1 || !grouped(&figures[..end], other(last)) {
                return None;
            }
            Written::Sure(decimal(last))
        }
        // Several of one kind part thousands.
        Some(mark) if count(mark) > 1 => {
            if !grouped(figures, mark) {
                return None;
            }
            Written::Sure(decimal(other(mark)))
        }
        Some(mark) => {
            let (before, behind) = figures.split_once(mark)?;
            match behind.len() {
                3 if group_first(before) => Written::Doubtful(mark),
                _ => Written::Sure(decimal(mark)),
            }
        }
    };
    Some((figures.to_owned(), written))
}

/// Whether a mark parts groups: three figures in the last, two or three in those between (India writes 1,20,000).
fn grouped(figures: &str, mark: char) -> bool {
    let groups: Vec<&str> = figures.split(mark).collect();
    let digits = groups.iter().all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()));
    let between = |g: &&str| g.len() == 3 || (mark == ',' && g.len() == 2);
    match groups.as_slice() {
        [_] => digits,
        [first, inner @ .., last] => digits && group_first(first) && inner.iter().all(between) && last.len() == 3,
        [] => false,
    }
}
