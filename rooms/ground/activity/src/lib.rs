//! Activity: the append-only record of what changed. History of one thing, of a product, undo, and
//! any thing as it was at a past moment, all read from the same lines.

mod pages;
mod past;
mod rows;
mod sentences;
mod undo;
mod views;

pub use pages::routes;
pub use past::{as_of, things_as_of};
pub use rows::{Line, history, latest};
pub use undo::Undo;
pub use views::{history as history_view, lines as lines_view};

use kernel::{CommandSpec, QuerySpec, Room, kinds};

kinds! {
    UNDONE = "act.undone", "took back a change to";
}

pub const ROOM: Room = Room {
    name: "activity",
    commands: &[CommandSpec::of::<Undo>()],
    queries: &[QuerySpec::of::<rows::Activity>()],
    events: ALL,
    pages: &[pages::ACTIVITY],
    ..Room::EMPTY
};
