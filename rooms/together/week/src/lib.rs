//! The week's page of the two: what waits, where they differ, what was promised against what is likely, what is new, what is
//! asked; ten minutes, and a note of what they said. They are reminded of it on the weekday that they chose.

mod notes;
mod pages;
mod reminding;
mod rows;
mod views;

pub use notes::{KeepNote, WeekNote};
pub use pages::routes;

use kernel::{CommandSpec, NounSpec, Room, TaskSpec, kinds};

kinds! {
    NOTE_KEPT = "week_note.kept", "noted what was said in";
}

pub static ROOM: Room = Room {
    name: "week",
    commands: &[CommandSpec::of::<KeepNote>()],
    events: ALL,
    nouns: &[NounSpec::of::<WeekNote>()],
    pages: &[pages::WEEK],
    tasks: &[TaskSpec::of::<reminding::Remember>()],
    schedules: &[reminding::REMINDERS],
    ..Room::EMPTY
};
