//! A file that hangs on a thing, what it is called, and what of it is believed.

use kernel::{Id, Reading, Uuid, noun};
use people::Member;

noun! {
    /// A file that hangs on a thing.
    pub struct Attachment in "attachment" {
        about_noun: String,
        about_id: Uuid,
        about_label: String,
        /// As whoever attached it calls it.
        name: String,
        /// Its type, by what it holds and not by its name.
        kind: String,
        /// In bytes.
        size: i64,
        sha256: String,
        /// SHA-256 of the picture made small; empty for what is not shown as a picture.
        small: String,
        /// In pixels; 0 for what is not shown as a picture.
        width: i64,
        height: i64,
        member: Id<Member>,
    } label(a) a.name.clone();
    about { many: "attachments", one: "file", read: Reading::Between(&[("about_noun", "about_id")]), part_of: "about_id", titled: true,
      files: &["sha256", "small"], fades: Some(("removed_at", 30)),
      hushed: &["about_noun", "about_id", "about_label", "kind", "size", "sha256", "small", "width", "height", "member"] }
}

impl Attachment {
    /// Whether a page may show it; of everything else only its name.
    pub fn is_shown(&self) -> bool {
        !self.small.is_empty()
    }
}

/// How a file stands in a text: a picture is shown there.
pub(crate) fn in_text(name: &str, id: Uuid, shown: bool) -> String {
    let name: String = name.chars().map(|c| if matches!(c, '[' | ']' | '\\' | '`' | '*' | '_' | '<') { ' ' } else { c }).collect();
    format!("{}[{}](attachment:{})", if shown { "!" } else { "" }, name.trim(), id.simple())
}

/// Bytes of one file.
pub const MOST_BYTES: u64 = 50 << 20;
/// Files that are sent at once.
pub const MOST_AT_ONCE: usize = 20;
/// Files that hang on one thing.
pub const MOST_ON_A_THING: i64 = 200;
/// Bytes of all files of a product.
pub const MOST_OF_A_PRODUCT: i64 = 20 << 30;
/// Characters of a name.
const LONGEST_NAME: usize = 150;

/// What a file is called: the last part of whatever a browser says, without what cannot be seen or turns words around.
pub fn tidy_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen = |c: &char| !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let name: String = last.chars().filter(seen).collect();
    let name = name.trim();
    if name.is_empty() || name.chars().all(|c| c == '.') {
        return "file".into();
    }
    let length = name.chars().count();
    if length <= LONGEST_NAME {
        return name.to_owned();
    }
    // The ending stays, because it says what the file is.
    let ending: String = name.rsplit_once('.').map(|(_, ending)| format!(".{ending}")).filter(|e| e.chars().count() <= 10).unwrap_or_default();
    name.chars().take(LONGEST_NAME - ending.chars().count() - 1).chain(['…']).chain(ending.chars()).collect()
}

/// The type of a file by how it begins. Its name has no part in it.
pub fn kind_of(head: &[u8]) -> &'static str {
    match infer::get(head) {
        Some(known) => known.mime_type(),
        None if head.contains(&0) => "application/octet-stream",
        None => match std::str::from_utf8(head) {
            Ok(_) => "text/plain",
            // A letter that is cut off at the end.
            Err(cut) if cut.error_len().is_none() => "text/plain",
            Err(_) => "application/octet-stream",
        },
    }
}

/// "340 KB": a size as people say it.
pub fn size_told(bytes: i64) -> String {
    let (kilo, mega) = (bytes as f64 / 1024.0, bytes as f64 / 1_048_576.0);
    match bytes {
        0..1_024 => web::several(bytes, "byte"),
        1_024..1_048_576 => format!("{kilo:.0} KB"),
        _ if mega < 10.0 => format!("{mega:.1} MB"),
        _ => format!("{mega:.0} MB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_name_and_no_way() {
        for (given, name) in [
            ("../../x.html", "x.html"),
            ("C:\\Users\\ada\\shot.png", "shot.png"),
            ("..", "file"),
            ("", "file"),
            ("a/", "file"),
            ("\u{202e}gnp.exe", "gnp.exe"),
            ("a\r\nb\0.txt", "ab.txt"),
            (" Größe 5 %.pdf ", "Größe 5 %.pdf"),
        ] {
            assert_eq!(tidy_name(given), name, "{given:?}");
        }
        let long = tidy_name(&format!("{}.pdf", "ä".repeat(300)));
        assert!(long.chars().count() == LONGEST_NAME && long.ends_with("….pdf"), "{long}");
    }

    #[test]
    fn a_type_is_what_the_file_holds() {
        assert_eq!(kind_of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "image/png");
        assert_eq!(kind_of(b"%PDF-1.7"), "application/pdf");
        assert_eq!(kind_of("Grüße".as_bytes()), "text/plain");
        assert_eq!(kind_of(&"Grüße".as_bytes()[..3]), "text/plain", "cut in the middle of a letter");
        assert_eq!(kind_of(b"\0\x01\x02"), "application/octet-stream");
        for script in ["<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "<!DOCTYPE html><script>alert(1)</script>"] {
            assert!(!kind_of(script.as_bytes()).starts_with("image/"), "{script}");
        }
    }

    #[test]
    fn sizes_are_told_in_three_figures_at_most() {
        let told = [1, 900, 340 * 1024, 3 << 20, 50 << 20].map(size_told);
        assert_eq!(told, ["1 byte", "900 bytes", "340 KB", "3.0 MB", "50 MB"]);
    }

    #[test]
    fn a_name_does_not_end_its_place_in_a_text() {
        let id = Uuid::nil();
        assert_eq!(in_text("a](javascript:x)", id, true), format!("![a (javascript:x)](attachment:{})", id.simple()));
    }
}
