//! What a product has agreed to estimate with.

use crate::cards::Card;
use kernel::{Area, Reading, noun, value::Packed, words};

words! {
    /// Where its sizes come from.
    pub enum ScaleKind { Fibonacci = "fibonacci" says "Fibonacci numbers", Tshirt = "tshirt" says "T-shirt sizes", Own = "own" says "sizes of our own" }
}

noun! {
    /// The scale of a product; the newest counts, and there is one.
    pub struct EstimateScale in "estimate_scale" {
        kind: ScaleKind,
        /// Its sizes, from the smallest.
        cards: Packed<Vec<Card>>,
    } label(s) s.kind.says().to_owned();
    about { many: "estimate-scales", one: "scale of estimates", read: Reading::Sees(Area::Estimates), place: "poker",
      hushed: &["cards"], called: &[("kind", "made of")] }
}
