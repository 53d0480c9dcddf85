//! A zip file as the texts in it, by their paths. Nothing is written anywhere, and nothing is believed that the file says
//! of its own size.

use crate::{Wrong, shown, wrong};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

/// Folders and files, those that programs leave beside ours among them.
const MOST_PARTS: usize = 400;

/// What programs put into an archive for themselves.
const LEFT_BEHIND: [&str; 3] = ["__MACOSX", ".DS_Store", "Thumbs.db"];

/// The files of an archive, which unfold to so many bytes at most.
///
/// # Errors
/// No archive; a path that climbs out of it, a link to somewhere else, the same file twice, more than was allowed, a file
/// that is no text.
pub fn texts(bytes: &[u8], most_bytes: u64) -> Result<BTreeMap<String, String>, Wrong> {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| Wrong(format!("This is no zip file that can be read ({error}).")))?;
    if parts.len() > MOST_PARTS {
        return wrong(format!("The zip file has {} parts; {MOST_PARTS} at most are read.", parts.len()));
    }
    let (mut found, mut left) = (BTreeMap::new(), most_bytes);
    for at in 0..parts.len() {
        let part = parts.by_index(at).map_err(|error| Wrong(format!("A part of the zip file cannot be read ({error}).")))?;
        let path = part.name().map_err(|_| Wrong("A name in the zip file cannot be read.".into()))?.into_owned();
        let outside =
            path.starts_with('/') || path.contains(['\\', ':', '\0']) || path.trim_end_matches('/').split('/').any(|p| matches!(p, "" | "." | ".."));
        if outside {
            return wrong(format!("The path “{}” in the zip file leads out of its folder.", shown(&path)));
        }
        // The kind of a file on Unix stands in the upper bits of its mode.
        if part.is_symlink() || part.unix_mode().is_some_and(|mode| !matches!(mode & 0o170_000, 0 | 0o100_000 | 0o040_000)) {
            return wrong(format!("“{}” in the zip file is no file but a link or a device.", shown(&path)));
        }
        if part.is_dir() || path.split('/').any(|part| LEFT_BEHIND.contains(&part)) {
            continue;
        }
        let mut own = vec![];
        part.take(left + 1)
            .read_to_end(&mut own)
            .map_err(|error| Wrong(format!("“{}” in the zip file cannot be unfolded ({error}).", shown(&path))))?;
        left = match left.checked_sub(own.len() as u64) {
            Some(left) => left,
            None => return wrong(format!("The zip file unfolds to more than {} KB.", most_bytes >> 10)),
        };
        let text = String::from_utf8(own).ok().filter(|text| !text.contains('\0'));
        let Some(text) = text else { return wrong(format!("“{}” in the zip file is no text in UTF-8.", shown(&path))) };
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        if found.insert(path.clone(), text).is_some() {
            return wrong(format!("“{}” is twice in the zip file.", shown(&path)));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(vec![]));
        for (path, bytes) in files {
            zip.start_file(*path, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn refused(bytes: &[u8]) -> String {
        texts(bytes, 64 << 10).unwrap_err().0
    }

    #[test]
    fn texts_come_by_their_paths() {
        let zip = packed(&[("a/brief.md", "\u{feff}x\r\ny".as_bytes()), ("__MACOSX/a/._brief.md", b"\0\xff")]);
        assert_eq!(texts(&zip, 64).unwrap(), [("a/brief.md".to_owned(), "x\ny".to_owned())].into());
    }

    #[test]
    fn what_leads_elsewhere_or_is_too_much_is_refused() {
        assert!(refused(b"PK no").contains("no zip file"));
        assert!(refused(&packed(&[("../brief.md", b"x")])).contains("leads out"));
        assert!(refused(&packed(&[("/etc/brief.md", b"x")])).contains("leads out"));
        assert!(refused(&packed(&[("a\\brief.md", b"x")])).contains("leads out"));
        assert!(refused(&packed(&[("brief.md", b"\xff\xfe")])).contains("no text"));
        assert!(refused(&packed(&[("brief.md", &vec![b'0'; 1 << 20])])).contains("unfolds to more than 64 KB"), "a bomb says little of itself");
        let mut zip = ZipWriter::new(Cursor::new(vec![]));
        zip.add_symlink("brief.md", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        assert!(refused(&zip.finish().unwrap().into_inner()).contains("a link"));
    }
}
