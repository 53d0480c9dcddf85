//! Settling who decides what, together: a deck of slips, one for each area, which everyone sorts alone; then all sorts are
//! laid side by side, differences first, and each is settled with a reason into the matrix by a decision that both sign.

mod commands;
mod model;
mod pages;
mod rows;
mod sealing;
mod settle;
mod views;

pub use commands::{Begin, End, Open};
pub use model::{Pile, Settlement, Slip, Sorting};
pub use pages::routes;
pub use rows::{Awaited, Unsettled, awaited, unsettled};
pub use sealing::Seal;
pub use settle::{Settle, SettleAlike};

use kernel::{CommandSpec, NounSpec, Room, kinds};

kinds! {
    SORTING_BEGUN = "sorting.begun", "laid out the slips:";
    SORTING_OPENED = "sorting.opened", "laid the sorts side by side:";
    SORTING_ENDED = "sorting.ended", "put the slips away:";
    SLIP_SORTED = "slip.sorted", "sorted your slip:";
    SLIP_OPENED = "slip.opened", "laid open a slip:";
    AREA_SETTLED = "settlement.made", "settled who decides:";
    MATRIX_SETTLED = "agreement.settled", "settled a row of";
}

pub static ROOM: Room = Room {
    name: "settling",
    commands: &[
        CommandSpec::of::<Begin>(),
        CommandSpec::of::<Seal>(),
        CommandSpec::of::<Open>(),
        CommandSpec::of::<Settle>(),
        CommandSpec::of::<SettleAlike>(),
        CommandSpec::of::<End>(),
    ],
    events: ALL,
    nouns: &[NounSpec::of::<Sorting>(), NounSpec::of::<Slip>(), NounSpec::of::<Settlement>()],
    pages: &[pages::SORTING],
    seals: &[sealing::SLIPS],
    ..Room::EMPTY
};
