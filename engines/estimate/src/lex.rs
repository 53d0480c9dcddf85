//! Words and numbers of one line.

use crate::text::{Place, Wrong};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    /// A number with its suffix applied: `2.5k` is 2500, `3 %` is 0.03.
    Number(f64),
    Name(String),
    /// One of `+ - * / ^ ( ) [ ] , = < > <= >= ==`.
    Sign(&'static str),
    End,
}

impl Token {
    /// As it is told to a person.
    pub fn told(&self) -> String {
        match self {
            Token::Number(n) => format!("the number {n}"),
            Token::Name(name) => format!("“{name}”"),
            Token::Sign(sign) => format!("“{sign}”"),
            Token::End => "the end of the line".into(),
        }
    }
}

const SIGNS: &[&str] = &["<=", ">=", "==", "+", "-", "*", "/", "^", "(", ")", "[", "]", ",", "=", "<", ">"];
/// Currencies that are written as signs.
const MONEY: &[(char, &str)] = &[('$', "USD"), ('€', "EUR"), ('£', "GBP")];
/// Other writings of the same signs.
const TWINS: &[(char, &str)] = &[('×', "*"), ('·', "*"), ('÷', "/"), ('−', "-"), ('≤', "<="), ('≥', ">=")];

/// The tokens of a line with the column where each begins. A `#` ends the line; a `--` begins its note.
pub(crate) fn tokens(text: &str, line: usize) -> Result<(Vec<(Token, Place)>, Option<String>), Wrong> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = vec![];
    let mut at = 0;
    let mut note = None;
    while at < chars.len() {
        let place = Place { line, column: at + 1 };
        let c = chars[at];
        if c.is_whitespace() {
            at += 1;
        } else if c == '#' {
            break;
        } else if c == '-' && chars.get(at + 1) == Some(&'-') {
            let rest: String = chars[at + 2..].iter().collect();
            note = Some(rest.trim().to_owned());
            break;
        } else if c.is_ascii_digit() || (c == '.' && chars.get(at + 1).is_some_and(char::is_ascii_digit)) {
            let (value, end) = number(&chars, at, place)?;
            found.push((Token::Number(value), place));
            at = end;
        } else if c.is_alphabetic() || c == '_' {
            let end = (at..chars.len()).find(|i| !(chars[*i].is_alphanumeric() || chars[*i] == '_')).unwrap_or(chars.len());
            found.push((Token::Name(chars[at..end].iter().collect()), place));
            at = end;
        } else if let Some((_, name)) = MONEY.iter().find(|(sign, _)| *sign == c) {
            found.push((Token::Name((*name).to_owned()), place));
            at += 1;
        } else if let Some((_, sign)) = TWINS.iter().find(|(twin, _)| *twin == c) {
            found.push((Token::Sign(sign), place));
            at += 1;
        } else if let Some(sign) = SIGNS.iter().find(|s| s.chars().enumerate().all(|(i, x)| chars.get(at + i) == Some(&x))) {
            found.push((Token::Sign(sign), place));
            at += sign.len();
        } else {
            return place.wrong(format!("{c:?} means nothing here; a line is “name = expression”."));
        }
    }
    found.push((Token::End, Place { line, column: at + 1 }));
    Ok((found, note))
}

/// Reads a number: `1,000,000`, `1_000`, `2.5`, `1e-3`, with `k M B T` attached or `%` after it.
fn number(chars: &[char], start: usize, place: Place) -> Result<(f64, usize), Wrong> {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let mut text = String::new();
    let mut at = start;
    let mut grouped = false;
    loop {
        match chars.get(at) {
            Some(c) if c.is_ascii_digit() => text.push(*c),
            Some('_') if digit(at + 1) => {}
            // A comma groups thousands only directly before exactly three digits; else it separates.
            Some(',') if digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4) => {
                let first = at - start;
                if !grouped && first > 3 {
                    return place.wrong(format!(
                        "“{}” mixes grouped and ungrouped digits; write 1,000,000 or 1000000.",
                        chars[start..at + 4].iter().collect::<String>()
                    ));
                }
                grouped = true;
            }
            _ => break,
        }
        at += 1;
    }
    if chars.get(at) == Some(&'.') && digit(at + 1) {
        text.push('.');
        at += 1;
        while digit(at) {
            text.push(chars[at]);
            at += 1;
        }
    }
    let exponent = matches!(chars.get(at), Some('e' | 'E')) && (digit(at + 1) || (matches!(chars.get(at + 1), Some('+' | '-')) && digit(at + 2)));
    if exponent {
        text.push('e');
        text.push(chars[at + 1]);
        at += 2;
        while digit(at) {
            text.push(chars[at]);
            at += 1;
        }
    }
    let mut value: f64 = text.parse().map_err(|_| Wrong { at: place, says: format!("“{text}” is no number.") })?;
    let alone = |i: usize| !chars.get(i).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let factor = match chars.get(at) {
        Some('k') if alone(at + 1) => 1e3,
        Some('M') if alone(at + 1) => 1e6,
        Some('B') if alone(at + 1) => 1e9,
        Some('T') if alone(at + 1) => 1e12,
        _ => 1.0,
    };
    if factor != 1.0 {
        at += 1;
        value *= factor;
    }
    let percent = (at..chars.len()).find(|i| chars[*i] != ' ').filter(|i| chars[*i] == '%');
    if let Some(sign) = percent {
        at = sign + 1;
        value /= 100.0;
    }
    match value.is_finite() {
        true => Ok((value, at)),
        false => place.wrong("This number is too large."),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn first(text: &str) -> f64 {
        match &tokens(text, 1).unwrap().0[0].0 {
            Token::Number(n) => *n,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (text, value) in [
            ("1,000,000", 1e6),
            ("12,345.5", 12345.5),
            ("2.5k", 2500.0),
            ("3M", 3e6),
            ("1B", 1e9),
            ("4 %", 0.04),
            ("15%", 0.15),
            ("1e-3", 1e-3),
            ("1_000", 1000.0),
            (".5", 0.5),
        ] {
            assert!((first(text) - value).abs() < value * 1e-12, "{text}");
        }
        assert_eq!(first("5m"), 5.0, "metres, not millions");
        assert_eq!(tokens("max(1, 200)", 1).unwrap().0.len(), 7);
        assert!(tokens("1234,567", 1).is_err());
    }

    #[test]
    fn notes_and_comments_end_a_line() {
        let (found, note) = tokens("x = 5 -- a guess, from the census # really", 1).unwrap();
        assert_eq!((found.len(), note.as_deref()), (4, Some("a guess, from the census # really")));
        assert_eq!(tokens("# only words", 1).unwrap().0.len(), 1);
        assert_eq!(tokens("x = 5 ? 3", 7).unwrap_err().at, Place { line: 7, column: 7 });
    }
}
