//! What can happen at a club evening.

use kernel::kinds;

kinds! {
    EVENING_PLANNED = "club_evening.planned", "planned the club evening";
    EVENING_STARTED = "club_evening.started", "started the club evening";
    EVENING_REVEALED = "club_evening.revealed", "revealed the answers of";
    EVENING_REMOVED = "club_evening.removed", "removed the club evening";
    ANSWER_SEALED = "club_evening.sealed", "handed in your answer to";
    QUESTION_SEALED = "club_evening.asked", "asked about";
    ANSWER_REVEALED = "evening_answer.revealed", "revealed an answer to";
    ANSWER_REMOVED = "evening_answer.removed", "removed an answer to";
}
