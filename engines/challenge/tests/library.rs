//! The library holds: every challenge in it can be read and has nothing wrong with it.

#![allow(clippy::unwrap_used)]

mod house;

use challenge::{Challenge, Fault, Folder, Kind, lint};
use house::files;

#[test]
fn all_challenges_hold() {
    let files = files();
    let faults = lint::library(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let told: Vec<String> = faults.iter().map(|(place, fault)| format!("{place}: {fault}")).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    let count = |kind: Kind| house::challenges().iter().filter(|challenge| challenge.kind == kind).count();
    let counts = Kind::ALL.map(count);
    let least = [40, 20, 20, 12, 60];
    assert!(counts.iter().zip(least).all(|(have, least)| *have >= least), "{counts:?}");
}

/// A challenge of the library with one of its files changed.
fn changed(kind: &str, change: impl Fn(&str, String) -> Option<String>) -> Vec<Fault> {
    let files = files();
    let first = files.iter().find_map(|(path, _)| path.strip_prefix(kind)?.strip_prefix('/')?.split_once('/').map(|(id, _)| id.to_owned())).unwrap();
    let prefix = format!("{kind}/{first}/");
    let own = files.iter().filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?.to_owned(), text.clone())));
    let own: Vec<(String, String)> = own.filter_map(|(path, text)| Some((path.clone(), change(&path, text)?))).collect();
    match Folder::of(kind, &first, own) {
        Ok(folder) => lint::lint(&folder, &[]),
        Err(faults) => faults,
    }
}

fn only(faults: &[Fault], file: &str, says: &str) {
    assert!(faults.iter().any(|fault| fault.file == file && fault.says.contains(says)), "{says}: {faults:?}");
}

#[test]
fn what_is_wrong_is_said_with_file_and_line() {
    let with = |kind: &str, file: &'static str, from: &'static str, to: &'static str| {
        changed(kind, move |path, text| Some(if path == file { text.replacen(from, to, 1) } else { text }))
    };
    assert!(changed("guesstimate", |_, text| Some(text)).is_empty());
    only(&changed("guesstimate", |path, text| (path != "probes.toml").then_some(text)), "probes.toml", "missing");
    only(&changed("strategy", |path, text| Some(if path == "brief.md" { " \n".into() } else { text })), "brief.md", "empty");
    let faults = with("guesstimate", "facts.toml", "licence = ", "# licence = ");
    only(&faults, "facts.toml", "“licence” is missing in the fact");
    assert!(faults[0].line > 0 && faults[0].to_string().starts_with("facts.toml, line "), "{}", faults[0]);
    only(&with("strategy", "facts.toml", "licence = \"invented\"", "licence = \"CC BY-NC 4.0\""), "facts.toml", "which is none of");
    only(&with("strategy", "facts.toml", "licence = \"invented\"", "licence = \"CC0\""), "facts.toml", "or neither is");
    only(&with("strategy", "facts.toml", "[[facts]]", "[[facts"), "facts.toml", "no TOML");
    only(&with("design", "challenge.toml", "level = ", "weight = 1\nlevel = 1"), "challenge.toml", "“weight” is not known");
    only(&with("design", "challenge.toml", "kind = \"design\"", "kind = \"strategy\""), "challenge.toml", "The kind is “strategy”");
    only(&with("guesstimate", "brief.md", "the", "../../etc/passwd"), "brief.md", "climbs out");
    only(&with("guesstimate", "brief.md", "the", "TODO"), "brief.md", "unfinished");
    only(&with("guesstimate", "challenge.toml", "answer", "anwser"), "challenge.toml", "does not compute");
    only(&with("guesstimate", "challenge.toml", "value = ", "value = 9e30 #"), "challenge.toml", "not in order");
    only(&with("rootcause", "case.toml", "mechanism = \"", "mechanism = \"x"), "case.toml", "no mechanism");
    only(&with("rootcause", "rubric.toml", "weight = ", "weight = 1"), "rubric.toml", "add up to");
    only(&with("rootcause", "answers/weak.md", "## Cause", "## Because"), "answers/weak.md", "The headings are");
    only(&with("rootcause", "answers/weak.md", " by ", " via "), "answers/weak.md", "is not “step by dimension");
    only(&with("design", "marks.toml", "quote = \"", "quote = \"qqq"), "marks.toml", "does not stand");
    only(&with("drill", "challenge.toml", "?", "."), "challenge.toml", "ends with ?");
}

#[test]
fn a_folder_that_climbs_out_or_is_of_no_kind_is_refused() {
    let of = |kind: &str, id: &str, path: &str| Folder::of(kind, id, [(path, "x")]).map_err(|faults| faults[0].to_string());
    for path in ["../brief.md", "answers/../../brief.md", "/etc/passwd", "C:\\brief.md", "answers\\weak.md", "answers//weak.md", "./brief.md", ""] {
        assert!(of("design", "a-b", path).unwrap_err().contains("leads out"), "{path}");
    }
    assert!(of("riddle", "a-b", "brief.md").unwrap_err().contains("no kind of challenge"));
    assert!(of("design", "A b", "brief.md").unwrap_err().contains("no id"));
    assert!(of("design", "a-b", "notes.md").unwrap_err().contains("does not belong"));
    assert!(of("drill", "a-b", "answers/weak.md").unwrap_err().contains("does not belong"));
    let many = Folder::of("design", "a-b", (0..100).map(|n| (format!("brief{n}.md"), "x")));
    assert!(many.is_err_and(|faults| faults.iter().any(|f| f.says.contains("at most"))));
    let folder = of("design", "a-b", "brief.md").unwrap();
    let faults = Challenge::read(&folder).unwrap_err();
    assert!(faults.iter().any(|fault| fault.file == "challenge.toml" && fault.says.contains("missing")), "{faults:?}");
}

#[test]
fn forms_give_every_file_of_the_library_back() {
    let (mut apart, mut whole) = (0, 0);
    for (path, text) in files() {
        let Some((_, file)) = path.rsplit_once('/') else { continue };
        let Some(sheet) = challenge::sheet::of(file) else { continue };
        whole += 1;
        // What has comments stays a text.
        let Some(filled) = challenge::sheet::read(&sheet, &text) else { continue };
        apart += 1;
        let again = challenge::sheet::write(&sheet, &filled);
        let read = challenge::sheet::read(&sheet, &again).unwrap();
        let fields = |filled: &challenge::sheet::Filled| filled.rows.iter().map(|row| row.fields.clone()).collect::<Vec<_>>();
        assert_eq!((filled.head.fields.clone(), fields(&filled), &filled.rest), (read.head.fields.clone(), fields(&read), &read.rest), "{path}");
    }
    assert!(apart * 10 >= whole * 9, "{apart} of {whole} are forms");
    let parts = |path: &str| path.splitn(3, '/').map(str::to_owned).collect::<Vec<_>>();
    let mut rewritten: std::collections::BTreeMap<(String, String), Vec<(String, String)>> = std::collections::BTreeMap::new();
    for (path, text) in files() {
        let [kind, id, file] = parts(&path).try_into().unwrap_or_default();
        let sheet = challenge::sheet::of(&file);
        let text = sheet.and_then(|sheet| Some(challenge::sheet::write(&sheet, &challenge::sheet::read(&sheet, &text)?))).unwrap_or(text);
        if !file.is_empty() {
            rewritten.entry((kind, id)).or_default().push((file, text));
        }
    }
    for ((kind, id), files) in rewritten {
        let faults = lint::lint(&Folder::of(&kind, &id, files).unwrap(), &[]);
        assert!(faults.is_empty(), "{kind}/{id}: {faults:?}");
    }
}
