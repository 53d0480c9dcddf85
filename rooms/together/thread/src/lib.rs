//! The thread: from evidence to verdict as one graph. Reads every wing's nouns; no other room knows it,
//! save Home.

mod alignment;
mod alignment_view;
mod drawing;
mod gaps;
mod graph;
mod held;
mod joining;
mod pages;
mod sql;
mod then;
mod views;

pub use gaps::{Gap, gaps};
pub use graph::{Chain, Knot, chain};
pub use pages::routes;

use kernel::{QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "thread",
    queries: &[QuerySpec::of::<graph::ReadChain>(), QuerySpec::of::<gaps::ReadGaps>(), QuerySpec::of::<alignment::ReadAlignment>()],
    pages: &[pages::THREAD, pages::ALIGNMENT],
    ..Room::EMPTY
};
