// Canvases: Shift and an arrow move the note under the hand, across to the next box, up and down within its own, as dragging does.
const NOTE = ".canvas [data-drop] .card", ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
document.addEventListener("keydown", async (event) => {
  const note = event.target.closest?.(NOTE), [across, down] = ARROWS[event.key] || [];
  if (!note || across === undefined || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const box = note.closest("[data-drop]"), boxes = $$(".canvas [data-drop]"), to = boxes[boxes.indexOf(box) + across];
  if (!to) return;
  // Kept now: what shows the page again makes another note of this element.
  const { id } = note.dataset, fields = new URLSearchParams({ canvas_note: id, cell: to.dataset.cell });
  if (down) {
    const rows = $$(".card", box), other = rows[rows.indexOf(note) + down];
    if (!other) return;
    fields.set(down > 0 ? "after" : "before", other.dataset.id);
  }
  await send(`/${product()}/do/canvas_note.move`, fields, null);
  await refresh();
  stand(id);
});
