//! Own fields: what a product wants to know of its stories, features, initiatives, needs and evidence besides what
//! Tandem asks. A field is defined once, and each value is a thing of its own with its own history.

mod carried;
mod columns;
mod commands;
mod events;
mod fits;
mod held;
mod model;
mod pages;
mod rows;
mod set;
mod views;

pub use carried::{Carried, Destination, carried, carried_into};
pub use columns::{Columns, Wanted, Words, found, narrowed};
pub use commands::{DefineField, EditField, RemoveField, defined_event};
pub use events::{FIELD_DEFINED, VALUE_SET};
pub use fits::{fits, sorted_by};
pub use held::{Held, LONGEST, read};
pub use model::*;
pub use pages::routes;
pub use rows::{Listed, Own, Told, defined, list, of, of_then, told};
pub use set::SetValue;
pub use views::{goes_along, left_behind, panel};

use kernel::{CommandSpec, NounSpec, Room};

pub static ROOM: Room = Room {
    name: "fields",
    commands: &[CommandSpec::of::<DefineField>(), CommandSpec::of::<EditField>(), CommandSpec::of::<RemoveField>(), CommandSpec::of::<SetValue>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Field>(), NounSpec::of::<FieldValue>()],
    pages: &[pages::FIELDS],
    ..Room::EMPTY
};
