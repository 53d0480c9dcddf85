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
    let diagnosis = read.part("Diagnosis");
    const WHY: &[&str] = &["because", "since", "as it", "so that", "only", "first", "the one", "attacks", "removes", "before", "reason"];
    let (matter, matter_figures) = (stems(&diagnosis.text), amounts(&diagnosis.text));
    // What takes up the matter of the diagnosis, with its figure, is a reason, too.
    let takes_up = |sentence: &String| {
        stems(sentence).intersection(&matter).count() >= 2 && amounts(sentence).iter().any(|value| matter_figures.contains(value))
    };
    let because: Vec<&String> = choice.sentences.iter().filter(|sentence| has(sentence, WHY) || takes_up(sentence)).collect();
    let says = match because.len() {
        0 => "The choice has no reason.".to_owned(),
        many => format!("{} why this one, of 2 looked for.", so_many(many, "sentence says")),
    };
    found.add("policy", "choice reasoned", upto(because.len(), 2), says, shown(&because));
    const NOT: &[&str] = &["not ", "no ", "instead", "rather", "give up", "without", "until", "only", "never", "against"];
    let rules: Vec<&String> = choice
        .sentences
        .iter()
        .enumerate()
        .filter(|(at, sentence)| has(sentence, NOT) || *at > 0 && judges_another(sentence))
        .map(|(_, s)| s)
        .collect();
    let says = match rules.len() {
        0 => "The choice does not say what it is not.".to_owned(),
        many => format!("{} what the choice is not, of 2 looked for.", so_many(many, "sentence says")),
    };
    found.add("policy", "choice rules out", upto(rules.len(), 2), says, shown(&rules));
    let linked = covered(&matter, &stems(&choice.text));
    found.add(
        "policy",
        "choice follows diagnosis",
        (linked * 3.0).min(1.0),
        format!("{:.0} % of the words of the diagnosis come back in the choice.", 100.0 * linked),
        vec![],
    );
    let not = read.part("Not doing");
    let things = left_out(&not.items);
    let says = format!("{} named that will not be done, of 3 looked for.", so_many(things.len(), "thing is"));
    found.add("policy", "will not", upto(things.len(), 3), says, shown(&things));
    let reasoned = not.items.iter().filter(|item| has(item, REASONS) || has(item, &["until", "before", "although", "even if", "cost"])).count();
    found.add(
        "policy",
        "will not, with reason",
        upto(reasoned, not.all_items.len().clamp(1, 3)),
        format!("{} why it is left out, or what that costs.", so_many(reasoned, "point says")),
        shown(&not.items),
    );
    // What is tempting stands in the brief and among the options; what nobody wanted is no sacrifice.
    let tempting = stems(&format!("{} {}", challenge.brief, options.text));
    let real = not.items.iter().map(|item| covered(&stems(item), &tempting)).sum::<f64>() / not.all_items.len().max(1) as f64;
    found.add(
        "policy",
        "will not what tempts",
        (real * 1.5).min(1.0),
        format!("{:.0} % of the words here are of the brief and the options: what tempts is left out, not what nobody wanted.", 100.0 * real),
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
    let priced = given.iter().any(|sentence| !amounts(sentence).is_empty());
    let says = match (given.len(), priced) {
        (0, _) => "It does not say what is given up by that.",
        (_, true) => "It says what is given up by that, with a figure.",
        (1, false) => "One sentence says what is given up by that, without a figure.",
        _ => "It says what is given up by that.",
    };
    found.add("policy", "will not costs", if priced { 1.0 } else { upto(given.len(), 2) }, says, shown(&given));
}

/// Whether a sentence begins with another option and says something of it: “B would need …”, “Options 1 and 3 …”.
fn judges_another(sentence: &str) -> bool {
    let mut words = sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let first = words.next().unwrap_or("");
    let letter = |word: &str| word.len() == 1 && word.chars().all(|c| c.is_ascii_uppercase() && c != 'I');
    letter(first) && (first != "A" || words.next() == Some("and")) || first == "Option" || first == "Options"
}

/// What is left out, thing by thing: one sentence may name several.
fn left_out(items: &[String]) -> Vec<String> {
    let mut found = vec![];
    for item in items {
        let pieces = item.replace(" and no", ", no").replace(" and never", ", never").replace(" nor ", ", no ");
        let begins = |piece: &&str| {
            let first = piece.trim().to_lowercase();
            ["no ", "not ", "never ", "neither ", "nothing ", "none "].iter().any(|word| first.starts_with(word))
        };
        let own: Vec<String> = pieces.split([',', ';', '.']).filter(begins).map(|piece| piece.trim().to_owned()).collect();
        let costs = has(item, &["this costs", "it costs", "that costs", "costs us", "costs perhaps"]);
        match own.is_empty() {
            true if !costs => found.push(item.clone()),
            true => {}
            false => found.extend(own),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_counted_and_not_sentences() {
        let items = ["No hidden numbers and no fines, no 3 %, no advertising.", "This costs us perhaps 10 % of first hires."].map(String::from);
        assert_eq!(left_out(&items).len(), 4);
        assert_eq!(left_out(&["Advertising, until conductors stay".into(), "A contest".into()]).len(), 2);
    }

    #[test]
    fn another_option_that_is_judged_is_ruled_out() {
        assert!(judges_another("B would need 7.5 % paying and does nothing for the conductor."));
        assert!(judges_another("C and D spend on riders who come anyhow.") && !judges_another("A choir pays once.") && !judges_another("It stays."));
    }
}
