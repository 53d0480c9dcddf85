//! An estimate, and a fact that estimates may rest on.

use kernel::{Area, Heard, Reading, noun, words};

/// Estimates are research, as market sizes are.
pub(crate) const AREA: Area = Area::Research;

words! {
    /// What is estimated.
    pub enum Serves { Revenue = "revenue" says "what it brings in", Market = "market" says "a market", Effort = "effort" says "effort or time", Cost = "cost" says "what it costs", Other = "other" says "something else" }
}

noun! {
    /// An estimate: a model whose lines are guesses and formulas, and whose answer is a distribution.
    pub struct EstimateModel in "estimate_model" {
        title: String,
        serves: Serves,
        /// Lines "name = expression" in the language of estimates.
        body: String,
        note: String,
    } label(m) m.title.clone(); searched Some((m.title.clone(), format!("{}\n{}", m.note, m.body)));
    about { many: "estimate-models", one: "estimate", read: Reading::Sees(AREA), place: "models?show={id}", titled: true, found_by: "title", discussed: true,
      long: &["body"], heard: Heard { texts: &["note"], news: &["body", "note"], ..Heard::NOTHING },
      called: &[("body", "model"), ("serves", "what is estimated")] }
}

noun! {
    /// A figure that is known, with where it is from.
    pub struct KnownFact in "known_fact" {
        /// As a line of a model calls it: `riders`.
        name: String,
        /// As a line of a model has it: `40k to 60k people`.
        worth: String,
        source: String,
        /// Of which year it is.
        year: Option<i64>,
        url: String,
    } label(f) f.name.clone(); searched Some((f.name.replace('_', " "), format!("{}\n{}", f.worth, f.source)));
    about { many: "known-facts", one: "fact", read: Reading::Sees(AREA), place: "models#fact-{id}", titled: true, found_by: "name",
      heard: Heard { news: &["worth"], ..Heard::NOTHING }, called: &[("worth", "value"), ("url", "address")] }
}

impl KnownFact {
    /// As it stands in a model.
    pub(crate) fn line(&self) -> String {
        line(&self.name, &self.worth, &self.source, self.year)
    }
}

/// A line of a model with where its figure is from.
pub(crate) fn line(name: &str, worth: &str, source: &str, year: Option<i64>) -> String {
    // What stands behind a hash or on another line would be lost.
    let source = source.replace(['\n', '#'], " ");
    let year = year.map(|year| format!(", {year}")).unwrap_or_default();
    format!("{name} = {worth} -- {}{year}", source.trim())
}
