//! The table of priorities, and whether it is followed.

use crate::{
    answer::{Rated, rated, table},
    check::{
        Found, Read,
        sense::either,
        words::{amounts, covered, has, shown, so_many, stems, upto},
    },
};
use scoring::method::Method;

/// Score of a row by the method that is used at work: value × confidence / effort.
fn score(row: &Rated) -> f64 {
    Method::Rice.score(&[1.0, row.value, row.confidence.max(0.01), row.effort]).unwrap_or(0.0)
}

pub(super) fn prioritisation(read: &Read, found: &mut Found) {
    let raw = read.answer.part("Prioritisation");
    let lines = table(raw);
    let mut rows: Vec<Rated> = lines.iter().filter_map(|row| rated(row)).collect();
    let unread: Vec<String> = lines.iter().filter(|row| rated(row).is_none()).filter_map(|row| row.first()).map(|name| format!("“{name}”")).collect();
    let mut seen = std::collections::BTreeSet::new();
    rows.retain(|row| seen.insert(row.solution.to_lowercase()));
    let part = read.part("Prioritisation");
    let solutions = read.part("Solutions");
    let n = solutions.all_items.len();
    let named: Vec<_> = rows
        .iter()
        .map(|row| {
            let short: Vec<&str> = row.solution.split_whitespace().filter(|word| word.chars().count() > 2).collect();
            (label(&row.solution), stems(&row.solution), short)
        })
        .collect();
    let in_table = |item: &String| {
        let (letter, own) = (label(item), stems(item));
        named.iter().any(|(label, name, short)| {
            label.is_some() && *label == letter
                || !name.is_empty() && covered(name, &own) >= 0.5
                || name.is_empty() && !short.is_empty() && short.iter().all(|word| has(item, &[word]))
        })
    };
    let (inside, outside): (Vec<&String>, Vec<&String>) = solutions.items.iter().partition(|item| in_table(item));
    let complete = inside.len();
    let says = match (outside.is_empty(), unread.is_empty()) {
        (_, false) => format!(
            "{complete} of {n} solutions stand in the table; the line {} cannot be read: value and effort are from 1 to 5, confidence a percentage.",
            unread.join(", ")
        ),
        (true, true) => format!("{complete} of {n} solutions stand in the table."),
        (false, true) => format!("{complete} of {n} solutions stand in the table; these do not."),
    };
    found.add("prioritisation", "all in the table", upto(complete, n.max(2)), says, shown(&outside));
    let spread = |of: fn(&Rated) -> f64| {
        let values: Vec<f64> = rows.iter().map(of).collect();
        let (low, high) = (values.iter().copied().fold(f64::INFINITY, f64::min), values.iter().copied().fold(0.0, f64::max));
        if values.len() < 2 { 0.0 } else { high - low }
    };
    found.add("prioritisation", "values differ", (spread(|r| r.value) / 3.0).min(1.0), apart("Values", spread(|r| r.value), 3.0, ""), vec![]);
    found.add("prioritisation", "efforts differ", (spread(|r| r.effort) / 3.0).min(1.0), apart("Efforts", spread(|r| r.effort), 3.0, ""), vec![]);
    found.add(
        "prioritisation",
        "confidences differ",
        (spread(|r| r.confidence) / 0.4).min(1.0),
        apart("Confidences", 100.0 * spread(|r| r.confidence), 40.0, " %"),
        vec![],
    );
    let sure = rows.iter().map(|r| r.confidence).fold(0.0, |a, b| a + b) / rows.len().max(1) as f64;
    found.add(
        "prioritisation",
        "not too sure",
        if rows.len() < 2 { 0.0 } else { 1.0 - ((sure - 0.6) / 0.3).clamp(0.0, 1.0) },
        match rows.len() {
            0 => "No confidence can be read.".to_owned(),
            // What is a little above is no fault yet.
            _ if sure <= 0.695 => format!("Confidence is {:.0} % on average, which is honest of what nobody has tried.", 100.0 * sure),
            _ => format!("Confidence is {:.0} % on average, which is much of what nobody has tried; about 60 % is taken for honest.", 100.0 * sure),
        },
        vec![],
    );
    let mut ranked: Vec<&Rated> = rows.iter().collect();
    ranked.sort_by(|a, b| score(b).total_cmp(&score(a)));
    // Whom the summary, the trade-offs and the text below the table speak of is the choice.
    let said = format!("{}\n{}\n{}", part.text, read.part("Trade-offs").text, read.part("Summary").text);
    let chosen = chosen(&ranked, &read.part("Summary").text).or_else(|| chosen(&ranked, &said));
    let (share, says) = match chosen {
        Some(0) => (1.0, format!("The choice is first in its own table, by value × confidence / effort: “{}”.", ranked[0].solution)),
        Some(at) => (0.2, format!("The choice, “{}”, is number {} in its own table, behind “{}”.", ranked[at].solution, at + 1, ranked[0].solution)),
        None => (0.4, "It is not clear which row of the table was chosen.".to_owned()),
    };
    // The lines of the table argue nothing.
    let below: Vec<&str> = part.sentences.iter().map(String::as_str).filter(|sentence| !sentence.starts_with('|')).collect();
    let with = |words: &[&str]| -> Vec<&str> { below.iter().copied().filter(|sentence| has(sentence, words)).collect() };
    let argued = with(&[
        "although",
        "despite",
        "even though",
        "because",
        "but",
        "first",
        "exception",
        "before",
        "depends",
        "together",
        "needed for",
        "not the highest",
    ]);
    found.add("prioritisation", "choice is its ranking", if share < 1.0 && !argued.is_empty() { share + 0.3 } else { share }, says, vec![]);
    found.add(
        "prioritisation",
        "ranking argued",
        upto(argued.len(), 2),
        format!("{} for the ranking below the table, of 2 looked for.", so_many(argued.len(), "sentence speaks")),
        shown(&argued),
    );
    let figures = amounts(&below.join("\n")).len();
    found.add("prioritisation", "ranking worked out", upto(figures, 2), format!("{} below the table.", so_many(figures, "figure stands")), vec![]);
    let doubts = with(&["sure", "confidence", "tested", "asked", "not known", "know", "evidence", "trial", "guess", "data"]);
    found.add(
        "prioritisation",
        "confidence explained",
        upto(doubts.len(), 1),
        either(!doubts.is_empty(), "It says where the confidence comes from.", "It does not say where the confidence comes from."),
        shown(&doubts),
    );
    let clear = ranked.len() > 1 && score(ranked[0]) > 1.1 * score(ranked[1]);
    found.add(
        "prioritisation",
        "ranking is clear",
        f64::from(u8::from(clear)),
        either(clear, "The first is clearly before the second.", "The first is hardly before the second."),
        vec![],
    );
}

/// The row that a text speaks of most, by words that only this row has.
fn chosen(ranked: &[&Rated], text: &str) -> Option<usize> {
    let words = stems(text);
    let own = |at: usize| {
        let others: std::collections::BTreeSet<String> =
            ranked.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, row)| stems(&row.solution)).collect();
        let own: std::collections::BTreeSet<String> = stems(&ranked[at].solution).difference(&others).cloned().collect();
        covered(&own, &words)
    };
    let shares: Vec<f64> = (0..ranked.len()).map(own).collect();
    // Of several that are spoken of alike, the one that ranks first.
    let best = (0..shares.len()).rev().max_by(|a, b| shares[*a].total_cmp(&shares[*b]))?;
    (shares[best] >= 0.4).then_some(best)
}

/// “Values lie 3 apart; from 2 on …”.
fn apart(what: &str, spread: f64, full: f64, unit: &str) -> String {
    format!("{what} lie {spread:.0}{unit} apart, of {full:.0}{unit} looked for.")
}

/// The letter or number that a solution is called by: “A: …”, “B …”, “(c) …”.
fn label(text: &str) -> Option<char> {
    let text = text.trim_start_matches(['(', ' ', '*']);
    let mut letters = text.chars();
    let first = letters.next()?;
    let single = letters.next().is_some_and(|c| matches!(c, ':' | '.' | ')' | ' '));
    (single && first.is_ascii_uppercase() && !text.starts_with("A ") || single && text[first.len_utf8()..].starts_with([':', ')'])).then_some(first)
}
