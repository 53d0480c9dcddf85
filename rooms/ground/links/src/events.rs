//! What can happen to a link.

use kernel::kinds;

kinds! {
    LINK_MADE = "shared_link.made", "shared";
    LINK_REVOKED = "shared_link.revoked", "revoked";
}
