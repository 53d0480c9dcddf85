//! The roadmap: initiatives (bets that serve objectives and address needs) and features (their
//! deliverable slices), on a Now / Next / Later board.

mod audience_feed;
mod audience_view;
mod audiences;
mod brief_view;
mod briefs;
mod compare;
mod compare_view;
mod courses;
mod dependencies;
mod events;
mod features;
mod files;
mod filter;
mod initiatives;
mod model;
mod moving;
mod outcome_tree;
mod pages;
mod panel_views;
mod past;
mod places;
mod plan;
mod rows;
mod settled;
mod shared;
mod views;

pub use audiences::{AddAudience, Audience, EditAudience, RemoveAudience};
pub use briefs::{BriefParagraph, EditBrief, MoveBrief, Part, RemoveBrief, WriteBrief};
pub use compare_view::ways;
pub use dependencies::{AddDependency, RemoveDependency};
pub use events::FEATURE_EDITED;
pub use features::*;
pub use files::{FILES, file, pictured};
pub use filter::{TERMS, fitting};
pub use initiatives::*;
pub use model::*;
pub use moving::MoveFeatureElsewhere;
pub use pages::{Asked, DRIFTED, board, drifted, panel, routes};
pub use plan::{Lanes, Plan, Sight};
pub use rows::{feature, features, initiative, initiatives};
pub use settled::{BANDS, Band, FEWEST, band_of};
pub use shared::outside;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "roadmap",
    commands: &[
        CommandSpec::of::<CreateInitiative>(),
        CommandSpec::of::<EditInitiative>(),
        CommandSpec::of::<MoveInitiative>(),
        CommandSpec::of::<RemoveInitiative>(),
        CommandSpec::of::<ServeObjective>(),
        CommandSpec::of::<UnserveObjective>(),
        CommandSpec::of::<AddressNeed>(),
        CommandSpec::of::<UnaddressNeed>(),
        CommandSpec::of::<CreateFeature>(),
        CommandSpec::of::<EditFeature>(),
        CommandSpec::of::<MoveFeature>(),
        CommandSpec::of::<RemoveFeature>(),
        CommandSpec::of::<MoveFeatureElsewhere>(),
        CommandSpec::of::<AddDependency>(),
        CommandSpec::of::<RemoveDependency>(),
        CommandSpec::of::<WriteBrief>(),
        CommandSpec::of::<EditBrief>(),
        CommandSpec::of::<MoveBrief>(),
        CommandSpec::of::<RemoveBrief>(),
        CommandSpec::of::<AddAudience>(),
        CommandSpec::of::<EditAudience>(),
        CommandSpec::of::<RemoveAudience>(),
    ],
    queries: &[QuerySpec::of::<rows::Roadmap>(), QuerySpec::of::<compare::Compare>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Initiative>(), NounSpec::of::<Feature>(), NounSpec::of::<BriefParagraph>(), NounSpec::of::<Audience>()],
    pages: &[pages::ROADMAP, pages::COMPARE, outcome_tree::TREE, brief_view::BRIEF, audience_view::AUDIENCES, moving::MOVE],
    looks: &[shared::SHARED, audience_view::SHARED],
    ..Room::EMPTY
};
