//! Customers, which both hats share: who they are and in which segments, evidence (one observed fact each) and the needs it
//! supports.

mod commands;
mod customers;
mod events;
mod filter;
mod model;
mod named;
mod pages;
mod rows;
mod segments;
mod views;
mod who_rows;
mod who_views;

pub use commands::*;
pub use customers::*;
pub use filter::TERMS;
pub use model::*;
pub use pages::routes;
pub use rows::{Demand, EvidencePage, NeedLine, Piece, demand, evidence, needs, needs_fitting, pieces, taken_from};
pub use segments::*;
pub use who_rows::{CustomerLine, Heard, SegmentLine, WhoWanted, all_customers, segments};
pub use who_views::{growth, money};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub const ROOM: Room = Room {
    name: "customers",
    commands: &[
        CommandSpec::of::<RecordEvidence>(),
        CommandSpec::of::<EditEvidence>(),
        CommandSpec::of::<RemoveEvidence>(),
        CommandSpec::of::<CreateNeed>(),
        CommandSpec::of::<EditNeed>(),
        CommandSpec::of::<RemoveNeed>(),
        CommandSpec::of::<LinkEvidence>(),
        CommandSpec::of::<UnlinkEvidence>(),
        CommandSpec::of::<CreateCustomer>(),
        CommandSpec::of::<EditCustomer>(),
        CommandSpec::of::<RemoveCustomer>(),
        CommandSpec::of::<MergeCustomer>(),
        CommandSpec::of::<CreateSegment>(),
        CommandSpec::of::<EditSegment>(),
        CommandSpec::of::<RemoveSegment>(),
        CommandSpec::of::<MergeSegment>(),
    ],
    queries: &[QuerySpec::of::<rows::Needs>()],
    events: events::ALL,
    nouns: &[
        NounSpec::of::<Evidence>(),
        NounSpec::of::<Need>(),
        NounSpec::of::<kernel::Relation>(),
        NounSpec::of::<Segment>(),
        NounSpec::of::<Customer>(),
    ],
    pages: &[pages::CUSTOMERS, pages::WHO],
    ..Room::EMPTY
};
