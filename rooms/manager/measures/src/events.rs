//! What can happen to measures.

use kernel::kinds;

kinds! {
    MEASURE_ADDED = "measure.added", "added the measure";
    MEASURE_EDITED = "measure.edited", "changed the measure";
    MEASURE_REMOVED = "measure.removed", "removed the measure";
    VALUE_NOTED = "measure_value.noted", "noted";
    VALUE_CORRECTED = "measure_value.corrected", "corrected";
    VALUE_REMOVED = "measure_value.removed", "removed a value:";
}
