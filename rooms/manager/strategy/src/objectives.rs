//! Commands about objectives.

use crate::{
    events::*,
    model::*,
    rows,
    within::{DEEPEST, Within},
};
use kernel::{AnyDay, Column, Command, Decided, Event, Id, Line, Look, Moment, Noun, Rank, Refusal, Result, Scope, Text, command, event::edit, give};
use web::when;

command! {
    /// Sets an objective.
    pub struct CreateObjective in "objective.create" at Post "/products/{product}/objectives" [Strategy] {
        pub title: Line<300>,
        #[serde(default)]
        pub why: Text<5_000>,
        /// Intended share of capacity in percent.
        pub share: Option<f64>,
        #[serde(default)]
        pub starts_on: AnyDay,
        #[serde(default)]
        pub ends_on: AnyDay,
        /// The objective that it is a part of.
        pub parent: Option<Id<Objective>>,
    }
}

/// Refuses what would stand within itself, or too deep with what it holds.
fn above(look: &mut Look, own: Option<Id<Objective>>, parent: Option<Id<Objective>>) -> Result<()> {
    let Some(parent) = parent else { return Ok(()) };
    let all = Objective::all(look, "order by rank", &[])?;
    let find = |id: Id<Objective>| all.iter().find(|objective| objective.id() == id);
    find(parent).ok_or(Refusal::NotFound)?;
    // No way up has more steps than there are objectives, even one that goes round.
    let mut up = std::iter::successors(find(parent), |at| at.parent.and_then(find)).take(all.len());
    if up.any(|objective| Some(objective.id()) == own) {
        return Err(Refusal::invalid("parent", "It would stand within itself. Choose one that is no part of it."));
    }
    let within = Within::of(all.iter());
    if within.depth(parent) + own.map_or(1, |own| within.height(own)) > DEEPEST {
        return Err(Refusal::invalid("parent", format!("Objectives stand in one another {DEEPEST} deep at most.")));
    }
    Ok(())
}

pub(crate) fn share(percent: Option<f64>) -> Result<Option<f64>> {
    match percent {
        Some(p) if !(0.0..=100.0).contains(&p) => Err(Refusal::invalid("share", "A share is between 0 and 100 percent.")),
        fine => Ok(fine.map(|p| p / 100.0)),
    }
}

impl Command for CreateObjective {
    /// The last objective's place.
    type Before = Option<Rank>;

    fn load(&self, look: &mut Look) -> Result<Option<Rank>> {
        above(look, None, self.parent)?;
        rows::last_rank(look)
    }
    fn title(&self, _: &Option<Rank>) -> String {
        format!("Set the objective “{}”", self.title)
    }
    fn decide(self, last: Option<Rank>, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (starts_on, ends_on) = (self.starts_on.day(), self.ends_on.day());
        when::in_order("ends_on", starts_on.as_ref(), ends_on.as_ref())?;
        let objective = Objective {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: self.title.into(),
            why: self.why.into(),
            rank: Rank::between(last.as_ref(), None),
            share: share(self.share)?,
            starts_on,
            ends_on,
            state: ObjectiveState::Open,
            parent: self.parent,
            product_goal: false,
        };
        Ok(Event::created(&OBJECTIVE_CREATED, &objective).into())
    }
}

command! {
    /// Changes an objective, or says what became of it.
    pub struct EditObjective in "objective.edit" at Patch "/products/{product}/objectives/{objective}" [Strategy] {
        pub objective: Id<Objective>,
        pub title: Option<Line<300>>,
        pub why: Option<Text<5_000>>,
        /// Intended share of capacity in percent.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub share: Option<Option<f64>>,
        pub starts_on: Option<AnyDay>,
        pub ends_on: Option<AnyDay>,
        pub state: Option<ObjectiveState>,
        /// The objective that it is a part of.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Objective>>")]
        pub parent: Option<Option<Id<Objective>>>,
    }
}

impl Command for EditObjective {
    type Before = Objective;

    fn load(&self, look: &mut Look) -> Result<Objective> {
        let objective = Objective::get(look, self.objective)?;
        // What stays as it is was judged when it came.
        above(look, Some(objective.id()), self.parent.flatten().filter(|parent| Some(*parent) != objective.parent))?;
        Ok(objective)
    }
    fn title(&self, before: &Objective) -> String {
        format!("Change the objective “{}”", before.title)
    }
    fn decide(self, before: Objective, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&OBJECTIVE_EDITED, &before, |o| {
            give(&mut o.title, self.title);
            give(&mut o.why, self.why);
            if let Some(given) = self.share {
                o.share = share(given)?;
            }
            give(&mut o.starts_on, self.starts_on);
            give(&mut o.ends_on, self.ends_on);
            give(&mut o.state, self.state);
            give(&mut o.parent, self.parent);
            when::in_order("ends_on", o.starts_on.as_ref(), o.ends_on.as_ref())
        })?
        .into())
    }
}

command! {
    /// Removes an objective. What was a part of it becomes a part of what it was itself a part of.
    pub struct RemoveObjective in "objective.remove" at Delete "/products/{product}/objectives/{objective}" [Strategy] {
        pub objective: Id<Objective>,
    }
}

impl Command for RemoveObjective {
    /// The objective, and its parts.
    type Before = (Objective, Vec<Objective>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let objective = Objective::get(look, self.objective)?;
        let parts = Objective::all(look, "and parent = $2 order by rank", &[objective.meta.id.value()])?;
        Ok((objective, parts))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Remove the objective “{}”", before.title)
    }
    fn decide(self, (before, parts): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let up = |part: &Objective| Objective { parent: before.parent.filter(|parent| *parent != part.id()), ..part.clone() };
        let mut events: Vec<Event> = parts.iter().map(|part| Event::changed(&OBJECTIVE_EDITED, part, &up(part))).collect();
        events.push(Event::removed(&OBJECTIVE_REMOVED, &before, moment.now));
        Ok(events.into())
    }
}
