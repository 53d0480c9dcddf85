//! What can happen to the agreement.

use kernel::kinds;

kinds! {
    STANDING_SET = "agreement.standing_set", "changed";
    WAY_CHOSEN = "agreement.way_chosen", "changed how the team works:";
    HAT_LENT = "hat.lent", "lent a hat:";
    HAT_RETURNED = "hat.returned", "took a lent hat back:";
}
