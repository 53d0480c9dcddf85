//! The health check: statements rated from 1 to 5, counted in nobody's name and told as sums once the notes are revealed.

use crate::{HEALTH_RATED, meeting, model::*, opening::must_be_there};
use kernel::{
    Authority, Command, Decided, FieldError, Id, Look, Moment, Noun, Refusal, Result, Scope, command,
    counted::{self, Answered, Answers, Count},
    value::Column,
};
use std::collections::BTreeMap;

/// Sums by statement and rating with how many have rated; without sums where they are so few that one could tell whose they are.
pub(crate) fn told(retro: &Retro, given: &[(i64, i64, i64)]) -> (i64, Vec<Vec<i64>>) {
    let mut sums = vec![vec![0; BEST as usize]; retro.statements.len()];
    for (statement, rating, times) in given {
        let place = usize::try_from(*statement).ok().and_then(|statement| sums.get_mut(statement));
        if let Some(place) = place.and_then(|ratings| ratings.get_mut(usize::try_from(rating - 1).ok()?)) {
            *place = *times;
        }
    }
    let people: i64 = sums.first().map_or(0, |ratings| ratings.iter().sum());
    (people, if people >= FEWEST { sums } else { vec![] })
}

command! {
    /// Rates each statement of the health check, once, from 1 (not at all) to 5 (fully). What is kept are sums, in nobody's name.
    pub struct RateHealth in "retro.rate" at Put "/products/{product}/retros/{retro}/health" [] {
        pub retro: Id<Retro>,
        /// By the place of the statement, from 0.
        pub ratings: BTreeMap<String, i64>,
    }
}

impl Command for RateHealth {
    type Before = (Retro, Answered);
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(THERE);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let retro = Retro::get(look, self.retro)?;
        let answered = counted::answered(look, "$1", &[retro.meta.id.value()])?.remove(&retro.meta.id).unwrap_or_default();
        Ok((retro, answered))
    }
    fn may(&self, (retro, answered): &Self::Before, scope: &Scope) -> Result<()> {
        must_be_there(scope)?;
        meeting::is_in(retro, &[Phase::Writing])?;
        match answered.oneself {
            false => Ok(()),
            true => Err(Refusal::invalid("retro", "You have rated. Nobody knows any more which ratings are yours, so they cannot be changed.")),
        }
    }
    fn title(&self, _: &Self::Before) -> String {
        "Rate the health of the team".into()
    }
    fn decide(self, (retro, _): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        if retro.statements.is_empty() {
            return Err(Refusal::invalid("retro", "There is nothing to rate here."));
        }
        let rating = |n: usize| self.ratings.get(&n.to_string()).copied().filter(|rating| (1..=BEST).contains(rating));
        let given: Vec<Option<i64>> = (0..retro.statements.len()).map(rating).collect();
        let missing = given.iter().enumerate().filter(|(_, rating)| rating.is_none());
        let wrong: Vec<FieldError> =
            missing.map(|(n, _)| FieldError { field: format!("ratings.{n}"), message: format!("Choose one from 1 to {BEST}.") }).collect();
        if !wrong.is_empty() {
            return Err(Refusal::Invalid(wrong));
        }
        let (round, label) = (retro.meta.id, retro.label());
        let given = given.into_iter().flatten().collect();
        let answers = Answers { round, noun: Retro::TABLE, given, most: BEST, by: vec![], kind: &HEALTH_RATED, label };
        Ok(Decided { counts: vec![Count::Give(answers)], ..Decided::default() })
    }
}
