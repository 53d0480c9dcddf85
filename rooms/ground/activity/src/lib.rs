//! Activity: the append-only record of what changed. History of one thing, of a product, undo, and
//! any thing as it was at a past moment, all read from the same lines.

mod pages;
mod past;
mod removed;
mod rows;
mod sentences;
mod since;
mod sought;
mod spoken;
mod stack;
mod steps;
mod undo;
mod views;

pub use pages::routes;
pub use past::{Course, as_of, courses, things_as_of};
pub use removed::BringBack;
pub use rows::{History, Line, history, lately, latest, left_by, may_read, of_kinds};
pub use sentences::{verb, who};
pub use sought::{Activity, find};
pub use spoken::{Spoken, kinds_of_act, spoken};
pub use steps::{Step, steps};
pub use undo::{RedoLast, Undo, UndoLast};
pub use views::{history as history_view, lines as lines_view};

use kernel::{CommandSpec, QuerySpec, Room, kinds};

kinds! {
    UNDONE = "act.undone", "took back a change to";
    REDONE = "act.redone", "did again a change to";
    BROUGHT_BACK = "removed.brought_back", "brought back";
    SEEN = "activity.seen", "saw";
}

pub static ROOM: Room = Room {
    name: "activity",
    commands: &[
        CommandSpec::of::<Undo>(),
        CommandSpec::of::<UndoLast>(),
        CommandSpec::of::<RedoLast>(),
        CommandSpec::of::<BringBack>(),
        CommandSpec::of::<since::SeeAll>(),
    ],
    queries: &[QuerySpec::of::<sought::Activity>(), QuerySpec::of::<sought::OwnActivity>()],
    events: ALL,
    pages: &[pages::ACTIVITY, pages::SINCE, pages::REMOVED],
    ..Room::EMPTY
};
