//! The roadmap: initiatives (bets that serve objectives and address needs) and features (their
//! deliverable slices), on a Now / Next / Later board.

mod events;
mod features;
mod filter;
mod initiatives;
mod model;
mod moving;
mod pages;
mod past;
mod places;
mod rows;
mod settled;
mod shared;
mod views;

pub use features::*;
pub use filter::{TERMS, fitting};
pub use initiatives::*;
pub use model::*;
pub use moving::MoveFeatureElsewhere;
pub use pages::routes;
pub use rows::{feature, features, initiative, initiatives};
pub use settled::{BANDS, Band, FEWEST, band_of};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "roadmap",
    commands: &[
        CommandSpec::of::<CreateInitiative>(),
        CommandSpec::of::<EditInitiative>(),
        CommandSpec::of::<MoveInitiative>(),
        CommandSpec::of::<RemoveInitiative>(),
        CommandSpec::of::<ServeObjective>(),
        CommandSpec::of::<UnserveObjective>(),
        CommandSpec::of::<AddressNeed>(),
        CommandSpec::of::<UnaddressNeed>(),
        CommandSpec::of::<CreateFeature>(),
        CommandSpec::of::<EditFeature>(),
        CommandSpec::of::<MoveFeature>(),
        CommandSpec::of::<RemoveFeature>(),
        CommandSpec::of::<MoveFeatureElsewhere>(),
    ],
    queries: &[QuerySpec::of::<rows::Roadmap>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Initiative>(), NounSpec::of::<Feature>()],
    pages: &[pages::ROADMAP, moving::MOVE],
    looks: &[shared::SHARED],
    ..Room::EMPTY
};
