//! Saying how a product moves, and planning the sprints that follow.

use crate::{
    following::{self, Standing},
    model::*,
};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, command, event::edit, give, kinds};
use sprint::{SPRINT_PLANNED, Sprint};
use web::when;

kinds! {
    CADENCE_SET = "cadence.set", "said how the product works:";
    CADENCE_CHANGED = "cadence.changed", "changed how the product works:";
}

command! {
    /// Says how a product moves: in sprints of so many weeks that begin on a day of the week and are planned so far ahead, or
    /// without sprints in one flow. What is left out stays as it is.
    pub struct SetCadence in "cadence.set" at Put "/products/{product}/cadence" [Sprints] {
        pub way: Option<Way>,
        pub begins: Option<Begins>,
        /// From 1 to 4.
        pub weeks: Option<i64>,
        /// What sprints are called, with their number in the place of `{n}`: Sprint {n}.
        pub names: Option<Line<80>>,
        /// So many are planned ahead by themselves, from 0 to 6.
        pub ahead: Option<i64>,
    }
}

/// What the product at hand has said, if it has.
pub(crate) fn cadence(look: &mut Look) -> Result<Option<Cadence>> {
    Ok(Cadence::all(look, "order by created_at, id limit 1", &[])?.pop())
}

impl Command for SetCadence {
    /// What was said before, or what is usual.
    type Before = (bool, Cadence);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok(match cadence(look)? {
            Some(known) => (true, known),
            None => (false, following::usual(look)?),
        })
    }
    fn title(&self, (_, before): &Self::Before) -> String {
        format!("Work {}", self.way.unwrap_or(before.way).says())
    }
    fn decide(self, (known, before): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let member = Id::new(scope.who.signed_in()?);
        let change = |cadence: &mut Cadence| {
            give(&mut cadence.way, self.way);
            give(&mut cadence.begins, self.begins);
            give(&mut cadence.weeks, self.weeks);
            give(&mut cadence.names, self.names);
            give(&mut cadence.ahead, self.ahead);
            cadence.member = member;
            within(cadence)
        };
        if known {
            return Ok(edit(&CADENCE_CHANGED, &before, change)?.into());
        }
        let mut fresh = Cadence { meta: moment.fresh(Some(scope.product_id()?)), ..before };
        change(&mut fresh)?;
        Ok(Event::created(&CADENCE_SET, &fresh).into())
    }
}

fn within(cadence: &Cadence) -> Result<()> {
    if !(1..=MOST_WEEKS).contains(&cadence.weeks) {
        return Err(Refusal::invalid("weeks", "A sprint lasts from one week to four."));
    }
    if !(0..=MOST_AHEAD).contains(&cadence.ahead) {
        return Err(Refusal::invalid("ahead", format!("From 0 to {MOST_AHEAD} sprints are planned ahead.")));
    }
    match cadence.names.contains("{n}") {
        true => Ok(()),
        false => Err(Refusal::invalid("names", "Write {n} where the number stands, so that each has a name of its own: Sprint {n}.")),
    }
}

command! {
    /// Plans the sprints that follow by the cadence.
    pub struct PlanFollowing in "cadence.plan" at Post "/products/{product}/cadence/sprints" [Sprints] {
        /// So many, from 1 to 6; one when left out.
        #[serde(default = "one")]
        pub sprints: i64,
    }
}

fn one() -> i64 {
    1
}

impl Command for PlanFollowing {
    type Before = (Cadence, Standing);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let cadence = match cadence(look)? {
            Some(known) => known,
            None => following::usual(look)?,
        };
        Ok((cadence, following::standing(look)?))
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Plan the next {}", web::several(self.sprints, "sprint"))
    }
    fn decide(self, (cadence, standing): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if cadence.way == Way::Flow {
            return Err(Refusal::invalid("sprints", "This product works without sprints. Say first that it works in sprints."));
        }
        if !(1..=MOST_AHEAD).contains(&self.sprints) {
            return Err(Refusal::invalid("sprints", format!("From 1 to {MOST_AHEAD} sprints are planned at once.")));
        }
        let today = when::day_in(moment.now, &scope.who.zone);
        let planned = following::next(&cadence, &standing, &today, self.sprints).into_iter().map(|next| {
            let sprint = Sprint::fresh(moment, scope, next.number, next.name, (next.starts_on, next.ends_on))?;
            Ok(Event::created(&SPRINT_PLANNED, &sprint))
        });
        Ok(planned.collect::<Result<Vec<Event>>>()?.into())
    }
}
