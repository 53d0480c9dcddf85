//! What a report comes from: its encoding, how much of it was read, and at which line that is.

use crate::{Limits, Trouble};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, Read};

/// Characters in which a declaration says how the rest is written, and by which other forms are told.
const BEGINNING: usize = 4 << 10;

/// The same as UTF-8, without a mark in front.
///
/// # Errors
/// It cannot be read at all, or is written in an encoding that is not known.
pub(crate) fn recoded<'a>(inner: &'a mut dyn BufRead) -> Result<Box<dyn BufRead + 'a>, Trouble> {
    let start = inner.fill_buf().map_err(|error| unread(&error))?;
    if let Some((encoding, mark)) = Encoding::for_bom(start) {
        inner.consume(mark);
        return Ok(if encoding == UTF_8 { Box::new(inner) } else { Box::new(Recoded::new(inner, encoding)) });
    }
    let encoding = match start {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => declared(&start[..start.len().min(200)])?,
    };
    Ok(if encoding == UTF_8 { Box::new(inner) } else { Box::new(Recoded::new(inner, encoding)) })
}

/// The encoding that `<?xml … encoding="…"?>` names; UTF-8 without.
fn declared(start: &[u8]) -> Result<&'static Encoding, Trouble> {
    let text = String::from_utf8_lossy(start);
    let named = text.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).and_then(|(head, _)| {
        let value = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value[1..].split_once(quote).map(|(name, _)| name.to_owned())
    });
    match named {
        None => Ok(UTF_8),
        // Whoever could read the declaration byte by byte does not read two bytes at a time.
        Some(name) => Encoding::for_label(name.as_bytes())
            .map(|encoding| if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
            .ok_or_else(|| Trouble::at(1, format!("The encoding {name:?} is not known. Write the report in UTF-8."))),
    }
}

pub(crate) fn unread(error: &io::Error) -> Trouble {
    Trouble::whole(error.to_string())
}

/// Another encoding, made UTF-8 piece by piece.
struct Recoded<'a> {
    inner: &'a mut dyn BufRead,
    decoder: Decoder,
    held: Vec<u8>,
    at: usize,
    end: usize,
    over: bool,
}

impl<'a> Recoded<'a> {
    fn new(inner: &'a mut dyn BufRead, encoding: &'static Encoding) -> Recoded<'a> {
        Recoded { inner, decoder: encoding.new_decoder_without_bom_handling(), held: vec![0; 16 << 10], at: 0, end: 0, over: false }
    }
}

impl BufRead for Recoded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.end && !self.over {
            let piece = self.inner.fill_buf()?;
            let last = piece.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(piece, &mut self.held, last);
            self.inner.consume(read);
            (self.at, self.end, self.over) = (0, written, last && result == CoderResult::InputEmpty);
        }
        Ok(&self.held[self.at..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl Read for Recoded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        take(self, into)
    }
}

fn take(from: &mut impl BufRead, into: &mut [u8]) -> io::Result<usize> {
    let piece = from.fill_buf()?;
    let length = piece.len().min(into.len());
    into[..length].copy_from_slice(&piece[..length]);
    from.consume(length);
    Ok(length)
}

/// A report as it is read, counted.
pub(crate) struct Source<'a> {
    inner: &'a mut dyn BufRead,
    /// What was looked at before anything was read.
    ahead: Vec<u8>,
    taken: usize,
    read: u64,
    lines: u64,
    /// Where the piece at hand began.
    piece_at: u64,
    most: u64,
    most_piece: u64,
}

impl<'a> Source<'a> {
    pub fn new(inner: &'a mut dyn BufRead, limits: &Limits) -> Source<'a> {
        Source { inner, ahead: vec![], taken: 0, read: 0, lines: 0, piece_at: 0, most: limits.bytes, most_piece: limits.piece }
    }

    /// How it begins, without reading it.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn start(&mut self) -> Result<String, Trouble> {
        let mut piece = vec![0; BEGINNING];
        let mut length = 0;
        while length < BEGINNING {
            match self.inner.read(&mut piece[length..]) {
                Ok(0) => break,
                Ok(more) => length += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(unread(&error)),
            }
        }
        piece.truncate(length);
        self.ahead = piece;
        Ok(String::from_utf8_lossy(&self.ahead).into_owned())
    }

    /// The line that is read.
    pub fn line(&self) -> u64 {
        self.lines + 1
    }

    /// A new piece begins here.
    pub fn next_piece(&mut self) {
        self.piece_at = self.read;
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read > self.most {
            return Err(io::Error::other(format!("The report is larger than {} MiB; post its suites one by one.", self.most >> 20)));
        }
        if self.read - self.piece_at > self.most_piece {
            let says = format!("One piece of it is longer than {} MiB. Leave the output of the tests out of the report.", self.most_piece >> 20);
            return Err(io::Error::other(says));
        }
        match self.taken < self.ahead.len() {
            true => Ok(&self.ahead[self.taken..]),
            false => self.inner.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        let ahead = &self.ahead[self.taken.min(self.ahead.len())..];
        let lines = |piece: &[u8]| piece[..amount.min(piece.len())].iter().filter(|byte| **byte == b'\n').count() as u64;
        self.read += amount as u64;
        if ahead.is_empty() {
            // What was given out before is given out again until it is consumed.
            self.lines += self.inner.fill_buf().map_or(0, lines);
            self.inner.consume(amount);
        } else {
            self.lines += lines(ahead);
            self.taken += amount;
        }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        take(self, into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> String {
        let mut inner = bytes;
        let mut text = String::new();
        recoded(&mut inner).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn whatever_it_is_written_in_becomes_the_same() {
        assert_eq!(all(b"\xef\xbb\xbf<a/>"), "<a/>");
        assert_eq!(all("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>".as_bytes()), "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>");
        assert!(all(b"<?xml version='1.0' encoding='windows-1252'?><a>\xe4\x80</a>").ends_with("<a>\u{e4}\u{20ac}</a>"));
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain("<a>ü</a>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(all(&wide), "<a>ü</a>");
        assert!(recoded(&mut &b"<?xml version='1.0' encoding='klingon'?>"[..]).is_err());
    }

    #[test]
    fn lines_are_counted_over_the_beginning() {
        let text = "x\n".repeat(5_000);
        let mut bytes = text.as_bytes();
        let mut source = Source::new(&mut bytes, &Limits::default());
        source.start().unwrap();
        let mut read = String::new();
        source.read_to_string(&mut read).unwrap();
        assert_eq!((read == text, source.line()), (true, 5_001));
    }
}
