//! What is to be done for a launch: own items, with who does them and by when, and the usual ones of its tier.

use crate::{events::*, model::*, rows, scope::still_planned};
use kernel::{AnyDay, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, command, event::edit, give};
use people::Member;
use web::when;

/// So many things are to be done for a launch at most.
const MOST: usize = 100;

fn belongs(look: &mut Look, doer: Option<Id<Member>>) -> Result<()> {
    match doer {
        Some(doer) => people::person_of(look, doer)?.filter(|person| !person.is_assistant).map(|_| ()).ok_or(Refusal::NotFound),
        None => Ok(()),
    }
}

command! {
    /// Adds something that is to be done for a launch.
    pub struct AddTask in "launch_task.add" at Post "/products/{product}/releases/{release}/tasks" [Work] {
        pub release: Id<Release>,
        pub title: Line<200>,
        /// Who does it.
        pub doer: Option<Id<Member>>,
        #[serde(default)]
        pub due_on: AnyDay,
    }
}

impl Command for AddTask {
    type Before = (Release, usize);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        belongs(look, self.doer)?;
        let release = Release::get(look, self.release)?;
        let count = rows::tasks_of(look, release.meta.id)?.len();
        Ok((release, count))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("For the launch of “{}”: {}", before.name, self.title)
    }
    fn decide(self, (release, count): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        still_planned(&release)?;
        if count >= MOST {
            return Err(Refusal::invalid("title", format!("{MOST} things are on the list; no more fit.")));
        }
        let task = LaunchTask {
            meta: moment.fresh(Some(scope.product_id()?)),
            release: release.id(),
            title: self.title.into(),
            doer: self.doer,
            due_on: self.due_on.day(),
            done_at: None,
        };
        Ok(Event::created(&TASK_ADDED, &task).into())
    }
}

/// The usual things of a tier, with how many days ahead of the launch each is due.
fn usual(tier: Tier) -> &'static [(&'static str, i64)] {
    const QUIET: &[(&str, i64)] = &[("Release notes read by somebody who did not write them", 1), ("Support knows what changes", 1)];
    const MINOR: &[(&str, i64)] = &[
        ("Message agreed", 14),
        ("Help pages written anew", 7),
        ("Support knows what changes", 5),
        ("Release notes read by somebody who did not write them", 2),
        ("Way back tried", 2),
        ("Measures ready to be read", 1),
    ];
    const MAJOR: &[(&str, i64)] = &[
        ("Message agreed, and tried on three customers", 28),
        ("Pricing agreed", 28),
        ("Sales and partners trained", 14),
        ("Page, pictures and letter ready", 10),
        ("Help pages written anew", 7),
        ("Stakeholders told ahead", 7),
        ("Support trained, with answers to what will be asked", 5),
        ("Load and way back tried", 3),
        ("Release notes read by somebody who did not write them", 2),
        ("Measures ready to be read", 1),
        ("Who watches on the day", 1),
    ];
    match tier {
        Tier::Quiet => QUIET,
        Tier::Minor => MINOR,
        Tier::Major => MAJOR,
    }
}

command! {
    /// Puts on the list what is usual for a launch of this tier, as far as it is not there yet; due ahead of the day that is meant.
    pub struct DraftChecklist in "release.draft_checklist" at Post "/products/{product}/releases/{release}/checklist" [Work] {
        pub release: Id<Release>,
    }
}

impl Command for DraftChecklist {
    type Before = (Release, Vec<LaunchTask>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let release = Release::get(look, self.release)?;
        let tasks = rows::tasks_of(look, release.meta.id)?;
        Ok((release, tasks))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("The usual list for the launch of “{}”", before.name)
    }
    fn decide(self, (release, there): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        still_planned(&release)?;
        let today = when::day_in(moment.now, &scope.who.zone);
        let mut events = vec![];
        for (title, ahead) in usual(release.tier).iter().filter(|(title, _)| !there.iter().any(|task| task.title == *title)) {
            let due_on = release.target_on.as_deref().map(|day| when::days_after(day, -ahead).max(today.clone()));
            let task = LaunchTask {
                meta: moment.fresh(Some(scope.product_id()?)),
                release: release.id(),
                title: (*title).to_owned(),
                doer: None,
                due_on,
                done_at: None,
            };
            events.push(Event::created(&TASK_ADDED, &task));
        }
        Ok(events.into())
    }
}

command! {
    /// Changes what is to be done for a launch, who does it, or by when.
    pub struct EditTask in "launch_task.edit" at Patch "/products/{product}/launch-tasks/{launch_task}" [Work] {
        pub launch_task: Id<LaunchTask>,
        pub title: Option<Line<200>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Member>>")]
        pub doer: Option<Option<Id<Member>>>,
        pub due_on: Option<AnyDay>,
    }
}

impl Command for EditTask {
    type Before = LaunchTask;

    fn load(&self, look: &mut Look) -> Result<LaunchTask> {
        belongs(look, self.doer.flatten())?;
        LaunchTask::get(look, self.launch_task)
    }
    fn title(&self, before: &LaunchTask) -> String {
        format!("Change for a launch: {}", before.title)
    }
    fn decide(self, before: LaunchTask, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&TASK_EDITED, &before, |t| {
            give(&mut t.title, self.title);
            give(&mut t.doer, self.doer);
            give(&mut t.due_on, self.due_on);
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Ticks something that was done for a launch, or opens it again.
    pub struct TickTask in "launch_task.tick" at Put "/products/{product}/launch-tasks/{launch_task}/done" [Work] {
        pub launch_task: Id<LaunchTask>,
        pub done: bool,
    }
}

impl Command for TickTask {
    type Before = LaunchTask;

    fn load(&self, look: &mut Look) -> Result<LaunchTask> {
        LaunchTask::get(look, self.launch_task)
    }
    fn title(&self, before: &LaunchTask) -> String {
        format!("{}: {}", if self.done { "Done for a launch" } else { "Not done for a launch" }, before.title)
    }
    fn decide(self, before: LaunchTask, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.done_at.is_some() == self.done {
            return Ok(Decided::default());
        }
        let event = edit(if self.done { &TASK_TICKED } else { &TASK_OPENED }, &before, |t| {
            t.done_at = self.done.then_some(moment.now);
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Removes something from the list of a launch.
    pub struct RemoveTask in "launch_task.remove" at Delete "/products/{product}/launch-tasks/{launch_task}" [Work] {
        pub launch_task: Id<LaunchTask>,
    }
}

impl Command for RemoveTask {
    type Before = LaunchTask;

    fn load(&self, look: &mut Look) -> Result<LaunchTask> {
        LaunchTask::get(look, self.launch_task)
    }
    fn title(&self, before: &LaunchTask) -> String {
        format!("Remove from a launch: {}", before.title)
    }
    fn decide(self, before: LaunchTask, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&TASK_REMOVED, &before, moment.now).into())
    }
}
