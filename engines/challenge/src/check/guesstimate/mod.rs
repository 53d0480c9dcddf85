//! Guesstimates: most of it computed.

mod absent;
mod assumptions;
mod result;
mod second;
mod sensitivity;
mod sources;
mod structure;

use self::{
    assumptions::{assumptions, guesses},
    result::{answer, range, result},
    second::second,
    sensitivity::{driver, lever},
    sources::Sources,
    structure::structure,
};
use crate::{
    Challenge,
    answer::fences,
    check::{
        Found, Read,
        words::{covered, effects, has, named, shown, stems, upto},
    },
    model::compute,
    read::{Guesstimate, Switch},
    text::near,
};

pub(super) fn check(challenge: &Challenge, own: &Guesstimate, read: &Read, found: &mut Found) {
    scope(own, read, found);
    let sources = Sources::of(challenge, own);
    let written = fences(read.answer.part("Model")).into_iter().next().unwrap_or_default();
    let model = compute(&written, &own.unit);
    match &model {
        Ok(model) => {
            structure(own, model, &written, found);
            guesses(&sources.in_model(&written), sources.all().count(), model, &written, found);
            result(own, model, read, found);
            driver(model, read, found);
        }
        // What rests on the model is not shown then; a model that was mended is worth more.
        Err(says) => absent::absent(says, found),
    }
    assumptions(&sources, &written, read, found);
    answer(own, read, found);
    lever(model.as_ref().ok(), own, read, found);
    second(own, model.as_ref().ok(), &written, read, found);
    range(own, model.as_ref().ok(), read, found);
}

/// How people say what they do not count.
const OUT: &[&str] = &[
    " not",
    "without",
    "only",
    "exclud",
    "except",
    "rather than",
    "instead",
    " no",
    "leave out",
    "leaving out",
    "left out",
    "left aside",
    "neither",
    " nor",
    "is out",
    "are out",
    "ignore",
    "set aside",
    "outside",
];

fn scope(own: &Guesstimate, read: &Read, found: &mut Found) {
    let part = read.part("Scope");
    // By its words, or by how much it would change.
    let sizes = effects(&part.text);
    let sized = |factor: f64| sizes.iter().any(|size| near(*size, factor, 0.2) || near(*size, 1.0 / factor, 0.2));
    let touches = |s: &&Switch| named(&part.text, &s.words) || s.factor > 0.0 && sized(s.factor);
    let touched: Vec<&str> = own.switches.iter().filter(touches).map(|s| s.name.as_str()).collect();
    // In the author's words, or by a sentence on it that says what counts and what does not.
    let read_as = |switch: &Switch| part.sentences.iter().any(|said| named(said, &switch.words) && has(said, READS));
    let each: Vec<f64> =
        own.switches.iter().map(|switch| if read_as(switch) { 1.0 } else { covered(&stems(&switch.taken), &stems(&part.text)) }).collect();
    let settled: f64 = each.iter().sum::<f64>() / own.switches.len().max(1) as f64;
    let plainly = each.iter().filter(|share| **share >= 0.5).count();
    let says = format!("{} of {} things that change the number are touched in the scope.", touched.len(), own.switches.len());
    found.add("scope", "switches", upto(touched.len(), own.switches.len()), says, touched.iter().map(|t| (*t).to_owned()).collect());
    found.add("scope", "switches taken", settled, format!("For {plainly} of {} of them it is said how it is read.", own.switches.len()), vec![]);
    let apart = part.with(OUT);
    found.add("scope", "scope excludes", upto(apart.len(), 2), format!("{} what is left out.", verb(apart.len(), "sentence")), shown(&apart));
    let effect = part.with(EFFECT);
    found.add(
        "scope",
        "scope effect",
        upto(effect.len(), 1),
        format!("{} what the other reading would do.", verb(effect.len(), "sentence")),
        shown(&effect),
    );
}

/// How people say how something is read.
const READS: &[&str] = &[
    " is", " are", "count", "mean", "includ", "exclud", "only", " not", "without", "taken as", "take ", "read as", "every", "each", "whether",
    "rather",
];

/// How people say what another reading would make of it.
const EFFECT: &[&str] = &[
    "would",
    "times",
    "factor",
    "double",
    "half",
    "third",
    "quarter",
    "twice",
    "larger",
    "smaller",
    "higher",
    "lower",
    "raise",
    "change",
    "more than",
];

fn verb(count: usize, what: &str) -> String {
    match count {
        0 => format!("No {what} says"),
        1 => format!("1 {what} says"),
        many => format!("{many} {what}s say"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Answer, Kind,
        read::{Own, Reference},
    };

    fn says(scope: &str, check: &str) -> (f64, String) {
        let switch = |name: &str, word: &str, taken: &str| Switch { name: name.into(), words: vec![word.into()], taken: taken.into(), factor: 1.5 };
        let own = Guesstimate {
            ask: "How many subscriptions?".into(),
            unit: "cards".into(),
            reference: Reference { value: 39e6, low: 3e7, high: 5e7, fact: None },
            routes: vec![],
            factors: vec![],
            switches: vec![
                switch("cards or people", "card", "Mobile subscriptions that are billed, whoever has them."),
                switch("in use or ever sold", "active", "Only numbers that placed a call lately."),
            ],
        };
        let answer = format!("## Scope\n{scope}\n");
        let findings = Challenge::of_work(Own::Guesstimate(own), "t", "", vec![]).findings(&Answer::read(Kind::Guesstimate, &answer));
        findings.into_iter().find(|f| f.check == check).map(|f| (f.share, f.says)).unwrap()
    }

    #[test]
    fn what_counts_and_what_does_not_says_how_it_is_read() {
        let (share, told) = says("A subscription is a SIM card that was active in the last 90 days; cards in a drawer do not.", "switches taken");
        assert!(share > 0.99 && told == "For 2 of 2 of them it is said how it is read.", "{share} {told}");
        let (share, told) = says("Mobile cards, active ones.", "switches taken");
        assert!(share < 0.5 && told.starts_with("For 0 of 2"), "{share} {told}");
        assert_eq!(says("Cards.", "scope effect").1, "No sentence says what the other reading would do.");
    }
}
