//! Success in the market on one page: whether the figures that count move, whether key results are where they were expected
//! by now, what came of bets, and how promises were kept; each with what explains it. Everything is read where it is kept.

mod pages;
mod queries;
mod rows;
mod views;

pub use pages::routes;

use kernel::{QuerySpec, Room};

pub static ROOM: Room = Room { name: "success", queries: &[QuerySpec::of::<queries::ReadSuccess>()], pages: &[pages::SUCCESS], ..Room::EMPTY };
