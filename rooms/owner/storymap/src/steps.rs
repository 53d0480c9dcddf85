//! The steps of the map. They are part of how the backlog is understood, so whoever decides on it decides on them.

use crate::{events::*, model::*, rows};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Rank, Refusal, Result, Scope, command};

/// So many steps fit a map that can be read.
const MOST: usize = 30;

command! {
    /// Adds a step to the story map, at its end or ahead of another.
    pub struct AddStep in "map_step.add" at Post "/products/{product}/map-steps" [Backlog] {
        pub name: Line<80>,
        /// The step ahead of which it goes.
        pub before: Option<Id<MapStep>>,
    }
}

/// A place ahead of a step, or at the end; `besides` is not counted.
fn place(steps: &[MapStep], before: Option<Id<MapStep>>, besides: Option<Id<MapStep>>) -> Result<Rank> {
    let rest: Vec<&MapStep> = steps.iter().filter(|step| Some(step.id()) != besides).collect();
    let at = match before {
        None => rest.len(),
        Some(before) => rest.iter().position(|step| step.id() == before).ok_or(Refusal::NotFound)?,
    };
    Ok(Rank::between(at.checked_sub(1).and_then(|i| rest.get(i)).map(|step| &step.rank), rest.get(at).map(|step| &step.rank)))
}

impl Command for AddStep {
    type Before = Vec<MapStep>;

    fn load(&self, look: &mut Look) -> Result<Vec<MapStep>> {
        rows::steps(look)
    }
    fn title(&self, _: &Vec<MapStep>) -> String {
        format!("Add the step “{}” to the story map", self.name)
    }
    fn decide(self, before: Vec<MapStep>, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if before.len() >= MOST {
            return Err(Refusal::invalid("name", format!("A map has at most {MOST} steps. Put small ones together.")));
        }
        let step = MapStep { meta: moment.fresh(Some(scope.product_id()?)), name: self.name.into(), rank: place(&before, self.before, None)? };
        Ok(Event::created(&STEP_ADDED, &step).into())
    }
}

command! {
    /// Gives a step of the story map another name.
    pub struct RenameStep in "map_step.rename" at Put "/products/{product}/map-steps/{map_step}/name" [Backlog] {
        pub map_step: Id<MapStep>,
        pub name: Line<80>,
    }
}

impl Command for RenameStep {
    type Before = MapStep;

    fn load(&self, look: &mut Look) -> Result<MapStep> {
        MapStep::get(look, self.map_step)
    }
    fn title(&self, before: &MapStep) -> String {
        format!("Call the step “{}” “{}”", before.name, self.name)
    }
    fn decide(self, before: MapStep, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::changed(&STEP_RENAMED, &before, &MapStep { name: self.name.into(), ..before.clone() }).into())
    }
}

command! {
    /// Moves a step of the story map ahead of another, or to the end.
    pub struct MoveStep in "map_step.move" at Put "/products/{product}/map-steps/{map_step}/rank" [Backlog] {
        pub map_step: Id<MapStep>,
        /// The step ahead of which it goes; none for the end.
        pub before: Option<Id<MapStep>>,
    }
}

impl Command for MoveStep {
    type Before = (MapStep, Vec<MapStep>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((MapStep::get(look, self.map_step)?, rows::steps(look)?))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Move the step “{}”", before.name)
    }
    fn decide(self, (before, all): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        if self.before == Some(before.id()) {
            return Ok(vec![].into());
        }
        let rank = place(&all, self.before, Some(before.id()))?;
        Ok(Event::changed(&STEP_MOVED, &before, &MapStep { rank, ..before.clone() }).into())
    }
}

command! {
    /// Removes a step of the story map. Its stories stay in the backlog, and stand on the map no more.
    pub struct RemoveStep in "map_step.remove" at Delete "/products/{product}/map-steps/{map_step}" [Backlog] {
        pub map_step: Id<MapStep>,
    }
}

impl Command for RemoveStep {
    type Before = (MapStep, Vec<MapPlace>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let step = MapStep::get(look, self.map_step)?;
        let places = MapPlace::all(look, "and step = $2 order by id", &[kernel::Column::value(&step.id())])?;
        Ok((step, places))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Remove the step “{}” from the story map", before.name)
    }
    fn decide(self, (before, places): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events: Vec<Event> = places.iter().map(|place| Event::removed(&TAKEN_OFF, place, moment.now)).collect();
        events.push(Event::removed(&STEP_REMOVED, &before, moment.now));
        Ok(events.into())
    }
}
