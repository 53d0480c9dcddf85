//! The thread: from evidence to verdict as one graph. Reads every wing's nouns; no other room knows it,
//! save Home.

mod gaps;
mod graph;
mod pages;
mod views;

pub use gaps::{Gap, LOOSE_EVIDENCE, gaps};
pub use graph::{Chain, Knot, chain};
pub use pages::routes;

use kernel::{QuerySpec, Room};

pub const ROOM: Room = Room {
    name: "thread",
    queries: &[QuerySpec::of::<graph::ReadChain>(), QuerySpec::of::<gaps::ReadGaps>()],
    pages: &[pages::THREAD],
    ..Room::EMPTY
};
