//! From bytes to text, saying what was assumed.

use crate::{Wrong, workbook, wrong};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Decodes a file: a workbook's first sheet, UTF-8, UTF-16 with or without its mark, or else Windows-1252; with a note where it was not UTF-8.
///
/// # Errors
/// A mark that the rest of the file does not keep to.
pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<String>), Wrong> {
    if workbook::is_workbook(bytes) {
        return workbook::text(bytes, None).map(|(text, note)| (Cow::Owned(text), note));
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, _, broken) = encoding.decode(bytes);
        if broken {
            return wrong(format!("The file says it is {}, but it is not, or it is cut off.", encoding.name()));
        }
        return Ok((text, (encoding.name() != "UTF-8").then(|| format!("Read as {}.", encoding.name()))));
    }
    if let Some(encoding) = unmarked(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        if !broken {
            return Ok((text, Some(format!("Read as {}.", encoding.name()))));
        }
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), None)),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count();
            let (text, _, _) = WINDOWS_1252.decode(bytes);
            Ok((text, Some(format!("Line {line} is no UTF-8, so the file was read as Windows-1252 (Latin-1). Check a few words with accents."))))
        }
    }
}

/// UTF-16 without its mark: every other byte of what begins most files (column names, commas) is then 0.
fn unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(256)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let enough = (head.len() / 4).max(2);
    match (zeros(0), zeros(1)) {
        (0, little) if little >= enough => Some(UTF_16LE),
        (big, 0) if big >= enough => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::decode;

    #[test]
    fn encodings() {
        let read = |bytes: &[u8]| decode(bytes).unwrap().0.into_owned();
        assert_eq!(read("a,ü".as_bytes()), "a,ü");
        assert_eq!(read(b"\xef\xbb\xbfa"), "a");
        let (text, note) = decode(b"a\nGr\xfc\xdfe").unwrap();
        assert_eq!(text, "a\nGrüße");
        assert!(note.unwrap().contains("Line 2"));
        assert_eq!(read(b"\xff\xfea\0\xfc\0"), "aü");
        assert_eq!(read(b"\xfe\xff\0a\0\xfc"), "aü");
        assert_eq!(read(b"k\0,\0t\0\n\0"), "k,t\n");
        assert_eq!(read(b"\0k\0,\0t\0\n"), "k,t\n");
        assert!(decode(b"\xff\xfea\0\xfc").is_err(), "half a character");
    }
}
