//! The policy: options, criteria, the choice, and what it rules out.

use super::likest;
use crate::{
    Challenge,
    check::{
        Found, Read,
        words::{REASONS, amounts, covered, has, shown, so_many, stems, upto},
    },
};
use std::collections::BTreeSet;

pub(super) fn policy(challenge: &Challenge, read: &Read, found: &mut Found) {
    let options = read.part("Options");
    let count_options = options.all_items.len();
    found.add(
        "policy",
        "options",
        upto(options.items.len(), 3),
        format!("There are {}.", so_many(options.items.len(), "option")),
        shown(&options.items),
    );
    let like = likest(&options.all_items);
    found.add(
        "policy",
        "options differ",
        if options.items.len() < 2 { 0.0 } else { 1.0 - ((like - 0.1) / 0.5).clamp(0.0, 1.0) },
        format!("The two most alike options have {:.0} % in common.", 100.0 * like),
        shown(&options.items),
    );
    let weighed = options
        .items
        .iter()
        .filter(|item| {
            has(item, &["but", "cost", "risk", "slow", "however", "loses", "needs", "without", "only", "yet", "while", "leaves", "does not", "price"])
        })
        .count();
    found.add(
        "policy",
        "options weighed",
        upto(weighed, count_options.max(2)),
        format!("{weighed} of {count_options} options have a drawback."),
        vec![],
    );
    let figured = options.items.iter().filter(|item| !amounts(item).is_empty()).count();
    found.add(
        "policy",
        "options figured",
        upto(figured, count_options.max(2)),
        format!("{figured} of {count_options} options have a figure."),
        vec![],
    );
    // Criteria meet options: what stands under Criteria or Choice speaks of each.
    let criteria = read.part("Criteria");
    let choice = read.part("Choice");
    let verdict = stems(&format!("{} {}", criteria.text, choice.text));
    let marks = |at: usize| -> Vec<String> {
        let letter = char::from(b'a' + (at % 26) as u8);
        let word = ["first", "second", "third", "fourth", "fifth", "sixth"].get(at).copied().unwrap_or("last");
        vec![format!("option {letter}"), format!("option {}", at + 1), word.to_owned(), format!("({letter})"), format!("({})", at + 1)]
    };
    let common: BTreeSet<String> = if count_options > 1 {
        options.items.iter().map(|item| stems(item)).reduce(|a, b| a.intersection(&b).cloned().collect()).unwrap_or_default()
    } else {
        BTreeSet::new()
    };
    let judged = options.items.iter().enumerate().filter(|(at, item)| {
        let own: BTreeSet<String> = stems(item).difference(&common).cloned().collect();
        let marks = marks(*at);
        let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
        has(&criteria.text, &marks) || has(&choice.text, &marks) || own.intersection(&verdict).count() >= 2
    });
    let judged = judged.count();
    found.add(
        "policy",
        "criteria applied",
        upto(judged, count_options.max(2)),
        format!("{judged} of {count_options} options are spoken of where it is decided."),
        shown(&criteria.sentences),
    );
    let tests = criteria.items.len().max(criteria.sentences.len());
    found.add(
        "policy",
        "criteria",
        upto(tests, 3),
        format!("There are {}.", so_many(tests, "criterion or sentence on them")),
        shown(&criteria.items),
    );
    let measured = amounts(&criteria.text).len();
    found.add(
        "policy",
        "criteria measured",
        upto(measured, 2),
        format!("{} in the criteria.", so_many(measured, "figure stands")),
        shown(&criteria.sentences),
    );
    let because = choice.with(&["because", "since", "as it", "so that", "only", "first", "the one", "attacks", "removes", "before", "reason"]);
    found.add("policy", "choice reasoned", upto(because.len(), 2), "Whether the choice has its reason.", shown(&because));
    let rules = choice.with(&["not ", "no ", "instead", "rather", "give up", "without", "until", "only", "never", "against"]);
    found.add("policy", "choice rules out", upto(rules.len(), 2), "Whether the choice says what it is not.", shown(&rules));
    let linked = covered(&stems(&read.part("Diagnosis").text), &stems(&choice.text));
    found.add(
        "policy",
        "choice follows diagnosis",
        (linked * 3.0).min(1.0),
        format!("{:.0} % of the words of the diagnosis come back in the choice.", 100.0 * linked),
        vec![],
    );
    let not = read.part("Not doing");
    found.add(
        "policy",
        "will not",
        upto(not.items.len(), 3),
        format!("{} that will not be done.", so_many(not.items.len(), "thing")),
        shown(&not.items),
    );
    let reasoned = not.items.iter().filter(|item| has(item, REASONS) || has(item, &["until", "before", "although", "even if", "cost"])).count();
    found.add(
        "policy",
        "will not, with reason",
        upto(reasoned, not.all_items.len().clamp(1, 3)),
        format!("{reasoned} of {} have a reason or a price.", not.items.len()),
        shown(&not.items),
    );
    // What is tempting stands in the brief and among the options; what nobody wanted is no sacrifice.
    let tempting = stems(&format!("{} {}", challenge.brief, options.text));
    let real = not.items.iter().map(|item| covered(&stems(item), &tempting)).sum::<f64>() / not.all_items.len().max(1) as f64;
    found.add(
        "policy",
        "will not what tempts",
        (real * 1.5).min(1.0),
        format!("{:.0} % of its words are of the brief and the options.", 100.0 * real),
        shown(&not.items),
    );
    let given = not.with(&[
        "give up",
        "lose",
        "cost",
        "even though",
        "although",
        "despite",
        "forgo",
        "euro",
        "eur",
        "revenue",
        "customers",
        "would bring",
        "loses",
        "price",
    ]);
    found.add("policy", "will not costs", upto(given.len(), 2), "Whether it says what is given up by that.", shown(&given));
}
