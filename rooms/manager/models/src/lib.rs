//! Estimates: models of guesses in lines, worked out while they are written, with the facts that they rest on. Market sizes
//! (`research`), scores (`priorities`) and the practice club read the same language.

mod answers;
mod drawn;
mod events;
mod facts;
mod model;
mod model_commands;
mod outcome_views;
mod pages;
mod rows;
mod views;
mod work;

pub use answers::*;
pub use facts::*;
pub use model::*;
pub use model_commands::*;
pub use pages::routes;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "models",
    commands: &[
        CommandSpec::of::<CreateModel>(),
        CommandSpec::of::<EditModel>(),
        CommandSpec::of::<RemoveModel>(),
        CommandSpec::of::<AddFact>(),
        CommandSpec::of::<EditFact>(),
        CommandSpec::of::<RemoveFact>(),
    ],
    queries: &[QuerySpec::of::<rows::ReadComputed>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<EstimateModel>(), NounSpec::of::<KnownFact>()],
    pages: &[pages::MODELS],
    ..Room::EMPTY
};
