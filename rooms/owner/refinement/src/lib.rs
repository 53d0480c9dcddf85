//! Refinement: a session over the top of the backlog. Its agenda is the first stories that are not ready yet, each with what it
//! lacks and so many minutes; what is said is noted at the story it is about, and what came of it is the record.

mod events;
mod model;
mod notes;
mod pages;
mod rows;
mod sessions;
mod views;

pub use model::*;
pub use notes::*;
pub use pages::routes;
pub use sessions::*;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "refinement",
    commands: &[
        CommandSpec::of::<TurnTo>(),
        CommandSpec::of::<PutOnAgenda>(),
        CommandSpec::of::<NoteInRefinement>(),
        CommandSpec::of::<EndRefinement>(),
        CommandSpec::of::<BeginRefinement>(),
        CommandSpec::of::<RemoveRefinementNote>(),
    ],
    queries: &[QuerySpec::of::<rows::ReadAgenda>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Refinement>(), NounSpec::of::<RefinementNote>()],
    pages: &[pages::REFINEMENT],
    ..Room::EMPTY
};
