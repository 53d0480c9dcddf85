//! What can happen to customers, segments, evidence and needs.

use kernel::kinds;

kinds! {
    EVIDENCE_RECORDED = "evidence.recorded", "recorded evidence:";
    EVIDENCE_EDITED = "evidence.edited", "changed evidence:";
    EVIDENCE_REMOVED = "evidence.removed", "removed evidence:";
    EVIDENCE_FILED = "evidence.filed", "filed anew:";
    EVIDENCE_DISMISSED = "evidence.dismissed", "dismissed:";
    EVIDENCE_BROUGHT_BACK = "evidence.brought_back", "brought back:";
    EVIDENCE_SPLIT = "evidence.split", "split into quotes:";
    EVIDENCE_ERASED = "evidence.erased", "erased where it was said, and so here:";
    EVIDENCE_CAME_IN = "evidence.came_in", "sent evidence:";
    INTERVIEW_PLANNED = "interview.planned", "planned the interview";
    INTERVIEW_EDITED = "interview.edited", "changed the interview";
    INTERVIEW_REMOVED = "interview.removed", "removed the interview";
    INTAKE_MADE = "intake.made", "made the intake address";
    INTAKE_REVOKED = "intake.revoked", "revoked the intake address";
    NEED_CREATED = "need.created", "added the need";
    NEED_EDITED = "need.edited", "changed the need";
    NEED_REMOVED = "need.removed", "removed the need";
    NEED_FILED = "need.filed", "filed anew the need";
    CUSTOMER_CREATED = "customer.created", "made known the customer";
    CUSTOMER_EDITED = "customer.edited", "changed the customer";
    CUSTOMER_REMOVED = "customer.removed", "removed the customer";
    CUSTOMER_MERGED = "customer.merged", "merged into another the customer";
    SEGMENT_CREATED = "segment.created", "described the segment";
    SEGMENT_EDITED = "segment.edited", "changed the segment";
    SEGMENT_REMOVED = "segment.removed", "removed the segment";
    SEGMENT_MERGED = "segment.merged", "merged into another the segment";
    EVIDENCE_LINKED = "evidence.linked", "linked:";
    EVIDENCE_UNLINKED = "evidence.unlinked", "unlinked:";
}
