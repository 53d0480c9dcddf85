//! Root causes: why a figure of the product changed. A table, or what was noted of a measure by its parts, is taken apart;
//! what may be the cause is written down by kind and asked why of, rests on evidence, and ends in stories and a decision.

mod becoming;
mod begin_views;
mod beginning;
mod data;
mod events;
mod looked;
mod model;
mod note_views;
mod notes;
mod pages;
mod part_views;
mod rows;
mod settling;
mod views;

pub use becoming::*;
pub use beginning::*;
pub use data::Data;
pub use model::*;
pub use notes::*;
pub use pages::{FILES_AT, routes};
pub use settling::*;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "causes",
    commands: &[
        CommandSpec::of::<BeginInquiry>(),
        CommandSpec::of::<BeginFromMeasure>(),
        CommandSpec::of::<EditInquiry>(),
        CommandSpec::of::<SettleInquiry>(),
        CommandSpec::of::<ReopenInquiry>(),
        CommandSpec::of::<RemoveInquiry>(),
        CommandSpec::of::<WriteCause>(),
        CommandSpec::of::<EditCause>(),
        CommandSpec::of::<JudgeCause>(),
        CommandSpec::of::<RemoveCause>(),
        CommandSpec::of::<SupportCause>(),
        CommandSpec::of::<UnsupportCause>(),
        CommandSpec::of::<BecomeStory>(),
    ],
    queries: &[QuerySpec::of::<looked::ReadCauses>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Inquiry>(), NounSpec::of::<CauseNote>()],
    pages: &[pages::CAUSES],
    ..Room::EMPTY
};
