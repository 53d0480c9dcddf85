//! The sprint review: an agenda that is made of the record, what is shown of each story, what stakeholders say about it,
//! by account or by link, which becomes evidence on the item, and what came of it.

mod agenda;
mod erasing;
mod feedback;
mod keeping;
mod model;
mod pages;
mod shared;
mod views;

pub use erasing::EraseFeedback;
pub use feedback::*;
pub use keeping::*;
pub use model::*;
pub use pages::routes;

use kernel::{CommandSpec, NounSpec, Room, kinds};

kinds! {
    REVIEW_RECORDED = "review.recorded", "wrote down what came of";
    DEMO_NOTED = "demo_note.written", "noted what is shown of";
    DEMO_EDITED = "demo_note.edited", "changed what is shown of";
    DEMO_REMOVED = "demo_note.removed", "took off what is shown of";
    FEEDBACK_GIVEN = "review_feedback.given", "said at the review:";
    FEEDBACK_ERASED = "review_feedback.erased", "erased who said something at the review:";
    FEEDBACK_REMOVED = "review_feedback.removed", "took off what was said at the review:";
}

pub static ROOM: Room = Room {
    name: "review",
    commands: &[
        CommandSpec::of::<RecordReview>(),
        CommandSpec::of::<NoteDemo>(),
        CommandSpec::of::<EditDemo>(),
        CommandSpec::of::<RemoveDemo>(),
        CommandSpec::of::<GiveFeedback>(),
        CommandSpec::of::<LeaveFeedback>(),
        CommandSpec::of::<RemoveFeedback>(),
        CommandSpec::of::<EraseFeedback>(),
    ],
    events: ALL,
    nouns: &[NounSpec::of::<Review>(), NounSpec::of::<DemoNote>(), NounSpec::of::<ReviewFeedback>()],
    pages: &[pages::REVIEW],
    looks: &[shared::SHARED],
    ..Room::EMPTY
};
