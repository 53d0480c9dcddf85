//! Reports: what the record of delivery tells of what comes. When a feature, or the whole backlog, is likely to be
//! accepted, from what was accepted before.

mod pages;
mod rows;
mod views;
mod work;

pub use pages::routes;

use kernel::Room;

pub const ROOM: Room = Room { name: "reports", pages: &[pages::FORECAST], ..Room::EMPTY };
