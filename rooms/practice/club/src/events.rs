//! What can happen to an attempt.

use kernel::kinds;

kinds! {
    BEGUN = "attempt.begun", "began";
    KEPT = "attempt.kept", "wrote on";
    HINTED = "attempt.hinted", "took a hint for";
    ASKED = "attempt.asked", "asked about";
    TOLD = "attempt.told", "was answered about";
    HANDED_IN = "attempt.handed_in", "handed in";
    LEFT = "attempt.left", "left";
    ASSESSED = "attempt.assessed", "marked for yourself";
    SHARED = "attempt.shared", "shared for review";
    REVIEWED = "peer_review.given", "reviewed an answer to";
    DRILLED = "attempt.drilled", "answered";
}
