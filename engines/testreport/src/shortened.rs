//! JSON as it streams by, with the middle of every long text left out: a text is held whole while it is read, and of none is
//! more than its beginning looked at.

use std::io::{self, Read};

/// Bytes of a text that stay.
const MOST: usize = 64 << 10;

/// Where in the JSON the next byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Outside,
    /// Within a text, whose byte is whole by itself or begins a character.
    Text,
    /// Behind a backslash.
    Escape,
    /// So many of the four digits of `\u` are still to come, and so far they are these.
    Digits(u8, u16),
}

pub(crate) struct Shortened<R> {
    inner: R,
    at: At,
    /// Bytes of the text at hand that stayed.
    stayed: usize,
    /// The rest of the text at hand is left out.
    left_out: bool,
    /// The last letter is the first half of a pair.
    half: bool,
}

impl<R: Read> Shortened<R> {
    pub fn new(inner: R) -> Shortened<R> {
        Shortened { inner, at: At::Outside, stayed: 0, left_out: false, half: false }
    }

    /// Whether a byte stays.
    fn stays(&mut self, byte: u8) -> bool {
        let (at, half) = (self.at, self.half);
        self.at = match (at, byte) {
            (At::Outside, b'"') => {
                (self.stayed, self.left_out, self.half) = (0, false, false);
                At::Text
            }
            (At::Outside, _) => At::Outside,
            (At::Text, b'"') => At::Outside,
            (At::Text, b'\\') => At::Escape,
            (At::Escape, b'u') => At::Digits(4, 0),
            (At::Text | At::Escape, _) => {
                self.half = false;
                At::Text
            }
            (At::Digits(left, told), digit) => {
                let told = (told << 4) | (digit as char).to_digit(16).unwrap_or_default() as u16;
                if left == 1 {
                    self.half = (0xd800..0xdc00).contains(&told);
                    At::Text
                } else {
                    At::Digits(left - 1, told)
                }
            }
        };
        if at == At::Outside || at == At::Text && byte == b'"' {
            return true;
        }
        // It ends ahead of a letter, not within one.
        self.left_out |= at == At::Text && self.stayed >= MOST && !half && (byte & 0xc0) != 0x80;
        self.stayed += 1;
        !self.left_out
    }
}

impl<R: Read> Read for Shortened<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.inner.read(into)?;
            let mut kept = 0;
            for place in 0..read {
                let byte = into[place];
                if self.stays(byte) {
                    into[kept] = byte;
                    kept += 1;
                }
            }
            // Nothing would say that it has ended.
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_shortened_and_the_rest_stays_as_it_is() {
        let short = r#"{"a": ["b\\", "\"c\\\"", "\ud83d\ude00", 1, null, "ü"], "d\u00e4": {}}"#;
        let told = |json: &str| {
            let mut told = String::new();
            Shortened::new(json.as_bytes()).read_to_string(&mut told).unwrap();
            told
        };
        assert_eq!(told(short), short);
        for letter in ["x", "ü", "漢", "😀", r"\n", r"\\", r#"\""#, r"\u00e4", r"\ud83d\ude00"] {
            for ahead in ["", "a", "ab", "abc"] {
                let long = format!(r#"["{ahead}{}", "next"]"#, letter.repeat(MOST));
                let shorter = told(&long);
                let [read, whole]: [Vec<String>; 2] = [&shorter, &long].map(|json| serde_json::from_str(json).unwrap());
                assert!(read[1] == "next" && whole[0].starts_with(&read[0]) && (MOST..MOST + 100).contains(&shorter.len()), "{letter}");
            }
        }
    }
}
