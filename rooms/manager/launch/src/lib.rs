//! Launch and outcome: releases with what they ship and what is missing, the plan of a launch and the go that is signed for
//! it, release notes and the changelog; and what came of each bet, held against how sure one was.

mod changelog;
mod events;
mod following;
mod judging;
mod model;
mod notes;
mod outcome_view;
mod outcomes;
mod pages;
mod plan_view;
mod releases;
mod reminding;
mod rows;
mod scope;
mod tasks;
mod views;

pub use changelog::logged;
pub use events::*;
pub use following::{FollowByInitiative, FollowByStory, SupportOutcome, UnsupportOutcome};
pub use judging::{bands, hits_and_misses, says};
pub use model::*;
pub use outcomes::*;
pub use pages::routes;
pub use releases::*;
pub use rows::{Found, drafted_notes, due, judged};
pub use scope::*;
pub use tasks::*;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "launch",
    commands: &[
        CommandSpec::of::<PlanRelease>(),
        CommandSpec::of::<EditRelease>(),
        CommandSpec::of::<PlanLaunch>(),
        CommandSpec::of::<ShipFeature>(),
        CommandSpec::of::<UnshipFeature>(),
        CommandSpec::of::<DecideGo>(),
        CommandSpec::of::<WriteNotes>(),
        CommandSpec::of::<ReleaseIt>(),
        CommandSpec::of::<RemoveRelease>(),
        CommandSpec::of::<AddTask>(),
        CommandSpec::of::<DraftChecklist>(),
        CommandSpec::of::<EditTask>(),
        CommandSpec::of::<TickTask>(),
        CommandSpec::of::<RemoveTask>(),
        CommandSpec::of::<RecordOutcome>(),
        CommandSpec::of::<EditOutcome>(),
        CommandSpec::of::<RemoveOutcome>(),
        CommandSpec::of::<SupportOutcome>(),
        CommandSpec::of::<UnsupportOutcome>(),
        CommandSpec::of::<FollowByInitiative>(),
        CommandSpec::of::<FollowByStory>(),
    ],
    queries: &[QuerySpec::of::<rows::ReadReadiness>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Release>(), NounSpec::of::<LaunchTask>(), NounSpec::of::<Outcome>()],
    pages: &[pages::LAUNCH, pages::CHANGELOG, pages::OUTCOMES],
    tasks: &[TaskSpec::of::<reminding::AskOutcomes>()],
    schedules: &[reminding::REMINDERS],
    looks: &[changelog::SHARED],
    ..Room::EMPTY
};
