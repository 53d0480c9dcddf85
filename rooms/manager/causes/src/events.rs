//! What can happen to an inquiry and the causes that are thought of.

use kernel::kinds;

kinds! {
    INQUIRY_BEGUN = "inquiry.begun", "began to ask:";
    INQUIRY_EDITED = "inquiry.edited", "changed the inquiry";
    INQUIRY_SETTLED = "inquiry.settled", "found the cause:";
    INQUIRY_REOPENED = "inquiry.reopened", "asks again:";
    INQUIRY_REMOVED = "inquiry.removed", "removed the inquiry";
    CAUSE_WRITTEN = "cause_note.written", "thought of the cause";
    CAUSE_EDITED = "cause_note.edited", "changed the cause";
    CAUSE_JUDGED = "cause_note.judged", "judged the cause";
    CAUSE_BECAME = "cause_note.became", "made a story of the cause";
    CAUSE_REMOVED = "cause_note.removed", "removed the cause";
    CAUSE_LINKED = "cause_note.linked", "linked:";
    CAUSE_UNLINKED = "cause_note.unlinked", "unlinked:";
}
