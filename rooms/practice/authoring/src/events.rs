//! What can happen to a challenge that people of the workspace write.

use kernel::kinds;

kinds! {
    BEGUN = "challenge_draft.begun", "began to write";
    BROUGHT_IN = "challenge_draft.brought_in", "brought in";
    WRITTEN = "challenge_draft.written", "wrote on";
    RENAMED = "challenge_draft.renamed", "gave another id to";
    REMOVED = "challenge_draft.removed", "threw away";
    PUBLISHED = "challenge.published", "published";
    EDITED = "challenge.edited", "published anew";
    KEPT = "challenge_edition.kept", "published";
    WITHDRAWN = "challenge.withdrawn", "took out of the library";
    PUT_BACK = "challenge.put_back", "put back into the library";
}
