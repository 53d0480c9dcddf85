//! People: accounts, how they sign in and out, invitations, tokens, and assistants that act for a
//! member and may only propose.

mod commands;
mod events;
mod model;
mod pages;
mod rows;
mod views;

pub use commands::*;
pub use events::*;
pub use model::*;
pub use pages::{open_session, routes, run_inside};
pub use rows::{Person, nobody_yet, people_of, person_by_email, ticket};

use kernel::{CommandSpec, NounSpec, Room};

pub const ROOM: Room = Room {
    name: "people",
    commands: &[
        CommandSpec::of::<OpenSession>(),
        CommandSpec::of::<EndSession>(),
        CommandSpec::of::<EndAllSessions>(),
        CommandSpec::of::<AddAccount>(),
        CommandSpec::of::<InviteAccount>(),
        CommandSpec::of::<OfferReset>(),
        CommandSpec::of::<MailReset>(),
        CommandSpec::of::<OfferSignIn>(),
        CommandSpec::of::<EnterWithTicket>(),
        CommandSpec::of::<SetPassword>(),
        CommandSpec::of::<ResetPassword>(),
        CommandSpec::of::<EditAccount>(),
        CommandSpec::of::<RemoveAccount>(),
        CommandSpec::of::<CreateToken>(),
        CommandSpec::of::<RevokeToken>(),
        CommandSpec::of::<AddAssistant>(),
    ],
    queries: &[],
    events: ALL,
    nouns: &[NounSpec::of::<Member>(), NounSpec::of::<Session>(), NounSpec::of::<Ticket>(), NounSpec::of::<ApiToken>()],
};
