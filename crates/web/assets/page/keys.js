// The keyboard: where one stands in a list, and what each key does here.
// What is folded away cannot have the focus, so the keys pass over it.
const items = () => $$("[data-open][data-id]").filter((item) => !item.closest("details:not([open])"));
const titled = (item) => $("a.title", item) || item;
const detail = (item) => $("a.title", item)?.href;
// The row or card that has the focus or had it last, and its place: when it goes, its neighbour comes under the hand.
let at = null, nth = 0, held = false;
const current = () => items().find((item) => item.dataset.id === at);
// Only keys take the eye along: a finger or mouse stays where it is.
let byKeys = false;
addEventListener("keydown", () => (byKeys = true), true);
addEventListener("pointerdown", () => (byKeys = false), true);
function stand(id) {
  const item = items().find((one) => one.dataset.id === id);
  if (!item) return null;
  titled(item).focus({ preventScroll: true });
  if (byKeys) item.scrollIntoView({ block: "nearest" });
  return item;
}
function standsAt(item) {
  at = item.dataset.id;
  nth = items().indexOf(item);
  for (const one of items()) one.classList.toggle("at", one === item);
}
document.addEventListener("focusin", ({ target }) => {
  const item = target.closest("[data-open][data-id]");
  held = !!item;
  if (item) standsAt(item);
});
// After a showing: the focus is where it was, or at whatever came into its place.
function standAgain() {
  const all = items(), lost = !document.activeElement || document.activeElement === document.body;
  const item = current() || (held && lost && all[Math.min(nth, all.length - 1)]);
  if (!item) return;
  if (held && lost) stand(item.dataset.id);
  else for (const one of all) one.classList.toggle("at", one === item);
}
// What is settled is left behind: the next one comes, whatever becomes of this one.
function stepOn(item) {
  const all = items(), left = item ? [item] : all.filter((one) => chosen.has($("[data-pick]", one)?.value));
  const last = Math.max(...left.map((one) => all.indexOf(one)));
  const next = all.slice(last + 1).find((one) => !left.includes(one)) || all.findLast((one) => !left.includes(one));
  if (!next) return;
  at = next.dataset.id;
  nth = all.indexOf(next);
  held = true;
  document.activeElement?.blur();
}
// The keys stop at the link below the first of many, too.
function step(by) {
  const all = $$("[data-open][data-id], a[data-rest]").filter((stop) => !stop.closest("details:not([open])"));
  if (!all.length) return;
  const link = document.activeElement?.closest("a[data-rest]");
  const now = link ? all.indexOf(link) : all.findIndex((stop) => stop.dataset.id === at);
  const next = all[Math.max(0, Math.min(all.length - 1, now + by))];
  if (next.dataset.rest !== undefined) { next.focus(); return; }
  stand(next.dataset.id);
  if ($("aside") && detail(next)) refresh(detail(next), true);
}
// What such a link hides comes in its place, and the hand is at the first of it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-rest]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const [first] = link.dataset.rest.split(" ");
  refresh(link.href, true).then(() => stand(first));
}, true);
// What was just moved is not hidden by one.
async function keepInSight(id) {
  const link = id && $$("a[data-rest]").find((one) => one.dataset.rest.split(" ").includes(id));
  if (link) await refresh(link.href, true);
}
async function reorder(item, by) {
  const all = items(), other = all[all.indexOf(item) + by];
  if (!other) return;
  const fields = new URLSearchParams({ story: item.dataset.id });
  fields.set(by > 0 ? "after" : "before", other.dataset.id);
  await send(`/${product()}/do/story.move`, fields, null);
  await refresh();
  stand(item.dataset.id);
}
const closePanel = () => { const list = $(".panel-close") && withoutPanel(); if (list) refresh(list, true).then(() => { if (document.activeElement === document.body && current()) stand(at); }); };
// The list stands where it stood.
document.addEventListener("click", (event) => { if (event.target.closest(".panel-close") && withoutPanel()) { event.preventDefault(); event.stopImmediatePropagation(); closePanel(); } }, true);

// A key that needs more than a control: `here(row)` says whether it works, with the row that one stands on.
function shortcut(key, says, run, here = () => true) { shortcuts.push({ key, says, run, here }); }
const usable = (control) => !control.disabled && control.checkVisibility();
// What a control is called: its words, without the key that is written beside them.
const wordsOf = (control) => [...control.childNodes].filter((part) => part.nodeName !== "KBD").map((part) => part.textContent).join("");
const saysOf = (control) => (control.dataset.says || control.getAttribute("aria-label") || wordsOf(control)).trim().replace(/\s+/g, " ");
// Uses a control as a hand would: a field to write in, a form to open, a button to press.
function useControl(control) {
  if (control.matches("summary")) {
    control.parentElement.open = true;
    (fieldIn(control.parentElement) || $(".menu button", control.parentElement) || control).focus();
  } else if (control.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) control.focus();
  else control.click();
}
const fieldIn = (form) => $$("input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select", form).find((field) => field.checkVisibility());
// What a key finds: with what is chosen, on the row, in the panel, on the page. On a row where nobody stands it finds the row first.
function press(key) {
  if (storyKey(key)) return true;
  const row = current(), which = `[data-press="${CSS.escape(key)}"]`;
  const within = (place) => place && $$(which, place).find(usable);
  const near = within($("#bulk:not([hidden])")) || within(row);
  if (near) { useControl(near); return true; }
  const known = shortcuts.find((one) => one.key === key && one.here(row));
  if (known) { known.run(row); return true; }
  const all = $$(which, page()).filter(usable), rowOf = (control) => control.closest("[data-open][data-id]");
  const control = within($("aside")) || all.find((one) => !rowOf(one));
  if (control) useControl(control);
  else if (all.length) stand(rowOf(all[0]).dataset.id);
  return all.length > 0;
}
const editable = () => $$("details.disclosure[id^=edit]").find((form) => form.checkVisibility());
const creatable = () => $("[data-create]") || $(".page-head .disclosure > summary");
shortcut("j", "Next", () => step(1), () => items().length);
shortcut("k", "Previous", () => step(-1), () => items().length);
shortcut("x", "Choose, for several at once", (row) => $("[data-pick]", row).click(), (row) => row && $("[data-pick]", row));
shortcut("[", "Move up", (row) => reorder(row, -1), (row) => row && $("#stories"));
shortcut("]", "Move down", (row) => reorder(row, 1), (row) => row && $("#stories"));
shortcut("c", "Write something new", () => useControl(creatable()), creatable);
shortcut("e", "Edit", () => useControl($("summary", editable())), editable);
shortcut("/", "Search", () => $("[data-search]").focus(), () => $("[data-search]"));
shortcut("?", "Show the keys that work here", () => help());

let went = 0;
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  // Where [ or # need AltGr, Windows says Ctrl and Alt.
  const third = event.getModifierState("AltGraph"), commands = (event.ctrlKey || event.metaKey) && !third, key = event.key;
  if (key === "Escape") {
    const open = event.target.closest("details[open]");
    if (open) { open.removeAttribute("open"); $("summary", open)?.focus(); return; }
    if (typing) { // back to the row that it belongs to, or to what was just made
      const row = event.target.closest("[data-open][data-id]");
      event.target.blur();
      if (row || (event.target.dataset.create !== undefined && current())) stand(row?.dataset.id || at);
      return;
    }
    closePanel();
    return;
  }
  if (commands && key === "Enter") {
    const form = event.target.form || event.target.closest("form");
    if (form) { event.preventDefault(); form.requestSubmit($("button[type=submit], button:not([type])", form)); }
    return;
  }
  if (commands && key.toLowerCase() === "k") { event.preventDefault(); palette(); return; }
  if (commands && !typing && /^[zy]$/i.test(key)) { event.preventDefault(); run(event.shiftKey || /y/i.test(key) ? "act.redo_last" : "act.undo_last"); return; }
  if (typing || commands || $("dialog[open]")) return;
  if (event.altKey && !third) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[key], row = by && $("#stories") && current();
    if (row) { event.preventDefault(); if (event.shiftKey) run("story.move", { story: row.dataset.id, to: by < 0 ? "top" : "bottom" }); else reorder(row, by); }
    return;
  }
  if ((key === "ArrowDown" || key === "ArrowUp") && $("aside") && items().length) { event.preventDefault(); step(key === "ArrowDown" ? 1 : -1); return; }
  if (page()?.dataset.keys === "off" || key.length !== 1) return;
  const room = Date.now() - went < 1200 && $(`a[data-go="${CSS.escape(key)}"]`);
  went = 0;
  if (room) { event.preventDefault(); room.click(); }
  else if (key === "g") went = Date.now();
  else if (press(key)) event.preventDefault();
});

// The keys that work here: those of the page and its rows, then those that work everywhere.
function help() {
  const row = current() || items()[0], off = page()?.dataset.keys === "off";
  const pressed = $$("[data-press]", page()).filter((control) => usable(control) && (!control.closest("[data-open][data-id]") || row?.contains(control)));
  const here = [...shortcuts.filter((one) => one.here(row)).map((one) => [one.key, one.says]), ...pressed.map((control) => [control.dataset.press, saysOf(control)]), ...storyKeys(row)];
  const once = here.filter(([key], i) => here.findIndex(([other]) => other === key) === i);
  const rooms = $$(".rail a[data-go]").map((a) => [`g ${a.dataset.go}`, $(".label", a).textContent]);
  const moves = $("#stories") ? [["Alt ↑ ↓", "Move up or down"], ["Alt Shift ↑ ↓", "Move to the top or the end"]] : [];
  const always = [...moves, ["Ctrl K", "Find something, or do it"], ["Ctrl Enter", "Send the form"], ["Ctrl Z", "Take back your last change"], ["Ctrl Shift Z", "Do it again"], ["Ctrl Y", "Do it again"], ["Esc", "Close"]];
  const part = (title, rows) => (rows.length ? [element("h3", { textContent: title }), element("dl", { className: "keys" }, ...rows.map(([key, what]) => element("div", {}, element("dt", {}, ...key.split(" ").map((one) => element("kbd", { textContent: one }))), element("dd", { textContent: what }))))] : []);
  const close = element("button", { type: "button", textContent: "Close" });
  const change = element("a", { href: "/account#keys", textContent: off ? "Switch single keys on" : "Switch single keys off" });
  const told = off ? [element("p", { textContent: "Single keys are switched off in your account." })] : [...part("On this page", once), ...part("Go to a room", rooms)];
  const box = dialog(element("h2", { textContent: "Keys that work here" }), ...told, ...part("Everywhere", always), element("div", { className: "row" }, close, change));
  box.className = "wide";
  close.onclick = () => box.close();
}
