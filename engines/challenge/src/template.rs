//! What a new challenge begins with: every file of its kind, with a word where something is to be written. The linter finds
//! each of these words, so what is left to do is what it says.

use crate::{kind::Kind, sheet::quoted};
use std::fmt::Write;

/// Stands where something is to be written; the linter calls it unfinished.
const OPEN: &str = "TODO";

/// The files of a new challenge.
pub fn template(kind: Kind, title: &str, author: &str) -> Vec<(&'static str, String)> {
    let mut files = vec![];
    for path in kind.files() {
        let text = match *path {
            "challenge.toml" => head(kind, title, author),
            "brief.md" => brief(kind).to_owned(),
            "facts.toml" if kind == Kind::Drill => continue,
            "facts.toml" => facts(kind),
            "rubric.toml" => rubric(kind),
            "marks.toml" => marks(kind),
            "probes.toml" => probes(kind),
            "case.toml" => CASE.to_owned(),
            "debrief.md" => DEBRIEF.to_owned(),
            _ => answer(kind),
        };
        files.push((*path, text));
    }
    files
}

fn head(kind: Kind, title: &str, author: &str) -> String {
    let skill = kind.skills().first().copied().unwrap_or_default();
    let minutes = if kind == Kind::Drill { 4 } else { 25 };
    let mut text = format!(
        "kind = \"{}\"\ntitle = {}\nsummary = \"{OPEN}: one sentence for the list, without the answer.\"\nlevel = 2\nminutes = {minutes}\nskills = [\"{skill}\"]\nauthor = {}\n\n",
        kind.name(),
        quoted(title),
        quoted(author),
    );
    text += match kind {
        Kind::Guesstimate => GUESSTIMATE,
        Kind::Strategy => STRATEGY,
        Kind::Design => DESIGN,
        Kind::Drill => DRILL,
        Kind::RootCause => "",
    };
    text.truncate(text.trim_end().len());
    text + "\n"
}

const GUESSTIMATE: &str = r#"[question]
ask = "TODO: how many …?"
unit = "people"

[reference]
value = 1000
low = 500
high = 2000
how = "built"

[[routes]]
name = "TODO: from …"
model = """
groups = 90 to 110
answer = groups * (9 to 11 people)   -- TODO: where each figure is from
"""

[[routes]]
name = "TODO: from …, independent of the first"
model = """
town = 18k to 22k people
answer = town * (4 % to 6 %)   -- TODO: where each figure is from
"""

[[factors]]
tag = "TODO: what a good tree has in it"
words = ["group"]
[[factors]]
tag = "TODO: another"
words = ["town"]
[[factors]]
tag = "TODO: a third"
words = ["share"]

[[switches]]
name = "TODO: what has to be settled about the question"
words = ["year"]
taken = "TODO: how it is read here"
factor = 2
[[switches]]
name = "TODO: another"
words = ["home"]
taken = "TODO: how it is read here"
factor = 1.5
"#;

const STRATEGY: &str = r#"[limits]
budget = 100000
people = 4
months = 12

[[competitors]]
name = "TODO: an invented name"

[[exhibits]]
fact = "first"
[[exhibits]]
fact = "second"
[[exhibits]]
fact = "third"
[[exhibits]]
fact = "fourth"
"#;

const DESIGN: &str = r#"[[segments]]
name = "TODO: people, by what they do"
words = ["parent"]
[[segments]]
name = "TODO: others"
words = ["driver"]
[[segments]]
name = "TODO: a third group"
words = ["guest"]

[[exhibits]]
fact = "first"
"#;

const DRILL: &str = r#"[question]
ask = "TODO: what is …?"
type = "number"

[answer]
value = 10
low = 9
high = 11
unit = "%"
"#;

fn brief(kind: Kind) -> &'static str {
    match kind {
        Kind::Guesstimate => "TODO: who asks, and what hangs on the answer. The question itself may stand here, too.\n",
        Kind::RootCause => "TODO: whose figures they are, what fell, by how much, and since when.\n",
        Kind::Drill => "TODO: a short situation with all the figures that it takes.\n",
        _ => "TODO: who you are, what is the matter, and what is asked of you. Invented firms have invented names.\n",
    }
}

const DEBRIEF: &str = "TODO: what a strong answer sees, how the reference comes about, the usual mistakes, and one drill to go on with, by its id, as here.\n\nGo on with `points-or-per-cent`.\n";

fn facts(kind: Kind) -> String {
    let mut text = String::new();
    let (ids, hidden): (&[&str], bool) = match kind {
        Kind::Strategy => (&["first", "second", "third", "fourth"], false),
        Kind::Design => (&["first"], false),
        _ => (&["first"], true),
    };
    for (n, id) in ids.iter().enumerate() {
        let _ = write!(
            text,
            "{}[[facts]]\nid = \"{id}\"\nsays = \"TODO: what it is\"\nvalue = {}\nunit = \"\"\nyear = 2025\nsource = \"invented\"\nlicence = \"invented\"\nwords = [\"{id}\"]\n{}",
            if n > 0 { "\n" } else { "" },
            n + 101,
            if hidden { "hidden = true\n" } else { "" },
        );
    }
    text
}

/// Rows that the checks know, with their weights.
fn rows(kind: Kind) -> &'static [(&'static str, &'static str, u8)] {
    match kind {
        Kind::Guesstimate => &[
            ("scope", "Scope", 15),
            ("structure", "Structure", 25),
            ("assumptions", "Assumptions", 20),
            ("second-way", "Second way", 15),
            ("interval", "Interval", 15),
            ("answer", "Answer", 10),
        ],
        Kind::Strategy => &[
            ("problem", "The problem", 10),
            ("diagnosis", "Diagnosis", 20),
            ("market", "Market and competition", 10),
            ("options", "Options", 15),
            ("policy", "Choice and policy", 15),
            ("actions", "Actions", 10),
            ("risks", "Risks", 10),
            ("measures", "Measures", 10),
        ],
        Kind::Design => &[
            ("goal", "Goal", 10),
            ("users", "Users", 20),
            ("needs", "Needs", 20),
            ("solutions", "Solutions", 15),
            ("prioritisation", "Prioritisation", 15),
            ("trade-offs", "Trade-offs", 10),
            ("measures", "Measures", 10),
        ],
        Kind::RootCause => &[
            ("clarity", "Clarity of the question", 10),
            ("hypotheses", "Hypotheses", 15),
            ("data-check", "Data check", 10),
            ("narrowing", "Narrowing", 20),
            ("cause", "Cause", 20),
            ("ruled-out", "Ruled out", 15),
            ("action", "Action", 10),
        ],
        Kind::Drill => &[],
    }
}

fn rubric(kind: Kind) -> String {
    let mut text = String::new();
    for (n, (id, name, weight)) in rows(kind).iter().enumerate() {
        let _ = write!(
            text,
            "{}[[rows]]\nid = \"{id}\"\nname = \"{name}\"\nweight = {weight}\nweak = \"TODO: what a weak answer shows.\"\nmiddling = \"TODO: what a middling answer shows.\"\nstrong = \"TODO: what a strong answer shows.\"\n",
            if n > 0 { "\n" } else { "" },
        );
    }
    text
}

fn marks(kind: Kind) -> String {
    let mut text = String::new();
    for (answer, level) in [("weak", 2), ("middling", 3), ("strong", 4)] {
        for (id, ..) in rows(kind) {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = write!(text, "{gap}[{answer}.{id}]\nlevel = {level}\nquote = \"TODO: words of that answer\"\nwhy = \"TODO: why.\"\n");
        }
    }
    text
}

fn probes(kind: Kind) -> String {
    let mut text = String::from("opening = \"TODO: how the interviewer begins.\"\n");
    for heading in kind.headings().iter().take(4) {
        let _ = write!(
            text,
            "\n[[probes]]\nwhen = \"{}\"\nsay = \"TODO: a question that gives nothing away?\"\nhint = \"TODO: a nudge.\"\n",
            heading.to_lowercase()
        );
    }
    text
}

fn answer(kind: Kind) -> String {
    let mut text = String::new();
    for heading in kind.headings() {
        let own = match (kind, *heading) {
            (Kind::Guesstimate, "Model") => "```\nanswer = 900 to 1100 people   -- TODO\n```",
            (Kind::Guesstimate, "Interval") => "900 to 1100",
            (Kind::Design, "Prioritisation") => {
                "| Solution | Value | Effort | Confidence |\n|---|---|---|---|\n| TODO: one | 4 | 2 | 70 % |\n| TODO: another | 3 | 4 | 50 % |"
            }
            (Kind::RootCause, "Cuts") => "- visit by device",
            (Kind::RootCause, "Confidence") => "70 %",
            (_, "Assumptions" | "Options" | "Actions" | "Risks") => "- TODO",
            _ => OPEN,
        };
        let _ = write!(text, "{}## {heading}\n{own}\n", if text.is_empty() { "" } else { "\n" });
    }
    text
}

const CASE: &str = r#"metric = "paid orders"
period = "TODO: the week from …"
compared = "TODO: the four weeks before"
data_check = "TODO: what a look at the data's quality tells."

[[steps]]
name = "visit"
share = 1.0
base = 120000
[[steps]]
name = "view"
share = 0.6
[[steps]]
name = "pay"
share = 0.1

[[dimensions]]
name = "device"
values = { phone = 0.6, desktop = 0.3, tablet = 0.1 }
[[dimensions]]
name = "country"
values = { Poland = 0.4, Germany = 0.35, France = 0.25 }
[[dimensions]]
name = "channel"
values = { search = 0.5, mail = 0.3, direct = 0.2 }

[cause]
step = "pay"
where = { device = "phone", country = "Poland" }
severity = 0.4
mechanism = "release"
day = 3

[[decoys]]
what = "TODO: something that happened and did little"
where = { device = "desktop" }
severity = 0.02
step = "pay"

[[evidence]]
source = "release log"
text = "TODO"
speaks = "for"
[[evidence]]
source = "support tickets"
text = "TODO"
speaks = "for"
[[evidence]]
source = "campaign calendar"
text = "TODO"
speaks = "against"
[[evidence]]
source = "last year"
text = "TODO"
speaks = "neither"

[action]
fix = "TODO"
prevent = "TODO"
watch = "TODO"
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Challenge, Folder, lint, sheet};

    #[test]
    fn what_a_template_leaves_open_is_all_that_is_wrong_with_how_it_is_written() {
        for kind in Kind::ALL {
            let files = template(kind, "A \"new\" one", "Ines");
            let folder = Folder::of(kind.name(), "new", files.clone()).unwrap();
            let read = Challenge::read(&folder).unwrap_or_else(|faults| panic!("{}: {faults:?}", kind.name()));
            assert_eq!(read.title, "A \"new\" one");
            assert!(lint::lint(&folder, &[]).iter().any(|fault| fault.says.contains("unfinished")), "{}", kind.name());
            for (path, text) in files {
                if let Some(sheet) = sheet::of(path) {
                    assert!(sheet::read(&sheet, &text).is_some(), "{} {path} is no form", kind.name());
                }
            }
        }
    }
}
