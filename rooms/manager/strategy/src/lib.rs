//! Strategy: the vision, the target market and the top needs, each with its versions and who confirmed them; objectives and
//! their key results.

mod chosen;
mod chosen_view;
mod confirming;
mod estimated;
mod events;
mod feeding;
mod goal;
mod key_results;
mod model;
mod objectives;
mod pages;
mod progress_view;
mod rows;
mod views;
mod vision;
mod vision_view;
mod within;

pub use chosen::*;
pub use chosen_view::{market_words, needs_words};
pub use confirming::{CONFIRMED, Confirmable, Stood, stood};
pub use estimated::EstimateKeyResult;
pub use feeding::stood_on;
pub use goal::{ChooseGoal, Goal, goal_line, product_goal};
pub use key_results::*;
pub use model::*;
pub use objectives::*;
pub use pages::routes;
pub use progress_view::pace;
pub use rows::{Foundation, ObjectiveLine, current_vision, foundation, objectives};
pub use views::{confirm_forms, confirmed, ways};
pub use vision::*;
pub use vision_view::vision_words;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "strategy",
    commands: &[
        CommandSpec::of::<PublishVision>(),
        CommandSpec::of::<ConfirmVision>(),
        CommandSpec::of::<ChooseMarket>(),
        CommandSpec::of::<ConfirmMarket>(),
        CommandSpec::of::<ChooseNeeds>(),
        CommandSpec::of::<ConfirmNeeds>(),
        CommandSpec::of::<CreateObjective>(),
        CommandSpec::of::<EditObjective>(),
        CommandSpec::of::<RemoveObjective>(),
        CommandSpec::of::<ChooseGoal>(),
        CommandSpec::of::<CreateKeyResult>(),
        CommandSpec::of::<EditKeyResult>(),
        CommandSpec::of::<RemoveKeyResult>(),
        CommandSpec::of::<EstimateKeyResult>(),
        CommandSpec::of::<CheckIn>(),
    ],
    queries: &[QuerySpec::of::<rows::Strategy>()],
    events: events::ALL,
    nouns: &[
        NounSpec::of::<Vision>(),
        NounSpec::of::<TargetMarket>(),
        NounSpec::of::<TopNeeds>(),
        NounSpec::of::<Confirmation>(),
        NounSpec::of::<Objective>(),
        NounSpec::of::<KeyResult>(),
        NounSpec::of::<Measurement>(),
    ],
    pages: &[pages::STRATEGY],
    ..Room::EMPTY
};
