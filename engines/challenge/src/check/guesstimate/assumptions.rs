//! What the model stands on, and what is said of it.

use super::{sources::Sources, verb};
use crate::{
    answer::interval,
    check::{
        Found, Read,
        words::{REASONS, has, shown, so_many, upto},
    },
    model::{Computed, facts_of},
    read::Fact,
    text::figures,
};

/// How people say from where they have a figure.
const SOURCES: &[&str] =
    &["fact", "brief", "asked", "ask", "case", "told", "source", "trial", "world bank", "statistic", "office", "report", "measured"];

/// How people say what they trust least, as the form asks.
const LEAST_SURE: &[&str] = &[
    "trust least",
    "least trust",
    "trusted least",
    "weak",
    "least sure",
    "least certain",
    "least known",
    "unsure",
    "not sure",
    "uncertain",
    "shak",
    "guess",
    "not known",
    "nobody knows",
    "do not know",
    "don't know",
    "doubt",
    "would change",
];

/// How people say which way something may be off.
const OFF: &[&str] = &[
    "too high",
    "too low",
    "too many",
    "too few",
    "too much",
    "too little",
    "higher",
    "lower",
    "understate",
    "overstate",
    "upward",
    "downward",
    "more than",
    "less than",
    "fewer than",
    "at most",
    "at least",
];

/// The same behind an “if”.
const MORE: &[&str] = &["more", "fewer", "less", "adds", " add", "smaller", "larger", "halve", "half", "double", "rises", "falls", "raises"];

/// Whether a note says from where a figure is: who told it, or how it was worked out.
fn sourced(note: &str) -> bool {
    let worked = note.contains('=') || figures(note).len() >= 2 && note.contains(['×', '*', '/', '+']);
    has(note, SOURCES) || worked
}

/// What the model itself shows of its guesses.
pub(super) fn guesses(used: &[&Fact], many: usize, model: &Computed, written: &str, found: &mut Found) {
    let lines = model.model.lines();
    let tree: std::collections::BTreeSet<usize> = model.model.tree(model.answer).into_iter().map(|(at, _)| at).collect();
    let grounds = model.grounds();
    let noted = grounds.iter().filter(|at| lines[**at].note.is_some()).count();
    let says = format!("{noted} of {} with a guess or a fact say where it comes from.", so_many(grounds.len(), "line"));
    found.add("assumptions", "notes", upto(noted, grounds.len()), says, vec![]);
    // By the id of a fact, or in words.
    let told = grounds.iter().filter_map(|at| lines[*at].note.as_deref()).filter(|note| sourced(note));
    let named = facts_of(written).len().max(told.count());
    let says = match named {
        0 => "No note says who told a figure, such as “brief”, “asked” or the id of a fact, or how it was worked out.".to_owned(),
        some => format!("{} who told the figure, or how it was worked out, of 2 looked for.", so_many(some, "note says")),
    };
    found.add("assumptions", "facts named", upto(named, 2), says, vec![]);
    let guesses = model.model.leaves().iter().filter(|leaf| tree.contains(&leaf.line)).count();
    found.add("assumptions", "ranges", upto(guesses, 4), format!("{} a range, of 4 looked for.", so_many(guesses, "guess has")), vec![]);
    let spreads: Vec<f64> = model
        .model
        .leaves()
        .iter()
        .filter(|leaf| tree.contains(&leaf.line))
        .map(|leaf| (leaf.distribution.quantile(0.95), leaf.distribution.quantile(0.05)))
        .filter(|(high, low)| *low > 0.0 && high > low)
        .map(|(high, low)| high / low)
        .collect();
    let fitting = spreads.iter().filter(|spread| (1.15..=12.0).contains(*spread)).count();
    found.add(
        "assumptions",
        "fitting ranges",
        upto(fitting, spreads.len().max(3)),
        format!("{fitting} of {} ranges say something: their upper end is 1.15 to 12 times the lower.", spreads.len()),
        vec![],
    );
    let odd = model
        .model
        .leaves()
        .iter()
        .filter(|leaf| tree.contains(&leaf.line))
        .filter(|leaf| {
            let high = leaf.distribution.quantile(0.95);
            let name = lines[leaf.line].name.to_lowercase();
            high < 0.0 || high > 1.0 && lines[leaf.line].unit.is_number() && ["share", "fraction", "part"].iter().any(|word| name.contains(word))
        })
        .count();
    found.add(
        "assumptions",
        "possible",
        if odd == 0 { 1.0 } else { 0.0 },
        format!("{} what cannot be (a share above 1, or below 0).", so_many(odd, "guess says")),
        vec![],
    );
    // What is looked up against what is guessed.
    let hidden = used.iter().filter(|fact| fact.hidden).count();
    let says = format!("{} in the model, {hidden} of them asked for.", so_many(used.len(), "fact stands"));
    found.add("assumptions", "facts used", upto(used.len(), many.clamp(1, 4)), says, used.iter().map(|f| f.id.clone()).collect());
}

/// What is said of them, whether the model computes or not.
pub(super) fn assumptions(sources: &Sources, written: &str, read: &Read, found: &mut Found) {
    let asked = sources.all().filter(|fact| fact.hidden).count();
    if asked > 0 {
        let everywhere = sources.used(written, read).iter().filter(|fact| fact.hidden).count();
        let used = if everywhere == 1 { "1 is".to_owned() } else { format!("{everywhere} are") };
        let says = format!("Of {} that had to be asked for, {used} used in the answer.", so_many(asked, "fact"));
        found.add("assumptions", "asked for", upto(everywhere, asked.clamp(1, 3)), says, vec![]);
    }
    let part = read.part("Assumptions");
    let reasoned: Vec<&String> = part.items.iter().filter(|item| has(item, REASONS)).collect();
    found.add(
        "assumptions",
        "reasons",
        upto(reasoned.len(), part.all_items.len().clamp(1, 4)),
        format!("{} of {} assumptions give a reason.", reasoned.len(), part.items.len()),
        shown(&reasoned),
    );
    let ranged: Vec<&String> = part.items.iter().filter(|item| interval(item).is_some()).collect();
    found.add(
        "assumptions",
        "assumed ranges",
        upto(ranged.len(), 2),
        format!("{} a range in words.", so_many(ranged.len(), "assumption has")),
        shown(&ranged),
    );
    let weakest = part.with(LEAST_SURE);
    found.add(
        "assumptions",
        "doubt",
        upto(weakest.len(), 1),
        format!("{} which guess is least sure.", verb(weakest.len(), "sentence")),
        shown(&weakest),
    );
    let bias: Vec<&String> = part.sentences.iter().filter(|said| has(said, OFF) || has(said, &[" if"]) && has(said, MORE)).collect();
    found.add("assumptions", "bias", upto(bias.len(), 2), format!("{} which way it may be off.", verb(bias.len(), "sentence")), shown(&bias));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_that_works_a_figure_out_says_where_it_is_from() {
        assert!(sourced("two bins every second week are 2 x 26/12") && sourced("asked") && sourced("fact:rounds"));
        assert!(!sourced("push switched on after a year") && !sourced("my guess"));
    }
}
