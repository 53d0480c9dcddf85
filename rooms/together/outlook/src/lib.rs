//! The roadmap beside what is known of it elsewhere: over time with what delivery tells, and bet by bet with needs, priorities
//! and how sure one is.

mod bets;
mod pages;
mod picture;
mod views;

pub use pages::routes;

use kernel::Room;

pub static ROOM: Room = Room { name: "outlook", pages: &[pages::TIMELINE, bets::BETS], ..Room::EMPTY };
