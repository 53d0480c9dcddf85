// Fingers: they press twice, press long, and cannot hover.
const coarse = matchMedia("(pointer: coarse)");
// When what was pressed leaves its place, something else comes under the finger. For half a second after such a showing
// a press there does nothing, unless it means the same as before.
const STILL = 500, NEAR = 48, LONGEST = 5000;
let pressed = null;
function meaning(target) {
  const control = target.closest("button, a, summary, input, label, [data-open]"), form = control?.form || control?.closest("form");
  const fields = form ? new URLSearchParams(new FormData(form)) : "";
  return [control?.closest("[data-open]")?.id, form?.getAttribute("action"), fields, control?.name, control?.value, control?.getAttribute("href"), control?.parentElement.id].join(" ");
}
addEventListener("click", (event) => {
  if (event.detail === 0) return; // by keyboard
  const here = { x: event.clientX, y: event.clientY, means: meaning(event.target), until: 0 };
  const twice = event.pointerType !== "mouse" || event.detail > 1;
  if (pressed && twice && performance.now() < pressed.until && Math.hypot(here.x - pressed.x, here.y - pressed.y) < NEAR && here.means !== pressed.means) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  pressed = here;
}, true);
addEventListener("input", () => (pressed = null), true); // whoever writes in between means it
// An act is under way, or was just shown.
const acts = () => { if (pressed) pressed.until = performance.now() + LONGEST; };
const shownAfter = () => { if (pressed?.until) pressed.until = performance.now() + STILL; };
// A row or card opens wherever it is tapped, not by its title alone.
document.addEventListener("click", (event) => {
  const item = coarse.matches && event.target.closest(".row-item[data-open], .card[data-open]");
  if (!item || event.target.closest("a, button, input, summary, label, form, details") || String(getSelection())) return;
  $("a.title", item)?.click();
});
