//! What can happen to canvases, their notes and risks.

use kernel::kinds;

kinds! {
    CANVAS_BEGUN = "canvas.begun", "began the canvas";
    CANVAS_EDITED = "canvas.edited", "changed the canvas";
    CANVAS_REMOVED = "canvas.removed", "removed the canvas";
    NOTE_WRITTEN = "canvas_note.written", "wrote on a canvas:";
    NOTE_EDITED = "canvas_note.edited", "changed on a canvas:";
    NOTE_MOVED = "canvas_note.moved", "moved on a canvas:";
    NOTE_BECAME = "canvas_note.became", "made something of the note";
    NOTE_REMOVED = "canvas_note.removed", "took from a canvas:";
    NOTE_LINKED = "canvas_note.linked", "linked:";
    NOTE_UNLINKED = "canvas_note.unlinked", "unlinked:";
    RISK_ADDED = "risk.added", "wrote down the risk";
    RISK_EDITED = "risk.edited", "changed the risk";
    RISK_REMOVED = "risk.removed", "removed the risk";
}
