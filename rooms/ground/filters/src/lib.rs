//! Saved filters: what a list is narrowed by, under a name. One is its member's own until it is shared with the product.

mod commands;
mod events;
mod model;
mod pages;
mod rows;
mod views;

pub use commands::*;
pub use model::*;
pub use pages::routes;
pub use rows::{Fits, Saved, saved};
pub use views::view;

use kernel::{CommandSpec, NounSpec, Room};

pub static ROOM: Room = Room {
    name: "filters",
    commands: &[CommandSpec::of::<SaveFilter>(), CommandSpec::of::<EditFilter>(), CommandSpec::of::<RemoveFilter>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<SavedFilter>()],
    ..Room::EMPTY
};
