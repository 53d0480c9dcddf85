//! The scale on which a product estimates its stories: the cards of planning poker, and, once it is agreed on, the only
//! sizes a story may have.

mod cards;
mod model;
mod setting;

pub use cards::{Card, FIBONACCI, by_label, nearest, usual};
pub use model::*;
pub use setting::{SetScale, agreed, cards_of, form, on_scale};

use kernel::{CommandSpec, NounSpec, Room};

pub static ROOM: Room = Room {
    name: "scale",
    commands: &[CommandSpec::of::<SetScale>()],
    events: setting::ALL,
    nouns: &[NounSpec::of::<EstimateScale>()],
    ..Room::EMPTY
};
