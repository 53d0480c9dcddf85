//! What can happen in the tree.

use kernel::kinds;

kinds! {
    NEED_PLACED = "need.placed", "placed in the tree:";
    NEED_TAKEN_OUT = "need.taken_out", "took out of the tree:";
    TEST_PLANNED = "assumption_test.planned", "planned the test";
    TEST_EDITED = "assumption_test.edited", "changed the test";
    TEST_SETTLED = "assumption_test.settled", "told the result of the test";
    TEST_REMOVED = "assumption_test.removed", "removed the test";
}
