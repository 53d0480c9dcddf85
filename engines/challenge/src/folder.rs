//! Files of one challenge by their paths within its folder. Whoever embeds, opens or uploads it makes the map; nothing
//! here touches a disk, and a path that leads out of the folder never gets further than this.

use crate::{Fault, kind::Kind, sheet};
use reading::shown;
use std::collections::BTreeMap;

/// More files, or a longer one, are no challenge that a person reads.
const MOST_FILES: usize = 40;
const LONGEST: usize = 50_000;
const LONGEST_ID: usize = 40;

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
            faults.push(Fault::of("", 0, format!("“{}” is no kind of challenge; there are {all}.", shown(kind))));
        }
        if !is_id(id) {
            faults.push(Fault::of("", 0, format!("“{}” is no id: lower-case letters, digits and hyphens, at most 40.", shown(id))));
        }
        let mut found = BTreeMap::new();
        for (path, text) in files {
            let (path, text): (String, String) = (path.into(), text.into());
            if found.len() == MOST_FILES {
                faults.push(Fault::of("", 0, format!("A challenge has at most {MOST_FILES} files.")));
                break;
            }
            if climbs(&path) {
                faults.push(Fault::of("", 0, format!("The path “{}” leads out of the folder of the challenge.", shown(&path))));
            } else if text.len() > LONGEST {
                faults.push(Fault::of(&shown(&path), 0, format!("This file has {} bytes; {LONGEST} at most can be read.", text.len())));
            } else {
                if known.is_some_and(|kind| !kind.files().contains(&path.as_str())) {
                    faults.push(Fault::of(&shown(&path), 0, "This file does not belong to such a challenge."));
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

/// Whether a text is the name of a challenge's folder.
pub fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The name of a folder that a title leads to: `Beds for the night trains` is `beds-for-the-night-trains`.
pub fn id_of(title: &str) -> String {
    let mut id = String::new();
    for c in reading::fold(title).chars() {
        match c {
            c if c.is_ascii_alphanumeric() => id.push(c),
            '\'' | '’' => {}
            _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    let mut id: String = id.chars().take(LONGEST_ID).collect();
    id.truncate(id.trim_end_matches('-').len());
    if id.is_empty() { "challenge".into() } else { id }
}

/// One challenge of an archive: kind, id, and its files. Its folder may be the archive itself, be named, or lie in one that
/// is named by its kind; `called` is its id where the archive has none.
///
/// # Errors
/// No challenge.toml, or several; no kind in it; files beside its folder; an id that is none.
pub fn of_archive(files: BTreeMap<String, String>, called: &str) -> Result<(Kind, String, BTreeMap<String, String>), Fault> {
    let wrong = |says: String| Err(Fault::of("", 0, says));
    let heads: Vec<String> = files.keys().filter(|path| path.rsplit('/').next() == Some("challenge.toml")).cloned().collect();
    let [head] = heads.as_slice() else {
        return wrong(match heads.len() {
            0 => "There is no challenge.toml in it, so it is the folder of no challenge.".into(),
            many => format!("There are {many} challenges in it; bring them in one by one."),
        });
    };
    let above = head.strip_suffix("challenge.toml").unwrap_or_default();
    let named = sheet::kind(&files[head]);
    let Some(kind) = named.as_deref().and_then(Kind::named) else {
        let all = Kind::ALL.map(Kind::name).join(", ");
        return wrong(format!("challenge.toml names no “kind” that there is: {all}."));
    };
    let id = above.trim_end_matches('/').rsplit('/').next().filter(|id| !id.is_empty()).map_or_else(|| id_of(called), str::to_owned);
    if !is_id(&id) {
        let id = shown(&id);
        return wrong(format!("The folder is called “{id}”, which is no id: lower-case letters, digits and hyphens, at most {LONGEST_ID}."));
    }
    let mut own = BTreeMap::new();
    for (path, text) in &files {
        match path.strip_prefix(above) {
            Some(rest) => drop(own.insert(rest.to_owned(), text.clone())),
            None => return wrong(format!("“{}” lies beside the folder of the challenge.", shown(path))),
        }
    }
    Ok((kind, id, own))
}

fn climbs(path: &str) -> bool {
    let outside = path.starts_with('/') || path.contains('\\') || path.contains(':') || path.contains('\0');
    outside || path.split('/').any(|part| part.is_empty() || part == "." || part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)]) -> Result<(Kind, String, BTreeMap<String, String>), String> {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        of_archive(files, "Night trains.zip").map_err(|fault| fault.says)
    }

    #[test]
    fn titles_become_ids() {
        assert_eq!(id_of("Beds for the night-trains’ riders!"), "beds-for-the-night-trains-riders");
        assert_eq!(id_of("Übergröße — 2"), "ubergrosse-2");
        assert_eq!(id_of("日本"), "challenge");
        assert!(is_id(&id_of(&"a b".repeat(40))));
    }

    #[test]
    fn a_challenge_is_found_wherever_its_folder_lies() {
        const HEAD: &str = "kind = \"drill\"\n";
        for (above, id) in [("", "night-trains-zip"), ("beds/", "beds"), ("drill/beds/", "beds")] {
            let (kind, found, files) = of(&[(&format!("{above}challenge.toml"), HEAD), (&format!("{above}brief.md"), "b")]).unwrap();
            assert_eq!((kind, found.as_str(), files["brief.md"].as_str()), (Kind::Drill, id, "b"));
        }
        assert!(of(&[("brief.md", "b")]).unwrap_err().contains("no challenge.toml"));
        assert!(of(&[("a/challenge.toml", HEAD), ("b/challenge.toml", HEAD)]).unwrap_err().contains("2 challenges"));
        assert!(of(&[("a/challenge.toml", HEAD), ("b/brief.md", "b")]).unwrap_err().contains("beside"));
        assert!(of(&[("a/challenge.toml", "kind = \"song\"")]).unwrap_err().contains("names no “kind”"));
        assert!(of(&[("A B/challenge.toml", HEAD)]).unwrap_err().contains("no id"));
    }
}
