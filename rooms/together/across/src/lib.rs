//! All products: backlog, roadmap, people and search across every product one belongs to. What one sees of each is what
//! its own matrix says; which products that are is part of every question, and there is a handful of questions however
//! many products there are.

mod backlog_page;
mod found;
mod pages;
mod people;
mod roadmap_page;
mod timeline_page;

pub use pages::routes;

use kernel::Room;

pub static ROOM: Room = Room { name: "across", pages: &[pages::BACKLOG, pages::ROADMAP, pages::PEOPLE, pages::SEARCH], ..Room::EMPTY };
