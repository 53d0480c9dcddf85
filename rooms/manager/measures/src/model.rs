//! A measure of the product, and its values.

use kernel::{Area, Heard, Id, Reading, noun, value::Packed, words};
use people::Member;
use std::collections::BTreeMap;

/// What the product is measured by is a matter of strategy.
pub(crate) const AREA: Area = Area::Strategy;

words! {
    /// What it is for the product: the one figure that says whether it does well, or one that feeds it.
    pub enum Part { NorthStar = "north_star" says "north star", Input = "input" says "input", Watched = "watched" says "also watched" }
}

words! {
    /// Which way is good.
    pub enum Better { More = "more", Less = "less" }
}

words! {
    /// How the values of parts (cities, platforms) make the one of a day.
    pub enum PartsMake { Sum = "sum" says "their sum", Mean = "mean" says "their mean" }
}

/// What a value is of: the names of dimensions, and of each one of its parts. Empty: of the whole.
pub type Along = BTreeMap<String, String>;

noun! {
    /// A figure of the product's own.
    pub struct Measure in "measure" {
        name: String,
        /// What is counted, and how.
        meaning: String,
        unit: String,
        part: Part,
        better: Better,
        parts_make: PartsMake,
        /// Along what it can be taken apart: "city".
        dimensions: Packed<Vec<String>>,
    } label(m) m.name.clone(); searched Some((m.name.clone(), m.meaning.clone()));
    about { many: "measures", read: Reading::Sees(AREA), place: "measures?open={id}", titled: true, found_by: "name", discussed: true,
      heard: Heard { texts: &["meaning"], news: &["meaning", "part"], ..Heard::NOTHING },
      called: &[("meaning", "what is counted"), ("part", "what it is for"), ("better", "which way is good"), ("parts_make", "how parts make the whole")] }
}

noun! {
    /// What it was on a day.
    pub struct MeasureValue in "measure_value" {
        measure: Id<Measure>,
        on_day: String,
        amount: f64,
        /// What it is of, where it is not of the whole.
        along: Packed<Along>,
        note: String,
        member: Option<Id<Member>>,
    } label(v) format!("{} on {}", web::telling::figure(v.amount), web::when::short_day(&v.on_day, "–"));
    about { many: "measure-values", one: "value", read: Reading::Of("measure", "measure"), part_of: "measure", hushed: &["measure", "along", "member"],
      said: Some(kernel::erasure::Said { by: "member", words: &["note"], unless: "" }),
      called: &[("on_day", "day"), ("amount", "value")] }
}
