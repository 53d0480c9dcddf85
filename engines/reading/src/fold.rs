//! One spelling for what looks alike: small letters without accents, plain digits, dashes and spaces.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text in small letters without accents, full-width and Eastern digits as `0` to `9`, every dash as `-`, every
/// space as a plain one.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            '\u{2018}' | '\u{2019}' | '\u{02bc}' | '`' | '´' => folded.push('\''),
            '\u{0660}'..='\u{0669}' | '\u{06f0}'..='\u{06f9}' => folded.push(char::from(b'0' + (c as u32 & 0xf) as u8)),
            // Marks of the direction of writing and of the byte order stand between the letters of some exports.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            c if c.is_whitespace() => folded.push(' '),
            c => folded.push(c),
        }
    }
    folded
}

/// Letters without width, by which a name looks like another or like nothing.
pub fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// A name that somebody else gave, as a sentence says it: not at any length, and with a mark for each letter that does not show.
pub fn shown(name: &str) -> String {
    const MOST: usize = 80;
    let mut shown: String = name.chars().take(MOST).map(|c| if c.is_control() || is_unseen(c) { '\u{fffd}' } else { c }).collect();
    if name.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// The words of a text, folded, with one space between them: `InProgress`, `in_progress` and `In  progress ✓` are
/// `in progress`. Apostrophes are dropped.
pub fn words(text: &str) -> String {
    let mut parted = String::with_capacity(text.len() + 4);
    let mut small = false;
    for c in text.chars() {
        if small && c.is_uppercase() {
            parted.push(' ');
        }
        small = c.is_lowercase();
        parted.push(c);
    }
    let mut joined = String::with_capacity(parted.len());
    for c in fold(&parted).chars().filter(|c| *c != '\'') {
        match c.is_alphanumeric() {
            true => joined.push(c),
            false if joined.ends_with(' ') || joined.is_empty() => {}
            false => joined.push(' '),
        }
    }
    joined.truncate(joined.trim_end().len());
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_alike() {
        assert_eq!(fold("Févr. ２０２６\u{202f}—\u{00a0}Straße"), "fevr. 2026 - strasse");
        assert_eq!(fold("٢٠٢٦ ۲"), "2026 2");
        assert_eq!(fold("Май"), fold("МАЙ"));
        assert_eq!(words("InProgress"), "in progress");
        assert_eq!(words("  Won’t_do ✓ "), "wont do");
        assert_eq!(words("TO DO"), "to do");
    }
}
