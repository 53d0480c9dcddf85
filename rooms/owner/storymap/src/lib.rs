//! The story map (Patton 2014): the steps that somebody goes through from left to right, releases from top to bottom, and the same
//! stories as in the backlog in between. It orders nothing: what comes first says the backlog.

mod events;
mod model;
mod pages;
mod placing;
mod rows;
mod steps;
mod views;

pub use model::*;
pub use pages::routes;
pub use placing::*;
pub use steps::*;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "storymap",
    commands: &[
        CommandSpec::of::<AddStep>(),
        CommandSpec::of::<RenameStep>(),
        CommandSpec::of::<MoveStep>(),
        CommandSpec::of::<RemoveStep>(),
        CommandSpec::of::<PlaceOnMap>(),
        CommandSpec::of::<TakeOffMap>(),
    ],
    queries: &[QuerySpec::of::<rows::ReadMap>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<MapStep>(), NounSpec::of::<MapPlace>()],
    pages: &[pages::MAP],
    ..Room::EMPTY
};
