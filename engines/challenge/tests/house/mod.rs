//! The library as it lies on disk.

use challenge::{Challenge, Folder, folder::shelves};
use std::path::Path;

/// Paths within `challenges/` with their texts.
pub fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../challenges");
    let (mut found, mut folders) = (vec![], vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// All challenges that can be read.
#[allow(dead_code)]
pub fn challenges() -> Vec<Challenge> {
    let files = files();
    let shelves = shelves(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let read = |((kind, id), files): (&(String, String), &Vec<(String, String)>)| {
        let folder = Folder::of(kind, id, files.iter().map(|(path, text)| (path.as_str(), text.as_str()))).unwrap();
        Challenge::read(&folder).unwrap()
    };
    shelves.iter().map(read).collect()
}
