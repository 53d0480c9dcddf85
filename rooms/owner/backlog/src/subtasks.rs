//! Sub-tasks of a story: small things to be ticked off while it is worked on, each with who does it. They have no size and no
//! place of their own in any order; whoever works decides on them.

use crate::{events::*, model::*, rows};
use kernel::{
    Area, Command, Decided, Event, Hat, Heard, Id, Line, Look, Moment, Noun, Rank, Reading, Ref, Refusal, Result, Scope, Standing, Uuid, command,
    event::edit, give, noun,
};
use people::Member;
use std::collections::BTreeSet;

noun! {
    /// A small part of the work on a story, ticked off when it is done.
    pub struct Subtask in "subtask" {
        story: Id<Story>,
        rank: Rank,
        title: String,
        assignee: Option<Id<Member>>,
        done_at: Option<i64>,
        done_by: Option<Id<Member>>,
    } label(t) t.title.clone();
    about { many: "subtasks", one: "sub-task", read: Reading::Of("story", "story"), titled: true, part_of: "story", hushed: &["story", "done_at", "done_by"],
      heard: Heard { whose: &["assignee"], ..Heard::NOTHING }, called: &[("assignee", "who does it"), ("done_at", "done"), ("done_by", "done by")] }
}

/// So many belong to a story at most: beyond that it is several stories.
const MOST: usize = 50;

/// The sub-tasks of a story, in order.
pub fn subtasks_of(look: &mut Look, story: Id<Story>) -> Result<Vec<Subtask>> {
    Subtask::all(look, "and story = $2 order by rank, id", &[kernel::Column::value(&story)])
}

/// So many are offered to do one; whoever works on something else is found in the story's own choices.
const OFFERED: usize = 40;

/// Who may be named for sub-tasks, and who is: ids and names. Nobody is asked for where there is no sub-task.
pub(crate) fn doers(look: &mut Look, tasks: &[Subtask]) -> Result<Vec<(Id<Member>, String)>> {
    if tasks.is_empty() {
        return Ok(vec![]);
    }
    let hats: Vec<Hat> = Hat::ALL.iter().copied().filter(|hat| look.scope.matrix.standing(Area::Work, *hat) >= Standing::Proposes).collect();
    let offered = people::people_with(look, &hats, "", OFFERED)?.into_iter().filter(|person| !person.is_assistant);
    let mut found: Vec<(Id<Member>, String)> = offered.map(|person| (person.id, person.name)).collect();
    let others: BTreeSet<Uuid> =
        tasks.iter().filter_map(|task| task.assignee).filter(|who| !found.iter().any(|(known, _)| known == who)).map(|who| who.0).collect();
    if !others.is_empty() {
        found.extend(people::these(look, others)?.into_iter().map(|person| (person.id, person.name)));
    }
    Ok(found)
}

/// Whoever is named belongs here.
fn belongs(look: &mut Look, who: Option<Id<Member>>) -> Result<()> {
    match who {
        Some(who) => people::person_of(look, who)?.map(|_| ()).ok_or(Refusal::NotFound),
        None => Ok(()),
    }
}

/// New ones for a story, behind the last.
pub(crate) fn fresh(moment: &Moment, story: &Story, titles: &[String], mut last: Option<Rank>) -> Vec<Event> {
    let mut events = vec![];
    for title in titles {
        let rank = Rank::between(last.as_ref(), None);
        let (title, meta) = (title.clone(), moment.fresh(story.meta.product));
        events.push(Event::created(
            &SUBTASK_ADDED,
            &Subtask { meta, story: story.id(), rank: rank.clone(), title, assignee: None, done_at: None, done_by: None },
        ));
        last = Some(rank);
    }
    events
}

command! {
    /// Adds a sub-task to a story.
    pub struct AddSubtask in "subtask.add" at Post "/products/{product}/stories/{story}/subtasks" [Work] {
        /// Number, key or id.
        pub story: Ref,
        pub title: Line<300>,
        /// Who does it.
        pub assignee: Option<Id<Member>>,
    }
}

impl Command for AddSubtask {
    type Before = (Story, Vec<Subtask>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        belongs(look, self.assignee)?;
        let story = rows::story(look, &self.story)?;
        let there = subtasks_of(look, story.id())?;
        Ok((story, there))
    }
    fn title(&self, (story, _): &Self::Before) -> String {
        format!("Add “{}” to what is to be done for “{}”", self.title, story.title)
    }
    fn decide(self, (story, there): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        if there.len() >= MOST {
            return Err(Refusal::invalid("title", format!("A story has at most {MOST} sub-tasks. Split it.")));
        }
        let rank = Rank::between(there.last().map(|t| &t.rank), None);
        let meta = moment.fresh(story.meta.product);
        let task = Subtask { meta, story: story.id(), rank, title: self.title.into(), assignee: self.assignee, done_at: None, done_by: None };
        Ok(Event::created(&SUBTASK_ADDED, &task).into())
    }
}

command! {
    /// Changes a sub-task: what it says, who does it.
    pub struct EditSubtask in "subtask.edit" at Patch "/products/{product}/subtasks/{subtask}" [Work] {
        pub subtask: Id<Subtask>,
        pub title: Option<Line<300>>,
        /// Who does it; none takes it from everyone.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Member>>")]
        pub assignee: Option<Option<Id<Member>>>,
    }
}

impl Command for EditSubtask {
    type Before = Subtask;

    fn load(&self, look: &mut Look) -> Result<Subtask> {
        belongs(look, self.assignee.flatten())?;
        Subtask::get(look, self.subtask)
    }
    fn title(&self, before: &Subtask) -> String {
        format!("Change the sub-task “{}”", before.title)
    }
    fn decide(self, before: Subtask, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&SUBTASK_EDITED, &before, |t| {
            give(&mut t.title, self.title);
            give(&mut t.assignee, self.assignee);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Ticks a sub-task off, or says that it is not done after all.
    pub struct TickSubtask in "subtask.tick" at Put "/products/{product}/subtasks/{subtask}/done" [Work] {
        pub subtask: Id<Subtask>,
        pub done: bool,
    }
}

impl Command for TickSubtask {
    type Before = Subtask;

    fn load(&self, look: &mut Look) -> Result<Subtask> {
        Subtask::get(look, self.subtask)
    }
    fn title(&self, before: &Subtask) -> String {
        format!("“{}” is {}done", before.title, if self.done { "" } else { "not " })
    }
    fn decide(self, before: Subtask, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let done_at = if self.done { before.done_at.or(Some(moment.now)) } else { None };
        let done_by = if self.done { before.done_by.or(scope.who.member.map(Id::new)) } else { None };
        let kind = if self.done { &SUBTASK_DONE } else { &SUBTASK_UNDONE };
        Ok(Event::changed(kind, &before, &Subtask { done_at, done_by, ..before.clone() }).into())
    }
}

command! {
    /// Moves a sub-task up or down by one.
    pub struct MoveSubtask in "subtask.move" at Put "/products/{product}/subtasks/{subtask}/rank" [Work] {
        pub subtask: Id<Subtask>,
        /// Up, or else down.
        pub up: bool,
    }
}

impl Command for MoveSubtask {
    type Before = (Subtask, Vec<Subtask>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let task = Subtask::get(look, self.subtask)?;
        let all = subtasks_of(look, task.story)?;
        Ok((task, all))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Move the sub-task “{}”", before.title)
    }
    fn decide(self, (before, all): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let rest: Vec<&Rank> = all.iter().filter(|t| t.id() != before.id()).map(|t| &t.rank).collect();
        let above = rest.iter().filter(|rank| **rank < &before.rank).count();
        // What stands at an end already stays there.
        let at = if self.up { above.saturating_sub(1) } else { (above + 1).min(rest.len()) };
        if at == above {
            return Ok(vec![].into());
        }
        let rank = Rank::between(at.checked_sub(1).and_then(|i| rest.get(i).copied()), rest.get(at).copied());
        Ok(Event::changed(&SUBTASK_MOVED, &before, &Subtask { rank, ..before.clone() }).into())
    }
}

command! {
    /// Removes a sub-task.
    pub struct RemoveSubtask in "subtask.remove" at Delete "/products/{product}/subtasks/{subtask}" [Work] {
        pub subtask: Id<Subtask>,
    }
}

impl Command for RemoveSubtask {
    type Before = Subtask;

    fn load(&self, look: &mut Look) -> Result<Subtask> {
        Subtask::get(look, self.subtask)
    }
    fn title(&self, before: &Subtask) -> String {
        format!("Remove the sub-task “{}”", before.title)
    }
    fn decide(self, before: Subtask, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&SUBTASK_REMOVED, &before, moment.now).into())
    }
}
