//! Exchange: backlogs from other tools come in, large ones some rows at a time, twice without duplicates; a product
//! goes out as JSON. A file becomes entries in its own words (`sheet`, `github`), those become stories in ours
//! (`understand`), and what is here already decides what is done with them (`plan`).

mod beside;
mod bring;
mod cells;
mod choices_view;
mod columns;
mod comments;
mod download;
mod draft;
mod entry;
mod epics;
mod export;
mod family;
mod feedback;
mod fields;
mod github;
mod here;
mod html;
mod identity;
mod invite;
mod jira_markup;
mod jobs;
mod kinds;
mod lighthouse;
mod lists;
mod mapping;
mod nearest;
mod numbers;
mod of_research;
mod own_fields;
mod pages;
mod plan;
mod preview_view;
mod record;
mod report;
mod running;
mod sheet;
mod sprints;
mod tables;
mod understand;
mod views;
mod work;

pub use beside::{Beside, attach_beside};
pub use bring::{Arrival, Brought, read};
pub use draft::{Became, Draft, Drafted, RowProblem};
pub use export::export;
pub use feedback::{BringFeedback, FILES_AT as FEEDBACK_AT, StartFeedback, bring_feedback, routes as feedback_routes};
pub use invite::{Invited, invite};
pub use lighthouse::lighthouse;
pub use mapping::{Format, Mapping};
pub use pages::{FILES_AT, routes};
pub use record::{ImportRun, RecordImport};
pub use report::{KeptTold, PersonTold, Report, RowTold};
pub use tables::{Cell, Table, stories};
pub use work::{BringIn, StartImport, bring_in};

use kernel::{CommandSpec, NounSpec, Room, TaskSpec, kinds};

kinds! {
    IMPORTED = "import.recorded", "imported";
}

pub static ROOM: Room = Room {
    name: "exchange",
    commands: &[CommandSpec::of::<RecordImport>(), CommandSpec::of::<StartImport>(), CommandSpec::of::<StartFeedback>()],
    events: ALL,
    nouns: &[NounSpec::of::<ImportRun>()],
    pages: &[pages::IMPORT, feedback::FEEDBACK],
    tasks: &[TaskSpec::of::<BringIn>(), TaskSpec::of::<BringFeedback>()],
    ..Room::EMPTY
};
