//! Which fact a question names, by its words alone: what its author would ask for it by, what it says of itself, and words
//! that people use for the same thing.

use crate::Known;

/// Words that any question may have.
const EMPTY: &[&str] = &[
    "a", "about", "after", "all", "an", "and", "any", "are", "as", "at", "be", "been", "before", "by", "can", "could", "did", "do", "does", "each",
    "for", "from", "give", "get", "had", "has", "have", "how", "i", "in", "is", "it", "its", "many", "me", "much", "no", "not", "of", "on", "one",
    "or", "our", "out", "per", "say", "should", "some", "tell", "than", "that", "the", "their", "them", "there", "these", "they", "this", "those",
    "to", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
];

/// What people call by other names.
const SAME: &[&[&str]] = &[
    &["length", "long", "duration", "minute", "time"],
    &["often", "times", "frequency"],
    &["size", "large", "big", "kilobyte", "megabyte", "gigabyte", "kb", "mb", "gb"],
    &["call", "ring", "rang", "phone", "telephone", "contact"],
    &["trial", "tried", "try", "pilot"],
    &["picture", "photo", "image"],
    &["price", "cost", "bill", "charge", "fee"],
    &["people", "person", "customer", "user", "recipient", "inhabitant"],
    &["again", "repeat", "twice", "redial"],
    &["share", "percent", "percentage", "fraction", "proportion"],
    &["keep", "kept", "store", "retention"],
];

/// A word that an author gave for the fact counts twice as much as one of its sentence.
const GIVEN: f64 = 2.0;
/// A phrase without a word of its own, such as “how many”.
const BARE: f64 = 0.2;

/// The fact that a question names most plainly; one thing at a time. A word that many facts share tells little.
///
/// ```
/// use marking::{Known, nearest};
/// let words = [vec!["price".to_owned()], vec!["price".to_owned(), "choirs".to_owned()]];
/// let facts = [Known { id: "a", says: "Price", words: &words[0] }, Known { id: "b", says: "Price for choirs", words: &words[1] }];
/// assert_eq!(nearest(&facts, "What is the PRICE for choirs?"), Some("b"));
/// assert_eq!(nearest(&facts, "And the weather?"), None);
/// ```
pub fn nearest<'a>(facts: &[Known<'a>], asked: &str) -> Option<&'a str> {
    let all: Vec<Told> = facts.iter().map(Told::of).collect();
    let words = words(asked);
    let plain = plain(asked);
    let worth = |told: &Told| -> f64 {
        let hits: Vec<(f64, &String)> = words.iter().map(|word| (told.weight(word, &words), word)).filter(|(weight, _)| *weight > 0.0).collect();
        let bare = told.bare.iter().any(|phrase| plain.contains(phrase.as_str()));
        // One word of its sentence may stand in any question.
        if !(hits.len() > 1 || hits.iter().any(|(weight, _)| *weight >= GIVEN) || bare && words.is_empty()) {
            return 0.0;
        }
        let shared = |word: &String| all.iter().filter(|other| other.has(word)).count().max(1) as f64;
        hits.iter().map(|(weight, word)| weight / shared(word)).sum::<f64>() + if bare { BARE } else { 0.0 }
    };
    let each = facts.iter().zip(&all).map(|(fact, told)| (worth(told), fact.id));
    // The first of those that are as near.
    let each: Vec<(f64, &str)> = each.filter(|(worth, _)| *worth > 0.0).collect();
    each.into_iter().rev().max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id)
}

/// How much of what a question names a fact knows, 0 to 1.
///
/// ```
/// use marking::{Known, coverage};
/// let words = ["population".to_owned()];
/// let fact = Known { id: "a", says: "Population of Ghana", words: &words };
/// assert!(coverage(&fact, "What is the population?") > 0.9 && coverage(&fact, "How many people live in cities?") < 0.5);
/// ```
pub fn coverage(fact: &Known, asked: &str) -> f64 {
    let told = Told::of(fact);
    let words = words(asked);
    let had = words.iter().filter(|word| told.has(word)).count();
    // A phrase without a word of its own, such as “how many”, is all that is asked.
    if words.is_empty() { 1.0 } else { had as f64 / words.len() as f64 }
}

/// The words of a fact.
struct Told {
    /// By phrase.
    given: Vec<Vec<String>>,
    says: Vec<String>,
    bare: Vec<String>,
}

impl Told {
    fn of(fact: &Known) -> Told {
        let (given, bare): (Vec<_>, Vec<_>) =
            fact.words.iter().map(|phrase| (words(phrase), plain(phrase))).partition(|(words, _)| !words.is_empty());
        Told {
            given: given.into_iter().map(|(words, _)| words).collect(),
            says: words(fact.says),
            bare: bare.into_iter().map(|(_, plain)| plain).filter(|plain| !plain.trim().is_empty()).collect(),
        }
    }

    fn has(&self, word: &str) -> bool {
        self.given.iter().flatten().chain(&self.says).any(|own| alike(own, word))
    }

    /// What a word of the question is worth for it: all of a given phrase more than a part.
    fn weight(&self, word: &str, asked: &[String]) -> f64 {
        let phrases = self.given.iter().filter(|phrase| phrase.iter().any(|own| alike(own, word)));
        let share = |phrase: &Vec<String>| phrase.iter().filter(|own| asked.iter().any(|word| alike(own, word))).count() as f64 / phrase.len() as f64;
        let given = phrases.map(|phrase| GIVEN * share(phrase)).fold(0.0, f64::max);
        let says = if self.says.iter().any(|own| alike(own, word)) { 1.0 } else { 0.0 };
        given.max(says)
    }
}

/// Whether one word is the other, or the beginning of it.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short == long || short.chars().count() >= 4 && long.starts_with(short)
}

/// In lower case, apart by single blanks, with a blank at both ends.
pub(crate) fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    format!(" {} ", lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Words that carry meaning, each once, by the name under which they are known here.
fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![];
    for word in plain(text).split_whitespace().filter(|word| !EMPTY.contains(word)) {
        let known = known(word);
        if !found.contains(&known) {
            found.push(known);
        }
    }
    found
}

fn known(word: &str) -> String {
    let single = match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')).unwrap_or(word).to_owned(),
    };
    // “ringing” is “ring”, “larger” is “large”.
    let form = |own: &str| single.strip_prefix(own).is_some_and(|end| ["", "d", "ed", "r", "er", "ing"].contains(&end));
    let same = SAME.iter().find(|group| group.contains(&word)).or_else(|| SAME.iter().find(|group| group.iter().any(|own| form(own))));
    same.map_or(single, |group| group[0].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_facts_as_near_the_first_is_told() {
        let words = vec!["price".to_owned()];
        let facts = ["a", "b"].map(|id| Known { id, says: id, words: &words });
        assert_eq!(nearest(&facts, "the price"), Some("a"));
    }

    #[test]
    fn a_question_in_other_words_finds_its_fact() {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let words = [
            list(&["meters", "connections", "how many meters"]),
            list(&["trial", "size", "gigabytes"]),
            list(&["trial", "meters of the trial"]),
            list(&["blurred", "second picture", "pictures per reading"]),
            list(&["handling", "length", "minutes", "talk"]),
            list(&["letter", "change", "why do they call"]),
        ];
        let known = [
            ("meters", "Meters that are read"),
            ("trial-size", "What a trial of six weeks filled, in one copy"),
            ("trial-meters", "Meters of the trial"),
            ("blurred", "Share of readings in the trial with a second picture"),
            ("handling", "Mean length of a call with the note after it"),
            ("letter", "What the office sends before a change"),
        ];
        let facts: Vec<Known> = known.iter().zip(&words).map(|((id, says), words)| Known { id, says, words }).collect();
        for (asked, fact) in [
            ("How large is one photo in kilobytes?", Some("trial-size")),
            ("How large is a picture on the phone?", Some("trial-size")),
            ("How many pictures does a reader take for one reading?", Some("blurred")),
            ("Was it tried out with some readers?", Some("trial-size")),
            ("How many meters were in the trial?", Some("trial-meters")),
            ("How many meters are there?", Some("meters")),
            ("How long does a call last?", Some("handling")),
            ("How much time does an agent need after a call?", Some("handling")),
            ("What did the exchange count?", None),
        ] {
            assert_eq!(nearest(&facts, asked), fact, "{asked}");
        }
    }
}
