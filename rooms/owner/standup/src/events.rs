//! What can happen to stand-ups.

use kernel::kinds;

kinds! {
    STANDUP_GIVEN = "standup.given", "said theirs at";
    STANDUP_BEGUN = "standup.begun", "began";
    STANDUP_ENDED = "standup.ended", "ended";
    STANDUP_RULE_SET = "standup.rule_set", "changed when the team has";
}
