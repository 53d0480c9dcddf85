//! People: accounts, how they sign in and out, invitations, tokens, and assistants that act for a
//! member and may only propose.

mod accounts;
mod called;
mod digests;
mod ending;
mod erasing;
mod events;
mod letters;
mod model;
mod naming;
mod pages;
mod passwords;
mod rows;
mod sessions;
mod tokens;
mod views;
mod within;

pub use accounts::*;
pub use called::{LEFT, name_among, name_in, names_of, who_belong};
pub use digests::{StopDigest, WantDigest, digest_of};
pub use ending::Account;
pub use erasing::{EraseAccount, former_by_email};
pub use events::*;
pub use letters::{AskForLink, MailLink, MailTicket, invitation_letter};
pub use model::*;
pub use naming::{AtHome, Nameable, Names, at_home, nameable, named, newly_named};
pub use pages::{dead_link, open_session, routes, run_inside};
pub use passwords::*;
pub use rows::{Person, ever, member, nobody_yet, other_administrator, people_of, person, person_by_email, person_called, person_of, ticket};
pub use sessions::{EndAllSessions, EndSession, EndSignIn, EnterWithTicket, OfferSignIn, OpenSession};
pub use tokens::*;
pub use views::device;
pub use within::{
    MOST as MOST_OFFERED, Seer, called, choose_first, people_with, tables, these, these_see, these_see_by, to_choose, who_see, who_see_by,
};

use kernel::{CommandSpec, NounSpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "people",
    commands: &[
        CommandSpec::of::<OpenSession>(),
        CommandSpec::of::<EndSession>(),
        CommandSpec::of::<EndAllSessions>(),
        CommandSpec::of::<EndSignIn>(),
        CommandSpec::of::<AddAccount>(),
        CommandSpec::of::<InviteAccount>(),
        CommandSpec::of::<OfferReset>(),
        CommandSpec::of::<MailReset>(),
        CommandSpec::of::<OfferSignIn>(),
        CommandSpec::of::<AskForLink>(),
        CommandSpec::of::<WantDigest>(),
        CommandSpec::of::<StopDigest>(),
        CommandSpec::of::<MailTicket>(),
        CommandSpec::of::<EnterWithTicket>(),
        CommandSpec::of::<SetPassword>(),
        CommandSpec::of::<ResetPassword>(),
        CommandSpec::of::<EditAccount>(),
        CommandSpec::of::<EraseAccount>(),
        CommandSpec::of::<CreateToken>(),
        CommandSpec::of::<RevokeToken>(),
        CommandSpec::of::<WithdrawToken>(),
        CommandSpec::of::<AddAssistant>(),
    ],
    events: ALL,
    nouns: &[NounSpec::of::<Member>(), NounSpec::of::<Session>(), NounSpec::of::<Ticket>(), NounSpec::of::<ApiToken>(), NounSpec::of::<Digest>()],
    pages: &[pages::ACCOUNT, pages::MEMBERS],
    tasks: &[TaskSpec::of::<MailLink>(), TaskSpec::of::<letters::MailInvitation>()],
    ..Room::EMPTY
};
