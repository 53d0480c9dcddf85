// The grid of power and interest: Shift and an arrow move whoever stands under the hand by one place, as dragging does.
const STEPS = { ArrowUp: ["power", 1], ArrowDown: ["power", -1], ArrowRight: ["interest", 1], ArrowLeft: ["interest", -1] };
const LEVELS = ["low", "middling", "high"];
document.addEventListener("keydown", async (event) => {
  const card = event.target.closest?.(".power-grid [data-drop] .card"), [axis, by] = STEPS[event.key] || [];
  if (!card || !axis || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  // Where it stands on the page, which is newer than what the card says just after it was dragged.
  const { id } = card.dataset, { power, interest } = card.parentElement.dataset, place = { power, interest };
  place[axis] = LEVELS[LEVELS.indexOf(place[axis]) + by];
  if (!place[axis]) return;
  await send(`/${product()}/do/stakeholder.place`, new URLSearchParams({ stakeholder: id, ...place }), null);
  await refresh();
  stand(id);
});
