//! Where a need stands in the tree: under the objective that it bears on.

use crate::events::*;
use customers::Need;
use kernel::{Column, Command, Decided, Event, Id, Look, Moment, Noun, Relation, Result, Scope, Tie, command, look::find_rows, relation::Ends};
use strategy::Objective;

command! {
    /// Says which objective a need bears on. It stands under one at a time, so it leaves the one that it stood under.
    pub struct ServeObjective in "need.serve" at Put "/products/{product}/needs/{need}/objectives/{objective}" [Customers] {
        pub need: Id<Need>,
        pub objective: Id<Objective>,
    }
}

/// The place that is wanted, and the links to those that it leaves.
pub struct Placing {
    ends: Ends,
    leaves: Vec<Relation>,
}

impl Command for ServeObjective {
    type Before = Placing;

    fn load(&self, look: &mut Look) -> Result<Placing> {
        let (need, objective) = (Need::get(look, self.need)?, Objective::get(look, self.objective)?);
        let product = look.scope.product_id()?;
        let leaves = find_rows(
            look.reader,
            "where product = $1 and from_id = $2 and verb = $3 and to_noun = 'objective' and to_id <> $4 and removed_at is null order by id",
            &[product.value(), need.meta.id.value(), Tie::Serves.value(), objective.meta.id.value()],
        )?;
        Ok(Placing { ends: Ends::read(look, &need, Tie::Serves, &objective)?, leaves })
    }
    fn title(&self, before: &Placing) -> String {
        format!("Place in the tree: {}", before.ends.told())
    }
    fn decide(self, Placing { ends, leaves }: Placing, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let mut events: Vec<Event> = leaves.iter().map(|link| Event::removed(&NEED_TAKEN_OUT, link, moment.now)).collect();
        events.extend(ends.link(&NEED_PLACED, moment, scope.product_id()?)?);
        Ok(events.into())
    }
}

command! {
    /// Takes back that a need bears on an objective.
    pub struct UnserveObjective in "need.unserve" at Delete "/products/{product}/needs/{need}/objectives/{objective}" [Customers] {
        pub need: Id<Need>,
        pub objective: Id<Objective>,
    }
}

impl Command for UnserveObjective {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        let (need, objective) = (Need::get(look, self.need)?, Objective::get(look, self.objective)?);
        Ends::read(look, &need, Tie::Serves, &objective)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Take out of the tree: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.unlink(&NEED_TAKEN_OUT, moment.now)?.into())
    }
}
