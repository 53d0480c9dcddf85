//! What a question about a strategy or a design means: a fact answers it only where it meets most of what is asked. A word
//! in common, such as “owners”, is no answer, and what the brief says is none to whoever asks for more.

use crate::Known;

/// What a question comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant<'a> {
    /// This fact answers it.
    Asked(&'a str),
    /// The brief has told all that it asks for.
    Given(&'a str),
    /// No fact answers it; this one comes near.
    Near(&'a str),
}

/// Words that say how something is asked, and not what.
const EMPTY: &[&str] = &[
    "a",
    "about",
    "after",
    "all",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "before",
    "by",
    "can",
    "could",
    "did",
    "different",
    "do",
    "does",
    "each",
    "for",
    "from",
    "get",
    "give",
    "had",
    "has",
    "have",
    "how",
    "i",
    "in",
    "is",
    "it",
    "its",
    "know",
    "long",
    "many",
    "me",
    "much",
    "need",
    "no",
    "not",
    "number",
    "of",
    "often",
    "on",
    "one",
    "or",
    "our",
    "out",
    "per",
    "percent",
    "percentage",
    "proportion",
    "say",
    "share",
    "should",
    "some",
    "tell",
    "than",
    "that",
    "the",
    "their",
    "them",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "today",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "whose",
    "will",
    "with",
    "would",
    "you",
    "your",
];
const WHY: &[&str] = &["why", "reason", "reasons", "because", "cause", "causes"];
const SAME: &[&[&str]] = &[
    &["leave", "stop", "quit", "churn", "cancel", "gone"],
    &["cost", "price", "fee", "charge"],
    &["pay", "paid", "payment"],
    &["unus", "unused", "empty"],
];

/// Of what is asked, an answer meets more than this.
const MOST: f64 = 0.55;
/// What comes near meets so much.
const SOME: f64 = 0.3;

/// The fact that is meant, if any; `open` says which ones the brief has told.
///
/// ```
/// use marking::meant;
/// assert_eq!(meant(&[], &|_| false, "Why do they leave?"), None);
/// ```
pub fn meant<'a>(facts: &[Known<'a>], open: &dyn Fn(&str) -> bool, asked: &str) -> Option<Meant<'a>> {
    let why = words(asked, &[]).iter().any(|word| WHY.contains(&word.as_str()));
    let wanted: Vec<String> = words(asked, WHY).iter().map(|word| stem(word)).collect();
    let own: Vec<Vec<String>> = facts.iter().map(own).collect();
    let weight = |word: &String| {
        let known = own.iter().filter(|own| own.iter().any(|other| alike(other, word))).count().max(1);
        (1.0 + facts.len() as f64 / known as f64).ln()
    };
    let all: f64 = wanted.iter().map(weight).sum();
    let met = |at: usize| -> f64 { wanted.iter().filter(|word| own[at].iter().any(|other| alike(other, word))).map(weight).sum::<f64>() / all };
    let reasons =
        |fact: &Known| fact.words.iter().chain([&fact.says.to_owned()]).any(|text| words(text, &[]).iter().any(|w| WHY.contains(&w.as_str())));
    // The first of those that are as near.
    let best = |of: &dyn Fn(&Known) -> bool| {
        let each = (0..facts.len()).filter(|at| of(&facts[*at])).map(|at| (at, met(at))).filter(|(_, met)| *met > 0.0);
        each.rev().max_by(|a, b| a.1.total_cmp(&b.1))
    };
    if why {
        // Whoever asks why is told a reason, or nothing.
        let known = best(&|fact| reasons(fact) && !open(fact.id));
        return known.filter(|(_, met)| *met >= SOME).map(|(at, _)| Meant::Asked(facts[at].id));
    }
    let hidden = best(&|fact| !open(fact.id));
    let told = best(&|fact| open(fact.id)).filter(|(_, met)| *met > 0.99);
    match (hidden, told) {
        (_, Some((at, _))) => Some(Meant::Given(facts[at].id)),
        (Some((at, met)), None) if met > MOST => Some(Meant::Asked(facts[at].id)),
        (Some((at, met)), None) if met >= SOME => Some(Meant::Near(facts[at].id)),
        _ => None,
    }
}

/// All words that a fact is known by.
fn own(fact: &Known) -> Vec<String> {
    fact.words.iter().flat_map(|phrase| words(phrase, &[])).chain(words(fact.says, &[])).map(|word| stem(&word)).collect()
}

fn words(text: &str, without: &[&str]) -> Vec<String> {
    let lower = text.to_lowercase();
    let all = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    let mut found: Vec<String> = vec![];
    for word in all.filter(|word| !EMPTY.contains(word) && !without.contains(word)) {
        if !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
    }
    found
}

/// A word without its ending, by the name under which it is known here.
fn stem(word: &str) -> String {
    let ends = ["ings", "ing", "ies", "ied", "ed", "es", "s", "e"];
    let long = |end: &&&str| word.len() >= end.len() + 3;
    let bare = ends.iter().filter(|end| word.ends_with(**end)).find(long).map_or(word, |end| &word[..word.len() - end.len()]);
    let bare = bare.strip_suffix('e').filter(|stem| stem.len() > 3).unwrap_or(bare);
    // “stopped” is “stop”.
    let doubled = |c: char| bare.len() > 4 && bare.len() < word.len() && c.is_ascii() && bare.ends_with(&format!("{c}{c}"));
    let bare = bare.chars().last().filter(|c| doubled(*c)).map_or(bare, |c| &bare[..bare.len() - c.len_utf8()]);
    let same = SAME.iter().find(|group| group.iter().any(|own| *own == word || own.strip_suffix('e').unwrap_or(own) == bare));
    same.map_or(bare, |group| group[0].strip_suffix('e').unwrap_or(group[0])).to_owned()
}

fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short == long || short.chars().count() >= 4 && long.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told, by its place in the list.
    fn ask(facts: &[(&str, &[&str], bool)], asked: &str) -> Option<Meant<'static>> {
        const IDS: [&str; 5] = ["0", "1", "2", "3", "4"];
        let words: Vec<Vec<String>> = facts.iter().map(|fact| fact.1.iter().map(|word| (*word).to_owned()).collect()).collect();
        let known: Vec<Known> = facts.iter().zip(&words).zip(IDS).map(|((fact, words), id)| Known { id, says: fact.0, words }).collect();
        let place = |id: &str| IDS.into_iter().find(|known| *known == id).unwrap_or("");
        Some(match meant(&known, &|id| IDS.iter().zip(facts).any(|(known, fact)| *known == id && fact.2), asked)? {
            Meant::Asked(id) => Meant::Asked(place(id)),
            Meant::Given(id) => Meant::Given(place(id)),
            Meant::Near(id) => Meant::Near(place(id)),
        })
    }

    #[test]
    fn why_is_answered_by_a_reason() {
        let wash: &[(&str, &[&str], bool)] = &[
            ("Share of the slots between 15:00 and 21:00 that are booked", &["evening", "booked", "full"], true),
            ("Flats that hold more than half of all slots between 15:00 and 21:00", &["who books", "holders", "regular", "same"], false),
            ("Why booked slots stay unused", &["why", "reason", "ask neighbours", "forget"], false),
            ("Flats in which nobody would book by phone, by a note through all doors", &["phone", "app", "who would not"], false),
        ];
        assert_eq!(ask(wash, "Why are booked slots not used?"), Some(Meant::Asked("2")));
        assert_eq!(ask(wash, "Who holds the evening slots"), Some(Meant::Asked("1")));
        assert_ne!(ask(wash, "What would an app cost?"), Some(Meant::Asked("3")));
        assert_eq!(ask(wash, "Why do workers report sick?"), None);
    }

    #[test]
    fn what_the_brief_tells_is_no_answer_to_more() {
        let choir: &[(&str, &[&str], bool)] = &[
            ("Singers who use the app", &["singers", "users"], true),
            ("Choirs that use the app", &["choirs"], true),
            ("Time a conductor needs to prepare a programme in the app", &["conductor", "time", "prepare", "upload"], false),
            ("Of those who stop, the ones who name the work of preparing as the reason", &["conductor", "why", "reason"], false),
        ];
        assert_eq!(ask(choir, "How do singers who stop paying say why?"), Some(Meant::Asked("3")));
        assert_eq!(ask(choir, "Rights of composers, copyright of uploaded scores"), None);
        assert_eq!(ask(choir, "How many choirs are there?"), Some(Meant::Given("1")));
        assert_ne!(ask(choir, "How many choirs win a prize in contests"), Some(Meant::Asked("1")));
        assert_eq!(ask(choir, "How much time does a conductor need to prepare?"), Some(Meant::Asked("2")));
    }
}
