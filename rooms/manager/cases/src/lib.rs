//! Cases: a matter of strategy or design of the product, thought through in the parts that the practice club trains, with
//! what it rests on, options that are scored, a choice, and the bet that is made of it. The page is `casebook`, which shows
//! the scores beside.

mod becoming;
mod choosing;
mod events;
mod hints;
mod looked;
mod model;
mod options;
mod resting;
mod rows;
mod writing;

pub use becoming::*;
pub use choosing::*;
pub use hints::*;
pub use looked::{Known, Looked, looked};
pub use model::*;
pub use options::*;
pub use resting::*;
pub use rows::{Grounds, cases, grounds, last_begun, options, options_then, then};
pub use writing::*;

use kernel::{CommandSpec, NounSpec, Room};

pub static ROOM: Room = Room {
    name: "cases",
    commands: &[
        CommandSpec::of::<BeginCase>(),
        CommandSpec::of::<EditCase>(),
        CommandSpec::of::<RemoveCase>(),
        CommandSpec::of::<AddOption>(),
        CommandSpec::of::<EditOption>(),
        CommandSpec::of::<RemoveOption>(),
        CommandSpec::of::<LinkCase>(),
        CommandSpec::of::<UnlinkCase>(),
        CommandSpec::of::<PutHintAside>(),
        CommandSpec::of::<ChooseOption>(),
        CommandSpec::of::<ReopenCase>(),
        CommandSpec::of::<BecomeInitiative>(),
    ],
    events: events::ALL,
    nouns: &[NounSpec::of::<GuidedCase>(), NounSpec::of::<CaseOption>()],
    ..Room::EMPTY
};
