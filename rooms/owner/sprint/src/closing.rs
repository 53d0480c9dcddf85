//! Commands that end a sprint.

use crate::{
    events::*,
    model::*,
    planning::{open, returned},
    result::*,
    rows,
};
use backlog::{Stage, Story};
use kernel::{Command, Decided, Event, Look, Moment, Noun, Ref, Refusal, Result, Scope, Text, command, value::Packed};

command! {
    /// Closes a sprint. Each story that is not accepted goes where its group goes: back to the backlog, into a planned
    /// sprint, or, handed over, on waiting for its verdict.
    pub struct CloseSprint in "sprint.close" at Post "/products/{product}/sprints/{sprint}/close" [Sprints] {
        /// Number or id.
        pub sprint: Ref,
        /// What is handed over and not judged yet.
        #[serde(default = "wait")]
        pub waiting: Leftover,
        /// What is being worked on.
        #[serde(default = "to_backlog")]
        pub doing: Leftover,
        /// What nobody has begun.
        #[serde(default = "to_backlog")]
        pub untouched: Leftover,
        /// Number or id of the sprint that takes over what is carried over; the next planned one when left out.
        pub into: Option<Ref>,
        /// Whether the goal was reached.
        pub goal: Option<GoalMet>,
        /// What is to be said about it.
        #[serde(default)]
        pub note: Text<2_000>,
    }
}

fn wait() -> Leftover {
    Leftover::Wait
}

fn to_backlog() -> Leftover {
    Leftover::Return
}

impl CloseSprint {
    fn chosen(&self, group: Group) -> Leftover {
        match group {
            Group::Waiting => self.waiting,
            Group::Doing => self.doing,
            Group::Untouched => self.untouched,
        }
    }
}

/// A sprint about to end.
pub struct Ending {
    sprint: Sprint,
    stories: Vec<Story>,
    /// The one that takes over.
    into: Option<Sprint>,
    rejected: usize,
}

impl Command for CloseSprint {
    type Before = Ending;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Ending> {
        let sprint = rows::sprint(look, &self.sprint)?;
        let stories = rows::stories_in(look, sprint.id())?;
        let into = match (&self.into, Group::ALL.iter().any(|g| self.chosen(*g) == Leftover::CarryOver)) {
            (_, false) => None,
            (Some(Ref(text)), _) if !text.trim().is_empty() => Some(rows::sprint(look, &Ref(text.clone()))?),
            _ => rows::next_planned(look)?,
        };
        let rejected = rows::rejections(look, sprint.id())?;
        Ok(Ending { sprint, stories, into, rejected })
    }
    fn title(&self, before: &Ending) -> String {
        format!("Close {}", before.sprint.name)
    }
    fn decide(self, Ending { sprint, stories, into, rejected }: Ending, moment: &Moment, _: &Scope) -> Result<Decided> {
        open(&sprint)?;
        if sprint.state != SprintState::Active {
            return Err(Refusal::invalid("sprint", format!("{} has not started yet. Cancel it instead.", sprint.name)));
        }
        for (field, chosen) in [("doing", self.doing), ("untouched", self.untouched)] {
            if chosen == Leftover::Wait {
                return Err(Refusal::invalid(field, "Only what was handed over waits for a verdict. Return the rest, or carry it over."));
            }
        }
        let next = into.filter(|next| next.id() != sprint.id() && next.state == SprintState::Planned);
        let mut events: Vec<Event> = vec![];
        for story in &stories {
            let Some(group) = Group::of(story.stage) else { continue };
            match (self.chosen(group), &next) {
                (Leftover::Return, _) => events.push(Event::changed(&STORY_RETURNED, story, &returned(story))),
                (Leftover::CarryOver, Some(next)) => {
                    events.push(Event::changed(&STORY_CARRIED_OVER, story, &Story { sprint: Some(next.meta.id), ..story.clone() }));
                }
                (Leftover::CarryOver, None) => {
                    return Err(Refusal::invalid("into", "Plan the next sprint first, so that what is carried over has somewhere to go."));
                }
                // It stays with the sprint in which it was finished, and in the queue.
                (Leftover::Wait, _) => {}
            }
        }
        let result = SprintResult {
            goal: self.goal,
            note: self.note.to_string(),
            rejected,
            ..SprintResult::count(&stories, &sprint.committed, |group| self.chosen(group))
        };
        let after = Sprint { state: SprintState::Closed, closed_at: Some(moment.now), result: Packed(result), ..sprint.clone() };
        events.push(Event::changed(&SPRINT_CLOSED, &sprint, &after));
        Ok(events.into())
    }
}

command! {
    /// Cancels a sprint whose goal has become obsolete. Its unfinished stories return to the backlog; what was handed
    /// over waits on for its verdict.
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
        let unfinished = stories.iter().filter(|s| matches!(s.stage, Stage::Open | Stage::Doing));
        let mut events: Vec<Event> = unfinished.map(|s| Event::changed(&STORY_RETURNED, s, &returned(s))).collect();
        let after = Sprint { state: SprintState::Cancelled, closed_at: Some(moment.now), ..before.clone() };
        events.push(Event::changed(&SPRINT_CANCELLED, &before, &after));
        Ok(events.into())
    }
}
