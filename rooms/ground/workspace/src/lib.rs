//! The workspace, for whoever looks after it: what is done behind the scenes, who and what comes in, how much room it
//! takes, and backups.

mod backups;
mod pages;
mod rows;
mod views;

pub use backups::*;
pub use pages::routes;

use kernel::{CommandSpec, NounSpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "workspace",
    commands: &[CommandSpec::of::<AskForBackup>(), CommandSpec::of::<NoteBackup>()],
    events: backups::ALL,
    nouns: &[NounSpec::of::<Backup>()],
    pages: &[pages::WORKSPACE],
    tasks: &[TaskSpec::of::<MakeBackup>()],
    schedules: &[NIGHTLY],
    ..Room::EMPTY
};
