//! What can happen to releases and outcomes.

use kernel::kinds;

kinds! {
    RELEASE_PLANNED = "release.planned", "planned the release";
    RELEASE_EDITED = "release.edited", "changed the release";
    LAUNCH_PLANNED = "release.launch_planned", "planned the launch of";
    RELEASE_REMOVED = "release.removed", "removed the release";
    FEATURE_SHIPPED = "release.scoped", "put into a release:";
    FEATURE_UNSHIPPED = "release.unscoped", "took out of a release:";
    GO_DECIDED = "release.decided", "decided on the launch of";
    GO_LAPSED = "release.lapsed", "changed the scope, so the go lapsed, of";
    NOTES_WRITTEN = "release.notes_written", "wrote the release notes of";
    RELEASED = "release.released", "released";
    FEATURE_RELEASED = "feature.released", "released the feature";
    INITIATIVE_RELEASED = "initiative.released", "released the initiative";
    TASK_ADDED = "launch_task.added", "added to a launch:";
    TASK_EDITED = "launch_task.edited", "changed in a launch:";
    TASK_TICKED = "launch_task.ticked", "ticked in a launch:";
    TASK_OPENED = "launch_task.opened", "opened again in a launch:";
    TASK_REMOVED = "launch_task.removed", "removed from a launch:";
    OUTCOME_RECORDED = "outcome.recorded", "recorded the outcome of";
    OUTCOME_EDITED = "outcome.edited", "changed the outcome of";
    OUTCOME_LINKED = "outcome.linked", "linked:";
    OUTCOME_UNLINKED = "outcome.unlinked", "unlinked:";
    OUTCOME_FOLLOWED = "outcome.followed", "said what follows from the outcome of";
    OUTCOME_REMOVED = "outcome.removed", "removed the outcome of";
}
