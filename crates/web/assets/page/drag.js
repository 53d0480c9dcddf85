// Dragging. Each drag has a menu or a key as its twin.
const bound = new WeakSet();
function drags() {
  if (!window.Sortable || !product()) return;
  for (const list of $$("[data-drop]")) {
    if (bound.has(list)) continue;
    bound.add(list);
    const kind = list.dataset.drop;
    new Sortable(list, { group: kind === "story" ? "story" : kind, draggable: kind === "story" ? ".row-item" : ".card", handle: kind === "story" ? "[data-grip]" : undefined, filter: "details, input, button", preventOnFilter: false, animation: 130, delay: 120, delayOnTouchOnly: true, onEnd: (event) => dropped(kind, event) });
  }
}
async function dropped(kind, event) {
  if (event.from === event.to && event.oldIndex === event.newIndex) return;
  shows++; // an answer under way knows only the old order
  const item = event.item, id = item.dataset.id;
  const near = (side) => { let el = item[side]; while (el && !el.dataset?.id) el = el[side]; return el?.dataset.id; };
  const [after, before] = [near("previousElementSibling"), near("nextElementSibling")];
  const fields = new URLSearchParams();
  let command;
  if (kind === "card") { command = "story.move_card"; fields.set("story", id); fields.set("column", event.to.dataset.column); if (event.from === event.to) { command = "story.move"; fields.delete("column"); order(fields, after, before); } }
  else if (kind === "initiative") { command = "initiative.move"; fields.set("initiative", id); fields.set("horizon", event.to.dataset.horizon); order(fields, after, before); }
  else { command = "story.move"; fields.set("story", id); order(fields, after, before); }
  await send(`/${product()}/do/${command}`, fields, null);
  refresh();
}
function order(fields, after, before) { if (after) fields.set("after", after); else if (before) fields.set("before", before); }
