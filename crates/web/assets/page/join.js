// Joining things of the thread: a control opens what there is to join; what is dragged onto another is joined with it, and so
// is what is pasted where one thing is at hand.
const joinAt = (knot, rest) => { const [noun, id] = knot.split(":"); return `/${product()}/thread/join?noun=${noun}&id=${id}${rest || ""}`; };
document.addEventListener("click", (event) => {
  const control = event.target.closest?.("a[data-join]");
  if (!control || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  showChoices({ fact: "join", at: control.getAttribute("href"), stories: [] }, control);
}, true);
let carried = null;
const fits = (el) => carried && el !== carried && carried.dataset.joins.split(" ").includes(el.dataset.knot.split(":")[0]);
document.addEventListener("dragstart", (event) => {
  const knot = event.target.closest?.("[data-knot][data-joins][draggable=true]");
  if (!knot) return;
  carried = knot;
  event.dataTransfer.effectAllowed = "link";
  if (knot.matches(".carry")) event.dataTransfer.setDragImage(knot.closest("[data-knot]:not(.carry)"), 12, 12);
  event.dataTransfer.setData("text/plain", knot.textContent.trim());
  for (const el of $$("[data-knot]")) el.classList.toggle("takes", fits(el));
});
document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("[data-knot]");
  if (!over || !fits(over)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "link";
  for (const el of $$(".under-hand")) if (el !== over) el.classList.remove("under-hand");
  over.classList.add("under-hand");
});
document.addEventListener("dragend", () => {
  carried = null;
  for (const el of $$(".takes, .under-hand")) el.classList.remove("takes", "under-hand");
});
document.addEventListener("drop", async (event) => {
  const on = event.target.closest?.("[data-knot]");
  if (!on || !fits(on)) return;
  event.preventDefault();
  const [noun, id] = on.dataset.knot.split(":");
  showChoices({ fact: "join", at: joinAt(carried.dataset.knot, `&with=${noun}&only=${id}`), stories: [] }, on);
  // Where the two are joined already there is nothing to choose, and the piece says so.
  await picking.answered;
  if ($("#picker [role=option]")) choose();
});
// A key or an address, pasted beside every field, is meant for the thing at hand.
document.addEventListener("paste", (event) => {
  const thing = $("[data-thing]"), text = event.clipboardData?.getData("text/plain").trim() || "";
  if (!thing || event.target.closest?.("input, textarea, select, dialog") || !/^(\S*[/=#]\S+|[A-Za-z][A-Za-z0-9]*-\d+)$/.test(text)) return;
  event.preventDefault();
  showChoices({ fact: "join", at: joinAt(thing.dataset.thing), stories: [] }, thing, text);
});
