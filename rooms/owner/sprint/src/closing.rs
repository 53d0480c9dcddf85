//! Commands that end a sprint.

use crate::{
    events::*,
    model::*,
    planning::{open, returned},
    rows,
};
use backlog::{Stage, Story};
use kernel::{Command, Decided, Event, Look, Moment, Noun, Ref, Refusal, Result, Scope, command, value::Packed};

command! {
    /// Closes a sprint. What is not accepted returns to the backlog or is carried over into a planned sprint.
    pub struct CloseSprint in "sprint.close" at Post "/products/{product}/sprints/{sprint}/close" [Sprints] {
        /// Number or id.
        pub sprint: Ref,
        #[serde(default = "to_backlog")]
        pub leftover: Leftover,
        /// Number or id of the sprint that takes over what is left.
        pub into: Option<Ref>,
    }
}

fn to_backlog() -> Leftover {
    Leftover::Return
}

impl Command for CloseSprint {
    type Before = (Sprint, Vec<Story>, Option<Sprint>);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let sprint = rows::sprint(look, &self.sprint)?;
        let stories = rows::stories_in(look, sprint.id())?;
        let into = match (&self.into, self.leftover) {
            (_, Leftover::Return) => None,
            (Some(Ref(text)), _) if !text.trim().is_empty() => Some(rows::sprint(look, &Ref(text.clone()))?),
            _ => rows::next_planned(look)?,
        };
        Ok((sprint, stories, into))
    }
    fn title(&self, (sprint, ..): &Self::Before) -> String {
        format!("Close {}", sprint.name)
    }
    fn decide(self, (before, stories, into): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        open(&before)?;
        if before.state != SprintState::Active {
            return Err(Refusal::invalid("sprint", format!("{} has not started yet. Cancel it instead.", before.name)));
        }
        let (accepted, left): (Vec<&Story>, Vec<&Story>) = stories.iter().partition(|s| s.stage == Stage::Accepted);
        let total = |some: &[&Story]| some.iter().filter_map(|s| s.points).sum();
        let result = SprintResult { accepted: accepted.len(), accepted_points: total(&accepted), left: left.len(), left_points: total(&left) };
        let mut events: Vec<Event> = match (self.leftover, into) {
            (Leftover::Return, _) => left.iter().map(|s| Event::changed(&STORY_RETURNED, *s, &returned(s))).collect(),
            (Leftover::CarryOver, Some(next)) if next.id() != before.id() && next.state == SprintState::Planned => {
                left.iter().map(|s| Event::changed(&STORY_CARRIED_OVER, *s, &Story { sprint: Some(next.meta.id), ..(*s).clone() })).collect()
            }
            (Leftover::CarryOver, _) => {
                return Err(Refusal::invalid("into", "Plan the next sprint first, so that what is left has somewhere to go."));
            }
        };
        let after = Sprint { state: SprintState::Closed, closed_at: Some(moment.now), result: Packed(result), ..before.clone() };
        events.push(Event::changed(&SPRINT_CLOSED, &before, &after));
        Ok(events.into())
    }
}

command! {
    /// Cancels a sprint whose goal has become obsolete; its unfinished stories return to the backlog.
    pub struct CancelSprint in "sprint.cancel" at Delete "/products/{product}/sprints/{sprint}" [Sprints] {
        /// Number or id.
        pub sprint: Ref,
    }
}

impl Command for CancelSprint {
    type Before = (Sprint, Vec<Story>);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let sprint = rows::sprint(look, &self.sprint)?;
        let stories = rows::stories_in(look, sprint.id())?;
        Ok((sprint, stories))
    }
    fn title(&self, (sprint, _): &Self::Before) -> String {
        format!("Cancel {}", sprint.name)
    }
    fn decide(self, (before, stories): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        open(&before)?;
        let unfinished = stories.iter().filter(|s| s.stage != Stage::Accepted);
        let mut events: Vec<Event> = unfinished.map(|s| Event::changed(&STORY_RETURNED, s, &returned(s))).collect();
        let after = Sprint { state: SprintState::Cancelled, closed_at: Some(moment.now), ..before.clone() };
        events.push(Event::changed(&SPRINT_CANCELLED, &before, &after));
        Ok(events.into())
    }
}
