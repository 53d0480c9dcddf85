//! Customers, which both hats share: who they are and in which segments, evidence (one observed fact each) and the needs it
//! supports.

mod alike;
mod commands;
mod customers;
mod elsewhere;
mod erasing;
mod events;
mod filter;
mod inbox_pages;
mod inbox_rows;
mod intake;
mod intake_pages;
mod intake_rows;
mod interview_pages;
mod interview_views;
mod interviews;
mod landscape;
mod model;
mod named;
mod need_rows;
mod pages;
mod rows;
mod scores;
mod segments;
mod sent;
mod triage;
mod triage_view;
mod views;
mod who_rows;
mod who_views;

pub use alike::{Beside, beside, like};
pub use commands::*;
pub use customers::*;
pub use elsewhere::PutEvidence;
pub use erasing::{erased, with_what_was_cut};
pub use events::{CUSTOMER_MERGED, EVIDENCE_RECORDED};
pub use filter::TERMS;
pub use intake::*;
pub use interviews::*;
pub use landscape::{Measure, Served};
pub use model::*;
pub use need_rows::{Demand, NeedLine, count_behind, demand, needs, needs_fitting, uncounted};
pub use pages::routes;
pub use rows::{EvidencePage, Piece, evidence, pieces, supporting, taken_from};
pub use scores::{choices, opportunities};
pub use segments::*;
pub use triage::*;
pub use who_rows::{CustomerLine, Heard, SegmentLine, WhoWanted, all_customers, segments};
pub use who_views::{growth, money, ways};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "customers",
    commands: &[
        CommandSpec::of::<RecordEvidence>(),
        CommandSpec::of::<PutEvidence>(),
        CommandSpec::of::<EditEvidence>(),
        CommandSpec::of::<RemoveEvidence>(),
        CommandSpec::of::<DismissEvidence>(),
        CommandSpec::of::<BringBackEvidence>(),
        CommandSpec::of::<SplitEvidence>(),
        CommandSpec::of::<PasteEvidence>(),
        CommandSpec::of::<CreateNeed>(),
        CommandSpec::of::<EditNeed>(),
        CommandSpec::of::<RemoveNeed>(),
        CommandSpec::of::<LinkEvidence>(),
        CommandSpec::of::<UnlinkEvidence>(),
        CommandSpec::of::<PlanInterview>(),
        CommandSpec::of::<EditInterview>(),
        CommandSpec::of::<RemoveInterview>(),
        CommandSpec::of::<SplitInterview>(),
        CommandSpec::of::<MakeIntake>(),
        CommandSpec::of::<RevokeIntake>(),
        CommandSpec::of::<ReceiveEvidence>(),
        CommandSpec::of::<PutCustomer>(),
        CommandSpec::of::<CreateCustomer>(),
        CommandSpec::of::<EditCustomer>(),
        CommandSpec::of::<RemoveCustomer>(),
        CommandSpec::of::<MergeCustomer>(),
        CommandSpec::of::<CreateSegment>(),
        CommandSpec::of::<EditSegment>(),
        CommandSpec::of::<RemoveSegment>(),
        CommandSpec::of::<MergeSegment>(),
    ],
    queries: &[QuerySpec::of::<need_rows::Needs>(), QuerySpec::of::<inbox_rows::ReadInbox>()],
    events: events::ALL,
    nouns: &[
        NounSpec::of::<Evidence>(),
        NounSpec::of::<Need>(),
        NounSpec::of::<kernel::Relation>(),
        NounSpec::of::<Segment>(),
        NounSpec::of::<Customer>(),
        NounSpec::of::<Interview>(),
        NounSpec::of::<Intake>(),
    ],
    pages: &[pages::CUSTOMERS, inbox_pages::INBOX, inbox_pages::LANDSCAPE, interview_pages::INTERVIEWS, intake_pages::INTAKES, pages::WHO],
    ..Room::EMPTY
};
