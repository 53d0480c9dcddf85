//! Which of the facts that only asking tells an answer uses.

use super::{
    part::Part,
    sense::is_money,
    words::{figure_stands, stems},
};
use crate::{
    Challenge,
    read::{Fact, Worth},
    text::{Figure, figures, near},
};
use std::collections::BTreeSet;

/// The facts of a challenge that are told only to whoever asks, each with the words that tell it from others.
pub(super) struct Hidden<'a>(Vec<(&'a Fact, BTreeSet<String>)>);

impl<'a> Hidden<'a> {
    pub fn of(challenge: &'a Challenge) -> Hidden<'a> {
        let said: Vec<BTreeSet<String>> =
            challenge.facts.iter().map(|fact| stems(&format!("{} {} {}", fact.says, fact.words.join(" "), fact.unit()))).collect();
        let many = challenge.facts.len().div_ceil(3).max(4);
        let rare = |stem: &String| said.iter().filter(|other| other.contains(stem)).count() <= many;
        let own = |at: usize| said[at].iter().filter(|stem| rare(stem)).cloned().collect();
        Hidden(challenge.facts.iter().enumerate().filter(|(_, fact)| fact.hidden).map(|(at, fact)| (fact, own(at))).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Those that some parts use: the figure together with what it is a figure of, or of a text a good part of its words
    /// close together. A figure alone may be there by chance.
    pub fn used<'p>(&self, parts: impl IntoIterator<Item = &'p Part>) -> Vec<&'a Fact> {
        let places: Vec<Place> = parts.into_iter().flat_map(Place::all).collect();
        self.0.iter().filter(|(fact, own)| places.iter().any(|place| place.uses(fact, own))).map(|(fact, _)| *fact).collect()
    }
}

/// A sentence with those before and behind it.
struct Place {
    sentence: String,
    words: BTreeSet<String>,
    figures: Vec<f64>,
}

impl Place {
    fn all(part: &Part) -> Vec<Place> {
        let place = |at: usize| {
            let near_by = part.sentences[at.saturating_sub(1)..(at + 2).min(part.sentences.len())].join(" ");
            let figures = figures(&near_by).iter().map(|f| f.value).collect();
            Place { sentence: part.sentences[at].clone(), words: stems(&near_by), figures }
        };
        (0..part.sentences.len()).map(place).collect()
    }

    fn has(&self, value: f64) -> bool {
        self.figures.iter().any(|own| near(*own, value, 0.001))
    }

    fn uses(&self, fact: &Fact, own: &BTreeSet<String>) -> bool {
        let large = |text: &str, least: f64| figures(text).iter().map(|f| f.value).filter(|value| *value >= least && self.has(*value)).count();
        match &fact.worth {
            Worth::Figure { value, unit } => {
                let unit_text = format!("1 {unit}");
                let money = figures(&unit_text).first().is_some_and(|f| is_money(&unit_text, f));
                let there = |f: &Figure| figure_stands(&self.sentence, f, *value, unit) && (money || !is_money(&self.sentence, f));
                let common = own.intersection(&self.words).count() + large(&fact.says, 10.0);
                common >= own.len().min(2) && figures(&self.sentence).iter().any(there)
            }
            Worth::Text(text) => {
                let told = stems(text);
                let both = told.intersection(&self.words).count();
                both >= 4 && both as f64 >= 0.35 * told.len() as f64 || both >= 3 && large(text, 13.0) > 0
            }
        }
    }
}
