// Choosing rows, and menus that open and close.
const chosen = new Set();
function showChosen() {
  for (const box of $$("[data-pick]")) { box.checked = chosen.has(box.value); box.closest("[data-id]")?.classList.toggle("chosen", box.checked); }
  const bar = $("#bulk");
  if (!bar) return;
  bar.hidden = chosen.size === 0;
  $("[data-count]", bar).textContent = chosen.size;
  for (const single of $$("[data-one]", bar)) single.hidden = chosen.size !== 1;
}
// Beside what it belongs to, and always on the screen. Set through the object model, which the content policy allows,
// unlike a style attribute.
function put(popover, anchor) {
  const tall = Math.min(innerHeight, window.visualViewport?.height || innerHeight);
  const box = anchor?.getBoundingClientRect() || { top: tall / 4, bottom: tall / 4, left: innerWidth / 2 - 160, right: innerWidth / 2 + 160 };
  popover.style.maxHeight = tall - 16 + "px";
  const below = box.bottom + 4 + popover.offsetHeight < tall - 8;
  popover.style.top = Math.max(8, below ? box.bottom + 4 : Math.min(box.top - 4, tall - 8) - popover.offsetHeight) + "px";
  popover.style.left = Math.max(8, Math.min(box.left, innerWidth - popover.offsetWidth - 8)) + "px";
}
// Menus and forms that open where they stand: on a small screen they rise from its foot, which the style does alone.
function keepOnScreen() {
  for (const open of $$("details.menu-button[open], details.disclosure[open]")) {
    const body = $(":scope > .menu, :scope > .sheet", open);
    if (!body || innerWidth <= 860) { if (body) body.style.cssText = ""; continue; }
    if (body.matches(".menu")) { body.style.position = "fixed"; body.style.right = "auto"; put(body, open); continue; }
    if (getComputedStyle(body).position !== "absolute") continue;
    body.style.translate = "";
    const { left, right } = body.getBoundingClientRect();
    body.style.translate = `${Math.round(Math.max(8 - left, Math.min(0, document.documentElement.clientWidth - 8 - right)))}px`;
  }
}
document.addEventListener("toggle", keepOnScreen, true);
for (const kind of ["scroll", "resize"]) addEventListener(kind, keepOnScreen, { capture: true, passive: true });
// What can be done with a story, without what would be refused there.
function fitMenu(item) {
  const menu = $("#mover"), is = (item.dataset.state || "open").split(" ");
  menu.elements.story.value = menu.elements.stories.value = item.dataset.id || item.dataset.story;
  for (const el of $$("button", menu)) {
    const on = el.dataset.on?.split(" "), not = el.dataset.not?.split(" ") || [];
    const there = el.name === "column" && el.value === item.closest("[data-column]")?.dataset.column;
    el.hidden = there || (on && !on.some((word) => is.includes(word))) || not.some((word) => is.includes(word));
  }
  return menu;
}
function openMenu(button) {
  const menu = fitMenu(button.closest("[data-id]"));
  menu.showPopover();
  put(menu, button);
  $("button:not([hidden])", menu)?.focus();
}
let lastPick = null;
document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-pick]");
  if (box) {
    const all = $$("[data-pick]");
    if (event.shiftKey && lastPick) { const [a, b] = [all.indexOf(lastPick), all.indexOf(box)].sort((x, y) => x - y); for (const one of all.slice(a, b + 1)) box.checked ? chosen.add(one.value) : chosen.delete(one.value); }
    else box.checked ? chosen.add(box.value) : chosen.delete(box.value);
    lastPick = box;
    showChosen();
  }
  const mover = event.target.closest("[data-mover]");
  if (mover) openMenu(mover);
  const opener = event.target.closest("[data-opens]");
  if (opener) opens(opener.dataset.opens, opener.closest("#bulk") ? [...chosen][0] : $("#mover").elements.story.value);
  if (event.target.closest("[data-clear]")) { chosen.clear(); showChosen(); }
  if (event.target.closest("[data-rail]")) document.body.classList.toggle(innerWidth > 860 ? "no-rail" : "rail-open");
  else if (!event.target.closest(".rail")) document.body.classList.remove("rail-open");
  layered();
  for (const open of $$("details.menu-button[open], details.me[open], details.switcher[open]")) if (!open.contains(event.target)) open.removeAttribute("open");
});
// A form that opens is there to be filled in; `toggle` does not bubble.
document.addEventListener("toggle", (event) => {
  const opened = event.target;
  if (opened.matches?.("details.disclosure[open]") && document.activeElement === $("summary", opened)) $(".sheet :is(input:not([type=hidden]), textarea, select)", opened)?.focus();
}, true);
// The key of a product follows its name until someone writes another.
document.addEventListener("input", (event) => {
  const key = event.target.dataset.names && event.target.form?.elements[event.target.dataset.names];
  if (!key || key.dataset.own !== undefined) { if (event.target.name === "key") event.target.dataset.own = ""; return; }
  const words = event.target.value.toUpperCase().normalize("NFD").replace(/[^A-Z ]/g, "").split(/ +/).filter(Boolean);
  key.value = words.length > 2 ? words.map((w) => w[0]).join("").slice(0, 8) : (words[0] || "").slice(0, 4);
});
// What was chosen since the form was shown is named in it: the rest of it may be older than another choice.
document.addEventListener("change", (event) => {
  const { dataset, form, name } = event.target;
  if (dataset.submit === undefined) return;
  if (form.dataset.stay !== undefined) {
    const touched = Object.assign(document.createElement("input"), { type: "hidden", name: "_touched", value: name });
    form.append(touched);
  }
  form.requestSubmit();
});
