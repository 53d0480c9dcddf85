//! Research: trends on a radar, competitors and what they can do, where they stand between two axes, personas of the
//! segments, and the size of the market. Each says what it rests on, and from when that is.

mod answers;
mod bringing;
mod capabilities;
mod competitor_views;
mod competitors;
mod events;
mod grade_views;
mod grades;
mod matrix_rows;
mod matrix_views;
mod model;
mod pages;
mod persona_views;
mod personas;
mod positioning;
mod positioning_views;
mod queries;
mod reminding;
mod rows;
mod size_chart;
mod size_views;
mod sizes;
mod sizing;
mod supporting;
mod trend_views;
mod trends;
mod words;

pub use answers::*;
pub use bringing::BringInGrades;
pub use capabilities::*;
pub use competitors::*;
pub use grades::*;
pub use matrix_rows::{Matrix, matrix};
pub use model::*;
pub use pages::routes;
pub use personas::*;
pub use positioning::*;
pub use rows::{PersonaLine, TrendLine, competitors, personas, trends};
pub use sizes::*;
pub use sizing::{of_size, sizes};
pub use supporting::*;
pub use trend_views::ways;
pub use trends::*;
pub use words::{amount, with_unit};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "research",
    commands: &[
        CommandSpec::of::<CreateTrend>(),
        CommandSpec::of::<EditTrend>(),
        CommandSpec::of::<RemoveTrend>(),
        CommandSpec::of::<SupportTrend>(),
        CommandSpec::of::<UnsupportTrend>(),
        CommandSpec::of::<AffectInitiative>(),
        CommandSpec::of::<UnaffectInitiative>(),
        CommandSpec::of::<CreateCompetitor>(),
        CommandSpec::of::<EditCompetitor>(),
        CommandSpec::of::<CheckCompetitor>(),
        CommandSpec::of::<RemoveCompetitor>(),
        CommandSpec::of::<CreateCapability>(),
        CommandSpec::of::<EditCapability>(),
        CommandSpec::of::<RemoveCapability>(),
        CommandSpec::of::<NoteGrade>(),
        CommandSpec::of::<EditGrade>(),
        CommandSpec::of::<RemoveGrade>(),
        CommandSpec::of::<SupportGrade>(),
        CommandSpec::of::<UnsupportGrade>(),
        CommandSpec::of::<BringInGrades>(),
        CommandSpec::of::<CreatePositioning>(),
        CommandSpec::of::<EditPositioning>(),
        CommandSpec::of::<RemovePositioning>(),
        CommandSpec::of::<PlaceSpot>(),
        CommandSpec::of::<RemoveSpot>(),
        CommandSpec::of::<CreatePersona>(),
        CommandSpec::of::<EditPersona>(),
        CommandSpec::of::<RemovePersona>(),
        CommandSpec::of::<SupportPersona>(),
        CommandSpec::of::<UnsupportPersona>(),
        CommandSpec::of::<CreateMarketSize>(),
        CommandSpec::of::<EditMarketSize>(),
        CommandSpec::of::<RemoveMarketSize>(),
    ],
    queries: &[QuerySpec::of::<queries::ReadMatrix>(), QuerySpec::of::<queries::ReadPersonas>(), QuerySpec::of::<queries::ReadSizing>()],
    events: events::ALL,
    nouns: &[
        NounSpec::of::<Trend>(),
        NounSpec::of::<Competitor>(),
        NounSpec::of::<Capability>(),
        NounSpec::of::<Grade>(),
        NounSpec::of::<Positioning>(),
        NounSpec::of::<Spot>(),
        NounSpec::of::<Persona>(),
        NounSpec::of::<MarketSize>(),
    ],
    pages: &[pages::TRENDS, pages::COMPETITORS, pages::POSITIONING, pages::PERSONAS, pages::SIZES],
    tasks: &[TaskSpec::of::<reminding::Remember>()],
    schedules: &[reminding::REMINDERS],
    ..Room::EMPTY
};
