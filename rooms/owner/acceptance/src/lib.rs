//! Acceptance is an act: the Owner accepts or rejects what was handed over, criterion by criterion,
//! with a reason, and the record quotes what was known.

mod commands;
mod coverage;
mod feature_files;
mod model;
mod pages;
mod receive;
mod reopening;
mod rows;
mod run_pages;
mod runs;
mod runs_model;
mod runs_rows;
mod runs_views;
mod standing;
mod taking_back;
mod tests_bound;
mod views;

pub use commands::*;
pub use feature_files::ReadFeatures;
pub use model::*;
pub use pages::routes;
pub use receive::{RUNS_AT, ReadRun, read_report};
pub use reopening::ReopenStory;
pub use rows::{finished, unfinished};
pub use runs::RecordRun;
pub use runs_model::{Bound, Came, Run, RunResult, TestName};
pub use taking_back::TakeRunBack;
pub use tests_bound::{ForgetTest, RememberTest};

use kernel::{CommandSpec, NounSpec, QuerySpec, Room};

pub static ROOM: Room = Room {
    name: "acceptance",
    commands: &[
        CommandSpec::of::<CheckCriterion>(),
        CommandSpec::of::<AcceptStory>(),
        CommandSpec::of::<RejectStory>(),
        CommandSpec::of::<ReopenStory>(),
        CommandSpec::of::<RecordRun>(),
        CommandSpec::of::<TakeRunBack>(),
        CommandSpec::of::<RememberTest>(),
        CommandSpec::of::<ForgetTest>(),
    ],
    queries: &[QuerySpec::of::<rows::Queue>(), QuerySpec::of::<ReadRun>(), QuerySpec::of::<ReadFeatures>()],
    events: ALL,
    nouns: &[NounSpec::of::<Verdict>(), NounSpec::of::<Run>(), NounSpec::of::<RunResult>(), NounSpec::of::<TestName>()],
    pages: &[pages::ACCEPTANCE, run_pages::COVERAGE, run_pages::RUNS],
    ..Room::EMPTY
};
