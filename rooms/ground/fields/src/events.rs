//! What can happen to own fields and their values.

use kernel::kinds;

kinds! {
    FIELD_DEFINED = "field.defined", "defined the field";
    FIELD_EDITED = "field.edited", "changed the field";
    FIELD_REMOVED = "field.removed", "removed the field";
    VALUE_SET = "field_value.set", "set";
    VALUE_TAKEN = "field_value.taken_away", "took away";
}
