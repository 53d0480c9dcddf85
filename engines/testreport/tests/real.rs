//! The reports of real tools, where they are at hand: each goes in, or is refused with the way to one that does.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::{
    fs::{self, File},
    io::BufReader,
    path::{Path, PathBuf},
};
use testreport::{Format, Limits, read};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files(&path)),
            path => found.push(path),
        }
    }
    found.sort();
    found
}

/// How many cases it has, counted in another way: without its comments.
fn counted(text: &str) -> u64 {
    let mut parts = text.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    let text = parts.fold(first, |all, part| all + part.split_once("-->").map_or("", |(_, rest)| rest));
    text.matches("<testcase ").count() as u64
}

#[test]
fn every_real_report_is_read_or_refused_as_it_says() {
    let Some(folder) = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|above| above.join("shared/data/testreports")).find(|f| f.exists())
    else {
        return;
    };
    let (mut read_in, mut kept_out) = (0, 0);
    for path in files(&folder) {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if !matches!(ending, "xml" | "trx" | "json" | "ndjson") {
            continue;
        }
        let name = path.display().to_string();
        let mut cases = vec![];
        let told = read(&mut BufReader::new(File::open(&path).unwrap()), &Limits::default(), &mut |case| cases.push(case));
        let junit = ending == "xml" && !name.contains("nunit");
        match (told, junit || ending == "ndjson") {
            (Ok(report), true) => {
                read_in += 1;
                assert_eq!(report.cases(), cases.len() as u64, "{name}");
                assert_eq!(report.format == Format::Junit, junit, "{name}");
                let text = fs::read_to_string(&path).unwrap();
                if junit {
                    assert_eq!(report.cases(), counted(&text), "{name}");
                }
                assert!(cases.iter().all(|case| !case.name.is_empty()), "{name}");
                if ending == "ndjson" {
                    let succeeded = text.contains("\"success\":true");
                    assert!(!succeeded || report.failed == 0 && report.broke.is_empty(), "{name}: {report:?}");
                    assert!(succeeded || report.failed + report.skipped > 0 || !report.broke.is_empty(), "{name}: {report:?}");
                }
            }
            (Err(trouble), false) => {
                kept_out += 1;
                assert!(trouble.says.contains("To get JUnit XML"), "{name}: {trouble}");
            }
            (Ok(report), false) => panic!("{name} is read as {report:?}"),
            (Err(trouble), true) => panic!("{name}: {trouble}"),
        }
    }
    assert!(read_in > 60 && kept_out >= 10, "{read_in} read, {kept_out} refused");
}
