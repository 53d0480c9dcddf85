//! A round once it is revealed: what was rated, what was settled since, and the scores and the order that follow.

use crate::{
    behind::{self, Behind},
    inputs::Input,
    items::{self, Item},
    model::*,
    rating::counted,
    reveal::{Revealed, Sheet, reveal},
    rounds::scheme_of,
};
use kernel::{Column, Id, Look, Noun, Result, Uuid};
use std::collections::HashMap;

/// Everything about a round that is open.
pub struct Opened {
    pub round: Round,
    pub scheme: Scheme,
    pub inputs: Vec<Input>,
    /// What was rated and was not removed since, in the order that it has now.
    pub items: Vec<Item>,
    pub raters: Vec<Rater>,
    pub ratings: Vec<Rating>,
    pub settled: Vec<SettledRating>,
    pub behind: HashMap<Uuid, Behind>,
    pub revealed: Revealed,
}

impl Opened {
    pub fn read(look: &mut Look, round: Round) -> Result<Opened> {
        let scheme = scheme_of(look, &round)?;
        let id: Id<Round> = round.id();
        let raters = Rater::all(look, "and round = $2 order by id", &[id.value()])?;
        let ratings = Rating::all(look, "and round = $2 order by id", &[id.value()])?;
        let settled = SettledRating::all(look, "and round = $2 order by created_at, id", &[id.value()])?;
        let items = items::by_ids(look, scheme.thing, &round.items)?;
        let ids: Vec<Uuid> = items.iter().map(|item| item.id).collect();
        let behind = if scheme.counted.is_empty() { HashMap::new() } else { behind::behind(look, scheme.thing, &ids)? };
        let inputs = scheme.inputs();
        let sheets: Vec<Sheet> = ratings.iter().map(|rating| Sheet { member: rating.member.0, gave: rating.gave.0.clone() }).collect();
        let revealed = reveal(scheme.method, &inputs, &ids, &sheets, &|item, input| counted(&inputs[input], behind.get(&ids[item])));
        Ok(Opened { round, scheme, inputs, items, raters, ratings, settled, behind, revealed })
    }

    /// What was settled about a thing under an input.
    pub fn settlement(&self, item: usize, input: usize) -> Option<&SettledRating> {
        let (about, key) = (self.items.get(item)?.id, &self.inputs.get(input)?.key);
        self.settled.iter().find(|settled| settled.about_id == about && settled.criterion == *key)
    }

    /// What each thing is scored with from now on: what was settled, or else what lies in the middle.
    pub fn values(&self) -> Vec<Vec<Option<String>>> {
        let value = |item: usize, input: usize| match self.settlement(item, input) {
            Some(settled) => Some(settled.written.clone()),
            None => self.revealed.middles[item][input].clone(),
        };
        (0..self.items.len()).map(|item| (0..self.inputs.len()).map(|input| value(item, input)).collect()).collect()
    }

    /// The things that have a value for everything, the highest score first; equals stay as they are.
    pub fn order(&self) -> Vec<(usize, f64)> {
        let formula = self.scheme.formula();
        let scored = |(item, values): (usize, Vec<Option<String>>)| {
            let numbers: Option<Vec<f64>> = values
                .iter()
                .zip(&self.inputs)
                .map(|(text, input)| match (input.counted, text) {
                    (Some(_), _) => counted(input, self.behind.get(&self.items[item].id)),
                    (None, Some(text)) => input.read(text).ok().map(|quantity| quantity.middle()),
                    (None, None) => None,
                })
                .collect();
            Some((item, formula.score(&numbers?).ok()?))
        };
        let mut order: Vec<(usize, f64)> = self.values().into_iter().enumerate().filter_map(scored).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1));
        order
    }

    /// When something was settled last: what is proposed rests on it.
    pub fn as_of(&self) -> i64 {
        self.settled.iter().map(|settled| settled.meta.updated_at).max().unwrap_or(0)
    }
}
