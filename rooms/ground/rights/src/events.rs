//! What can happen to the agreement.

use kernel::kinds;

kinds! {
    STANDING_SET = "agreement.standing_set", "changed";
    AREA_SWITCHED = "agreement.area_switched", "switched an area of";
    WAY_CHOSEN = "agreement.way_chosen", "changed how the team works:";
    RHYTHM_SET = "rhythm.set", "set the rhythm of";
    HAT_LENT = "hat.lent", "lent a hat:";
    HAT_RETURNED = "hat.returned", "took a lent hat back:";
}
