//! Decisions: open proposals to sign or decline, and the log of what was settled.

mod asked;
mod asking;
mod asking_view;
mod beside;
mod commands;
mod deadlock;
mod deadlock_view;
mod export;
mod filter;
mod involving;
mod linking;
mod looking_back;
mod option_view;
mod pages;
mod people_view;
mod poll;
mod poll_view;
mod record_view;
mod reminding;
mod renewing;
mod rows;
mod rules;
mod summary;
mod telling;
mod views;
mod waiting;
mod wording;

pub use asked::{AskedOf, asked_of};
pub use asking::{Answer, AskProposer, Object};
pub use commands::*;
pub use deadlock::{ConfirmPosition, CorrectPosition, NameDecider, Naming, Position, TellPosition};
pub use filter::from_address as filter;
pub use involving::{Involve, RemindSigners, SetDays};
pub use linking::{LinkDecision, UnlinkDecision};
pub use looking_back::{CameBack, Held, LookBack, LookBackAt, came_back};
pub use pages::routes;
pub use poll::{AskForVote, Ballot, OpenVote, Poll, SealVote};
pub use reminding::holders_of;
pub use rows::{Shown, log};
pub use waiting::{Waits, waits};
pub use wording::{Consider, DropOption, Reword};

use kernel::{
    CommandSpec, Ear, EventKind, Job, NounSpec, Proposal, QuerySpec, Room, Signature, TaskSpec,
    proposal::{
        PROPOSAL_AGREED, PROPOSAL_DECLINED, PROPOSAL_MADE, PROPOSAL_OBJECTED, PROPOSAL_OVERTAKEN, PROPOSAL_SIGNED, PROPOSAL_STOOD_ASIDE,
        PROPOSAL_WITHDRAWN, SIGNATURE_LAPSED,
    },
};

/// Of proposals, which the kernel knows, of what is asked about them, and of votes.
const EVENTS: &[&EventKind] = &[
    &PROPOSAL_MADE,
    &PROPOSAL_SIGNED,
    &PROPOSAL_STOOD_ASIDE,
    &PROPOSAL_OBJECTED,
    &PROPOSAL_AGREED,
    &PROPOSAL_DECLINED,
    &PROPOSAL_WITHDRAWN,
    &PROPOSAL_OVERTAKEN,
    &asking::ASKED,
    &asking::OBJECTED,
    &asking::ANSWERED_QUESTION,
    &asking::ANSWERED_OBJECTION,
    &poll::POLL_ASKED,
    &poll::POLL_SEALED,
    &poll::POLL_OPENED,
    &poll::BALLOT_OPENED,
    &SIGNATURE_LAPSED,
    &wording::REWORDED,
    &wording::OPTION_ADDED,
    &wording::OPTION_REWORDED,
    &wording::OPTION_DROPPED,
    &involving::PEOPLE_SET,
    &involving::DAYS_SET,
    &linking::LINKED,
    &linking::UNLINKED,
    &looking_back::LOOKED_BACK,
    &looking_back::REVIEW_MOVED,
    &deadlock::POSITION_TOLD,
    &deadlock::POSITION_CORRECTED,
    &deadlock::POSITION_CONFIRMED,
    &deadlock::DECIDER_WANTED,
    &deadlock::DECIDER_NAMED,
];

pub static ROOM: Room = Room {
    name: "decisions",
    commands: &[
        CommandSpec::of::<OpenQuestion>(),
        CommandSpec::of::<Sign>(),
        CommandSpec::of::<StandAside>(),
        CommandSpec::of::<Decline>(),
        CommandSpec::of::<AskProposer>(),
        CommandSpec::of::<Object>(),
        CommandSpec::of::<Answer>(),
        CommandSpec::of::<Withdraw>(),
        CommandSpec::of::<Reword>(),
        CommandSpec::of::<Consider>(),
        CommandSpec::of::<DropOption>(),
        CommandSpec::of::<Involve>(),
        CommandSpec::of::<SetDays>(),
        CommandSpec::of::<RemindSigners>(),
        CommandSpec::of::<LinkDecision>(),
        CommandSpec::of::<UnlinkDecision>(),
        CommandSpec::of::<LookBackAt>(),
        CommandSpec::of::<TellPosition>(),
        CommandSpec::of::<CorrectPosition>(),
        CommandSpec::of::<ConfirmPosition>(),
        CommandSpec::of::<NameDecider>(),
        CommandSpec::of::<AskForVote>(),
        CommandSpec::of::<SealVote>(),
        CommandSpec::of::<OpenVote>(),
    ],
    queries: &[QuerySpec::of::<rows::Proposals>()],
    events: EVENTS,
    nouns: &[
        NounSpec::of::<Proposal>(),
        NounSpec::of::<Signature>(),
        NounSpec::of::<Poll>(),
        NounSpec::of::<Ballot>(),
        NounSpec::of::<LookBack>(),
        NounSpec::of::<Position>(),
        NounSpec::of::<Naming>(),
    ],
    pages: &[pages::DECISIONS],
    seals: &[poll::BALLOT],
    tasks: &[TaskSpec::of::<reminding::Remember>(), TaskSpec::of::<reminding::AskToSign>(), TaskSpec::of::<reminding::FindLeft>()],
    ears: &[Ear {
        kind: reminding::FindLeft::KIND,
        heeds: reminding::takes_hats,
        listens: Some("select 1 from proposal where product = $product and state = 'open' and removed_at is null"),
        at_large: false,
    }],
    schedules: &[reminding::REMINDERS],
    ..Room::EMPTY
};
