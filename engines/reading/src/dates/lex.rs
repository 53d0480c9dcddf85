//! A cell as numbers, words and marks.

/// A piece of a folded cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Its value and how many digits it is written with.
    Number(u32, usize),
    Word(String),
    Mark(char),
    Space,
}

/// More than this is no date.
const LONGEST: usize = 100;

/// The pieces of a folded cell; `None` where it is too long for a date or one of its numbers is.
pub(super) fn tokens(folded: &str) -> Option<Vec<Token>> {
    let folded = folded.trim();
    if folded.len() > LONGEST {
        return None;
    }
    // "a. m." and "p.m." are one word.
    let folded = ["a", "p"].iter().fold(folded.to_owned(), |text, half| {
        text.replace(&format!("{half}. m."), &format!("{half}m"))
            .replace(&format!("{half}.m."), &format!("{half}m"))
            .replace(&format!("{half}.m"), &format!("{half}m"))
    });
    let mut tokens = vec![];
    let mut rest = folded.as_str();
    while let Some(c) = rest.chars().next() {
        let taken = if c.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            tokens.push(Token::Number(rest[..digits].parse().ok()?, digits));
            digits
        } else if c.is_alphabetic() {
            let word: usize = rest.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
            tokens.extend(ideographs(&rest[..word]));
            word
        } else if c == ' ' {
            if tokens.last().is_some_and(|t| *t != Token::Space) {
                tokens.push(Token::Space);
            }
            1
        } else {
            tokens.push(Token::Mark(c));
            c.len_utf8()
        };
        rest = &rest[taken..];
    }
    while tokens.last() == Some(&Token::Space) {
        tokens.pop();
    }
    Some(tokens)
}

/// A word; where it is written without spaces (`日午後`, `日火曜日`), what it is made of.
fn ideographs(word: &str) -> Vec<Token> {
    for unit in ["年", "月", "日", "時", "时", "点", "分", "秒"] {
        if let Some(rest) = word.strip_prefix(unit).filter(|rest| !rest.is_empty() && !rest.starts_with('曜')) {
            return [vec![Token::Word(unit.to_owned())], ideographs(rest)].concat();
        }
    }
    vec![Token::Word(word.to_owned())]
}
