// Dragging. Each drag has a menu or a key as its twin, and what would be refused cannot be dropped.
const bound = new WeakSet();
const DRAGGED = { feature: "li[data-id]", story: ".row-item", plan: ".row-item", initiative: ">.card", card: ".card:not([data-state~=accepted])" };
function drags() {
  if (!window.Sortable || !product()) return;
  const rows = (kind) => kind === "story" || kind === "plan";
  for (const list of $$("[data-drop]")) {
    if (bound.has(list)) continue;
    bound.add(list);
    const kind = list.dataset.drop;
    new Sortable(list, {
      // A rule of one's own stands instead of the name of the group, so it looks at that too: a feature is no card.
      group: { name: kind, put: (to, from, item) => from.el.dataset.drop === to.el.dataset.drop && from.el.dataset.row === to.el.dataset.row && takes(to.el, item) }, sort: list.dataset.fixed === undefined,
      draggable: DRAGGED[kind] || ".card",
      // A finger has no grip to aim at: it holds the row itself for a moment.
      handle: rows(kind) && !coarse.matches ? "[data-grip]" : undefined, delay: rows(kind) ? 280 : 120, delayOnTouchOnly: true, touchStartThreshold: 8,
      filter: "details, input, form, .mover", preventOnFilter: false, animation: 130,
      onStart: (event) => shade(kind, event.item), onEnd: (event) => { const no = refused(kind, event); shade(kind); if (no) { shows++; refresh(); } else dropped(kind, event); },
    });
  }
}
// Whether a lane takes a card: work moves it anywhere, but it is accepted only by a verdict on what was handed over. A bet
// says itself into which horizons the reader may take it.
function takes(list, item) {
  if (list.contains(item)) return true;
  if (list.dataset.drop === "initiative") return item.dataset.goes === undefined || item.dataset.goes.split(" ").includes(list.dataset.horizon);
  if (list.dataset.drop !== "card") return true;
  const is = (item.dataset.state || "open").split(" ");
  if (list.dataset.stage === "accepted") return is.includes("handed_over") && list.parentElement.dataset.accepts !== undefined;
  return !is.includes("accepted") && !is.includes("dropped");
}
// Whether the hand let go over a list that does not take it; on the way there it may have passed one that would.
function refused(kind, { item, originalEvent: { clientX: x, clientY: y } = {} }) {
  const under = (x || y) && document.elementFromPoint(x, y)?.closest(`[data-drop=${kind}]`);
  return !!under && !takes(under, item);
}
function shade(kind, item) {
  for (const list of $$(`[data-drop=${kind}]`)) {
    list.classList.toggle("takes", !!item && ["card", "initiative"].includes(kind) && takes(list, item));
    list.classList.toggle("refuses", !!item && !takes(list, item));
  }
}
async function dropped(kind, event) {
  const moved = event.from !== event.to;
  if (!moved && event.oldIndex === event.newIndex) return;
  shows++; // an answer under way knows only the old order
  const item = event.item, id = item.dataset.id, to = event.to.dataset;
  if (kind === "card" && moved && to.stage === "accepted") { await opens("accept", id); return; }
  // One of the chosen takes the others along.
  const all = (kind === "story" || kind === "plan") && chosen.has(id) ? [...chosen] : [id];
  const near = (side) => { let el = item[side]; while (el && (!el.dataset?.id || all.includes(el.dataset.id))) el = el[side]; return el?.dataset.id; };
  const fields = new URLSearchParams();
  let command = all.length > 1 ? "story.move_several" : "story.move";
  if (kind === "initiative") { command = "initiative.move"; fields.set("initiative", id); fields.set("horizon", to.horizon); }
  else if (kind === "stakeholder") { command = "stakeholder.place"; fields.set("stakeholder", id); fields.set("power", to.power); fields.set("interest", to.interest); }
  else if (kind === "place") { command = to.step ? "story.place_on_map" : "story.take_off_map"; fields.set("stories", id); if (to.step) { fields.set("step", to.step); fields.set("release", to.release); } }
  else if (kind === "retro") { command = "retro_note.group"; fields.set("retro_note", id); fields.set("onto", to.onto); }
  else if (kind === "note") { command = "canvas_note.move"; fields.set("canvas_note", id); fields.set("cell", to.cell); }
  else if (kind === "feature") { command = moved ? "feature.edit" : "feature.move"; fields.set("feature", id); if (moved) fields.set("initiative", to.initiative); }
  else if (kind === "card" && moved) { command = "story.move_card"; fields.set("story", id); fields.set("column", to.column); }
  else if (kind === "plan" && moved) { command = "story.set"; fields.set("sprint", to.sprint); }
  else fields.set("story", id);
  if (command === "story.set" || all.length > 1) for (const one of all) fields.append("stories", one);
  if (kind !== "stakeholder" && kind !== "retro" && (!moved || kind === "initiative" || kind === "note" || (kind === "plan" && to.orders !== undefined))) order(fields, near("previousElementSibling"), near("nextElementSibling"));
  await send(`/${product()}/do/${command}`, fields, null);
  await refresh();
  if (kind === "card") await keepInSight(id);
}
function order(fields, after, before) { if (after) fields.set("after", after); else if (before) fields.set("before", before); }
