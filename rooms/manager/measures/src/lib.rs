//! Measures: the product's own figures, its north star and what feeds it, with what they were on which day. Key results
//! read them, and whether the product does well in the market is seen on one page.

mod commands;
mod draw;
mod events;
mod model;
mod pages;
mod rows;
mod table;
mod values;
mod views;

pub use commands::*;
pub use draw::{change, chart, day_number};
pub use model::*;
pub use pages::routes;
pub use rows::{MeasureLine, Point, Reached, lines, reached};
pub use values::*;
pub use views::ways;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "measures",
    commands: &[
        CommandSpec::of::<AddMeasure>(),
        CommandSpec::of::<EditMeasure>(),
        CommandSpec::of::<RemoveMeasure>(),
        CommandSpec::of::<NoteValue>(),
        CommandSpec::of::<BringInValues>(),
        CommandSpec::of::<RemoveValue>(),
    ],
    queries: &[QuerySpec::of::<rows::ReadHistory>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Measure>(), NounSpec::of::<MeasureValue>()],
    pages: &[pages::MEASURES],
    ..Room::EMPTY
};
