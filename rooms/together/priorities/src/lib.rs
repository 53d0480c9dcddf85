//! Priorities: ways of scoring, what was agreed by them, and rounds in which people rate apart and settle where they differ.
//! The order that is agreed is the one that roadmap, backlog and needs have themselves; nothing here is read by them.

mod behind;
mod charts;
mod criteria;
mod events;
mod forms;
pub mod inputs;
mod items;
mod model;
mod opened;
mod order;
mod pages;
mod queries;
mod rating;
mod reminders;
pub mod reveal;
mod reveal_view;
mod round_view;
mod rounds;
mod rows;
mod schemes;
mod scores;
mod settling;
mod standing;
pub mod table;
mod views;
mod weighed;

pub use behind::{Behind, behind};
pub use criteria::Preset;
pub use model::*;
pub use order::AgreeOrder;
pub use pages::routes;
pub use rating::{Rate, Reveal};
pub use round_view::{to_rate_line, to_settle_line};
pub use rounds::{BeginRound, EditRound, RemoveRound};
pub use rows::{ToRate, to_rate, to_settle};
pub use schemes::{CreateScheme, EditScheme, RemoveScheme};
pub use scores::SetScore;
pub use settling::{Adopt, Settle};
pub use standing::{Standing, standing};
pub use weighed::{Weighed, weighed};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "priorities",
    commands: &[
        CommandSpec::of::<CreateScheme>(),
        CommandSpec::of::<EditScheme>(),
        CommandSpec::of::<RemoveScheme>(),
        CommandSpec::of::<SetScore>(),
        CommandSpec::of::<AgreeOrder>(),
        CommandSpec::of::<BeginRound>(),
        CommandSpec::of::<EditRound>(),
        CommandSpec::of::<RemoveRound>(),
        CommandSpec::of::<Rate>(),
        CommandSpec::of::<Reveal>(),
        CommandSpec::of::<Settle>(),
        CommandSpec::of::<Adopt>(),
    ],
    queries: &[QuerySpec::of::<queries::Priorities>(), QuerySpec::of::<queries::RoundRevealed>()],
    events: events::ALL,
    nouns: &[
        NounSpec::of::<Scheme>(),
        NounSpec::of::<Round>(),
        NounSpec::of::<Score>(),
        NounSpec::of::<Rater>(),
        NounSpec::of::<Rating>(),
        NounSpec::of::<SettledRating>(),
    ],
    pages: &[pages::PRIORITIES, pages::ROUNDS],
    tasks: &[TaskSpec::of::<reminders::Gather>(), TaskSpec::of::<reminders::Near>()],
    schedules: &[reminders::MORNING],
    seals: &[rating::RATINGS],
    ..Room::EMPTY
};
