//! Which days are worked on: a product's own days off and public holidays, and the days off of its members. One calendar
//! for everything that counts days.

mod away;
mod events;
mod holidays;
mod ics;
mod model;
mod pages;
mod rows;
mod views;

pub use away::*;
pub use holidays::*;
pub use model::*;
pub use pages::routes;
pub use rows::{Absence, Availability, WorkDays, closed, read, weekdays_without};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "calendar",
    commands: &[
        CommandSpec::of::<TakeDaysOff>(),
        CommandSpec::of::<DropDaysOff>(),
        CommandSpec::of::<AddHoliday>(),
        CommandSpec::of::<BringInHolidays>(),
        CommandSpec::of::<RemoveHoliday>(),
    ],
    queries: &[QuerySpec::of::<rows::ReadCalendar>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Holiday>(), NounSpec::of::<DayOff>()],
    pages: &[pages::CALENDAR],
    ..Room::EMPTY
};
