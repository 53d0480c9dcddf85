//! Strategy: the vision with its versions and confirmations, objectives and their key results.

mod events;
mod model;
mod objectives;
mod pages;
mod rows;
mod views;
mod vision;

pub use model::*;
pub use objectives::*;
pub use pages::routes;
pub use rows::{ObjectiveLine, current_vision, objectives};
pub use views::vision_words;
pub use vision::*;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub const ROOM: Room = Room {
    name: "strategy",
    commands: &[
        CommandSpec::of::<PublishVision>(),
        CommandSpec::of::<ConfirmVision>(),
        CommandSpec::of::<CreateObjective>(),
        CommandSpec::of::<EditObjective>(),
        CommandSpec::of::<RemoveObjective>(),
        CommandSpec::of::<CreateKeyResult>(),
        CommandSpec::of::<EditKeyResult>(),
        CommandSpec::of::<RemoveKeyResult>(),
        CommandSpec::of::<Measure>(),
    ],
    queries: &[QuerySpec::of::<rows::Strategy>()],
    events: events::ALL,
    nouns: &[
        NounSpec::of::<Vision>(),
        NounSpec::of::<Confirmation>(),
        NounSpec::of::<Objective>(),
        NounSpec::of::<KeyResult>(),
        NounSpec::of::<Measurement>(),
    ],
    pages: &[pages::STRATEGY],
    ..Room::EMPTY
};
