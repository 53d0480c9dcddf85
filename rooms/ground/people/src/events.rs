//! What can happen to accounts.

use kernel::kinds;

kinds! {
    ACCOUNT_ADDED = "account.added", "added the account";
    ACCOUNT_EDITED = "account.edited", "changed the account";
    ACCOUNT_REMOVED = "account.removed", "removed the account";
    ACCOUNT_ERASED = "account.erased", "erased the data of";
    PASSWORD_SET = "password.set", "set the password of";
    SESSION_OPENED = "session.opened", "signed in:";
    SESSION_ENDED = "session.ended", "signed out:";
    TICKET_MADE = "ticket.made", "made";
    TICKET_MAILED = "ticket.mailed", "mailed";
    TICKET_USED = "ticket.used", "used";
    TICKET_WITHDRAWN = "ticket.withdrawn", "withdrew";
    DIGEST_WANTED = "digest.wanted", "asked for";
    DIGEST_STOPPED = "digest.stopped", "stopped";
    TOKEN_CREATED = "token.created", "created";
    TOKEN_REVOKED = "token.revoked", "revoked";
}
