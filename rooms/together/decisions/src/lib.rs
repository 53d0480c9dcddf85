//! Decisions: open proposals to sign or decline, and the log of what was settled.

mod commands;
mod export;
mod filter;
mod pages;
mod rows;
mod summary;
mod telling;
mod views;

pub use commands::*;
pub use pages::routes;

use kernel::{CommandSpec, NounSpec, Proposal, QuerySpec, Room, Signature, proposal::ALL};

pub const ROOM: Room = Room {
    name: "decisions",
    commands: &[CommandSpec::of::<OpenQuestion>(), CommandSpec::of::<Sign>(), CommandSpec::of::<Decline>(), CommandSpec::of::<Withdraw>()],
    queries: &[QuerySpec::of::<rows::Proposals>()],
    events: ALL,
    nouns: &[NounSpec::of::<Proposal>(), NounSpec::of::<Signature>()],
    pages: &[pages::DECISIONS],
    ..Room::EMPTY
};
