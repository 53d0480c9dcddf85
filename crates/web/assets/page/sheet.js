// What opens over a page on a small screen: a form comes up as a sheet over everything, and whatever is open closes by
// Back, by ✕ and by a tap beside it.
const small = matchMedia("(max-width: 860px)");
const UNFOLDS = "details.disclosure, details.menu-button";
const sheetOf = (details) => $(":scope > .sheet, :scope > .menu", details);
const lifted = () => $$(`:is(${UNFOLDS})[open] > :popover-open`).map((sheet) => sheet.parentElement);
const rises = (details) => details.open && getComputedStyle(sheetOf(details)).position === "fixed";
// Above every bar and card, whatever they stand above themselves.
function lift() {
  for (const details of $$(UNFOLDS)) {
    const sheet = sheetOf(details), up = sheet && rises(details);
    if (!sheet || !!up === sheet.matches(":popover-open")) continue;
    if (up) { sheet.popover = "manual"; sheet.showPopover(); }
    else { sheet.hidePopover(); sheet.removeAttribute("popover"); }
  }
}
// Before a showing: what is open stays open, and over everything. What has no name of its own is known by what it says and by
// what its forms are about; it is named until the showing is over, so that what was typed stays in it.
const saysOpen = (details) => [$(":scope > summary", details)?.textContent.trim(), ...$$("form", details).flatMap((form) => [form.getAttribute("action"), ...$$("input[type=hidden]:not([name=version])", form).map((field) => field.name + field.value)])].join(" ");
function nameOpen(fresh) {
  const ours = $$("#page details:not([id])");
  if (!ours.some((details) => details.open)) return;
  const theirs = $$("details:not([id])", fresh), said = ours.map(saysOpen), same = theirs.map(saysOpen);
  for (const [n, details] of ours.entries()) {
    if (!details.open) continue;
    const nth = said.slice(0, n).filter((one) => one === said[n]).length;
    const other = theirs.filter((_, m) => same[m] === said[n])[nth];
    if (other) other.id = details.id = `open-${n}-meanwhile`;
  }
}
const unnameOpen = () => { for (const details of $$("details[id$=-meanwhile]")) details.removeAttribute("id"); };
function keepOpen(fresh) {
  for (const details of $$("#page details[open][id]")) {
    const same = fresh.querySelector("#" + CSS.escape(details.id));
    same?.setAttribute("open", "");
    if (same && sheetOf(details)?.matches(":popover-open")) sheetOf(same)?.setAttribute("popover", "manual");
  }
}
function fold(details) {
  details.open = false;
  lift();
  $("summary", details)?.focus({ preventScroll: true });
}
document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  if (close) { fold(close.closest("details")); return; }
  const beside = lifted().filter((details) => !sheetOf(details).contains(event.target));
  if (!beside.length || event.target.closest("#toasts, dialog, :popover-open")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  beside.forEach(fold);
}, true);

// Back closes what is open before it leaves the page. Opening puts an entry of its own into the history; closed in another
// way, that entry is left for whatever is opened or visited next, and Back passes it over.
let over = null; // the address that has such an entry
const covers = () => [...$$(":popover-open:not(#toasts, #completions, #naming)"), ...$$("dialog[open]")];
const covered = () => covers().length > 0 || document.body.classList.contains("rail-open");
function uncover() {
  for (const el of covers()) {
    const details = el.closest("details[open]");
    if (el.matches("dialog")) el.close();
    else if (details) fold(details);
    else el.hidePopover();
  }
  document.body.classList.remove("rail-open");
}
function layered() {
  if (!small.matches) return;
  const open = covered(), mine = history.state?.over;
  if (open && mine === undefined) { history.pushState({ over: true }, ""); over = location.href; }
  else if (open !== !!mine && mine !== undefined) history.replaceState({ over: open }, "");
}
// Where the page goes on to takes the place of an entry that was left.
const go = (url) => (history.state?.over !== undefined && !covered() ? history.replaceState({}, "", url) : history.pushState({}, "", url));
addEventListener("popstate", (event) => {
  if (event.state?.over !== undefined) { over = location.href; return; }
  const open = covered(), passed = over === location.href;
  over = null;
  if (!open && !passed) return;
  event.stopImmediatePropagation();
  if (open) uncover();
  else history.back();
}, true);
for (const kind of ["toggle", "close"]) document.addEventListener(kind, (event) => { if (event.target.matches?.(UNFOLDS)) lift(); layered(); }, true);
