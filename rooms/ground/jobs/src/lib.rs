//! Jobs, for whoever looks after the workspace: what commands left to be done, what is being tried again, and what was
//! given up until somebody has it tried once more.

mod commands;
mod pages;
mod rows;
mod views;

pub use commands::*;
pub use pages::routes;

use kernel::{CommandSpec, NounSpec, Room, task};

pub static ROOM: Room = Room {
    name: "jobs",
    commands: &[CommandSpec::of::<RetryJob>(), CommandSpec::of::<DiscardJob>()],
    events: task::ALL,
    nouns: &[NounSpec::of::<task::DeadLetter>()],
    pages: &[pages::JOBS],
    ..Room::EMPTY
};
