//! What can happen in refinement.

use kernel::kinds;

kinds! {
    BEGUN = "refinement.begun", "began";
    TURNED = "refinement.turned", "turned to the next story in";
    AGENDA_CHANGED = "refinement.agenda_changed", "changed the agenda of";
    ENDED = "refinement.ended", "ended";
    NOTED = "refinement_note.made", "noted in refinement:";
    NOTE_REMOVED = "refinement_note.removed", "removed a note of refinement:";
}
