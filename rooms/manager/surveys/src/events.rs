//! What can happen to surveys.

use kernel::kinds;

kinds! {
    SURVEY_BEGUN = "survey.begun", "began the survey";
    SURVEY_EDITED = "survey.edited", "changed the survey";
    SURVEY_OPENED = "survey.opened", "opened the survey";
    SURVEY_CLOSED = "survey.closed", "closed the survey";
    SURVEY_SHARED = "survey.shared", "said whether the portal shows the survey";
    SURVEY_PARTED = "survey.parted", "counts a segment apart in the survey";
    SURVEY_REMOVED = "survey.removed", "removed the survey";
    SURVEY_ANSWERED = "survey.answered", "answered the survey";
    ITEM_ADDED = "survey_item.added", "asks in a survey about";
    ITEM_EDITED = "survey_item.edited", "changed what a survey asks about";
    ITEM_PLACED = "survey_item.placed", "settled where a survey asks about";
    ITEM_REMOVED = "survey_item.removed", "asks no more about";
    ITEM_COUNTED = "survey_item.counted", "counted what was answered about";
    LINK_MADE = "survey_link.made", "made a link to a survey for";
    LINK_REVOKED = "survey_link.revoked", "revoked the link to a survey for";
}
