//! What can happen in sprints and on the board.

use kernel::kinds;

kinds! {
    SPRINT_BROUGHT_IN = "sprint.brought_in", "brought in the sprint";
    SPRINT_PLANNED = "sprint.planned", "planned";
    SPRINT_EDITED = "sprint.edited", "changed";
    SPRINT_STARTED = "sprint.started", "started";
    SPRINT_CLOSED = "sprint.closed", "closed";
    SPRINT_CANCELLED = "sprint.cancelled", "cancelled";
    STORY_PLANNED = "story.planned", "put into a sprint:";
    STORY_TAKEN_OUT = "story.taken_out", "took out of the sprint:";
    STORY_CARRIED_OVER = "story.carried_over", "carried over:";
    STORY_RETURNED = "story.returned", "returned to the backlog:";
    WORK_STARTED = "story.started", "started work on";
    CARD_MOVED = "story.card_moved", "moved on the board:";
    HANDED_OVER = "story.handed_over", "handed over";
    PUT_BACK = "story.put_back", "put back";
    STORY_ASSIGNED = "story.assigned", "assigned";
}
