//! What can happen to evidence and needs.

use kernel::kinds;

kinds! {
    EVIDENCE_RECORDED = "evidence.recorded", "recorded evidence:";
    EVIDENCE_EDITED = "evidence.edited", "changed evidence:";
    EVIDENCE_REMOVED = "evidence.removed", "removed evidence:";
    NEED_CREATED = "need.created", "added the need";
    NEED_EDITED = "need.edited", "changed the need";
    NEED_REMOVED = "need.removed", "removed the need";
    EVIDENCE_LINKED = "evidence.linked", "linked:";
    EVIDENCE_UNLINKED = "evidence.unlinked", "unlinked:";
}
