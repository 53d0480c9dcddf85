//! What can happen to the story map.

use kernel::kinds;

kinds! {
    STEP_ADDED = "map_step.added", "added the step";
    STEP_RENAMED = "map_step.renamed", "renamed the step";
    STEP_MOVED = "map_step.moved", "moved the step";
    STEP_REMOVED = "map_step.removed", "removed the step";
    PLACED = "map_place.chosen", "placed on the story map:";
    TAKEN_OFF = "map_place.removed", "took off the story map:";
}
