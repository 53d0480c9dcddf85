//! What one cell can say, before its column has been asked.

use super::{
    Grain, When, Why,
    clock::{self, Clock},
    lex::{Token, tokens},
    words::{Said, said},
};
use crate::fold;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// The ways a cell can be read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reading {
    One(When),
    /// Three numbers whose order the column must tell, each order with what it would say.
    Orders(Orders),
    /// `Feb-26`: a month of 2026 or a day of February.
    Short {
        month: i8,
        number: u32,
    },
    Not(Why),
}

/// Three numbers, by what parts them, in the orders in which they are a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Orders {
    pub mark: char,
    pub day_first: Option<When>,
    pub month_first: Option<When>,
    /// Only where all three have two figures.
    pub year_first: Option<When>,
}

/// Years that files are about; a file that says 25 or 20226 means something else.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

/// A number or name, and the mark before it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Number { value: u32, digits: usize, mark: char },
    Month(i8),
    Year(u32),
    Day(u32),
    Week,
    Quarter,
    Half,
}

/// Reads a cell by itself.
pub(super) fn read(cell: &str) -> Reading {
    if crate::says_nothing(cell) {
        return Reading::Not(Why::Nothing);
    }
    let Some(mut tokens) = tokens(&fold(cell)) else { return Reading::Not(Why::Unread) };
    let Some(clock) = clock::take(&mut tokens) else { return Reading::Not(Why::Unread) };
    let Some((parts, weekday)) = parts(&tokens) else { return Reading::Not(Why::Unread) };
    let at = |date: Date| When { date, time: clock.map(|c| c.0), offset: clock.and_then(|c| c.1), grain: Grain::Day };
    let fits = |date: Date| weekday.is_none_or(|w| date.weekday() == w);
    match shape(&parts, clock) {
        Reading::One(when) if when.grain == Grain::Day && !fits(when.date) => Reading::Not(Why::Weekday),
        Reading::One(when) if when.grain == Grain::Day => Reading::One(at(when.date)),
        Reading::Orders(orders) => {
            let keep = |when: Option<When>| when.map(|w| w.date).filter(|d| fits(*d)).map(at);
            let kept = Orders {
                mark: orders.mark,
                day_first: keep(orders.day_first),
                month_first: keep(orders.month_first),
                year_first: keep(orders.year_first),
            };
            match (kept.day_first, kept.month_first, kept.year_first) {
                (None, None, None) => Reading::Not(if weekday.is_some() { Why::Weekday } else { Why::Unread }),
                _ => Reading::Orders(kept),
            }
        }
        // A time of a week or month is none.
        Reading::One(_) | Reading::Short { .. } if clock.is_some() => Reading::Not(Why::Unread),
        other => other,
    }
}

/// Numbers and names in the order of the cell; `None` where a word is in the way.
fn parts(tokens: &[Token]) -> Option<(Vec<Part>, Option<Weekday>)> {
    let mut parts: Vec<Part> = vec![];
    let mut weekday = None;
    let mut doubtful: Option<(usize, i8, i8)> = None;
    let mut mark = ' ';
    for (at, token) in tokens.iter().enumerate() {
        let behind_number = at > 0 && matches!(tokens[at - 1], Token::Number(..));
        match token {
            Token::Number(value, digits) => parts.push(Part::Number { value: *value, digits: *digits, mark: std::mem::replace(&mut mark, ' ') }),
            Token::Space => {}
            Token::Mark(c) => mark = *c,
            Token::Word(word) => {
                match (said(word), parts.last().copied()) {
                    (Some(Said::IsYear), Some(Part::Number { value, .. })) if behind_number => *parts.last_mut()? = Part::Year(value),
                    (Some(Said::IsDay), Some(Part::Number { value, .. })) if behind_number => *parts.last_mut()? = Part::Day(value),
                    (Some(Said::IsMonth), Some(Part::Number { value, .. })) if behind_number => *parts.last_mut()? = Part::Month(month(value)?),
                    // In brackets, 月 and 日 are Monday and Sunday.
                    (Some(Said::IsMonth), _) => weekday = Some(Weekday::Monday),
                    (Some(Said::IsDay), _) => weekday = Some(Weekday::Sunday),
                    (Some(Said::Month(m)), _) => parts.push(Part::Month(m)),
                    (Some(Said::Weekday(day)), _) => weekday = Weekday::from_monday_one_offset(day).ok(),
                    (Some(Said::Either { month, weekday }), _) => doubtful = Some((parts.len(), month, weekday)),
                    (Some(Said::Week), _) => parts.push(Part::Week),
                    (Some(Said::Quarter), _) => parts.push(Part::Quarter),
                    (Some(Said::Half), _) => parts.push(Part::Half),
                    // Without a time, "am" is German for "on".
                    (Some(Said::Nothing | Said::Morning | Said::Oclock), _) => {}
                    // 1st, 2nd, 1er, 1º, 2e.
                    _ if behind_number && matches!(word.as_str(), "st" | "nd" | "rd" | "th" | "er" | "o" | "e" | "a") => {}
                    _ => return None,
                }
                mark = ' ';
            }
        }
    }
    // Where the rest names a month or has three numbers, *mar* is the Tuesday.
    if let Some((at, month, day)) = doubtful {
        let numbers = parts.iter().filter(|p| matches!(p, Part::Number { .. })).count();
        match parts.iter().any(|p| matches!(p, Part::Month(_))) || numbers > 2 {
            true => weekday = Weekday::from_monday_one_offset(day).ok(),
            false => parts.insert(at, Part::Month(month)),
        }
    }
    Some((parts, weekday))
}

/// What has no year and comes round again: its turn, and how many there are.
pub(super) fn turn(tokens: &[Token]) -> Option<(i32, i32)> {
    let (parts, weekday) = parts(tokens)?;
    let turn = |n: u32, of: u32| (1..=of).contains(&n).then_some((n as i32, of as i32));
    match (parts.as_slice(), weekday) {
        ([], Some(day)) => turn(day.to_monday_one_offset() as u32, 7),
        ([Part::Month(m)], None) => turn(*m as u32, 12),
        ([Part::Week, Part::Number { value, .. }] | [Part::Number { value, .. }, Part::Week], None) => turn(*value, 53),
        ([Part::Quarter, Part::Number { value, .. }] | [Part::Number { value, .. }, Part::Quarter], None) => turn(*value, 4),
        ([Part::Half, Part::Number { value, .. }] | [Part::Number { value, .. }, Part::Half], None) => turn(*value, 2),
        // A day of a month, without its year.
        ([Part::Month(m), Part::Number { value, digits: 1..=2, .. }] | [Part::Number { value, digits: 1..=2, .. }, Part::Month(m)], _) => {
            (1..=31).contains(value).then_some((i32::from(*m) * 31 + *value as i32, 12 * 31))
        }
        _ => None,
    }
}

fn shape(parts: &[Part], clock: Option<Clock>) -> Reading {
    use Part::{Day, Half, Month, Number, Quarter, Week, Year};
    let day = |y: u32, m: i8, d: u32| one(date(y, m, d), Grain::Day);
    let found = match *parts {
        [Number { value, digits: 8, .. }] => month(value / 100 % 100).and_then(|m| day(value / 10_000, m, value % 100)),
        [Number { value, digits: 4, .. }] if clock.is_none() => one(date(value, 1, 1), Grain::Year),
        [Number { value: y, digits: 4, .. }, Number { value: m, digits: 1..=2, .. }] => month(m).and_then(|m| one(date(y, m, 1), Grain::Month)),
        [Number { value: m, digits: 1..=2, .. }, Number { value: y, digits: 4, .. }] => month(m).and_then(|m| one(date(y, m, 1), Grain::Month)),
        [a @ Number { .. }, b @ Number { .. }, c @ Number { .. }] => return three(a, b, c),
        // With a name of the month.
        [Month(m), Number { value, digits: 4, .. }] | [Number { value, digits: 4, .. }, Month(m)] => one(date(value, m, 1), Grain::Month),
        [Month(m), Number { value, digits: 2, mark: '\'' }] => one(date(2000 + value, m, 1), Grain::Month),
        [Month(month), Number { value: number, digits: 2, .. }] | [Number { value: number, digits: 2, .. }, Month(month)] => {
            return Reading::Short { month, number };
        }
        [Month(_), Number { .. }] | [Number { .. }, Month(_)] | [Month(_)] | [Month(_), Day(_)] => return Reading::Not(Why::NoYear),
        [Number { value: y, digits: 4, .. }, Month(m), Number { value: d, digits: 1..=2, .. }] => day(y, m, d),
        [Number { value: d, digits: 1..=2, .. }, Month(m), Number { value: y, digits, .. }] => year(y, digits).and_then(|y| day(y, m, d)),
        [Month(m), Number { value: d, digits: 1..=2, .. }, Number { value: y, digits, .. }] => year(y, digits).and_then(|y| day(y, m, d)),
        [Year(y), Month(m), Day(d)] | [Year(y), Month(m), Number { value: d, .. }] => day(y, m, d),
        [Number { value: d, .. }, Month(m), Year(y)] => day(y, m, d),
        [Year(y), Month(m)] | [Month(m), Year(y)] => one(date(y, m, 1), Grain::Month),
        [Year(y)] => one(date(y, 1, 1), Grain::Year),
        // Weeks, quarters, halves.
        [Number { value: y, digits: 4, .. }, Week, Number { value: w, digits: 1..=2, .. }] => week(y, w, 1).and_then(|d| one(Some(d), Grain::Week)),
        [Number { value: y, digits: 4, .. }, Week, Number { value: w, digits: 2, .. }, Number { value: d, digits: 1, .. }] => {
            week(y, w, d).and_then(|d| one(Some(d), Grain::Day))
        }
        [Week, Number { value: w, digits: 1..=2, .. }, Number { value: y, digits, .. }]
        | [Number { value: w, digits: 1..=2, .. }, Week, Number { value: y, digits, .. }] => {
            year(y, digits).and_then(|y| week(y, w, 1)).and_then(|d| one(Some(d), Grain::Week))
        }
        [Number { value: y, digits: 4, .. }, part @ (Quarter | Half), Number { value: n, digits: 1, .. }]
        | [Number { value: y, digits: 4, .. }, Number { value: n, digits: 1, .. }, part @ (Quarter | Half)] => stretch(part, y, n),
        [part @ (Quarter | Half), Number { value: n, digits: 1, .. }, Number { value: y, digits, .. }]
        | [Number { value: n, digits: 1, .. }, part @ (Quarter | Half), Number { value: y, digits, .. }] => {
            year(y, digits).and_then(|y| stretch(part, y, n))
        }
        _ => None,
    };
    found.map_or(Reading::Not(Why::Unread), Reading::One)
}

/// Three numbers: the year is first where it has four figures, else last, unless the column says otherwise.
fn three(a: Part, b: Part, c: Part) -> Reading {
    let (
        Part::Number { value: a, digits: a_digits, .. },
        Part::Number { value: b, digits: 1..=2, mark },
        Part::Number { value: c, digits: c_digits, mark: second },
    ) = (a, b, c)
    else {
        return Reading::Not(Why::Unread);
    };
    let when = |y: Option<u32>, m: u32, d: u32| one(date(y?, month(m)?, d), Grain::Day);
    match (a_digits, c_digits) {
        _ if mark != second || !matches!(mark, '.' | '/' | '-' | ' ') => Reading::Not(Why::Unread),
        (4, 1..=2) => when(year(a, 4), b, c).map_or(Reading::Not(Why::Unread), Reading::One),
        (1..=2, 2 | 4) => Reading::Orders(Orders {
            mark,
            day_first: when(year(c, c_digits), b, a),
            month_first: when(year(c, c_digits), a, b),
            year_first: (a_digits == 2 && c_digits == 2).then(|| when(year(a, 2), b, c)).flatten(),
        }),
        _ => Reading::Not(Why::Unread),
    }
}

fn one(date: Option<Date>, grain: Grain) -> Option<When> {
    Some(When { date: date?, time: None, offset: None, grain })
}

/// Two figures are of this century.
fn year(value: u32, digits: usize) -> Option<u32> {
    match digits {
        2 => Some(2000 + value),
        4 => Some(value),
        _ => None,
    }
}

fn month(value: u32) -> Option<i8> {
    i8::try_from(value).ok().filter(|m| (1..=12).contains(m))
}

fn date(year: u32, month: i8, day: u32) -> Option<Date> {
    YEARS.contains(&year).then(|| Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()).flatten()
}

fn week(year: u32, week: u32, day: u32) -> Option<Date> {
    let day = Weekday::from_monday_one_offset(i8::try_from(day).ok()?).ok()?;
    let year = i16::try_from(year).ok().filter(|y| YEARS.contains(&(*y as u32)))?;
    ISOWeekDate::new(year, i8::try_from(week).ok()?, day).ok().map(ISOWeekDate::date)
}

fn stretch(part: Part, year: u32, number: u32) -> Option<When> {
    let (months, grain) = if part == Part::Quarter { (3, Grain::Quarter) } else { (6, Grain::Half) };
    (1..=12 / months).contains(&number).then(|| one(date(year, month((number - 1) * months + 1)?, 1), grain)).flatten()
}
