//! Decisions: open proposals to sign or decline, and the log of what was settled.

mod asking;
mod asking_view;
mod commands;
mod export;
mod filter;
mod pages;
mod poll;
mod poll_view;
mod rows;
mod rules;
mod summary;
mod telling;
mod views;

pub use asking::{Answer, AskProposer, Object};
pub use commands::*;
pub use pages::routes;
pub use poll::{AskForVote, Ballot, OpenVote, Poll, SealVote};
pub use rows::{Shown, log};

use kernel::{
    CommandSpec, EventKind, NounSpec, Proposal, QuerySpec, Room, Signature,
    proposal::{
        PROPOSAL_AGREED, PROPOSAL_DECLINED, PROPOSAL_MADE, PROPOSAL_OBJECTED, PROPOSAL_OVERTAKEN, PROPOSAL_SIGNED, PROPOSAL_STOOD_ASIDE,
        PROPOSAL_WITHDRAWN,
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
];

pub const ROOM: Room = Room {
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
        CommandSpec::of::<AskForVote>(),
        CommandSpec::of::<SealVote>(),
        CommandSpec::of::<OpenVote>(),
    ],
    queries: &[QuerySpec::of::<rows::Proposals>()],
    events: EVENTS,
    nouns: &[NounSpec::of::<Proposal>(), NounSpec::of::<Signature>(), NounSpec::of::<Poll>(), NounSpec::of::<Ballot>()],
    pages: &[pages::DECISIONS],
    seals: &[poll::BALLOT],
    ..Room::EMPTY
};
