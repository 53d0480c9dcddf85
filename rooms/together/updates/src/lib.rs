//! Updates: what changed since the last one, drafted from the record, edited by whoever answers for it, and published to
//! whom it concerns. Vision and roadmap are told of under announcements, delivery under progress; both are one stream.

mod audience;
mod drafting;
mod drafts;
mod erasing;
mod events;
mod letters;
mod model;
mod pages;
mod publishing;
mod queries;
mod questions;
mod reading;
mod reads;
mod rows;
mod saying;
mod shared;
mod shipping;
mod views;
mod wishes;
mod write_view;

pub use audience::Audience;
pub use drafting::{Around, Draft, Group, Outlook, Sentence, Thing, Weight, draft};
pub use drafts::{DiscardDraft, SaveDraft, keeps, writes};
pub use erasing::EraseQuestion;
pub use events::*;
pub use model::*;
pub use pages::routes;
pub use publishing::{Publish, Withdraw};
pub use questions::{AnswerQuestion, AskByLink, PutAway};
pub use reading::recorded;
pub use reads::ReadUpdate;
pub use rows::{latest, silence};
pub use shared::told_to;
pub use views::{newest_line, silence_line};
pub use wishes::{StopLetters, UpdateWish, WantLetters};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "updates",
    commands: &[
        CommandSpec::of::<SaveDraft>(),
        CommandSpec::of::<DiscardDraft>(),
        CommandSpec::of::<Publish>(),
        CommandSpec::of::<Withdraw>(),
        CommandSpec::of::<ReadUpdate>(),
        CommandSpec::of::<WantLetters>(),
        CommandSpec::of::<StopLetters>(),
        CommandSpec::of::<wishes::OfferStop>(),
        CommandSpec::of::<AskByLink>(),
        CommandSpec::of::<AnswerQuestion>(),
        CommandSpec::of::<PutAway>(),
        CommandSpec::of::<EraseQuestion>(),
        CommandSpec::of::<shipping::NoteMailed>(),
    ],
    queries: &[QuerySpec::of::<queries::Drafted>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Update>(), NounSpec::of::<UpdateDraft>(), NounSpec::of::<UpdateWish>(), NounSpec::of::<UpdateQuestion>()],
    pages: &[pages::UPDATES, pages::WRITE],
    tasks: &[
        TaskSpec::of::<letters::MailUpdate>(),
        TaskSpec::of::<letters::MailOutside>(),
        TaskSpec::of::<shipping::TellFollowers>(),
        TaskSpec::of::<shipping::MailRelease>(),
    ],
    ears: &[shipping::SHIPPED],
    looks: &[shared::SHARED],
    ..Room::EMPTY
};
