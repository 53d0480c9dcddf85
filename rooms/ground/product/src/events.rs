//! What can happen to a product and its members.

use kernel::kinds;

kinds! {
    PRODUCT_CREATED = "product.created", "set up the product";
    PRODUCT_EDITED = "product.edited", "changed the product";
    KEY_CHANGED = "product.key_changed", "changed the key of";
    PRODUCT_ARCHIVED = "product.archived", "archived";
    PRODUCT_BACK = "product.brought_back", "brought back";
    READY_DEFINED = "product.ready_defined", "changed the definition of ready of";
    DONE_DEFINED = "product.done_defined", "changed the definition of done of";
    AGREEMENT_MADE = "agreement.made", "agreed on";
    MEMBER_JOINED = "membership.joined", "joined as";
    MEMBER_BROUGHT_IN = "membership.brought_in", "brought in";
    HATS_SET = "membership.hats_set", "changed the hats of";
    HAT_WORN = "membership.hat_worn", "put on the hat of";
    LOAN_ENDED = "hat.loan_ended", "ended the loan of a hat:";
    MEMBER_LEFT = "membership.left", "took out of the product:";
    BROUGHT_ALONG = "thing.brought_along", "brought along:";
    COLUMN_ADDED = "column.added", "added";
    COLUMN_EDITED = "column.edited", "changed";
    COLUMN_REMOVED = "column.removed", "removed";
}
