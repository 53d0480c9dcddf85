//! The model that helps, where one is set up. It reads answers of the practice club beside the checks, row by row, and is
//! held against people before any level of it is shown. It drafts stories, criteria, needs, release notes, updates and groups of notes, which
//! people take over one by one. Whatever it says is a record of its own that nothing rests on.

mod comparing;
mod draft_rows;
mod drafting;
mod drafts;
mod events;
mod feedback;
mod interviewing;
mod model;
mod pages;
mod rows;
mod specimens;
mod views;

pub use comparing::*;
pub use drafting::*;
pub use drafts::*;
pub use feedback::*;
pub use interviewing::*;
pub use model::*;
pub use pages::routes;
pub use specimens::*;

use kernel::{CommandSpec, NounSpec, Room, TaskSpec};

pub static ROOM: Room = Room {
    name: "assistant",
    commands: &[
        CommandSpec::of::<AskFeedback>(),
        CommandSpec::of::<NoteFeedback>(),
        CommandSpec::of::<GiveAnswer>(),
        CommandSpec::of::<WithdrawAnswer>(),
        CommandSpec::of::<MarkAnswer>(),
        CommandSpec::of::<RunComparison>(),
        CommandSpec::of::<NoteComparison>(),
        CommandSpec::of::<HearQuestion>(),
        CommandSpec::of::<NoteAnswer>(),
        CommandSpec::of::<DraftStories>(),
        CommandSpec::of::<DraftCriteria>(),
        CommandSpec::of::<DraftNeeds>(),
        CommandSpec::of::<DraftNotes>(),
        CommandSpec::of::<DraftUpdate>(),
        CommandSpec::of::<DraftGroups>(),
        CommandSpec::of::<DiscardModelDraft>(),
        CommandSpec::of::<NoteDraft>(),
    ],
    events: events::ALL,
    nouns: &[
        NounSpec::of::<Feedback>(),
        NounSpec::of::<Specimen>(),
        NounSpec::of::<Comparison>(),
        NounSpec::of::<SpecimenMark>(),
        NounSpec::of::<ModelDraft>(),
    ],
    pages: &[pages::ASSISTANT, pages::DRAFTS],
    tasks: &[TaskSpec::of::<ReadRow>(), TaskSpec::of::<JudgeAnswer>(), TaskSpec::of::<AskWhich>(), TaskSpec::of::<WriteDraft>()],
    follows: &[interviewing::ASKED],
    ..Room::EMPTY
};
