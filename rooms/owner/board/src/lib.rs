//! How a board is kept: what keeps stories from going on and who can lift it, what happens at the limit of a column, and
//! how old a card is against how long stories take here. The board itself is drawn by the room of sprints.

mod ageing;
mod blocking;
mod events;
mod limits;
mod model;
mod pages;
mod rows;
mod views;

pub use ageing::{Pace, age, pace};
pub use blocking::*;
pub use events::*;
pub use limits::*;
pub use model::*;
pub use pages::routes;
pub use rows::{Blocked, ReadBlocked, blocked, lifters, open_blocker, open_blockers, to_lift};
pub use views::{blocked_line, lift_view, raise_fields};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "board",
    commands: &[
        CommandSpec::of::<BlockStory>(),
        CommandSpec::of::<UnblockStory>(),
        CommandSpec::of::<LiftBlocker>(),
        CommandSpec::of::<SetBoardRule>(),
    ],
    queries: &[QuerySpec::of::<ReadBlocked>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Blocker>(), NounSpec::of::<BoardRule>(), NounSpec::of::<OverLimit>()],
    pages: &[pages::BLOCKERS, pages::RULES],
    ..Room::EMPTY
};
