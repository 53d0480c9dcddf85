//! Customers, which both hats share: evidence (one observed fact each) and the needs it supports.

mod commands;
mod events;
mod model;
mod pages;
mod rows;
mod views;

pub use commands::*;
pub use model::*;
pub use pages::routes;
pub use rows::{NeedLine, Wanted, evidence, needs};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub const ROOM: Room = Room {
    name: "customers",
    commands: &[
        CommandSpec::of::<RecordEvidence>(),
        CommandSpec::of::<EditEvidence>(),
        CommandSpec::of::<RemoveEvidence>(),
        CommandSpec::of::<CreateNeed>(),
        CommandSpec::of::<EditNeed>(),
        CommandSpec::of::<RemoveNeed>(),
        CommandSpec::of::<LinkEvidence>(),
        CommandSpec::of::<UnlinkEvidence>(),
    ],
    queries: &[QuerySpec::of::<rows::Needs>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Evidence>(), NounSpec::of::<Need>(), NounSpec::of::<kernel::Relation>()],
    pages: &[pages::CUSTOMERS],
    ..Room::EMPTY
};
