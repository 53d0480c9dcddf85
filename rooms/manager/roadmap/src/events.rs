//! What can happen on the roadmap.

use kernel::kinds;

kinds! {
    INITIATIVE_CREATED = "initiative.created", "added the initiative";
    INITIATIVE_EDITED = "initiative.edited", "changed the initiative";
    INITIATIVE_MOVED = "initiative.moved", "moved the initiative";
    INITIATIVE_REMOVED = "initiative.removed", "removed the initiative";
    INITIATIVE_LINKED = "initiative.linked", "linked:";
    INITIATIVE_UNLINKED = "initiative.unlinked", "unlinked:";
    FEATURE_CREATED = "feature.created", "added the feature";
    FEATURE_EDITED = "feature.edited", "changed the feature";
    FEATURE_MOVED = "feature.moved", "moved the feature";
    FEATURE_MOVED_AWAY = "feature.moved_away", "moved to another product:";
    FEATURE_CAME = "feature.came_over", "brought over from another product:";
    BRIEF_WRITTEN = "brief.written", "wrote into a brief:";
    BRIEF_EDITED = "brief.edited", "changed in a brief:";
    BRIEF_MOVED = "brief.moved", "moved in a brief:";
    BRIEF_REMOVED = "brief.removed", "removed from a brief:";
    AUDIENCE_ADDED = "audience.added", "made a view of the roadmap for";
    AUDIENCE_EDITED = "audience.edited", "changed the view of the roadmap for";
    AUDIENCE_REMOVED = "audience.removed", "removed the view of the roadmap for";
    FEATURE_REMOVED = "feature.removed", "removed the feature";
}
