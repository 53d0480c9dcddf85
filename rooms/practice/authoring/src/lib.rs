//! Challenges that people of the workspace write: a folder that is edited in pages or brought in, checked by the same linter
//! as the library, looked at as a member will see it, and published for everybody. A draft is its author's alone.

mod carrying;
mod drafting;
mod editor;
mod events;
mod model;
mod pages;
mod publishing;
mod rows;
mod sheets;
mod views;
mod wrong;

pub use drafting::*;
pub use model::*;
pub use pages::routes;
pub use publishing::*;

use kernel::{CommandSpec, NounSpec, Room};

pub static ROOM: Room = Room {
    name: "authoring",
    commands: &[
        CommandSpec::of::<BeginChallenge>(),
        CommandSpec::of::<BringInChallenge>(),
        CommandSpec::of::<WriteChallenge>(),
        CommandSpec::of::<FillChallenge>(),
        CommandSpec::of::<RenameChallenge>(),
        CommandSpec::of::<RemoveChallenge>(),
        CommandSpec::of::<PublishChallenge>(),
        CommandSpec::of::<WithdrawChallenge>(),
        CommandSpec::of::<PutBackChallenge>(),
    ],
    events: events::ALL,
    nouns: &[NounSpec::of::<ChallengeDraft>()],
    pages: &[pages::WRITING],
    ..Room::EMPTY
};
