//! A model that does not compute: what rests on it was not shown, and counts as such.

use crate::check::Found;

/// Checks that rest on the model, by what they belong to.
const RESTING: &[(&str, &[&str])] = &[
    ("structure", &["depth", "leaves", "factors", "kinds of factors", "steps between"]),
    ("assumptions", &["notes", "ranges", "fitting ranges", "facts named", "facts used"]),
    ("answer", &["distance", "right order", "overlaps", "says what it computed"]),
    ("sensitivity", &["not all on one"]),
];

/// All of them, each with why.
pub(super) fn absent(why: &str, found: &mut Found) {
    let says = format!("The model does not compute: {why}");
    found.add("units", "computes", 0.0, says.clone(), vec![]);
    for (aspect, checks) in RESTING {
        for check in *checks {
            found.add(aspect, check, 0.0, says.clone(), vec![]);
        }
    }
}
