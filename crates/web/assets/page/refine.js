// The story map: Shift and an arrow move the card under the hand by one step or one release, as dragging does.
const ACROSS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
document.addEventListener("keydown", async (event) => {
  const card = event.target.closest?.(".story-map [data-drop] .card"), [step, release] = ACROSS[event.key] || [];
  if (!card || step === undefined || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const lanes = $$(".story-map .lane"), wide = Number($(".story-map").dataset.steps), at = lanes.indexOf(card.closest(".lane")), column = (at % wide) + step;
  const lane = column >= 0 && column < wide ? lanes[at + step + release * wide] : null;
  if (!lane) return;
  const id = card.dataset.id;
  await send(`/${product()}/do/story.place_on_map`, new URLSearchParams({ stories: id, step: lane.dataset.step, release: lane.dataset.release }), null);
  await refresh();
  stand(id);
});
// What time is left, counted down; the page says it in words without this.
setInterval(() => {
  for (const place of $$("[data-countdown]")) {
    const left = Math.round((Number(place.dataset.countdown) - Date.now()) / 1000), size = Math.abs(left);
    place.textContent = `${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")} ${left < 0 ? "over" : "left"}`;
    place.classList.toggle("over", left < 0);
  }
}, 1000);
