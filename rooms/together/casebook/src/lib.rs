//! The page of cases: the parts of a case to be written with what checks say of each beside, its options with their scores
//! from the tool that scores everything else, what it rests on, and what becomes of the choice.

mod around_view;
mod listed;
mod option_views;
mod pages;
mod part_views;
mod past_view;

pub use pages::routes;

use kernel::Room;

pub static ROOM: Room = Room { name: "casebook", pages: &[pages::CASES], ..Room::EMPTY };
