//! Exchange: backlogs from other tools come in whole or not at all, twice without duplicates; a product
//! goes out as JSON. One file per format.

mod bring;
mod dates;
mod draft;
mod export;
mod github_json;
mod jira_csv;
mod jira_markup;
mod jobs;
mod mapping;
mod pages;
mod plain_csv;
mod record;
mod table;
mod text;
mod views;

pub use bring::{Brought, bring, read};
pub use draft::{Draft, Report, RowProblem};
pub use export::export;
pub use mapping::{Format, Mapping};
pub use pages::{FILES_AT, routes};
pub use record::{ImportRun, RecordImport};

use kernel::{CommandSpec, NounSpec, Room, kinds};

kinds! {
    IMPORTED = "import.recorded", "imported";
}

pub const ROOM: Room = Room {
    name: "exchange",
    commands: &[CommandSpec::of::<RecordImport>()],
    events: ALL,
    nouns: &[NounSpec::of::<ImportRun>()],
    pages: &[pages::IMPORT],
    ..Room::EMPTY
};
