//! Sprints: planning, starting, the board, handing over, closing (Scrum Guide 2020).

mod adrift;
mod board_view;
mod bring_in;
mod capacity;
mod closing;
mod closing_view;
mod columns;
mod events;
mod facts;
mod fit;
mod flow;
mod fold;
mod marks;
mod model;
mod pages;
mod past;
mod pick;
mod place;
mod planning;
mod planning_view;
mod result;
mod rows;
mod swim;
mod views;
mod warnings_view;
mod work;

pub use bring_in::BringInSprint;
pub use closing::*;
pub use columns::RemoveColumn;
pub use events::*;
pub use facts::SetFacts;
pub use flow::{InFlow, in_flow};
pub use model::*;
pub use pages::routes;
pub use planning::*;
pub use result::*;
pub use rows::{active, is_over, velocity};
pub use work::*;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "sprint",
    commands: &[
        CommandSpec::of::<PlanSprint>(),
        CommandSpec::of::<EditSprint>(),
        CommandSpec::of::<AddStories>(),
        CommandSpec::of::<TakeOut>(),
        CommandSpec::of::<StartSprint>(),
        CommandSpec::of::<CloseSprint>(),
        CommandSpec::of::<CancelSprint>(),
        CommandSpec::of::<StartWork>(),
        CommandSpec::of::<MoveCard>(),
        CommandSpec::of::<RemoveColumn>(),
        CommandSpec::of::<HandOver>(),
        CommandSpec::of::<PutBack>(),
        CommandSpec::of::<AssignStory>(),
        CommandSpec::of::<SetFacts>(),
        CommandSpec::of::<BringInSprint>(),
    ],
    queries: &[QuerySpec::of::<rows::Board>()],
    events: ALL,
    nouns: &[NounSpec::of::<Sprint>()],
    pages: &[pages::SPRINT, pages::SPRINTS, pages::TALK],
    ..Room::EMPTY
};
