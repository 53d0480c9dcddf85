//! The policy: options, criteria, the choice, and what it rules out.

use super::likest;
use crate::{
    Challenge,
    check::{
        Found, Read,
        sense::has_drawback,
        words::{REASONS, amounts, covered, has, shown, so_many, stems, there_are, upto},
    },
    text::{figures, plain},
};
use std::collections::BTreeSet;

pub(super) fn policy(challenge: &Challenge, read: &Read, found: &mut Found) {
    let options = read.part("Options");
    let count_options = options.all_items.len();
    found.add("policy", "options", upto(options.items.len(), 3), there_are(options.items.len(), "option"), shown(&options.items));
    let like = likest(&options.all_items);
    found.add(
        "policy",
        "options differ",
        if options.items.len() < 2 { 0.0 } else { 1.0 - ((like - 0.1) / 0.5).clamp(0.0, 1.0) },
        format!("The two most alike options have {:.0} % in common.", 100.0 * like),
        shown(&options.items),
    );
    let weighed: Vec<&String> = options.items.iter().filter(|item| has_drawback(item)).collect();
    let says = format!("{} of {count_options} options have a drawback.", weighed.len());
    found.add("policy", "options weighed", upto(weighed.len(), count_options.max(2)), says, shown(&weighed));
    let figured = options.items.iter().filter(|item| !amounts(item).is_empty()).count();
    found.add(
        "policy",
        "options figured",
        upto(figured, count_options.max(2)),
        format!("{figured} of {count_options} options have a figure."),
        vec![],
    );
    // Criteria meet options: a sentence under Criteria or Choice speaks of each.
    let criteria = read.part("Criteria");
    let choice = read.part("Choice");
    let verdicts: Vec<&String> = criteria.sentences.iter().chain(&choice.sentences).collect();
    let of_each = spoken_of(&options.items, &verdicts);
    let (judged, passed): (Vec<_>, Vec<_>) = options.items.iter().zip(&of_each).partition(|(_, said)| said.is_some());
    let silent: Vec<String> = passed.iter().map(|(item, _)| format!("“{}”", opening(item))).collect();
    let says = match silent.as_slice() {
        [] => format!("{} of {count_options} options are spoken of where it is decided.", judged.len()),
        silent => format!("{} of {count_options} options are spoken of where it is decided; not {}.", judged.len(), silent.join(", ")),
    };
    let words: Vec<&String> = judged.iter().filter_map(|(_, said)| **said).collect();
    found.add("policy", "criteria applied", upto(judged.len(), count_options.max(2)), says, shown(&words));
    let tests = criteria.items.len().max(criteria.sentences.len()).max(weighted(&criteria.sentences));
    found.add("policy", "criteria", upto(tests, 3), there_are(tests, "criterion or sentence on them"), shown(&criteria.items));
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
    let (no, all_no) = not.wholes();
    let things = left_out(&no);
    let says = format!("{} named that will not be done, of 3 looked for.", so_many(things.len(), "thing is"));
    found.add("policy", "will not", upto(things.len(), 3), says, shown(&things));
    let reasoned = no.iter().filter(|item| has(item, REASONS) || has(item, &["until", "before", "although", "even if", "cost"])).count();
    found.add(
        "policy",
        "will not, with reason",
        upto(reasoned, all_no.len().clamp(1, 3)),
        format!("{} why it is left out, or what that costs.", so_many(reasoned, "point says")),
        shown(&not.items),
    );
    // What is tempting stands in the brief and among the options; what nobody wanted is no sacrifice.
    let tempting = stems(&format!("{} {}", challenge.brief, options.text));
    let real = no.iter().map(|item| covered(&stems(item), &tempting)).sum::<f64>() / all_no.len().max(1) as f64;
    found.add(
        "policy",
        "will not what tempts",
        (real * 1.5).min(1.0),
        if real * 1.5 < 0.67 {
            format!("Little of this stands in the brief or among the options ({:.0} % of its words): leave out what tempts.", 100.0 * real)
        } else {
            format!("This stands in the brief or among the options, so it tempts ({:.0} % of its words).", 100.0 * real)
        },
        shown(&no),
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

/// The first words of a point, as it is called.
fn opening(item: &str) -> String {
    let end = item.find([':', ';', '.', '(']).filter(|end| *end > 2).unwrap_or(item.len());
    let words: Vec<&str> = item[..end].split_whitespace().take(5).collect();
    words.join(" ").trim_end_matches(',').to_owned()
}

/// For each option the sentence that speaks of it: by its letter or number, by what it is called, or by two words that no other
/// option has.
fn spoken_of<'s>(options: &[String], sentences: &[&'s String]) -> Vec<Option<&'s String>> {
    let words: Vec<BTreeSet<String>> = options.iter().map(|item| stems(item)).collect();
    let own = |at: usize| -> BTreeSet<String> {
        words[at].iter().filter(|stem| words.iter().enumerate().all(|(other, words)| other == at || !words.contains(*stem))).cloned().collect()
    };
    let of = |at: usize| {
        let own = own(at);
        let called: BTreeSet<String> = stems(&opening(&options[at])).intersection(&own).cloned().collect();
        sentences.iter().copied().find(|sentence| {
            let said = stems(sentence);
            let by_name = !called.is_empty() && called.intersection(&said).count() * 2 > called.len();
            numbered(sentence, at) || by_name || own.intersection(&said).count() >= 2
        })
    };
    (0..options.len()).map(of).collect()
}

/// Whether a sentence names the option at a place by its letter or its number.
fn numbered(sentence: &str, at: usize) -> bool {
    let upper = char::from(b'A' + (at % 26) as u8);
    let lower = upper.to_ascii_lowercase();
    let word = ["first", "second", "third", "fourth", "fifth", "sixth"].get(at).copied().unwrap_or("last");
    let said = plain(sentence);
    let option = [format!(" option {lower} "), format!(" option {} ", at + 1), format!(" {word} option ")].iter().any(|mark| said.contains(mark));
    let does = ["is", "would", "has", "needs", "costs", "does", "fails", "wins", "loses", "cannot", "keeps", "leaves", "gives", "takes", "and"];
    let ordinal = does.iter().any(|verb| said.contains(&format!(" the {word} {verb} ")));
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let letter = words.iter().enumerate().any(|(n, word)| {
        let bare = word.len() == 1 && word.starts_with(upper) && upper != 'I';
        // “A” begins many a sentence.
        bare && (upper != 'A' || words.get(n + 1).is_some_and(|next| does.contains(next) || ["or", "alone", "B", "C"].contains(next)))
    });
    let marked = [format!("({lower})"), format!("({})", at + 1), format!("({upper})")].iter().any(|mark| sentence.contains(mark.as_str()));
    option || ordinal || letter || marked
}

/// How many criteria with a weight stand in one sentence, apart by commas.
fn weighted(sentences: &[String]) -> usize {
    let weighs = |piece: &&str| figures(piece).iter().any(|f| f.percent) || has(piece, &["weight", "counts"]) && !figures(piece).is_empty();
    sentences.iter().map(|sentence| sentence.split([',', ';']).filter(weighs).count()).sum()
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
        let whole = crate::check::part::Part::all(&["We do not buy forty lockers; the six stay until their contract ends."]).remove(0).wholes().0;
        assert_eq!(left_out(&whole), ["We do not buy forty lockers; the six stay until their contract ends."]);
        let items = ["No hidden numbers and no fines, no 3 %, no advertising.", "This costs us perhaps 10 % of first hires."].map(String::from);
        assert_eq!(left_out(&items).len(), 4);
        assert_eq!(left_out(&["Advertising, until conductors stay".into(), "A contest".into()]).len(), 2);
    }

    #[test]
    fn criteria_with_weights_are_as_many_as_the_weights() {
        let text = "Income in five years (weight 40 %), safe from being bought (30 %), what it costs (20 %), whether nine people can do it (10 %).";
        assert_eq!(weighted(&[text.to_owned()]), 4);
        assert_eq!(weighted(&["We choose by cost, as money is short, and by reach.".to_owned()]), 0);
    }

    #[test]
    fn an_option_is_spoken_of_where_it_is_named() {
        let options = ["A: Lockers at forty stops", "B: One bus more, twice as often", "C: Visits at home by volunteers"].map(String::from);
        let said = |sentences: &[&str]| {
            let sentences: Vec<String> = sentences.iter().map(|s| (*s).to_owned()).collect();
            let each: Vec<&String> = sentences.iter().collect();
            spoken_of(&options, &each).iter().map(Option::is_some).collect::<Vec<_>>()
        };
        assert_eq!(said(&["Cost of a loan.", "The first year counts."]), [false; 3]);
        assert_eq!(said(&["We choose visits by volunteers.", "B would need a driver."]), [false, true, true]);
        assert_eq!(said(&["A and C are cheap, and lockers break."]), [true, false, true]);
    }

    #[test]
    fn another_option_that_is_judged_is_ruled_out() {
        assert!(judges_another("B would need 7.5 % paying and does nothing for the conductor."));
        assert!(judges_another("C and D spend on riders who come anyhow.") && !judges_another("A choir pays once.") && !judges_another("It stays."));
    }
}
