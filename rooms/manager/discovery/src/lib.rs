//! Discovery: the tree from an objective over the needs that bear on it and the bets that address them down to the tests of
//! what has to be true for a bet to work (Torres, *Continuous Discovery Habits*, 2021).

mod events;
mod model;
mod pages;
mod placing;
mod rows;
mod testing;
mod views;

pub use model::*;
pub use pages::routes;
pub use placing::*;
pub use testing::*;

use kernel::{CommandSpec, NounSpec, Room};

pub static ROOM: Room = Room {
    name: "discovery",
    commands: &[
        CommandSpec::of::<ServeObjective>(),
        CommandSpec::of::<UnserveObjective>(),
        CommandSpec::of::<PlanTest>(),
        CommandSpec::of::<EditTest>(),
        CommandSpec::of::<SettleTest>(),
        CommandSpec::of::<RemoveTest>(),
    ],
    events: events::ALL,
    nouns: &[NounSpec::of::<AssumptionTest>()],
    pages: &[pages::TREE],
    ..Room::EMPTY
};
