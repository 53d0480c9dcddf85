//! The feedback portal of a product: what people wish for and who wants it too, members and strangers whose address was confirmed.
//! Each post is evidence in the inbox; whoever follows one is told when it ships.

mod confirming;
mod erasing;
mod events;
mod forgetting;
mod joining;
mod letters;
mod letters_view;
mod merging;
mod model;
mod opening;
mod outside;
mod outside_letters;
mod outside_surveys;
mod outside_views;
mod pages;
mod posting;
mod queries;
mod rows;
mod shipping;
mod strangers;
mod triage;
mod views;
mod voices;

pub use confirming::{Confirm, StopLetters};
pub use erasing::ErasePost;
pub use events::*;
pub use forgetting::ForgetAddress;
pub use merging::{MergePost, UnmergePost};
pub use model::*;
pub use opening::OpenPortal;
pub use pages::routes;
pub use posting::{CreatePost, VotePost};
pub use strangers::{ReceivePost, SpeakUp, WriteWord};
pub use triage::{EditPost, RemovePost, ShowPost, TakeVote, TurnDownPost, VoteFor};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "portal",
    commands: &[
        CommandSpec::of::<OpenPortal>(),
        CommandSpec::of::<CreatePost>(),
        CommandSpec::of::<VotePost>(),
        CommandSpec::of::<ShowPost>(),
        CommandSpec::of::<TurnDownPost>(),
        CommandSpec::of::<EditPost>(),
        CommandSpec::of::<RemovePost>(),
        CommandSpec::of::<ErasePost>(),
        CommandSpec::of::<VoteFor>(),
        CommandSpec::of::<TakeVote>(),
        CommandSpec::of::<MergePost>(),
        CommandSpec::of::<UnmergePost>(),
        CommandSpec::of::<ReceivePost>(),
        CommandSpec::of::<SpeakUp>(),
        CommandSpec::of::<WriteWord>(),
        CommandSpec::of::<Confirm>(),
        CommandSpec::of::<StopLetters>(),
        CommandSpec::of::<ForgetAddress>(),
        CommandSpec::of::<shipping::ShipPosts>(),
        CommandSpec::of::<joining::FollowCustomer>(),
    ],
    queries: &[QuerySpec::of::<queries::ReadPortal>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Portal>(), NounSpec::of::<Post>(), NounSpec::of::<Visitor>(), NounSpec::of::<Voice>(), NounSpec::of::<Wait>()],
    pages: &[pages::PORTAL],
    follows: &[shipping::RELEASED, shipping::EDITED, joining::MERGED],
    tasks: &[TaskSpec::of::<letters::MailConfirm>(), TaskSpec::of::<letters::TellShipped>(), TaskSpec::of::<letters::MailShipped>()],
    ..Room::EMPTY
};
