//! Who decides what: the matrix in plain words, changing it, lending a hat.

mod commands;
mod events;
mod pages;
mod rows;
mod views;

pub use commands::*;
pub use pages::routes;

use kernel::{CommandSpec, QuerySpec, Room};

pub const ROOM: Room = Room {
    name: "rights",
    commands: &[CommandSpec::of::<SetStanding>(), CommandSpec::of::<ChooseWay>(), CommandSpec::of::<LendHat>(), CommandSpec::of::<TakeHatBack>()],
    queries: &[QuerySpec::of::<rows::WhoDecides>()],
    events: events::ALL,
    pages: &[pages::WHO_DECIDES],
    ..Room::EMPTY
};
