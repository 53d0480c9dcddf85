//! What can happen to stories and criteria.

use kernel::kinds;

kinds! {
    STORY_CREATED = "story.created", "added the story";
    STORY_EDITED = "story.edited", "changed the story";
    STORY_ESTIMATED = "story.estimated", "estimated";
    STORY_READY = "story.marked_ready", "marked as ready:";
    STORY_UNREADY = "story.marked_unready", "marked as not ready:";
    STORY_FOUND_READY = "story.found_ready", "looked at the readiness of";
    STORY_DROPPED = "story.dropped", "dropped";
    STORY_TAKEN_UP = "story.taken_up", "took up again";
    STORY_REMOVED = "story.removed", "removed the story";
    STORY_MOVED = "story.moved", "moved";
    STORY_BROUGHT_IN = "story.brought_in", "brought in";
    STORY_AWAITED = "story.awaited", "took over";
    STORY_LINKED = "story.linked", "linked";
    STORY_UNLINKED = "story.unlinked", "unlinked";
    STORY_MOVED_AWAY = "story.moved_away", "moved to another product:";
    STORY_CAME = "story.came_over", "brought over from another product:";
    STORY_RELABELLED = "story.relabelled", "changed the labels of";
    LABEL_RENAMED = "label.renamed", "renamed the label";
    LABELS_MERGED = "label.merged", "merged the label";
    LABEL_COLOURED = "label.coloured", "coloured the label";
    LABEL_REMOVED = "label.removed", "removed the label";
    CRITERION_ADDED = "criterion.added", "added the criterion";
    CRITERION_EDITED = "criterion.edited", "changed the criterion";
    CRITERION_MOVED = "criterion.moved", "moved the criterion";
    CRITERION_REMOVED = "criterion.removed", "removed the criterion";
    STORY_HINT_ASIDE = "story.hint_put_aside", "looked at the hints about";
    STORY_WANTED = "story.still_wanted", "still wants";
    STORY_PERSONA = "story.persona_chosen", "chose the persona of";
    SUBTASK_ADDED = "subtask.added", "added the sub-task";
    SUBTASK_EDITED = "subtask.edited", "changed the sub-task";
    SUBTASK_DONE = "subtask.done", "ticked off";
    SUBTASK_UNDONE = "subtask.undone", "took the tick off";
    SUBTASK_MOVED = "subtask.moved", "moved the sub-task";
    SUBTASK_REMOVED = "subtask.removed", "removed the sub-task";
    TEMPLATE_MADE = "story_template.created", "made the story template";
    TEMPLATE_EDITED = "story_template.edited", "changed the story template";
    TEMPLATE_REMOVED = "story_template.removed", "removed the story template";
}
