//! Players to compare with.

use super::{
    dice::Dice,
    draw::Practice,
    space::{Query, Source},
};

/// Ways to play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Player {
    /// Knows every answer beforehand and asks what narrows most: par.
    Hindsight,
    /// Which step; along which dimension; within the value that lost, along which other; and whether the data are right.
    Structured,
    /// Any question that has not been asked yet.
    Random,
}

impl Practice {
    /// The questions that a player asks until one explanation is left, at most so many.
    pub fn play(&self, player: Player, most: usize) -> Vec<Query> {
        let explanations = self.explanations();
        let mut space = explanations.start(self.steps.len());
        let mut asked: Vec<Query> = vec![];
        let mut dice = Dice::new(self.seed ^ 0x9e37_79b9);
        let mut left = self.queries();
        let known: Vec<_> = if player == Player::Hindsight { left.iter().map(|query| self.mask(&explanations, query)).collect() } else { vec![] };
        while explanations.left(&space) > 1 && asked.len() < most {
            let query = match player {
                Player::Hindsight => (0..left.len()).min_by_key(|at| explanations.tried(&space, &known[*at])).map(|at| left[at].clone()),
                Player::Random if left.is_empty() => None,
                Player::Random => Some(left.swap_remove(dice.below(left.len()))),
                Player::Structured => self.next(&asked),
            };
            let Some(query) = query.filter(|query| !asked.contains(query)) else { break };
            explanations.learn(&mut space, &self.mask(&explanations, &query));
            asked.push(query);
        }
        asked
    }

    /// What somebody with a method asks next.
    fn next(&self, asked: &[Query]) -> Option<Query> {
        let last = self.steps.len() - 1;
        // How far a figure is off, in bands.
        let off = |query: &Query| -> Vec<(f64, Option<usize>)> {
            self.answer(query).iter().map(|cell| ((cell.expected - cell.actual) / self.band(query, cell), cell.value)).collect()
        };
        let total = |step: usize| off(&Query::of(step, None, None)).iter().map(|(off, _)| *off).sum::<f64>();
        let mut steps: Vec<usize> = (0..=last).collect();
        let along = |step: usize, only: Option<(usize, usize)>| -> Vec<Query> {
            (0..self.dimensions.len()).filter(|d| only.is_none_or(|(o, _)| o != *d)).map(|d| Query::of(step, Some(d), only)).collect()
        };
        let mut plan: Vec<Query> = (0..=last).map(|step| Query::of(step, None, None)).collect();
        if let Some(open) = plan.iter().find(|query| !asked.contains(query)) {
            return Some(open.clone());
        }
        // Where the totals are as ever, one begins with who comes.
        if steps.iter().any(|step| total(*step) > 1.0) {
            steps.sort_by(|a, b| total(*b).total_cmp(&total(*a)));
        }
        let broken = &steps[..if self.has_two() { 2.min(steps.len()) } else { 1 }];
        broken.iter().for_each(|step| plan.extend(along(*step, None)));
        if let Some(open) = plan.iter().find(|query| !asked.contains(query)) {
            return Some(open.clone());
        }
        // The values that lost most against chance, one after another.
        let worst = |step: usize| {
            let of = |q: &Query| off(q).into_iter().filter_map(|(off, value)| Some((off, (q.by?, value?)))).collect::<Vec<_>>();
            let mut values: Vec<(f64, (usize, usize))> = along(step, None).iter().flat_map(of).filter(|(off, _)| *off > 1.0).collect();
            values.sort_by(|a, b| b.0.total_cmp(&a.0));
            values.into_iter().map(|(_, value)| value).collect::<Vec<_>>()
        };
        let values: Vec<(usize, Vec<(usize, usize)>)> = broken.iter().map(|step| (*step, worst(*step))).collect();
        for round in 0..values.iter().map(|(_, values)| values.len()).max().unwrap_or(0) {
            for (step, values) in &values {
                let Some(value) = values.get(round) else { continue };
                plan.extend(along(*step, Some(*value)));
                if round == 0 && !self.has_two() {
                    plan.push(Query { source: Source::Books, step: last, by: None, only: Some(*value) });
                    plan.push(Query { source: Source::YearAgo, step: *step, by: Some(value.0), only: None });
                }
            }
        }
        if !self.has_two() {
            plan.push(Query { source: Source::Books, step: last, by: None, only: None });
            plan.push(Query { source: Source::YearAgo, step: steps[0], by: None, only: None });
        }
        steps.iter().for_each(|step| plan.extend(along(*step, None)));
        if let Some(open) = plan.iter().find(|query| !asked.contains(query)) {
            return Some(open.clone());
        }
        // Whatever is left, the plain questions first.
        let mut rest = self.queries();
        rest.sort_by_key(|query| usize::from(query.only.is_some()) + usize::from(query.source != Source::Period));
        rest.into_iter().find(|query| !asked.contains(query))
    }
}
