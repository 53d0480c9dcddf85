//! What an estimate of a market comes to.

use kernel::answer;

answer! {
    /// A market size, computed.
    pub struct Sizing {
        pub bottom_up: Way,
        /// None where nothing was estimated from above.
        pub top_down: Option<Way>,
        /// For each size that both ways have: how far they lie apart, and what would bring them together.
        pub gaps: Vec<Apart>,
    }

    /// One of the two ways.
    pub struct Way {
        /// TAM, SAM and SOM, as far as they are given.
        pub sizes: Vec<Amount>,
        /// The input that the last of these hangs on most; none where nothing in it is uncertain.
        pub decides: Option<Decides>,
        /// The model as a tree: each line with how deep it lies.
        pub parts: Vec<Part>,
        /// What looks wrong about it.
        pub odd: Vec<String>,
    }

    /// A size, or a part of it: its middle and the 90 % interval around it.
    pub struct Amount {
        pub name: String,
        pub unit: String,
        pub low: f64,
        pub middle: f64,
        pub high: f64,
    }

    pub struct Part {
        pub depth: usize,
        #[serde(flatten)]
        pub amount: Amount,
        /// Its source, where one is given.
        pub note: String,
    }

    /// The most sensitive input of a size.
    pub struct Decides {
        pub input: String,
        pub size: String,
        /// The size with the input at the low and at the high end of its range, all else in the middle.
        pub low: f64,
        pub high: f64,
        pub unit: String,
    }

    /// How far both ways lie apart.
    pub struct Apart {
        pub size: String,
        pub bottom_up: f64,
        pub top_down: f64,
        pub unit: String,
        /// So many times the smaller the larger is.
        pub times: f64,
        /// The inputs each of which closes the gap alone, moved within its own range, the one that moves least first.
        pub closes: Vec<Closes>,
    }

    /// An input that closes the gap.
    pub struct Closes {
        pub input: String,
        /// Whether it is one of the way from above.
        pub top_down: bool,
        pub from: f64,
        pub to: f64,
        pub unit: String,
    }
}
