//! Commands of sprint planning.

use crate::{events::*, facts::planned, model::*, rows};
use backlog::{Stage, Story};
use kernel::{
    Command, Day, Decided, Event, Instead, Line, Look, Moment, Noun, Ref, Refusal, Result, Scope, Text, command, event::edit, give, value::Packed,
};

command! {
    /// Plans a sprint: a name, a goal and its days.
    pub struct PlanSprint in "sprint.plan" at Post "/products/{product}/sprints" [Sprints] {
        pub name: Option<Text<100>>,
        #[serde(default)]
        pub goal: Text<1_000>,
        /// First day, as 2026-11-23.
        pub starts_on: Day,
        /// Last day.
        pub ends_on: Day,
        /// What will be there at its end, one on each line.
        #[serde(default)]
        pub deliverables: Text<2_000>,
    }
}

fn length(first: &str, last: &str) -> Result<()> {
    // Scrum Guide 2020: sprints are of one month or less.
    match web::when::days_between(first, last) {
        ..0 => Err(Refusal::invalid("ends_on", "The sprint ends before it starts.")),
        0..=31 => Ok(()),
        n => Err(Refusal::invalid("ends_on", format!("A sprint lasts a month at most; this is {} days.", n + 1))),
    }
}

impl Command for PlanSprint {
    type Before = i64;

    fn load(&self, look: &mut Look) -> Result<i64> {
        rows::next_number(look)
    }
    fn title(&self, number: &i64) -> String {
        format!("Plan sprint {number}")
    }
    fn decide(self, number: i64, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let name = self.name.filter(|name| !name.is_empty()).map_or_else(|| format!("Sprint {number}"), Into::into);
        let days = (self.starts_on.into(), self.ends_on.into());
        let sprint = Sprint { goal: self.goal.into(), deliverables: self.deliverables.into(), ..Sprint::fresh(moment, scope, number, name, days)? };
        Ok(Event::created(&SPRINT_PLANNED, &sprint).into())
    }
}

impl Sprint {
    /// One that is planned from one day to another, without a goal yet.
    pub fn fresh(moment: &Moment, scope: &Scope, number: i64, name: String, (starts_on, ends_on): (String, String)) -> Result<Sprint> {
        length(&starts_on, &ends_on)?;
        Ok(Sprint {
            meta: moment.fresh(Some(scope.product_id()?)),
            number,
            name,
            goal: String::new(),
            starts_on,
            ends_on,
            state: SprintState::Planned,
            started_at: None,
            closed_at: None,
            committed: Packed(vec![]),
            result: Packed::default(),
            deliverables: String::new(),
        })
    }
}

command! {
    /// Changes a sprint's name, goal or days.
    pub struct EditSprint in "sprint.edit" at Patch "/products/{product}/sprints/{sprint}" [Sprints] {
        /// Number or id.
        pub sprint: Ref,
        pub name: Option<Line<100>>,
        pub goal: Option<Text<1_000>>,
        pub starts_on: Option<Day>,
        pub ends_on: Option<Day>,
        /// One on each line.
        pub deliverables: Option<Text<2_000>>,
    }
}

impl Command for EditSprint {
    type Before = Sprint;

    fn load(&self, look: &mut Look) -> Result<Sprint> {
        let sprint = rows::sprint(look, &self.sprint)?;
        Ok(sprint)
    }
    fn title(&self, before: &Sprint) -> String {
        format!("Change {}", before.name)
    }
    fn decide(self, before: Sprint, _: &Moment, _: &Scope) -> Result<Decided> {
        open(&before)?;
        Ok(edit(&SPRINT_EDITED, &before, |s| {
            give(&mut s.name, self.name);
            give(&mut s.goal, self.goal);
            give(&mut s.starts_on, self.starts_on);
            give(&mut s.ends_on, self.ends_on);
            give(&mut s.deliverables, self.deliverables);
            length(&s.starts_on, &s.ends_on)
        })?
        .into())
    }
}

/// Refuses what is over.
pub(crate) fn open(sprint: &Sprint) -> Result<()> {
    match sprint.state {
        SprintState::Planned | SprintState::Active => Ok(()),
        SprintState::Closed => Err(Refusal::invalid("sprint", format!("{} is closed already.", sprint.name))),
        SprintState::Cancelled => Err(Refusal::invalid("sprint", format!("{} was cancelled.", sprint.name))),
    }
}

command! {
    /// Puts stories into a sprint. In a started one this shows as a change of scope.
    pub struct AddStories in "sprint.add_stories" at Post "/products/{product}/sprints/{sprint}/stories" [Sprints] {
        /// Number or id.
        pub sprint: Ref,
        /// Numbers, keys or ids.
        pub stories: Vec<Ref>,
    }
}

impl Command for AddStories {
    type Before = (Sprint, Vec<Story>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let sprint = rows::sprint(look, &self.sprint)?;
        Ok((sprint, backlog::several(look, &self.stories)?))
    }
    fn title(&self, (sprint, stories): &Self::Before) -> String {
        format!("Put {} into {}", backlog::told(stories), sprint.name)
    }
    fn decide(self, (sprint, stories): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        open(&sprint)?;
        let events = stories.iter().map(|before| edit(&STORY_PLANNED, before, |story| planned(story, Some(&sprint))));
        Ok(events.collect::<Result<Vec<Event>>>()?.into())
    }
}

command! {
    /// Takes a story out of its sprint, back to the backlog.
    pub struct TakeOut in "sprint.take_out" at Delete "/products/{product}/stories/{story}/sprint" [Sprints] {
        /// Number, key or id.
        pub story: Ref,
    }
}

impl Command for TakeOut {
    type Before = Story;

    fn load(&self, look: &mut Look) -> Result<Story> {
        backlog::story(look, &self.story)
    }
    fn title(&self, before: &Story) -> String {
        format!("Take “{}” out of its sprint", before.title)
    }
    fn decide(self, before: Story, _: &Moment, _: &Scope) -> Result<Decided> {
        match before.stage {
            Stage::Accepted => Err(Refusal::invalid("story", "An accepted story stays in the sprint in which it was done.")),
            _ => Ok(Event::changed(&STORY_TAKEN_OUT, &before, &returned(&before)).into()),
        }
    }
}

/// A story back in the backlog: open, in no column and no sprint.
pub fn returned(before: &Story) -> Story {
    Story { sprint: None, board_column: None, stage: Stage::Open, handed_over_at: None, ..before.clone() }
}

command! {
    /// Starts a sprint: what is in it now is the commitment.
    pub struct StartSprint in "sprint.start" at Post "/products/{product}/sprints/{sprint}/start" [Sprints] {
        /// Number or id.
        pub sprint: Ref,
    }
}

impl Command for StartSprint {
    /// The sprint, its stories, and the name of another active one.
    type Before = (Sprint, Vec<Story>, Option<String>);
    const UNDOABLE: bool = false;
    const INSTEAD: Option<Instead> = Some(Instead {
        says: "Cancel the sprint",
        command: "sprint.cancel",
        field: "sprint",
        noun: "sprint",
        sure: Some("Cancel the sprint? What is not accepted or handed over returns to the backlog."),
    });

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let sprint = rows::sprint(look, &self.sprint)?;
        let stories = rows::stories_in(look, sprint.id())?;
        Ok((sprint, stories, rows::active(look)?.map(|s| s.name)))
    }
    fn title(&self, (sprint, ..): &Self::Before) -> String {
        format!("Start {}", sprint.name)
    }
    fn decide(self, (before, stories, other): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        open(&before)?;
        if before.state == SprintState::Active {
            return Err(Refusal::invalid("sprint", format!("{} has started already.", before.name)));
        }
        if let Some(other) = other {
            return Err(Refusal::invalid("sprint", format!("{other} is still running. Close it first.")));
        }
        if stories.is_empty() {
            return Err(Refusal::invalid("sprint", "Put at least one story into the sprint first."));
        }
        let committed = stories.iter().map(|s| Committed { story: s.id(), points: s.points }).collect();
        let after = Sprint { state: SprintState::Active, started_at: Some(moment.now), committed: Packed(committed), ..before.clone() };
        Ok(Event::changed(&SPRINT_STARTED, &before, &after).into())
    }
}
