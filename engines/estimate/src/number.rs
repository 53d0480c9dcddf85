//! Numerals as people write them: `1,000,000`, `1.000.000,50`, `0,125`, `1'000`, `1 000`, `12,34,567`, `2.5k`, `4 %`.
//!
//! One comma before exactly three digits groups thousands, every other one begins the decimals; points the other way
//! round where there are several. Once a model has shown that it writes decimals with a comma, what could be either
//! (`1.250`, `1,250`) is refused.

use crate::text::{Place, Wrong};

/// What a comma directly between two digits does at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Commas {
    /// It belongs to the number.
    Belong,
    /// It separates, as in a list.
    Separate,
    /// It could do either.
    Unsure,
}

/// How numbers are to be read at a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    pub commas: Commas,
    /// The model writes decimals with a comma elsewhere.
    pub decimal_comma: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Number {
    pub digits: f64,
    /// What a suffix multiplies it by: `k` by 1000, `%` by 0.01.
    pub times: f64,
    pub end: usize,
    /// It can only be read as one with a decimal comma.
    pub decimal_comma: bool,
}

/// Reads the number that begins at a digit, or at a point before one.
pub(crate) fn number(chars: &[char], start: usize, manner: Manner, place: Place) -> Result<Number, Wrong> {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let (parts, separators, mut at) = pieces(chars, start, manner.commas, place)?;
    let (mut text, decimal_comma) = match meant(&parts, &separators, manner.decimal_comma) {
        Ok(found) => found,
        Err(says) => return place.wrong(says.replace("{}", &chars[start..at].iter().collect::<String>())),
    };
    if matches!(chars.get(at), Some('e' | 'E')) && (digit(at + 1) || (matches!(chars.get(at + 1), Some('+' | '-')) && digit(at + 2))) {
        text.push('e');
        text.push(chars[at + 1]);
        at += 2;
        while digit(at) {
            text.push(chars[at]);
            at += 1;
        }
    }
    let digits: f64 = text.parse().map_err(|_| Wrong { at: place, says: format!("“{text}” is no number.") })?;
    let alone = |i: usize| !chars.get(i).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let mut times = chars.get(at).filter(|_| alone(at + 1)).and_then(|c| multiplier(&c.to_string())).unwrap_or(1.0);
    at += usize::from(times != 1.0);
    if let Some(sign) = (at..chars.len()).find(|i| !chars[*i].is_whitespace()).filter(|i| chars[*i] == '%') {
        at = sign + 1;
        times /= 100.0;
    }
    match (digits * times).is_finite() {
        true => Ok(Number { digits, times, end: at, decimal_comma }),
        false => place.wrong("This number is too large."),
    }
}

/// What a letter behind a number multiplies it by.
pub(crate) fn multiplier(letter: &str) -> Option<f64> {
    match letter {
        "k" | "K" => Some(1e3),
        "M" => Some(1e6),
        "B" => Some(1e9),
        "T" => Some(1e12),
        _ => None,
    }
}

type Pieces = (Vec<String>, Vec<char>, usize);

/// Runs of digits and the single signs between them, and where they end.
fn pieces(chars: &[char], start: usize, commas: Commas, place: Place) -> Result<Pieces, Wrong> {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let three = |i: usize| digit(i) && digit(i + 1) && digit(i + 2) && !digit(i + 3);
    let (mut parts, mut separators) = (vec![String::new()], vec![]);
    let mut at = start;
    while let Some(c) = chars.get(at) {
        let last = parts.len() - 1;
        if c.is_ascii_digit() {
            parts[last].push(*c);
        } else if *c == '_' && digit(at + 1) {
            // Joins what stands on its two sides.
        } else {
            let belongs = match c {
                '.' => digit(at + 1),
                ',' if digit(at + 1) => match commas {
                    Commas::Belong => true,
                    Commas::Separate => false,
                    Commas::Unsure => {
                        return place.wrong(format!(
                            "“{}” in brackets could be one number or two. Put a space behind each comma that separates, and write numbers without \
                             commas: 1000, 2.5.",
                            chars[start..].iter().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect::<String>()
                        ));
                    }
                },
                '\'' | '’' => three(at + 1),
                // A space groups only like with like: 1 000 000.
                c if c.is_whitespace() => three(at + 1) && (1..=3).contains(&parts[last].len()) && separators.iter().all(|s| s == c),
                _ => false,
            };
            if !belongs {
                break;
            }
            separators.push(*c);
            parts.push(String::new());
        }
        at += 1;
    }
    Ok((parts, separators, at))
}

/// The numeral with a decimal point alone, and whether it can only be one with a decimal comma; or what is wrong with
/// it, `{}` standing for it.
fn meant(parts: &[String], separators: &[char], decimal_comma: bool) -> Result<(String, bool), &'static str> {
    let grouped = |parts: &[String]| {
        let (first, rest) = (&parts[0], &parts[1..]);
        let western = rest.iter().all(|p| p.len() == 3) && first.len() <= 3;
        // Lakhs and crores: 12,34,567.
        let indian = rest.len() > 1 && rest[..rest.len() - 1].iter().all(|p| p.len() == 2) && rest[rest.len() - 1].len() == 3 && first.len() <= 2;
        (western || indian) && !first.is_empty() && !first.starts_with('0')
    };
    let Some((last, before)) = separators.split_last() else { return Ok((parts[0].clone(), false)) };
    let whole = || parts[..parts.len() - 1].concat();
    let with_decimals = || format!("{}.{}", whole(), parts[parts.len() - 1]);
    match (last, before) {
        ('.' | ',', []) if grouped(parts) && decimal_comma => Err(
            "This model writes decimals with a comma, so “{}” could be a thousand times more or less. Write it without a separator of thousands, or \
                 with other decimals: 1250, 1,25.",
        ),
        ('.', []) => Ok((with_decimals(), false)),
        (',', []) if grouped(parts) => Ok((parts.concat(), false)),
        (',', []) if parts[1].len() == 3 && parts[0].len() > 3 && !decimal_comma => {
            Err("“{}” mixes grouped and ungrouped digits; write 1,000,000 or 1000000.")
        }
        (',', []) => Ok((with_decimals(), true)),
        (last, before) if before.iter().all(|s| s == last) && grouped(parts) => Ok((parts.concat(), *last == '.')),
        ('.' | ',', [first, ..]) if before.iter().all(|s| s == first) && first != last && grouped(&parts[..parts.len() - 1]) => {
            Ok((with_decimals(), *last == ','))
        }
        _ => Err("“{}” is no number that can be read; write 1,000,000 or 1000000, and 2.5."),
    }
}
