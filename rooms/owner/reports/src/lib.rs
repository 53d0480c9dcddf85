//! Reports: what the record of delivery tells of what comes. When a feature, or the whole backlog, is likely to be
//! accepted, from what was accepted before.

mod pages;
mod promises;
mod rows;
mod views;
mod work;

pub use pages::routes;
pub use promises::{Bet, Likely, Promised, likely, promised, promised_of};

use kernel::Room;

pub static ROOM: Room = Room { name: "reports", pages: &[pages::FORECAST], ..Room::EMPTY };
