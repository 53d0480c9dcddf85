//! What can happen to what keeps stories from going on, and to the rule of the board.

use kernel::kinds;

kinds! {
    STORY_BLOCKED = "story.blocked", "marked as blocked:";
    STORY_UNBLOCKED = "story.unblocked", "unblocked";
    BLOCKER_RAISED = "blocker.raised", "raised a blocker:";
    BLOCKER_CHANGED = "blocker.changed", "changed a blocker:";
    BLOCKER_LIFTED = "blocker.lifted", "lifted a blocker:";
    RULE_SET = "board.rule_set", "changed";
    WENT_OVER = "over_limit.noted", "went over a limit of the board:";
}
