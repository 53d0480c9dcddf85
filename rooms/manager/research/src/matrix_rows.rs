//! The capability matrix: who can do what how well, as it was seen last, and when that was.

use crate::{model::*, rows};
use kernel::{Column, Id, Look, Noun, Result, Uuid, Value};
use std::collections::HashMap;
use web::when;

/// So many rows the matrix has at most.
const MOST: usize = 300;

/// Competitors across, capabilities down, and what was seen last in each cell.
pub struct Matrix {
    pub competitors: Vec<Competitor>,
    pub capabilities: Vec<Capability>,
    cells: HashMap<(Uuid, Option<Uuid>), Grade>,
    pub today: String,
}

/// How long ago something was seen, for the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    Fresh,
    Fading,
    Old,
}

impl Age {
    pub fn of(seen_on: &str, today: &str) -> Age {
        match when::days_between(seen_on, today) {
            days if days > OLD => Age::Old,
            days if days > OLD / 2 => Age::Fading,
            _ => Age::Fresh,
        }
    }
}

impl Matrix {
    /// What was seen last; `competitor` is none for ours.
    pub fn cell(&self, capability: Id<Capability>, competitor: Option<Id<Competitor>>) -> Option<&Grade> {
        self.cells.get(&(capability.0, competitor.map(|id| id.0)))
    }

    /// In how many capabilities we are ahead of everybody, level with the best, and behind somebody, of those in which it is known.
    pub fn standing(&self) -> (usize, usize, usize) {
        let mut found = (0, 0, 0);
        for capability in &self.capabilities {
            let theirs = self.competitors.iter().filter_map(|c| self.cell(capability.id(), Some(c.id()))).map(|grade| grade.level).max();
            let (Some(ours), Some(theirs)) = (self.cell(capability.id(), None).map(|grade| grade.level), theirs) else { continue };
            match ours.cmp(&theirs) {
                std::cmp::Ordering::Greater => found.0 += 1,
                std::cmp::Ordering::Equal => found.1 += 1,
                std::cmp::Ordering::Less => found.2 += 1,
            }
        }
        found
    }

    /// The cells that are old.
    pub fn old(&self) -> usize {
        self.cells.values().filter(|grade| Age::of(&grade.seen_on, &self.today) == Age::Old).count()
    }
}

/// The matrix of the product at hand.
pub fn matrix(look: &mut Look) -> Result<Matrix> {
    let competitors = rows::competitors(look)?;
    let capabilities = Capability::all(look, &format!("order by created_at, id limit {MOST}"), &[])?;
    // Of each cell what was seen last.
    let last = "and not exists (select 1 from grade newer where newer.capability = grade.capability
         and coalesce(newer.competitor, '') = coalesce(grade.competitor, '') and newer.removed_at is null
         and (newer.seen_on, newer.id) > (grade.seen_on, grade.id))";
    let grades = Grade::all(look, last, &[])?;
    let cells = grades.into_iter().map(|grade| ((grade.capability.0, grade.competitor.map(|id| id.0)), grade)).collect();
    let mut matrix = Matrix { competitors, capabilities, cells, today: rows::today(look) };
    let (rows, columns): (Vec<Uuid>, Vec<Uuid>) =
        (matrix.capabilities.iter().map(|c| c.meta.id).collect(), matrix.competitors.iter().map(|c| c.meta.id).collect());
    matrix.cells.retain(|(row, column), _| rows.contains(row) && column.is_none_or(|column| columns.contains(&column)));
    Ok(matrix)
}

/// All that was seen in a cell, what was seen last first.
pub(crate) fn past(look: &mut Look, capability: Id<Capability>, competitor: Option<Id<Competitor>>) -> Result<Vec<Grade>> {
    let whose = competitor.map_or_else(String::new, |id| id.to_string());
    let clause = "and capability = $2 and coalesce(competitor, '') = $3 order by seen_on desc, id desc limit 100";
    Grade::all(look, clause, &[capability.value(), Value::Text(whose)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_long_ago_fades() {
        let of = |day| Age::of(day, "2026-11-29");
        assert_eq!([of("2026-11-29"), of("2026-08-31"), of("2026-08-30"), of("2026-06-02"), of("2026-06-01")].map(|age| age as u8), [0, 0, 1, 1, 2]);
    }
}
