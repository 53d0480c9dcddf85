//! The stand-up: what each one did, does and is blocked by, drafted from what they did; together or each in their own time.
//! The board is walked from the right, what blocks becomes an act, and each day is kept.

mod drafting;
mod events;
mod meeting;
mod model;
mod pages;
mod reminding;
mod rows;
mod saying;
mod views;

pub use events::*;
pub use meeting::*;
pub use model::*;
pub use pages::routes;
pub use rows::{ReadStandup, awaits_mine};
pub use saying::GiveStandup;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "standup",
    commands: &[
        CommandSpec::of::<GiveStandup>(),
        CommandSpec::of::<BeginStandup>(),
        CommandSpec::of::<EndStandup>(),
        CommandSpec::of::<SetStandupRule>(),
    ],
    queries: &[QuerySpec::of::<ReadStandup>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<StandupEntry>(), NounSpec::of::<Standup>(), NounSpec::of::<StandupRule>()],
    pages: &[pages::STANDUP],
    tasks: &[TaskSpec::of::<reminding::Remember>()],
    schedules: &[reminding::HOUR],
    ..Room::EMPTY
};
