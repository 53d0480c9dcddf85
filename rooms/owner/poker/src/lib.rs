//! Planning poker: whoever is asked lays a card for a story in secret, all cards are turned over at once, and whoever lies
//! furthest out speaks first. Live or over some days; one story after another, each as often as it takes.

mod alike;
mod events;
mod model;
mod pages;
mod reminders;
mod rounds;
mod rows;
mod session_view;
mod sessions;
mod settling;
mod spread;
mod turned_view;
mod views;
mod voting;

pub use model::*;
pub use pages::routes;
pub use rounds::{PassRound, Reveal, VoteAgain};
pub use rows::{ToVote, to_vote};
pub use sessions::{AddToPoker, BeginPoker, EditPoker, EndPoker};
pub use settling::TakeOver;
pub use views::to_vote_line;
pub use voting::LayCard;

use kernel::{CommandSpec, NounSpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "poker",
    commands: &[
        CommandSpec::of::<BeginPoker>(),
        CommandSpec::of::<EditPoker>(),
        CommandSpec::of::<AddToPoker>(),
        CommandSpec::of::<EndPoker>(),
        CommandSpec::of::<LayCard>(),
        CommandSpec::of::<Reveal>(),
        CommandSpec::of::<VoteAgain>(),
        CommandSpec::of::<TakeOver>(),
        CommandSpec::of::<PassRound>(),
    ],
    events: events::ALL,
    nouns: &[NounSpec::of::<Poker>(), NounSpec::of::<PokerRound>(), NounSpec::of::<PokerVote>()],
    pages: &[pages::POKER],
    tasks: &[TaskSpec::of::<reminders::Gather>(), TaskSpec::of::<reminders::Near>(), TaskSpec::of::<reminders::Strikes>()],
    schedules: &[reminders::MORNING],
    seals: &[voting::CARDS],
    ..Room::EMPTY
};
