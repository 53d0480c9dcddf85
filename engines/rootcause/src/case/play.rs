//! Players to compare with, and the score of a member's play.

use super::{
    STEPS,
    dice::Dice,
    draw::Practice,
    space::{Hypothesis, Query, Space},
};

/// Ways to play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Player {
    /// Knows every answer beforehand and asks what narrows most: par.
    Hindsight,
    /// Which step; along which dimension; within the value that lost, along which other.
    Structured,
    /// Any question that has not been asked yet.
    Random,
}

/// The score of a play, out of 100.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Of 45: the right step, times how much the slices have in common by their usual volume.
    pub correctness: f64,
    /// Of 20: questions against par and against chance, in logarithms.
    pub efficiency: f64,
    /// Of 10: one less the square of how far the stated confidence was from the truth.
    pub confidence: f64,
    /// Of 15: questions that narrowed, none asked twice, and what came before them.
    pub process: f64,
    /// Of 10: what is to be done about it.
    pub action: f64,
}

impl Score {
    pub fn total(&self) -> f64 {
        self.correctness + self.efficiency + self.confidence + self.process + self.action
    }
}

impl Practice {
    /// The questions that a player asks until one explanation is left, at most so many.
    pub fn play(&self, player: Player, most: usize) -> Vec<Query> {
        let mut space = self.space();
        let mut asked: Vec<Query> = vec![];
        let mut dice = Dice::new(self.severity.to_bits());
        let mut plan = match player {
            Player::Structured => (0..STEPS.len()).rev().map(|step| Query { step, by: None, only: None }).collect(),
            _ => vec![],
        };
        let mut left = self.queries();
        while space.left() > 1 && asked.len() < most {
            let query = match player {
                Player::Hindsight => self.sharpest(&space, &left),
                Player::Random if !left.is_empty() => left.swap_remove(dice.below(left.len())),
                Player::Random => break,
                Player::Structured => match plan.pop() {
                    Some(query) => query,
                    None => {
                        plan = self.next_plan(&asked);
                        match plan.pop() {
                            Some(query) => query,
                            None => break,
                        }
                    }
                },
            };
            if asked.contains(&query) {
                continue;
            }
            self.learn(&mut space, &query);
            asked.push(query);
        }
        asked
    }

    fn sharpest(&self, space: &Space, queries: &[Query]) -> Query {
        let after = |query: &Query| {
            let mut tried = space.clone();
            self.learn(&mut tried, query);
            tried.left()
        };
        queries.iter().min_by_key(|query| after(query)).cloned().unwrap_or(Query { step: 0, by: None, only: None })
    }

    /// What somebody with a method asks next: the worst step along every dimension, then within the worst value.
    fn next_plan(&self, asked: &[Query]) -> Vec<Query> {
        let loss = |expected: f64, actual: f64| (expected - actual) / expected.max(1.0).sqrt();
        let worst_step = (0..STEPS.len())
            .max_by(|a, b| {
                let of = |step: usize| self.answer(&Query { step, by: None, only: None }).iter().map(|c| loss(c.expected, c.actual)).sum::<f64>();
                of(*a).total_cmp(&of(*b))
            })
            .unwrap_or(0);
        let along = |only: Option<(usize, usize)>| -> Vec<Query> {
            (0..self.dimensions.len()).filter(|d| only.is_none_or(|(o, _)| o != *d)).map(|d| Query { step: worst_step, by: Some(d), only }).collect()
        };
        let open = |plan: Vec<Query>| -> Vec<Query> { plan.into_iter().filter(|q| !asked.contains(q)).collect() };
        let first = open(along(None));
        if !first.is_empty() {
            return first;
        }
        // The values that lost most against chance, one after another.
        let mut values: Vec<(f64, (usize, usize))> = along(None)
            .iter()
            .flat_map(|q| self.answer(q).into_iter().filter_map(|c| Some((loss(c.expected, c.actual), (q.by?, c.value?)))).collect::<Vec<_>>())
            .collect();
        values.sort_by(|a, b| b.0.total_cmp(&a.0));
        values.into_iter().map(|(_, value)| open(along(Some(value)))).find(|plan| !plan.is_empty()).unwrap_or_default()
    }

    /// Scores a play. `confidence` is how sure the answer was said to be, 0 to 1; `method` how far data were checked
    /// and explanations written down before asking, and `action` how complete the proposed remedy is, both 0 to 1.
    pub fn score(&self, asked: &[Query], answer: &Hypothesis, confidence: f64, method: f64, action: f64) -> Score {
        let volume = |fits: &dyn Fn(&[usize]) -> bool| -> f64 {
            self.leaves.iter().zip(&self.expected[self.truth.step]).filter(|(leaf, _)| fits(leaf)).map(|(_, v)| v).sum()
        };
        let both = volume(&|leaf| answer.holds(leaf) && self.truth.holds(leaf));
        let either = volume(&|leaf| answer.holds(leaf) || self.truth.holds(leaf));
        let right = if answer.step == self.truth.step && either > 0.0 { both / either } else { 0.0 };
        let par = self.play(Player::Hindsight, 40).len().max(1) as f64;
        let chance = (self.play(Player::Random, 60).len() as f64).max(par + 1.0);
        let used = asked.len().max(1) as f64;
        let efficiency = ((chance.ln() - used.ln()) / (chance.ln() - par.ln())).clamp(0.0, 1.0);
        let gains = self.narrow(asked);
        let telling = gains.iter().filter(|g| g.after < g.before).count() as f64 / gains.len().max(1) as f64;
        let unit = |v: f64| if v.is_finite() { v.clamp(0.0, 1.0) } else { 0.0 };
        Score {
            correctness: 45.0 * right,
            // Speed without the answer is worth nothing.
            efficiency: 20.0 * efficiency * right,
            confidence: 10.0 * (1.0 - (unit(confidence) - right).powi(2)),
            process: 15.0 * (0.6 * telling + 0.4 * unit(method)),
            action: 10.0 * unit(action),
        }
    }
}
