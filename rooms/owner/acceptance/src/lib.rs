//! Acceptance is an act: the Owner accepts or rejects what was handed over, criterion by criterion,
//! with a reason, and the record quotes what was known.

mod commands;
mod model;
mod pages;
mod reopening;
mod rows;
mod views;

pub use commands::*;
pub use model::*;
pub use pages::routes;
pub use reopening::ReopenStory;
pub use rows::{finished, unfinished};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "acceptance",
    commands: &[
        CommandSpec::of::<CheckCriterion>(),
        CommandSpec::of::<AcceptStory>(),
        CommandSpec::of::<RejectStory>(),
        CommandSpec::of::<ReopenStory>(),
    ],
    queries: &[QuerySpec::of::<rows::Queue>()],
    events: ALL,
    nouns: &[NounSpec::of::<Verdict>()],
    pages: &[pages::ACCEPTANCE],
    ..Room::EMPTY
};
