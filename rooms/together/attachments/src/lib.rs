//! Attachments: files that hang on the things people talk about. What they hold is kept beside the database; here stand
//! their names, whose they are, and who may see them: whoever may see the thing.

mod commands;
mod model;
mod pages;
mod picture;
mod rows;
mod taking;
mod views;

pub use commands::*;
pub use model::*;
pub use pages::{FILES_AT, routes};
pub use rows::{Attached, OnEach, attached_to, attached_to_each, of};
pub use taking::Taken;
pub use views::{button, list, view};

use kernel::{CommandSpec, NounSpec, Room, kinds};

kinds! {
    ATTACHED = "attachment.attached", "attached";
    TAKEN_OFF = "attachment.removed", "took off the file";
}

pub static ROOM: Room = Room {
    name: "attachments",
    commands: &[CommandSpec::of::<Attach>(), CommandSpec::of::<RemoveAttachment>()],
    events: ALL,
    nouns: &[NounSpec::of::<Attachment>()],
    ..Room::EMPTY
};
