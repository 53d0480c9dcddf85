//! A part of an answer by its sentences and points.

use super::words::{has, upto};
use crate::{
    answer::{items, prose, sentences},
    text::{Figure, figures, plain},
};
use std::collections::{BTreeMap, BTreeSet};

/// A part of an answer. What speaks for it is looked for in what is said here and nowhere else; what speaks against it,
/// and how much there is in all, in everything that stands here. So saying a thing again, here or elsewhere, never helps.
pub(super) struct Part {
    /// Sentences that are said nowhere else.
    pub text: String,
    pub items: Vec<String>,
    pub sentences: Vec<String>,
    /// All that stands here, each thing once.
    pub all_text: String,
    pub all_items: Vec<String>,
    pub all_sentences: Vec<String>,
}

/// So many points of a part are held against one another; nobody makes more.
const MOST_ITEMS: usize = 200;

impl Part {
    /// The parts of an answer, from the texts below its headings.
    pub fn all(texts: &[&str]) -> Vec<Part> {
        let said: Vec<Vec<String>> = texts.iter().map(|text| distinct(sentences(text))).collect();
        // How many sentences of the answer have three words in a row.
        let mut rows: BTreeMap<String, usize> = BTreeMap::new();
        said.iter().flatten().flat_map(|sentence| threes(sentence)).for_each(|three| *rows.entry(three).or_default() += 1);
        let fresh = |sentence: &String| {
            let own = threes(sentence);
            let elsewhere = own.iter().filter(|three| rows.get(*three).is_some_and(|count| *count > 1)).count();
            (elsewhere as f64) < 0.7 * own.len() as f64
        };
        texts.iter().zip(&said).map(|(text, all)| Part::of(text, all, &fresh)).collect()
    }

    fn of(text: &str, all: &[String], fresh: &dyn Fn(&String) -> bool) -> Part {
        let own: Vec<String> = all.iter().filter(|sentence| fresh(sentence)).cloned().collect();
        let mut all_items = distinct(items(&prose(text)));
        all_items.truncate(MOST_ITEMS);
        let mut own_items: Vec<String> = all_items.iter().filter(|item| sentences(item).iter().any(fresh)).cloned().collect();
        // Whoever writes no list makes a point with each line, or with each sentence.
        let listed = all_items.len() >= 2;
        if !listed {
            let lines = distinct(lines(text));
            let points = if lines.len() >= 2 { &lines } else { all };
            all_items = distinct(points.iter().take(MOST_ITEMS).cloned().collect());
            own_items = all_items.iter().filter(|item| sentences(item).iter().any(fresh)).cloned().collect();
        }
        Part { text: own.join("\n"), items: own_items, sentences: own, all_text: all.join("\n"), all_items, all_sentences: all.to_vec() }
    }

    /// The points of a part in which one point is one thing, whole: what stands behind a semicolon goes on from what is ahead
    /// of it. Those that are said nowhere else, and all.
    pub fn wholes(&self) -> (Vec<String>, Vec<String>) {
        let mut all: Vec<String> = vec![];
        for item in &self.all_items {
            match all.last_mut().filter(|last| last.ends_with(';') && item.starts_with(char::is_lowercase)) {
                Some(last) => *last = format!("{last} {item}"),
                None => all.push(item.clone()),
            }
        }
        let own = all.iter().filter(|whole| self.items.iter().any(|item| whole.contains(item.as_str()))).cloned().collect();
        (own, all)
    }

    /// The sentences that have one of these words.
    pub fn with(&self, words: &[&str]) -> Vec<&str> {
        self.sentences.iter().map(String::as_str).filter(|sentence| has(sentence, words)).collect()
    }

    /// The same among all that stands here.
    pub fn ever_with(&self, words: &[&str]) -> Vec<&str> {
        self.all_sentences.iter().map(String::as_str).filter(|sentence| has(sentence, words)).collect()
    }

    /// How far something is said here at all: nothing can be praised for what it does not say.
    pub fn said(&self) -> f64 {
        upto(self.text.split_whitespace().count(), 12)
    }

    pub fn figures(&self) -> Vec<Figure> {
        figures(&self.text)
    }
}

/// The lines of a text that has no list, where each of them ends as a sentence does; a line that only was too long does not.
fn lines(text: &str) -> Vec<String> {
    let text = prose(text);
    let lines: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if lines.iter().all(|line| line.ends_with(['.', '!', '?'])) { lines } else { vec![] }
}

fn distinct(texts: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.into_iter().filter(|text| seen.insert(plain(text))).collect()
}

/// Each three words in a row of a sentence; of a shorter one all of it.
fn threes(sentence: &str) -> BTreeSet<String> {
    let plain = plain(sentence);
    let words: Vec<&str> = plain.split_whitespace().collect();
    if words.len() < 3 { BTreeSet::from([words.join(" ")]) } else { words.windows(3).map(|three| three.join(" ")).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_risk_goes_on_behind_its_semicolon() {
        let risk =
            |at: usize| format!("Drivers fall ill: seen if {at} of 9 are away in March; then the {at}70 stops stay on one more bus until autumn.");
        let text = [2, 3, 4].map(risk).join("\n");
        let part = &Part::all(&[&text])[0];
        assert_eq!(part.wholes().1.len(), 3, "each line is a risk");
        let part = &Part::all(&["We do not buy forty lockers; the six stay until their contract ends."])[0];
        assert_eq!(part.wholes().0, ["We do not buy forty lockers; the six stay until their contract ends."]);
        assert_eq!(Part::all(&["A: one bus more; B: forty lockers; C: both."])[0].wholes().1.len(), 3, "options stand apart");
        assert_eq!(Part::all(&["A line that was\nbroken. And another."])[0].all_items.len(), 2);
    }
}
