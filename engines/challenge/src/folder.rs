//! Files of one challenge by their paths within its folder. Whoever embeds, opens or uploads it makes the map; nothing
//! here touches a disk, and a path that leads out of the folder never gets further than this.

use crate::{Fault, kind::Kind};
use std::collections::BTreeMap;

/// More files, or a longer one, are no challenge that a person reads.
const MOST_FILES: usize = 40;
const LONGEST: usize = 200_000;

/// A challenge as it was written: kind and id from the names of its folders, and its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    pub kind: Kind,
    pub id: String,
    files: BTreeMap<String, String>,
}

impl Folder {
    /// The folder `<kind>/<id>` with its files.
    ///
    /// # Errors
    /// An unknown kind, an id that is none, a path that climbs out of the folder, a file that does not belong there,
    /// too many or too long files.
    pub fn of<P: Into<String>, T: Into<String>>(kind: &str, id: &str, files: impl IntoIterator<Item = (P, T)>) -> Result<Folder, Vec<Fault>> {
        let mut faults = vec![];
        let known = Kind::named(kind);
        if known.is_none() {
            let all = Kind::ALL.map(Kind::name).join(", ");
            faults.push(Fault::of("", 0, format!("“{kind}” is no kind of challenge; there are {all}.")));
        }
        if !is_id(id) {
            faults.push(Fault::of("", 0, format!("“{id}” is no id: lower-case letters, digits and hyphens, at most 40.")));
        }
        let mut found = BTreeMap::new();
        for (path, text) in files {
            let (path, text): (String, String) = (path.into(), text.into());
            if found.len() == MOST_FILES {
                faults.push(Fault::of("", 0, format!("A challenge has at most {MOST_FILES} files.")));
                break;
            }
            if climbs(&path) {
                faults.push(Fault::of("", 0, format!("The path “{path}” leads out of the folder of the challenge.")));
            } else if text.len() > LONGEST {
                faults.push(Fault::of(&path, 0, format!("This file has {} bytes; {LONGEST} at most can be read.", text.len())));
            } else {
                if known.is_some_and(|kind| !kind.files().contains(&path.as_str())) {
                    faults.push(Fault::of(&path, 0, "This file does not belong to such a challenge."));
                }
                found.insert(path, text);
            }
        }
        match (known, faults.is_empty()) {
            (Some(kind), true) => Ok(Folder { kind, id: id.to_owned(), files: found }),
            _ => Err(faults),
        }
    }

    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

/// Challenges by kind and id from paths `<kind>/<id>/…`, as a whole library is kept; what stands above them (a README)
/// is passed over.
pub fn shelves<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> BTreeMap<(String, String), Vec<(String, String)>> {
    let mut found: BTreeMap<(String, String), Vec<(String, String)>> = BTreeMap::new();
    for (path, text) in files {
        let mut parts = path.splitn(3, '/');
        if let (Some(kind), Some(id), Some(rest)) = (parts.next(), parts.next(), parts.next()) {
            found.entry((kind.to_owned(), id.to_owned())).or_default().push((rest.to_owned(), text.to_owned()));
        }
    }
    found
}

pub(crate) fn is_id(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn climbs(path: &str) -> bool {
    let outside = path.starts_with('/') || path.contains('\\') || path.contains(':') || path.contains('\0');
    outside || path.split('/').any(|part| part.is_empty() || part == "." || part == "..")
}
