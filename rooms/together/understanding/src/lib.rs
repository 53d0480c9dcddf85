//! Shared understanding: who has confirmed the vision, the target market and the top needs; what one means, in the other's
//! words (playback); five questions in each sprint that are counted in nobody's name (the pulse). It reads strategy and
//! sprints, and is known by Home alone.

mod events;
mod model;
mod pages;
mod playback;
mod pulse;
mod pulse_view;
mod rows;
mod sentences;
mod views;

pub use events::*;
pub use model::*;
pub use pages::routes;
pub use playback::*;
pub use pulse::*;
pub use rows::{Understood, understood};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "understanding",
    commands: &[
        CommandSpec::of::<WritePlayback>(),
        CommandSpec::of::<MarkPart>(),
        CommandSpec::of::<WithdrawPlayback>(),
        CommandSpec::of::<BeginPulse>(),
        CommandSpec::of::<AnswerPulse>(),
        CommandSpec::of::<ClosePulse>(),
        CommandSpec::of::<BeginWithSprint>(),
        CommandSpec::of::<EndWithSprint>(),
    ],
    queries: &[QuerySpec::of::<rows::ReadUnderstanding>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Playback>(), NounSpec::of::<PlaybackPart>(), NounSpec::of::<Pulse>()],
    pages: &[pages::UNDERSTANDING],
    follows: &[pulse::BEGINS, pulse::ENDS, pulse::BREAKS_OFF],
    ..Room::EMPTY
};
