//! Club evenings: a team takes on the same challenge at the same time. What each hands in is sealed until all of it is
//! revealed together.

mod answering;
mod asking;
mod events;
mod holding;
mod model;
mod pages;
mod rows;
mod views;

pub use answering::*;
pub use asking::{AskAtEvening, CutAtEvening};
pub use events::*;
pub use holding::*;
pub use model::*;
pub use pages::routes;

use kernel::{CommandSpec, NounSpec, Room};

pub static ROOM: Room = Room {
    name: "evenings",
    commands: &[
        CommandSpec::of::<PlanEvening>(),
        CommandSpec::of::<StartEvening>(),
        CommandSpec::of::<CutAtEvening>(),
        CommandSpec::of::<AskAtEvening>(),
        CommandSpec::of::<HandInAnswer>(),
        CommandSpec::of::<RevealEvening>(),
        CommandSpec::of::<RemoveEvening>(),
    ],
    events: events::ALL,
    nouns: &[NounSpec::of::<ClubEvening>(), NounSpec::of::<EveningAnswer>()],
    pages: &[pages::EVENINGS],
    seals: &[answering::ANSWERS, asking::QUESTIONS],
    ..Room::EMPTY
};
