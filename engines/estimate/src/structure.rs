//! How a model is built: how deep, from how many guesses, what is counted twice, what another model has and this
//! one lacks, and whether there is a second way to the same answer.

use crate::model::Model;

/// The build of a model below one of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Structure {
    /// Lines from the answer down to the deepest guess.
    pub depth: usize,
    /// Lines that use no other: the guesses and facts.
    pub leaves: usize,
    /// Lines that the answer reaches by more than one way, as a factor counted twice would be.
    pub twice: Vec<usize>,
    /// Lines that use others, have the dimension of the answer and share no guess with it: second routes.
    pub routes: Vec<usize>,
}

impl Model {
    pub fn structure(&self, line: usize) -> Structure {
        let own = self.below(line);
        let mut depth = vec![1_usize; self.lines.len()];
        let mut ways = vec![0_u64; self.lines.len()];
        for at in &self.order {
            depth[*at] = 1 + self.lines[*at].uses.iter().map(|u| depth[*u]).max().unwrap_or(0);
        }
        ways[line] = 1;
        for at in self.order.iter().rev().filter(|at| own[**at]) {
            for used in &self.lines[*at].uses {
                ways[*used] = ways[*used].saturating_add(ways[*at]);
            }
        }
        let leaf = |at: usize| self.lines[at].uses.is_empty();
        let dimension = self.lines[line].unit.dimensions();
        let routes = (0..self.lines.len()).filter(|other| {
            let apart = || self.below(*other).iter().zip(&own).enumerate().all(|(at, (a, b))| !(*a && *b && leaf(at)));
            !own[*other] && !leaf(*other) && self.lines[*other].unit.dimensions() == dimension && apart()
        });
        Structure {
            depth: depth[line] - 1,
            leaves: (0..self.lines.len()).filter(|at| own[*at] && leaf(*at)).count(),
            twice: (0..self.lines.len()).filter(|at| own[*at] && ways[*at] > 1).collect(),
            routes: routes.collect(),
        }
    }

    /// Guesses of another model (below its answer) of a dimension that no guess here has: what may be missing.
    pub fn missing<'a>(&self, line: usize, other: &'a Model, its_line: usize) -> Vec<&'a str> {
        let own = self.below(line);
        let known: Vec<_> = (0..self.lines.len()).filter(|at| own[*at]).map(|at| self.lines[at].unit.dimensions()).collect();
        let theirs = other.below(its_line);
        (0..other.lines.len())
            .filter(|at| theirs[*at] && other.lines[*at].uses.is_empty() && !known.contains(&other.lines[*at].unit.dimensions()))
            .map(|at| other.lines[at].name.as_str())
            .collect()
    }

    /// Which lines a line stands on, itself included.
    fn below(&self, line: usize) -> Vec<bool> {
        let mut seen = vec![false; self.lines.len()];
        let mut left = vec![line];
        while let Some(at) = left.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                left.extend(&self.lines[at].uses);
            }
        }
        seen
    }

    /// The model below a line as a tree, each line with how deep it lies; a line used twice is told twice, but
    /// what is below it only once.
    pub fn tree(&self, line: usize) -> Vec<(usize, usize)> {
        let mut told = vec![false; self.lines.len()];
        let mut found = vec![];
        let mut left = vec![(line, 0)];
        while let Some((at, depth)) = left.pop() {
            found.push((at, depth));
            if !std::mem::replace(&mut told[at], true) {
                left.extend(self.lines[at].uses.iter().rev().map(|used| (*used, depth + 1)));
            }
        }
        found
    }
}
