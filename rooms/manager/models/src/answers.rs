//! What an estimate comes to.

use kernel::answer;

answer! {
    /// An estimate, worked out.
    pub struct Computed {
        /// The line that was asked for.
        pub answer: Told,
        pub mean: f64,
        /// What the line hangs on, what matters most first.
        pub inputs: Vec<Input>,
        /// The lines below it as a tree, each with how deep it lies.
        pub parts: Vec<Depth>,
        /// Every line, in the order of the text.
        pub lines: Vec<Told>,
        /// The chance of what was asked, 0 to 1.
        pub chance: Option<f64>,
        /// From the deepest guess up to the answer.
        pub depth: usize,
        pub guesses: usize,
        /// Lines that the answer reaches by more than one way.
        pub twice: Vec<String>,
        /// Lines that come to the same quantity by another way.
        pub second_ways: Vec<String>,
    }

    /// A line in figures: its middle, and the 90 % interval around it.
    pub struct Told {
        pub name: String,
        pub unit: String,
        pub low: f64,
        pub middle: f64,
        pub high: f64,
        /// It is no guess and rests on none.
        pub certain: bool,
        /// Its source, where one is given.
        pub note: String,
    }

    pub struct Depth {
        pub depth: usize,
        #[serde(flatten)]
        pub line: Told,
    }

    /// Something uncertain that the answer hangs on.
    pub struct Input {
        pub name: String,
        /// Its part in how uncertain the answer is, 0 to 1.
        pub share: f64,
        /// The answer with it at the low and at the high end of its range, all else in the middle.
        pub low: f64,
        pub high: f64,
        /// By how much of its variance the answer would shrink if it were known.
        pub knowing: f64,
        /// The line it stands in.
        pub line: String,
    }
}
