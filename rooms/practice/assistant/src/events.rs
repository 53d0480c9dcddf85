//! What can happen to what a model says, and to what it is held against.

use kernel::kinds;

kinds! {
    ASKED = "feedback.asked", "asked a model about";
    NOTED = "feedback.noted", "took in what a model says about";
    GIVEN = "specimen.given", "gave for comparison:";
    WITHDRAWN = "specimen.withdrawn", "took back from comparison:";
    MARKED = "specimen.marked", "marked";
    COMPARED = "comparison.begun", "began to hold a model against people:";
    DRAFT_ASKED = "model_draft.asked", "asked a model to draft";
    DRAFT_NOTED = "model_draft.noted", "took in what a model drafted:";
    DRAFT_DISCARDED = "model_draft.discarded", "put away what a model drafted:";
    JUDGED = "comparison.judged", "took in how a model marks:";
}
