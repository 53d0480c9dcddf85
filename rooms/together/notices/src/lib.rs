//! Notices: whoever is named, given something, asked to sign, answered or watching hears of it, in the program and, as
//! they wish, in the letter of the morning or by mail at once. What is told of a noun stands in its `about` (`heard`).

mod around;
mod events;
mod giving;
mod hearers;
mod letters;
mod model;
mod pages;
mod quiet;
mod reminding;
mod rows;
mod spreading;
mod views;
mod watching;
mod wishes;

pub use around::Around;
pub use giving::{Give, ReadNotices};
pub use model::{Due, Mode, Notice, NoticeWish, Watch, Way, Why};
pub use pages::routes;
pub use reminding::{Remind, RemindOne, remind, reminder};
pub use rows::{Called, Settings, Told, called, for_letter, latest, naming, settings};
pub use views::{lines, settings as settings_view};
pub use watching::{SetWatch, Watching};
pub use wishes::{SetWish, StopMail};

use kernel::{CommandSpec, Ear, Job, NounSpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "notices",
    commands: &[
        CommandSpec::of::<SetWatch>(),
        CommandSpec::of::<Give>(),
        CommandSpec::of::<Remind>(),
        CommandSpec::of::<ReadNotices>(),
        CommandSpec::of::<SetWish>(),
        CommandSpec::of::<StopMail>(),
    ],
    events: events::ALL,
    nouns: &[NounSpec::of::<Notice>(), NounSpec::of::<Watch>(), NounSpec::of::<NoticeWish>()],
    pages: &[pages::NOTICES],
    ears: &[Ear { kind: spreading::Spread::KIND, heeds: spreading::heeds, listens: None, at_large: true }],
    tasks: &[
        TaskSpec::of::<spreading::Spread>(),
        TaskSpec::of::<spreading::Tell>(),
        TaskSpec::of::<RemindOne>(),
        TaskSpec::of::<letters::MailNotice>(),
    ],
    ..Room::EMPTY
};
