//! Stakeholders: people and groups outside of the team, how much power and interest they have, what they need to hear, when
//! they were last told, and what was promised to them.

mod contacts;
mod events;
mod letters;
mod model;
mod pages;
mod people_outside;
mod promises;
mod reminding;
mod rows;
mod views;

pub use contacts::*;
pub use events::*;
pub use letters::*;
pub use model::*;
pub use pages::routes;
pub use people_outside::*;
pub use promises::*;
pub use rows::{Line, Promised, To, promised, promises_due, to_tell};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "stakeholders",
    commands: &[
        CommandSpec::of::<AddStakeholder>(),
        CommandSpec::of::<EditStakeholder>(),
        CommandSpec::of::<PlaceStakeholder>(),
        CommandSpec::of::<RemoveStakeholder>(),
        CommandSpec::of::<EndLetters>(),
        CommandSpec::of::<NoteContact>(),
        CommandSpec::of::<RemoveContact>(),
        CommandSpec::of::<MakePromise>(),
        CommandSpec::of::<EditPromise>(),
        CommandSpec::of::<SettlePromise>(),
        CommandSpec::of::<RemovePromise>(),
    ],
    queries: &[QuerySpec::of::<rows::ReadToTell>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Stakeholder>(), NounSpec::of::<Contact>(), NounSpec::of::<Promise>()],
    pages: &[pages::STAKEHOLDERS],
    tasks: &[TaskSpec::of::<reminding::Remember>()],
    schedules: &[reminding::REMINDERS],
    ..Room::EMPTY
};
