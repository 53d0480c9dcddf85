//! How a product moves: in sprints that follow one another by a cadence, made as far ahead as it says; or without sprints, in
//! one flow, of which it says how it goes.

mod clock;
mod following;
mod model;
mod pace;
mod pages;
mod setting;
mod views;

pub use model::*;
pub use pages::routes;
pub use setting::{PlanFollowing, SetCadence};

use kernel::{CommandSpec, NounSpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "cadence",
    commands: &[CommandSpec::of::<SetCadence>(), CommandSpec::of::<PlanFollowing>()],
    events: setting::ALL,
    nouns: &[NounSpec::of::<Cadence>()],
    pages: &[pages::CADENCE],
    tasks: &[TaskSpec::of::<clock::Gather>(), TaskSpec::of::<clock::Keep>()],
    schedules: &[clock::MORNING],
    ..Room::EMPTY
};
