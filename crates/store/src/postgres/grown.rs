//! When a table's figures are taken anew: plans are kept, and those of an empty table would scan a full one for every row
//! of an import.

use std::collections::HashMap;

/// After so many new rows, and again at each fourfold.
const FIRST_LOOK: usize = 500;

/// Rows inserted by a session, by table, and at how many the table is looked at again.
#[derive(Default)]
pub struct Grown(HashMap<String, (usize, usize)>);

impl Grown {
    /// Counts a new row; what has the planner look, once there are many.
    pub fn row(&mut self, table: String) -> Option<String> {
        let look = format!("analyze (skip_locked) {table}");
        let (rows, next) = self.0.entry(table).or_insert((0, FIRST_LOOK));
        *rows += 1;
        if rows < next {
            return None;
        }
        *next *= 4;
        Some(look)
    }
}
