//! Words and numbers of one line.

use crate::{
    number::{Commas, Manner, number},
    parse::WORDS,
    text::{Place, Wrong},
};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    /// Its digits, and what a suffix multiplies them by: `2.5k` is 2.5 and 1000, `3 %` is 3 and 0.01.
    Number(f64, f64),
    Name(String),
    /// One of `SIGNS`, or [`TIGHT`].
    Sign(&'static str),
    End,
}

/// A minus without a space around it, before a number: `5-10`.
pub(crate) const TIGHT: &str = "‑";

impl Token {
    /// As it is told to a person.
    pub fn told(&self) -> String {
        match self {
            Token::Number(n, times) => format!("the number {}", n * times),
            Token::Name(name) => format!("“{name}”"),
            Token::Sign(sign) if *sign == TIGHT => "“-”".into(),
            Token::Sign(sign) => format!("“{sign}”"),
            Token::End => "the end of the line".into(),
        }
    }
}

/// A line in tokens.
pub(crate) struct Lexed {
    /// Each with the column where it begins.
    pub tokens: Vec<(Token, Place)>,
    pub note: Option<String>,
    /// A number in it has a decimal comma beyond doubt.
    pub decimal_comma: bool,
}

const SIGNS: &[&str] = &["+/-", "+-", "<=", ">=", "==", "+", "-", "*", "/", "^", "(", ")", "[", "]", ",", ";", "=", "<", ">", "±"];
/// Currencies that are written as signs.
const MONEY: &[(char, &str)] = &[('$', "USD"), ('€', "EUR"), ('£', "GBP"), ('¥', "JPY"), ('₹', "INR"), ('₽', "RUB"), ('₺', "TRY"), ('₴', "UAH")];
/// Other writings of the same signs.
const TWINS: &[(char, char)] = &[('×', '*'), ('·', '*'), ('÷', '/'), ('−', '-'), ('‐', '-'), ('‑', '-')];
const COMPARED: &[(char, &str)] = &[('≤', "<="), ('≥', ">=")];
/// Dashes that only stand between the ends of a range.
const DASHES: &[char] = &['–', '—', '‒', '…'];
const RAISED: &[char] = &['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The tokens of a line. A `#` ends it; a `--` begins its note. `decimal_comma`: the model writes decimals so.
pub(crate) fn lex(text: &str, line: usize, decimal_comma: bool) -> Result<Lexed, Wrong> {
    let twin = |c: char| TWINS.iter().find(|(t, _)| *t == c).map_or(c, |(_, sign)| *sign);
    let chars: Vec<char> = text.chars().map(twin).collect();
    let mut found = Lexed { tokens: vec![], note: None, decimal_comma: false };
    // What commas do in the brackets that are open here.
    let mut open: Vec<Commas> = vec![];
    let mut at = 0;
    while at < chars.len() {
        let place = Place { line, column: at + 1 };
        let c = chars[at];
        let (token, end) = if c.is_whitespace() {
            at += 1;
            continue;
        } else if c == '#' {
            break;
        } else if c == '-' && chars.get(at + 1) == Some(&'-') {
            found.note = Some(text.chars().skip(at + 2).collect::<String>().trim().to_owned());
            break;
        } else if c.is_ascii_digit() || (c == '.' && chars.get(at + 1).is_some_and(char::is_ascii_digit)) {
            let read = number(&chars, at, Manner { commas: open.last().copied().unwrap_or(Commas::Belong), decimal_comma }, place)?;
            found.decimal_comma |= read.decimal_comma;
            (Token::Number(read.digits, read.times), read.end)
        } else if c.is_alphabetic() || c == '_' {
            let end = (at..chars.len()).find(|i| RAISED.contains(&chars[*i]) || !(chars[*i].is_alphanumeric() || chars[*i] == '_'));
            let end = end.unwrap_or(chars.len());
            let word: String = chars[at..end].iter().collect();
            // “US$”.
            if word == "US" && chars.get(end) == Some(&'$') {
                at = end;
                continue;
            }
            (Token::Name(word), end)
        } else if let Some((_, name)) = MONEY.iter().find(|(sign, _)| *sign == c) {
            (Token::Name((*name).to_owned()), at + 1)
        } else if let Some((_, sign)) = COMPARED.iter().find(|(sign, _)| *sign == c) {
            (Token::Sign(sign), at + 1)
        } else if DASHES.contains(&c) || (c == '.' && chars.get(at + 1) == Some(&'.')) {
            (Token::Name("to".into()), at + if c == '.' { 2 } else { 1 })
        } else if RAISED.contains(&c) || c == '⁻' {
            at = raised(&chars, at, line, &mut found.tokens);
            continue;
        } else if let Some(sign) = SIGNS.iter().find(|s| s.chars().enumerate().all(|(i, x)| chars.get(at + i) == Some(&x))) {
            match *sign {
                "(" | "[" => open.push(commas(&chars, at, found.tokens.last().map(|(t, _)| t), decimal_comma)),
                ")" | "]" => drop(open.pop()),
                _ => {}
            }
            let behind = at.checked_sub(1).map(|i| chars[i]).is_some_and(|c| c.is_alphanumeric() || c == '%' || MONEY.iter().any(|(m, _)| *m == c));
            let before = |c: &char| c.is_ascii_digit() || MONEY.iter().any(|(m, _)| m == c);
            let tight = behind && chars.get(at + 1).is_some_and(before);
            let told = match *sign {
                "+/-" | "+-" => "±",
                "-" if tight => TIGHT,
                sign => sign,
            };
            (Token::Sign(told), at + sign.chars().count())
        } else {
            return place.wrong(format!("{c:?} means nothing here; a line is “name = expression”."));
        };
        found.tokens.push((token, place));
        at = end;
    }
    found.tokens.push((Token::End, Place { line, column: at + 1 }));
    Ok(found)
}

/// Reads `²` as `^2`, `⁻¹` as `^-1`.
fn raised(chars: &[char], start: usize, line: usize, tokens: &mut Vec<(Token, Place)>) -> usize {
    let place = Place { line, column: start + 1 };
    let mut at = start;
    tokens.push((Token::Sign("^"), place));
    if chars[at] == '⁻' {
        tokens.push((Token::Sign("-"), place));
        at += 1;
    }
    let mut value = None;
    while let Some(digit) = chars.get(at).and_then(|c| RAISED.iter().position(|r| r == c)) {
        value = Some(value.unwrap_or(0.0) * 10.0 + digit as f64);
        at += 1;
    }
    tokens.extend(value.map(|v| (Token::Number(v, 1.0), place)));
    at
}

/// What a comma between two digits does inside the bracket that opens here.
fn commas(chars: &[char], start: usize, before: Option<&Token>, decimal_comma: bool) -> Commas {
    let called = matches!(before, Some(Token::Name(name)) if !WORDS.contains(&name.as_str()));
    if chars[start] == '(' && !called {
        return Commas::Belong;
    }
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let (mut depth, mut tight, mut spaced, mut thousands) = (0, false, false, false);
    for at in start + 1..chars.len() {
        match chars[at] {
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => break,
            ')' | ']' => depth -= 1,
            ';' if depth == 0 => return Commas::Belong,
            ',' if depth == 0 && digit(at - 1) && digit(at + 1) => {
                tight = true;
                // Nobody writes “000” for a number of its own.
                thousands |= chars[at + 1] == '0' && digit(at + 2) && digit(at + 3) && !digit(at + 4);
            }
            ',' if depth == 0 => spaced |= chars.get(at + 1).is_some_and(|c| c.is_whitespace()),
            _ => {}
        }
    }
    match (tight, spaced) {
        (false, _) => Commas::Separate,
        (true, true) if thousands => Commas::Belong,
        (true, false) if !thousands && !decimal_comma => Commas::Separate,
        _ => Commas::Unsure,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str, decimal_comma: bool) -> Result<f64, String> {
        match lex(text, 1, decimal_comma) {
            Ok(lexed) => match lexed.tokens.as_slice() {
                [(Token::Number(n, times), _), (Token::End, _)] => Ok(n * times),
                other => panic!("{other:?}"),
            },
            Err(wrong) => Err(wrong.says),
        }
    }

    fn count(text: &str) -> usize {
        lex(text, 1, false).unwrap().tokens.len() - 1
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (text, value) in [
            ("1,000,000", 1e6),
            ("12,345.5", 12345.5),
            ("2.5k", 2500.0),
            ("5K", 5000.0),
            ("3M", 3e6),
            ("1B", 1e9),
            ("4 %", 0.04),
            ("15%", 0.15),
            ("1e-3", 1e-3),
            ("1_000", 1000.0),
            (".5", 0.5),
            ("0,125", 0.125),
            ("2,5", 2.5),
            ("10,5 %", 0.105),
            ("1,5k", 1500.0),
            ("1.234,50", 1234.5),
            ("1.000.000", 1e6),
            ("1'250'000.5", 1_250_000.5),
            ("1 000 000", 1e6),
            ("1\u{202f}250,75", 1250.75),
            ("12,34,567", 1_234_567.0),
        ] {
            assert!((read(text, false).unwrap() - value).abs() < value * 1e-12, "{text}");
        }
        for (text, value) in [("1234,567", 1234.567), ("0,125", 0.125), ("1.234.567", 1_234_567.0), ("1.5", 1.5)] {
            assert!((read(text, true).unwrap() - value).abs() < value * 1e-12, "{text}");
        }
        assert_eq!(count("5m"), 2, "metres, not millions");
        assert_eq!(count("1 2"), 2);
    }

    #[test]
    fn what_could_be_two_numbers_is_refused() {
        assert!(read("1234,567", false).unwrap_err().contains("mixes grouped"));
        assert!(read("1,2,3", false).unwrap_err().contains("no number that can be read"));
        assert!(read("1,250", true).unwrap_err().contains("decimals with a comma"));
        assert!(read("1.250", true).unwrap_err().contains("a thousand times more or less"));
    }

    #[test]
    fn in_brackets_a_comma_separates() {
        assert_eq!(count("max(1, 200)"), 6);
        assert_eq!(count("[120,135,150]"), 7);
        assert_eq!(count("[2,5; 3,5]"), 5, "unless a semicolon does");
        assert_eq!(count("pert(1,000, 2,500, 5,000)"), 8, "000 is no number of its own");
        assert_eq!(count("(2,5 + 1)"), 5, "a parenthesis for the order of things has no list in it");
        for unsure in ["[1,5, 2,5]", "[120,135, 150]", "[1,000,2,000]"] {
            assert!(lex(unsure, 1, false).is_err_and(|w| w.says.contains("one number or two")), "{unsure}");
        }
        assert!(lex("[120,135]", 1, true).is_err());
    }

    #[test]
    fn notes_and_comments_end_a_line() {
        let lexed = lex("x = 5 -- a guess − from the census # really", 1, false).unwrap();
        assert_eq!((lexed.tokens.len(), lexed.note.as_deref()), (4, Some("a guess − from the census # really")));
        assert_eq!(lex("# only words", 1, false).unwrap().tokens.len(), 1);
        assert_eq!(lex("x = 5 ? 3", 7, false).err().map(|w| w.at), Some(Place { line: 7, column: 7 }));
    }
}
