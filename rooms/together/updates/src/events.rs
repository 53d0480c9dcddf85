//! What can happen to updates.

use kernel::kinds;

kinds! {
    UPDATE_PUBLISHED = "update.published", "published the update";
    UPDATE_WITHDRAWN = "update.withdrawn", "withdrew the update";
    LETTERS_SAID = "update_wish.said", "chose whether to have";
    QUESTION_ASKED = "update_question.asked", "asked by link:";
    QUESTION_ANSWERED = "update_question.answered", "answered what was asked by link:";
    QUESTION_PUT_AWAY = "update_question.put_away", "put away what was asked by link:";
    QUESTION_ERASED = "update_question.erased", "erased who asked by link:";
    DRAFT_SAVED = "update_draft.saved", "saved a draft of";
    DRAFT_DISCARDED = "update_draft.discarded", "put away a draft of";
}
