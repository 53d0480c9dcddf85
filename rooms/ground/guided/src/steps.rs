//! The parts of an answer: what is asked for in each, and how they become the text that is checked.

use challenge::Kind;
use std::collections::BTreeMap;

/// A part of an answer.
#[derive(Debug)]
pub struct Step {
    pub key: &'static str,
    pub name: &'static str,
    pub hint: &'static str,
    pub rows: u8,
    /// What is asked for at work, where that is something else.
    pub at_work: &'static str,
    /// What stands in it to be filled in, where that is a table.
    pub begins: &'static str,
}

const fn step(key: &'static str, name: &'static str, rows: u8, hint: &'static str) -> Step {
    Step { key, name, hint, rows, at_work: "", begins: "" }
}

/// One whose hint is another at work, where facts are linked and options are things that are scored.
const fn other(at_work: &'static str, step: Step) -> Step {
    Step { at_work, ..step }
}

/// A table to be filled in: its head, and a row for each of a few solutions.
const TABLE: &str = "| Solution | Value 1–5 | Effort 1–5 | Confidence % |\n|---|---|---|---|\n|  |  |  |  |\n|  |  |  |  |\n|  |  |  |  |\n";

/// One that begins with it.
const fn tabled(step: Step) -> Step {
    Step { begins: TABLE, ..step }
}

const GUESSTIMATE: &[Step] = &[
    step("scope", "Scope", 3, "What counts and what doesn’t, and what another reading would change."),
    step(
        "model",
        "Model",
        10,
        "In the language of estimates, a line for each quantity: riders = 40k to 60k people. The last line is answer = … in the unit asked for. Behind -- stands where a guess comes from.",
    ),
    step("second_way", "Second way", 5, "Another road to the same figure, from other quantities, as a model or in words."),
    step("assumptions", "Assumptions", 5, "A list: what you took for granted, why, and which of it you trust least."),
    step("answer", "Answer", 2, "One or two sentences for whoever asked."),
];

const STRATEGY: &[Step] = &[
    step("goal", "Goal", 2, "One measurable goal, with a day."),
    other(
        "What is really the matter, from what it rests on.",
        step("diagnosis", "Diagnosis", 6, "What is really the matter, from the figures of the case."),
    ),
    step("options", "Options", 6, "A list of ways that differ from one another."),
    step("criteria", "Criteria", 4, "By what they are compared."),
    step("choice", "Choice", 5, "Which, and why, by these criteria."),
    step("actions", "Actions", 6, "A list: what is done, when, by how many people, for how much."),
    step("not_doing", "Not doing", 4, "What is left out, and what that costs."),
    step("risks", "Risks", 5, "What may go wrong, how one would see it early, and when one turns back."),
    step("measures", "Measures", 5, "From where to where, by when; and what must not get worse."),
];

const DESIGN: &[Step] = &[
    step("goal", "Goal", 3, "What should be better for whom, and how one would see it."),
    step("users", "Users", 5, "Groups by what they do, one of them chosen, with a reason."),
    step(
        "needs",
        "Needs and pain points",
        5,
        "What these people are trying to get done, or suffer from; most important first. Also of those who are left out easily: who sees, hears, moves or reads less well, or has no telephone.",
    ),
    step("solutions", "Solutions", 7, "A list of ways that differ, each for a need; say how those who are left out easily can use it."),
    other(
        "Why the first is first: what the scores of the solutions rest on, and how sure they are.",
        tabled(step(
            "prioritisation",
            "Prioritisation",
            7,
            "A line of the table for each solution, its cells between the strokes: | A call back | 4 | 2 | 70 % |. Below it why the first is first.",
        )),
    ),
    step("trade_offs", "Trade-offs", 4, "What the choice gives up, and for whom."),
    step("measures", "Measures", 4, "How one will know, from where to where, by when."),
    step("summary", "Summary", 3, "Two or three sentences for somebody in a hurry."),
];

const ROOT_CAUSE: &[Step] = &[
    step("hypotheses", "Hypotheses", 5, "Before you cut: what could it be, inside and outside, and what would one see?"),
    step("cause", "What happened", 4, "The mechanism, in your words, with figures from your cuts."),
    step("ruled_out", "Ruled out", 4, "What it is not, and which figure says so."),
    step("action", "What is to be done", 4, "Mend it now, keep it from coming back, and watch."),
];

/// The parts of an answer of a kind, in their order.
pub fn steps(of: Kind) -> &'static [Step] {
    match of {
        Kind::Guesstimate => GUESSTIMATE,
        Kind::Strategy => STRATEGY,
        Kind::Design => DESIGN,
        Kind::RootCause => ROOT_CAUSE,
        Kind::Drill => &[],
    }
}

/// Every part that an answer of a discipline may have, besides those that are written.
pub fn chosen(of: Kind) -> &'static [&'static str] {
    match of {
        Kind::Guesstimate => &["low", "high"],
        Kind::RootCause => &["nature", "step", "first", "second", "other_step", "other_first", "other_second", "confidence"],
        _ => &[],
    }
}

/// The heading of a part: `not_doing` is “Not doing”.
fn key(heading: &str) -> String {
    heading.to_lowercase().replace([' ', '-'], "_")
}

/// The answer as a text with the headings of its kind. `parts` has what is chosen as text already.
pub fn text(kind: Kind, parts: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    for heading in kind.headings() {
        let own = parts.get(&key(heading)).map_or("", String::as_str);
        let own = match (kind, *heading) {
            (Kind::Design, "Prioritisation") => filled(own),
            (Kind::Guesstimate, "Model") => fenced(own),
            (Kind::Guesstimate, "Second way") if challenge::computed(own, "").is_ok() => fenced(own),
            _ => own.to_owned(),
        };
        // A heading within a part would be taken for one of the answer’s.
        let own = own.replace("\n## ", "\n### ");
        out += &format!("## {heading}\n{}\n\n", own.strip_prefix("## ").unwrap_or(&own));
    }
    out
}

/// A table without the rows in which nothing was filled in.
fn filled(table: &str) -> String {
    let is_bare = |line: &str| line.contains('|') && line.chars().all(|c| c == '|' || c.is_whitespace());
    table.lines().filter(|line| !is_bare(line)).collect::<Vec<_>>().join("\n")
}

fn fenced(model: &str) -> String {
    if model.trim().is_empty() || model.contains("```") { model.to_owned() } else { format!("```\n{model}\n```") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_become_the_text_that_is_checked() {
        let parts = [("scope", "All.\n## Model\nx"), ("model", "answer = 3 to 4"), ("interval", "3 to 4")];
        let parts = parts.map(|(key, text)| (key.to_owned(), text.to_owned())).into();
        let text = text(Kind::Guesstimate, &parts);
        let read = challenge::Answer::read(Kind::Guesstimate, &text);
        assert_eq!(read.faults(), Vec::<String>::new());
        assert!(read.part("Model").starts_with("```\nanswer = 3 to 4\n```") && read.part("Scope").contains("### Model"), "{text}");
    }

    #[test]
    fn rows_that_nobody_filled_in_are_no_solutions() {
        let step = steps(Kind::Design).iter().find(|step| step.key == "prioritisation").unwrap();
        let table = step.begins.replacen("|  |  |  |  |", "| A call back | 4 | 2 | 70 % |", 1);
        let text = text(Kind::Design, &[("prioritisation".to_owned(), table)].into());
        assert!(text.contains("| A call back | 4 | 2 | 70 % |") && text.contains("|---|") && !text.contains("|  |"), "{text}");
    }

    #[test]
    fn every_heading_has_a_part() {
        for of in Kind::ALL {
            let known: Vec<&str> = steps(of).iter().map(|step| step.key).collect();
            for heading in of.headings() {
                let made = matches!((of, *heading), (Kind::Guesstimate, "Interval") | (Kind::RootCause, "Cuts" | "Confidence"));
                assert!(made || known.contains(&key(heading).as_str()), "{} {heading}", of.name());
            }
        }
    }
}
