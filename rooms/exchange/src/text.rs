//! From bytes to text, saying what was assumed.

use kernel::{Refusal, Result};

/// The largest cell, in bytes.
pub const MOST_IN_A_CELL: usize = 1 << 20;

/// Decodes a file: UTF-8, UTF-16 with its mark, or else Windows-1252, with a note that says so.
pub fn decode(bytes: &[u8]) -> Result<(String, Option<String>)> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _, broken) = encoding.decode(bytes);
        if broken {
            return Err(Refusal::invalid("file", format!("The file says it is {}, but it is not, or it is cut off.", encoding.name())));
        }
        return Ok((text.into_owned(), (encoding.name() != "UTF-8").then(|| format!("Read as {}.", encoding.name()))));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), None)),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count();
            let (text, _, _) = encoding_rs::WINDOWS_1252.decode(bytes);
            Ok((
                text.into_owned(),
                Some(format!("Line {line} is no UTF-8, so the file was read as Windows-1252 (Latin-1). Check a few words with accents.")),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn encodings() {
        assert_eq!(decode("a,ü".as_bytes()).map(|d| d.0), Ok("a,ü".into()));
        assert_eq!(decode(b"\xef\xbb\xbfa").map(|d| d.0), Ok("a".into()));
        let (text, note) = decode(b"a\nGr\xfc\xdfe").unwrap_or_default();
        assert_eq!(text, "a\nGrüße");
        assert!(note.is_some_and(|n| n.contains("Line 2")));
        assert_eq!(decode(b"\xff\xfea\0\xfc\0").map(|d| d.0), Ok("aü".into()));
        assert!(decode(b"\xff\xfea\0\xfc").is_err(), "half a character");
    }
}
