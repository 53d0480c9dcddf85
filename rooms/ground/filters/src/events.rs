//! What can happen to a saved filter.

use kernel::kinds;

kinds! {
    FILTER_SAVED = "saved_filter.saved", "saved the filter";
    FILTER_EDITED = "saved_filter.edited", "changed the filter";
    FILTER_REMOVED = "saved_filter.removed", "removed the filter";
}
