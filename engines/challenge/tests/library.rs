//! The library holds: every challenge in it can be read and has nothing wrong with it.

#![allow(clippy::unwrap_used)]

mod house;

use challenge::{
    Answer, Challenge, Fault, Folder, Kind, lint,
    read::{Fact, Limits, Own, Strategy, Worth},
};
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

/// What somebody writes who wants to hide something, or to keep the house busy.
#[test]
fn what_does_not_show_or_has_no_end_is_refused() {
    let with = |kind: &str, file: &'static str, from: &'static str, to: String| {
        changed(kind, move |path, text| Some(if path == file { text.replacen(from, &to, 1) } else { text }))
    };
    for (hidden, says) in [(r"\u0000", "(U+0000)"), (r"\u001b", "(U+001B)"), (r"\u202e", "(U+202E)"), (r"\r", "(U+000D)")] {
        only(&with("drill", "challenge.toml", "title = \"", format!("title = \"{hidden}")), "challenge.toml", says);
        only(&with("strategy", "facts.toml", "says = \"", format!("says = \"{hidden}")), "facts.toml", says);
    }
    only(&with("design", "marks.toml", "[weak.", "[weak.\"\\u0007\"]\n[weak.".into()), "marks.toml", "(U+0007)");
    only(&with("design", "brief.md", "the", "the\u{202e}".into()), "brief.md", "(U+202E)");
    only(&with("design", "brief.md", "the", "[map](C:/maps?of=http://x)".into()), "brief.md", "climbs out");
    only(&with("drill", "challenge.toml", "title = \"", format!("title = \"{}", "long ".repeat(40))), "challenge.toml", "one line of at most 100");
    only(&with("drill", "challenge.toml", "summary = \"", format!("summary = \"two{}lines", r"\n")), "challenge.toml", "one line of at most 300");
    only(&with("strategy", "facts.toml", "says = \"", format!("says = \"{}", "a".repeat(4_001))), "facts.toml", "more than 4000 letters");
    let fact = |n: usize| {
        format!(
            "[[facts]]\nid = \"f{n}\"\nsays = \"x\"\ntext = \"y\"\nsource = \"invented\"\nlicence = \"invented\"\nwords = [\"x\"]\nhidden = true\n\n"
        )
    };
    let many: String = (0..61).map(fact).collect();
    only(&with("strategy", "facts.toml", "[[facts]]", format!("{many}[[facts]]")), "facts.toml", "60 at most are read");
    let words = format!("words = [{}", "\"w\", ".repeat(41));
    only(&with("strategy", "facts.toml", "words = [", words), "facts.toml", "40 at most are read");
    let idle = |n: usize| format!("unknown{n} = 1\n");
    let faults = with("design", "challenge.toml", "level = ", format!("{}level = ", (0..900).map(idle).collect::<String>()));
    assert_eq!(faults.len(), 200, "nobody mends more before they look again");
    let long = changed("design", |path, text| Some(if path == "brief.md" { text + &"word ".repeat(12_000) } else { text }));
    only(&long, "brief.md", "50000 at most can be read");
}

/// Whatever is pasted into a case or an answer: a table of figures, a list without end.
#[test]
fn what_is_pasted_in_is_looked_through_to_a_bound() {
    let figures = |from: u32| (0..6_000).map(|n| (from + 7 * n).to_string()).collect::<Vec<_>>().join(" ");
    let fact = Fact { source: "The warehouse".into(), ..Fact::new("table", "A table", Worth::Text(figures(1_003))) };
    let own = Own::Strategy(Strategy { limits: Limits::default(), competitors: vec![], exhibits: vec!["table".into()] });
    let challenge = Challenge::of_work(own, "Where from here?", "", vec![fact]);
    let points = |word: &str| (0..2_000).map(|n| format!("- {word}{n}\n")).collect::<String>();
    let text = format!("## Diagnosis\n{}\n## Actions\n{}\n## Not doing\n{}\n", figures(900_001), points("build"), points("leave"));
    let found = challenge.findings(&Answer::read(Kind::Strategy, &text));
    let of = |check: &str| found.iter().find(|found| found.check == check).unwrap();
    assert!(of("worked out").words.len() + of("contradicts none").words.len() <= 200);
    assert!(of("actions").says.contains("200"), "{}", of("actions").says);
}

#[test]
fn a_case_that_cannot_be_told_is_refused() {
    let with = |file: &'static str, from: &'static str, to: &'static str| {
        changed("rootcause", move |path, text| Some(if path == file { text.replacen(from, to, 1) } else { text }))
    };
    // With a handful of people all that is seen is chance.
    only(&with("case.toml", "base = ", "base = 7 # "), "case.toml", "no one solution");
    let many = |name: &str| {
        let values: Vec<String> = (0..6).map(|n| format!("v{n} = {}", if n == 0 { "0.5" } else { "0.1" })).collect();
        format!("[[dimensions]]\nname = \"{name}\"\nvalues = {{ {} }}\n\n", values.join(", "))
    };
    let more = format!("{}{}[[dimensions]]", many("zq"), many("zr"));
    let faults = changed("rootcause", |path, text| Some(if path == "case.toml" { text.replacen("[[dimensions]]", &more, 1) } else { text }));
    assert!(faults.iter().any(|fault| fault.file == "case.toml" && fault.says.contains("can be told apart")), "{faults:?}");
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
