//! What programs ask for besides the things themselves.

use crate::{
    answers::Sizing,
    matrix_rows,
    model::*,
    rows::{self, PersonaLine},
    sizing,
};
use kernel::{Id, Look, Noun, Query, Result, answer, query};

answer! {
    /// The matrix: who can do what how well.
    pub struct MatrixTold {
        pub cells: Vec<CellTold>,
        /// In how many capabilities we are ahead of all others, level with the best of them, and behind.
        pub ahead: usize,
        pub level: usize,
        pub behind: usize,
    }

    /// What was seen last in a cell.
    pub struct CellTold {
        pub capability_name: String,
        /// Empty where it is ours.
        pub competitor_name: String,
        /// It was seen more than half a year ago.
        pub old: bool,
        #[serde(flatten)]
        pub grade: Grade,
    }
}

query! {
    /// The capability matrix: what was seen last in each cell, with its source and its day.
    pub struct ReadMatrix in "grade.matrix" at "/products/{product}/capability-matrix" -> MatrixTold {}
}

impl Query for ReadMatrix {
    fn ask(self, look: &mut Look) -> Result<Self::Answer> {
        let matrix = matrix_rows::matrix(look)?;
        let (ahead, level, behind) = matrix.standing();
        let mut cells = vec![];
        for capability in &matrix.capabilities {
            for whose in std::iter::once(None).chain(matrix.competitors.iter().map(Some)) {
                cells.extend(matrix.cell(capability.id(), whose.map(Noun::id)).map(|grade| CellTold {
                    capability_name: capability.name.clone(),
                    competitor_name: whose.map(|c| c.name.clone()).unwrap_or_default(),
                    old: matrix_rows::Age::of(&grade.seen_on, &matrix.today) == matrix_rows::Age::Old,
                    grade: grade.clone(),
                }));
            }
        }
        Ok(MatrixTold { cells, ahead, level, behind })
    }
}

query! {
    /// The personas, each with its segment and whether it is researched or assumed.
    pub struct ReadPersonas in "persona.standing" at "/products/{product}/personas-with-evidence" -> Vec<PersonaLine> {}
}

impl Query for ReadPersonas {
    fn ask(self, look: &mut Look) -> Result<Self::Answer> {
        rows::personas(look)
    }
}

query! {
    /// What the estimate of a market comes to: from below, from above, how far they lie apart and what closes the gap.
    pub struct ReadSizing in "market_size.computed" at "/products/{product}/market-sizes/{market_size}/computed" -> Sizing {
        pub market_size: Id<MarketSize>,
    }
}

impl Query for ReadSizing {
    fn ask(self, look: &mut Look) -> Result<Self::Answer> {
        sizing::of_size(&MarketSize::get(look, self.market_size)?)
    }
}
