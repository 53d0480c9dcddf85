//! Who decides what: the matrix in plain words, changing it, lending a hat.

mod commands;
mod events;
mod pages;
mod rhythm;
mod rows;
mod views;
mod ways;

pub use commands::*;
pub use pages::routes;
pub use rhythm::{Rhythm, SetRhythm, Weekday, rhythm};
pub use rows::agreement;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "rights",
    commands: &[
        CommandSpec::of::<SetStanding>(),
        CommandSpec::of::<SwitchArea>(),
        CommandSpec::of::<ChooseWay>(),
        CommandSpec::of::<SetRhythm>(),
        CommandSpec::of::<LendHat>(),
        CommandSpec::of::<TakeHatBack>(),
    ],
    queries: &[QuerySpec::of::<rows::WhoDecides>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Rhythm>()],
    pages: &[pages::WHO_DECIDES],
    ..Room::EMPTY
};
