//! Canvases: the well-known pictures of a business, a value proposition and what surrounds a product, whose notes rest on
//! evidence and become initiatives, risks or assumptions; how well what we have fits what customers want; and risks.

mod answering;
mod becoming;
mod boxes;
mod canvas_commands;
mod canvas_views;
mod events;
mod fit;
mod fit_view;
mod markdown;
mod model;
mod note_view;
mod notes;
mod pages;
mod past;
mod past_view;
mod risk_views;
mod risks;
mod rows;

pub use answering::*;
pub use becoming::*;
pub use boxes::*;
pub use canvas_commands::*;
pub use fit::{Answered, Fit, Share, Stands};
pub use model::*;
pub use notes::{EditNote, MoveNote, RemoveNote, WriteNote};
pub use pages::routes;
pub use risks::*;

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "canvases",
    commands: &[
        CommandSpec::of::<BeginCanvas>(),
        CommandSpec::of::<EditCanvas>(),
        CommandSpec::of::<RemoveCanvas>(),
        CommandSpec::of::<WriteNote>(),
        CommandSpec::of::<EditNote>(),
        CommandSpec::of::<MoveNote>(),
        CommandSpec::of::<RemoveNote>(),
        CommandSpec::of::<SupportNote>(),
        CommandSpec::of::<UnsupportNote>(),
        CommandSpec::of::<AnswerNote>(),
        CommandSpec::of::<UnanswerNote>(),
        CommandSpec::of::<BecomeInitiative>(),
        CommandSpec::of::<BecomeRisk>(),
        CommandSpec::of::<BecomeAssumption>(),
        CommandSpec::of::<AddRisk>(),
        CommandSpec::of::<EditRisk>(),
        CommandSpec::of::<RemoveRisk>(),
    ],
    queries: &[QuerySpec::of::<rows::ReadFit>()],
    events: events::ALL,
    nouns: &[NounSpec::of::<Canvas>(), NounSpec::of::<CanvasNote>(), NounSpec::of::<Risk>()],
    pages: &[pages::CANVASES, pages::RISKS],
    ..Room::EMPTY
};
