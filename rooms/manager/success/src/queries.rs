//! The same in figures, for programs.

use crate::rows;
use kernel::{Look, Query, Result, answer, query};
use measures::Part;

answer! {
    /// The answer to `ReadSuccess`.
    pub struct InTheMarket {
        /// The north star, then what feeds it.
        pub measures: Vec<Went>,
        /// Key results that are where they were expected by now, of those of which something is expected.
        pub on_pace: usize,
        pub paced: usize,
        /// Settled bets that came as was believed or better, of all that are settled.
        pub hits: usize,
        pub settled: usize,
        /// Released bets that wait to be judged.
        pub to_judge: usize,
        /// Promised windows that were kept, of those whose bet was released within a year.
        pub kept: usize,
        pub promised: usize,
    }

    /// How a measure went.
    pub struct Went {
        pub name: String,
        pub north_star: bool,
        pub on_day: Option<String>,
        pub amount: Option<f64>,
        /// What it was four weeks before that, or last before that.
        pub before: Option<f64>,
    }
}

query! {
    /// Whether the product does well in the market: how its measures went, and how many key results, bets and promises came as
    /// they were meant.
    pub struct ReadSuccess in "success.read" at "/products/{product}/success" -> InTheMarket {}
}

impl Query for ReadSuccess {
    fn ask(self, look: &mut Look) -> Result<InTheMarket> {
        let found = rows::success(look)?;
        let went = |line: &measures::MeasureLine| Went {
            name: line.measure.name.clone(),
            north_star: line.measure.part == Part::NorthStar,
            on_day: line.last().map(|last| last.on_day.clone()),
            amount: line.last().map(|last| last.amount),
            before: line.before().map(|before| before.amount),
        };
        let ((on_pace, paced), (hits, settled), (kept, promised)) = (found.on_pace(look.scope), found.hits(), found.kept());
        let measures = found.of(Part::NorthStar).chain(found.of(Part::Input)).map(went).collect();
        Ok(InTheMarket { measures, on_pace, paced, hits, settled, to_judge: found.due, kept, promised })
    }
}
