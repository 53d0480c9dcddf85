//! The practice club: a library of challenges, a member's attempts at them, and what came of these. It belongs to no
//! product, and what somebody practises is theirs alone.
//!
//! A challenge is a folder of `challenges/` or of this workspace (`stored.rs`), read by `engines/challenge`, or a case of
//! root cause that is invented from a seed. `library::task` finds all of them. Nothing of its answers, marks or debrief leaves the program before an answer was handed in.

mod answering;
mod assessing;
mod attempts;
mod casework;
mod drills;
mod evening;
mod events;
mod handing_in;
mod library;
mod marking;
mod model;
mod pages;
mod previewing;
mod reviewing;
mod rows;
mod saying;
mod shelves;
mod steps;
mod stored;
mod view;
mod working;

pub use answering::known;
pub use assessing::*;
pub use attempts::*;
pub use evening::*;
pub use handing_in::*;
pub use library::{OpenFact, Task, edition_of, open_facts, task_of};
pub use model::*;
pub use pages::routes;
pub use previewing::*;
pub use reviewing::*;
pub use rows::{HandedIn, handed_in, has_handed_in, has_read_since};
pub use stored::{Edition, OwnChallenge, code_is_taken, drill_ids, own_by_code};
pub use view::{level_says, ways};
pub use working::*;

use kernel::{CommandSpec, NounSpec, Room};

pub use events::ASKED;

pub static ROOM: Room = Room {
    name: "club",
    commands: &[
        CommandSpec::of::<BeginAttempt>(),
        CommandSpec::of::<DrawCase>(),
        CommandSpec::of::<LeaveAttempt>(),
        CommandSpec::of::<ReviseAttempt>(),
        CommandSpec::of::<KeepAnswer>(),
        CommandSpec::of::<TakeHint>(),
        CommandSpec::of::<CutCase>(),
        CommandSpec::of::<AskCase>(),
        CommandSpec::of::<HandIn>(),
        CommandSpec::of::<AnswerDrill>(),
        CommandSpec::of::<AssessAttempt>(),
        CommandSpec::of::<ShareAttempt>(),
        CommandSpec::of::<GiveReview>(),
    ],
    events: events::ALL,
    nouns: &[NounSpec::of::<OwnChallenge>(), NounSpec::of::<Edition>(), NounSpec::of::<Attempt>(), NounSpec::of::<PeerReview>()],
    pages: &[pages::PRACTICE, pages::RECORD, pages::STRENGTHS, pages::REVIEWS],
    ..Room::EMPTY
};
