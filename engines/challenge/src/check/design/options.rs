//! Solutions, the table of priorities, what is given up, and the summary.

use super::segments;
use crate::{
    Challenge,
    answer::{Rated, rated, table},
    check::{
        Found, Read,
        strategy::likest,
        words::{CONDITIONS, amounts, covered, has, shown, so_many, stems, upto},
    },
    read::Design,
    text::count_words,
};
use scoring::method::Method;

pub(super) fn options(challenge: &Challenge, read: &Read, found: &mut Found) {
    let part = read.part("Solutions");
    let n = part.all_items.len();
    found.add("options", "options", upto(part.items.len(), 4), format!("There are {}.", so_many(part.items.len(), "solution")), shown(&part.items));
    let like = likest(&part.all_items);
    found.add(
        "options",
        "options differ",
        if part.items.len() < 2 { 0.0 } else { 1.0 - ((like - 0.1) / 0.5).clamp(0.0, 1.0) },
        format!("The two most alike have {:.0} % in common.", 100.0 * like),
        shown(&part.items),
    );
    // What all solutions have in common beyond the words of the case is what they are variations of.
    let brief = stems(&format!("{} {} {}", challenge.brief, read.part("Needs").text, read.part("Users").text));
    let mut common: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    part.all_items.iter().flat_map(|item| stems(item)).filter(|stem| !brief.contains(stem)).for_each(|stem| *common.entry(stem).or_default() += 1);
    let core = common.values().copied().max().unwrap_or(0) as f64 / n.max(1) as f64;
    found.add(
        "options",
        "no common core",
        if part.items.len() < 2 { 0.0 } else { 1.0 - ((core - 0.25) / 0.5).clamp(0.0, 1.0) },
        format!("{:.0} % of the solutions share one and the same word.", 100.0 * core),
        vec![],
    );
    const MEDIA: &[&str] =
        &["app", "screen", "website", "web page", "online", "portal", "push", "notification", "software", "digital", "dashboard", "chat"];
    let digital = part.all_items.iter().filter(|item| has(item, MEDIA)).count();
    found.add(
        "options",
        "not all of one kind",
        if part.items.is_empty() { 0.0 } else { 1.0 - ((digital as f64 / n as f64 - 0.4) / 0.6).clamp(0.0, 1.0) },
        format!("{digital} of {n} solutions are screens."),
        vec![],
    );
    let needs = stems(&read.part("Needs").text);
    let meeting = part.items.iter().map(|item| covered(&stems(item), &needs)).sum::<f64>() / n.max(1) as f64;
    found.add(
        "options",
        "options meet needs",
        (meeting * 2.5).min(1.0),
        format!("{:.0} % of their words are of the needs.", 100.0 * meeting),
        vec![],
    );
    let costed = part.items.iter().filter(|item| !amounts(item).is_empty()).count();
    found.add("options", "options figured", upto(costed, n.clamp(2, 4)), format!("{costed} of {n} solutions have a figure."), vec![]);
    let bold = part.with(&[
        "nothing",
        "no technology",
        "without",
        "abolish",
        "remove",
        "stop ",
        "instead",
        "no app",
        "change the rule",
        "rule",
        "person",
        "people",
        "by phone",
        "paper",
        "sign",
        "contract",
        "do away",
        "no longer",
    ]);
    found.add(
        "options",
        "one without technology",
        upto(bold.len(), 2),
        "Whether one of them takes something away, or needs no machine.",
        shown(&bold),
    );
    let weighed = part.with(&["but", "however", "only", "needs", "costs", "while", "does not", "though", "yet"]);
    found.add("options", "options weighed", upto(weighed.len(), n.clamp(2, 4)), "Whether they have their drawbacks.", shown(&weighed));
}

/// Score of a row by the method that is used at work: value × confidence / effort.
fn score(row: &Rated) -> f64 {
    Method::Rice.score(&[1.0, row.value, row.confidence.max(0.01), row.effort]).unwrap_or(0.0)
}

pub(super) fn prioritisation(read: &Read, found: &mut Found) {
    let raw = read.answer.part("Prioritisation");
    let mut rows: Vec<Rated> = table(raw).iter().filter_map(|row| rated(row)).collect();
    let mut seen = std::collections::BTreeSet::new();
    rows.retain(|row| seen.insert(row.solution.to_lowercase()));
    let part = read.part("Prioritisation");
    let solutions = read.part("Solutions");
    let n = solutions.all_items.len();
    let names: Vec<_> = rows.iter().map(|row| stems(&row.solution)).filter(|name| !name.is_empty()).collect();
    let in_table = |item: &String| {
        let own = stems(item);
        names.iter().any(|name| covered(name, &own) >= 0.5)
    };
    let complete = solutions.items.iter().filter(|item| in_table(item)).count();
    found.add(
        "prioritisation",
        "all in the table",
        upto(complete, n.max(2)),
        format!("{complete} of {n} solutions stand in the table."),
        rows.iter().map(|r| r.solution.clone()).collect(),
    );
    let spread = |of: fn(&Rated) -> f64| {
        let values: Vec<f64> = rows.iter().map(of).collect();
        let (low, high) = (values.iter().copied().fold(f64::INFINITY, f64::min), values.iter().copied().fold(0.0, f64::max));
        if values.len() < 2 { 0.0 } else { high - low }
    };
    found.add("prioritisation", "values differ", (spread(|r| r.value) / 3.0).min(1.0), "How far the values lie apart.", vec![]);
    found.add("prioritisation", "efforts differ", (spread(|r| r.effort) / 3.0).min(1.0), "How far the efforts lie apart.", vec![]);
    found.add("prioritisation", "confidences differ", (spread(|r| r.confidence) / 0.4).min(1.0), "How far the confidences lie apart.", vec![]);
    let sure = rows.iter().map(|r| r.confidence).sum::<f64>() / rows.len().max(1) as f64;
    found.add(
        "prioritisation",
        "not too sure",
        if rows.len() < 2 { 0.0 } else { 1.0 - ((sure - 0.6) / 0.3).clamp(0.0, 1.0) },
        format!("Confidence is {:.0} % on average.", 100.0 * sure),
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
    let argued = part.with(&[
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
    found.add("prioritisation", "ranking argued", upto(argued.len(), 2), "Whether the ranking is argued below the table.", shown(&argued));
    let figures = amounts(&part.text).len();
    found.add("prioritisation", "ranking worked out", upto(figures, 2), format!("{} below the table.", so_many(figures, "figure stands")), vec![]);
    let doubts = part.with(&["sure", "confidence", "tested", "asked", "not known", "know", "evidence", "trial", "guess", "data"]);
    found.add("prioritisation", "confidence explained", upto(doubts.len(), 1), "Whether it says where the confidence comes from.", shown(&doubts));
    let clear = ranked.len() > 1 && score(ranked[0]) > 1.1 * score(ranked[1]);
    found.add("prioritisation", "ranking is clear", f64::from(u8::from(clear)), "Whether the first is clearly before the second.", vec![]);
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

pub(super) fn trade_offs(own: &Design, read: &Read, found: &mut Found) {
    let part = read.part("Trade-offs");
    let worse = part.with(&[
        "worse",
        "lose",
        "give up",
        "gave up",
        "cost",
        "wait longer",
        "burden",
        "at the expense",
        "pay for",
        "harder",
        "suffer",
        "less ",
        "longer",
        "slower",
        "no longer",
        "accept",
        "extra work",
        "miss",
    ]);
    found.add(
        "trade-offs",
        "what is given up",
        upto(worse.len(), 2),
        format!("{} what is given up.", so_many(worse.len(), "sentence says")),
        shown(&worse),
    );
    let whom = segments(own, &part.text);
    found.add(
        "trade-offs",
        "for whom",
        upto(whom.len(), 2),
        format!("{} there.", so_many(whom.len(), "group of people is named")),
        whom.iter().map(|s| s.name.clone()).collect(),
    );
    let figures = amounts(&part.text).len();
    found.add("trade-offs", "trade-offs figured", upto(figures, 2), format!("{} there.", so_many(figures, "figure stands")), vec![]);
    let risk = part.with(CONDITIONS);
    found.add("trade-offs", "risks", upto(risk.len(), 2), format!("{} what happens if.", so_many(risk.len(), "sentence says")), shown(&risk));
    let answer = part.with(&[
        "therefore",
        "so we",
        "we will",
        "instead",
        "stop",
        "limit",
        "until",
        "only",
        "back",
        "by ",
        "fallback",
        "prevent",
        "keep",
        "check",
        "test",
    ]);
    found.add("trade-offs", "what is done about it", upto(answer.len(), 2), "Whether it says what is done about it.", shown(&answer));
    let hollow = part.ever_with(&[
        "no real",
        "no trade",
        "none",
        "everyone wins",
        "acceptable",
        "small",
        "minor",
        "over time",
        "get used",
        "hardly",
        "worth it",
        "manageable",
        "some time",
        "some effort",
    ]);
    found.add(
        "trade-offs",
        "not hollow",
        part.said() * (1.0 - upto(hollow.len(), 2)),
        format!("{} it away.", so_many(hollow.len(), "sentence waves")),
        shown(&hollow),
    );
}

pub(super) fn summary(own: &Design, read: &Read, found: &mut Found) {
    let part = read.part("Summary");
    let words = count_words(&part.text);
    found.add("summary", "summary short", if (10..=110).contains(&words) { 1.0 } else { 0.4 }, format!("The summary has {words} words."), vec![]);
    let whom = segments(own, &part.text);
    found.add(
        "summary",
        "summary names users",
        upto(whom.len(), 1),
        "Whether it names whom it is for.",
        whom.iter().map(|s| s.name.clone()).collect(),
    );
    let need = covered(&stems(&part.text), &stems(&read.part("Needs").text));
    found.add("summary", "summary names needs", (3.0 * need).min(1.0), format!("{:.0} % of its words are of the needs.", 100.0 * need), vec![]);
    let solution = covered(&stems(&part.text), &stems(&read.part("Solutions").text));
    found.add(
        "summary",
        "summary names solution",
        (3.0 * solution).min(1.0),
        format!("{:.0} % of its words are of the solutions.", 100.0 * solution),
        vec![],
    );
    let figures = amounts(&part.text).len();
    found.add("summary", "summary figured", upto(figures, 1), format!("{} in it.", so_many(figures, "figure stands")), shown(&part.sentences));
}
