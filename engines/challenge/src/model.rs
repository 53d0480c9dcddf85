//! Models in the language of estimates, computed in the unit that was asked for.

use estimate::{Model, Settings, Structure};
use std::collections::BTreeSet;

/// So many letters a model has at most, as many as a part of an answer.
const LONGEST: usize = 8_000;
/// The name of the line that repeats the answer in the unit asked for.
pub(crate) const ASKED: &str = "answer_in_the_unit_asked";

/// A model that computes.
#[derive(Clone, Debug)]
pub struct Computed {
    pub model: Model,
    /// The line `answer`.
    pub answer: usize,
    /// The 5th percentile, the middle and the 95th.
    pub low: f64,
    pub middle: f64,
    pub high: f64,
}

impl Computed {
    pub fn structure(&self) -> Structure {
        self.model.structure(self.answer)
    }

    /// Lines that the answer stands on: those that use no other, and those that have a guess of their own in them, as
    /// `adults = people * (62 % to 67 %)` has.
    pub(crate) fn grounds(&self) -> BTreeSet<usize> {
        let tree: BTreeSet<usize> = self.model.tree(self.answer).into_iter().map(|(at, _)| at).collect();
        let guessed: BTreeSet<usize> = self.model.leaves().iter().map(|leaf| leaf.line).collect();
        tree.into_iter().filter(|at| self.model.lines()[*at].uses.is_empty() || guessed.contains(at)).collect()
    }

    /// How many guesses and facts it stands on, those within other lines too.
    pub(crate) fn bases(&self) -> usize {
        let lines = self.model.lines();
        let grounds = self.grounds();
        let within = self.model.leaves().iter().filter(|leaf| grounds.contains(&leaf.line) && !lines[leaf.line].uses.is_empty()).count();
        grounds.iter().filter(|at| lines[**at].uses.is_empty()).count() + within
    }
}

/// Whether a text has a line `answer = …`.
pub(crate) fn has_answer(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().strip_prefix("answer").is_some_and(|rest| rest.trim_start().starts_with('=')))
}

/// Computes the line `answer` in a unit.
///
/// # Errors
/// Why it does not compute, in a sentence.
pub fn compute(text: &str, unit: &str) -> Result<Computed, String> {
    if !has_answer(text) {
        return Err("There is no line “answer = …”.".into());
    }
    if text.len() > LONGEST && text.chars().count() > LONGEST {
        return Err(format!("It has more than {LONGEST} letters."));
    }
    let (asked, line) = match unit.trim() {
        "" => (text.to_owned(), "answer"),
        unit => (format!("{}\n{ASKED} = answer in {unit}\n", text.trim_end()), ASKED),
    };
    let model = Model::parse(&asked).map_err(|wrong| wrong.to_string())?;
    let (Some(answer), Some(shown)) = (model.line("answer"), model.line(line)) else { return Err("There is no line “answer = …”.".into()) };
    let (low, middle, high) = {
        let results = model.run(Settings { samples: 4000, seed: 1 }).map_err(|wrong| wrong.to_string())?;
        let summary = results.summary(shown);
        (summary.at(0.05), summary.at(0.5), summary.at(0.95))
    };
    if [low, middle, high].iter().any(|v| !v.is_finite()) {
        return Err("The answer is no number.".into());
    }
    Ok(Computed { model, answer, low, middle, high })
}

/// Ids of facts that a model names as `fact:id`.
pub(crate) fn facts_of(model: &str) -> Vec<&str> {
    let id = |rest: &'_ str| rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
    model.split("fact:").skip(1).map(|rest| &rest[..id(rest)]).filter(|id| !id.is_empty()).collect()
}
