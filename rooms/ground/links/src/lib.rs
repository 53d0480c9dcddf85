//! Links for people without an account: each shows one thing of a product, until a day, and can be revoked.

mod commands;
mod events;
mod model;
mod pages;
mod rows;
mod views;

pub use commands::*;
pub use model::*;
pub use pages::routes;
pub use rows::{Line, links_for};
pub use views::{days, listed};

use kernel::{CommandSpec, NounSpec, Room};

pub static ROOM: Room = Room {
    name: "links",
    commands: &[CommandSpec::of::<MakeLink>(), CommandSpec::of::<RevokeLink>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<SharedLink>()],
    pages: &[pages::LINKS],
    ..Room::EMPTY
};
