//! What can happen on the portal.

use kernel::kinds;

kinds! {
    PORTAL_OPENED = "portal.opened", "set up";
    POST_MADE = "portal_post.made", "posted on the portal:";
    POST_EDITED = "portal_post.edited", "said how it stands with";
    POST_SHOWN = "portal_post.shown", "showed on the portal:";
    POST_TURNED_DOWN = "portal_post.turned_down", "turned down";
    POST_REMOVED = "portal_post.removed", "took off the portal:";
    POST_MERGED = "portal_post.merged", "merged into another post:";
    POST_TAKEN_APART = "portal_post.taken_apart", "took apart again:";
    POST_ERASED = "portal_post.erased", "erased who posted something:";
    POST_COUNTED = "portal_post.counted", "counted anew the votes for";
    POST_SHIPPED = "portal_post.shipped", "told that it has shipped:";
    EVIDENCE_POSTED = "evidence.posted", "took over from the portal:";
    VOICE_RAISED = "portal_voice.raised", "spoke up on the portal for";
    VOICE_CHANGED = "portal_voice.changed", "changed what they say on the portal to";
    VOICE_JOINED = "portal_voice.joined", "gave to the customer that another was merged into a vote for";
    VOICE_TAKEN = "portal_voice.taken", "took back a vote for";
    VISITOR_CAME = "portal_visitor.came", "left an address on the portal";
    VISITOR_RETURNED = "portal_visitor.returned", "left something more on the portal";
    VISITOR_WRITTEN_TO = "portal_visitor.written_to", "was sent a letter to confirm an address";
    VISITOR_CONFIRMED = "portal_visitor.confirmed", "confirmed an address on the portal";
    VISITOR_STOPPED = "portal_visitor.stopped", "ended the letters of the portal";
    VISITOR_RESUMED = "portal_visitor.resumed", "wants letters of the portal again";
    VISITOR_FORGOTTEN = "portal_visitor.forgotten", "had an address on the portal forgotten";
    WAIT_BEGUN = "portal_wait.begun", "left something on the portal that waits";
    WAIT_OVER = "portal_wait.over", "saw to what waited on the portal";
}
