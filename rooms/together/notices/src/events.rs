//! What can happen with notices and with watching.

use kernel::kinds;

kinds! {
    NOTICE_GIVEN = "notice.given", "heard of";
    NOTICE_DUE = "notice.due", "was reminded:";
    NOTICE_READ = "notice.read", "read";
    NOTICE_UNREAD = "notice.unread", "marked as unread:";
    WATCH_BEGUN = "watch.begun", "started watching";
    WATCH_ENDED = "watch.ended", "stopped watching";
    WATCH_MUTED = "watch.muted", "muted";
    WISH_SAID = "notice_wish.said", "chose what to hear of:";
}
