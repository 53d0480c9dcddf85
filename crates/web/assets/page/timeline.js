// Bars of the timeline: dragged by the hand or moved by keys, in steps as wide as the zoom. Both end in the command that
// changes a window, as the form of the panel does. A finger scrolls, unless it rests on a bar until that lifts.
const BAR = "svg.timeline-drawing a.bar[data-command]", EDGE = 9, ROOM = 36, FINGER = { edge: 18, room: 72, rest: 350, still: 8 };
const dayOf = (text) => new Date(`${text}T00:00:00Z`), isoDay = (date) => date.toISOString().slice(0, 10);
const spoken = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const STEP_DAYS = { month: 7, quarter: 30.44, year: 91.31 };
let moving = null, swallow = false, resting = null;
// A week, a month or a quarter on; the last day of a month stays the last one.
function stepped(text, zoom, by) {
  if (!text || !by) return text;
  const date = dayOf(text), last = (year, month) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  if (zoom === "month") { date.setUTCDate(date.getUTCDate() + 7 * by); return isoDay(date); }
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()], to = month + by * (zoom === "year" ? 3 : 1);
  return isoDay(new Date(Date.UTC(year, to, day === last(year, month) ? last(year, to) : Math.min(day, last(year, to)))));
}
function taken(bar, part) {
  const rect = $("rect.window", bar);
  return { bar, rect, part, by: 0, x: +rect.getAttribute("x"), width: +rect.getAttribute("width"), zoom: bar.ownerSVGElement.dataset.zoom };
}
function windowOf({ bar, part, zoom }, by) {
  const { from, until } = bar.dataset;
  return { from: part === "until" ? from : stepped(from, zoom, by), until: part === "from" ? until : stepped(until, zoom, by) };
}
// Draws where it would stand; a window that would end before it starts is not even drawn.
function stands(move, by) {
  const there = windowOf(move, by), { from, until } = move.bar.dataset;
  if (there.from && there.until && there.from > there.until) return;
  move.by = by;
  const far = (a, b) => (a && b ? ((dayOf(b) - dayOf(a)) / 864e5) * +move.bar.ownerSVGElement.dataset.day : 0);
  const left = far(from, there.from), right = far(until, there.until);
  if (move.part === "both") move.bar.setAttribute("transform", `translate(${from ? left : right} 0)`);
  else { move.rect.setAttribute("x", move.x + left); move.rect.setAttribute("width", Math.max(4, move.width - left + right)); }
  move.bar.classList.toggle("moved", by !== 0);
}
function putBack(move) {
  move.bar.removeAttribute("transform");
  move.rect.setAttribute("x", move.x);
  move.rect.setAttribute("width", move.width);
  move.bar.classList.remove("moved", "lifted");
}
// Which part of a bar is taken there: one of its ends, or all of it.
function partAt(bar, x, { edge, room }) {
  const box = $("rect.window", bar).getBoundingClientRect(), near = (end) => Math.abs(x - end) < edge;
  if (!bar.dataset.from || !bar.dataset.until || box.width <= room) return "both";
  return near(box.right) ? "until" : near(box.left) ? "from" : "both";
}
// A finger rests on a bar; once it has rested long enough the bar lifts and follows it, and the page stays where it is.
function rests({ clientX: x, clientY: y }, bar) {
  resting = { x, y, timer: setTimeout(() => {
    resting = null;
    if (!bar.isConnected) return;
    moving = { ...taken(bar, partAt(bar, x, FINGER)), at: x, under: true };
    bar.classList.add("lifted");
    toast({ both: "Drag it to where it is to stand.", from: "Drag its beginning.", until: "Drag its end." }[moving.part]);
  }, FINGER.rest) };
}
function noRest() { if (resting) clearTimeout(resting.timer); resting = null; }
async function keepsWindow(move) {
  const { bar, by } = move, { command, number, version, bar: key } = bar.dataset, there = windowOf(move, by);
  if (!by) return putBack(move);
  const fields = new URLSearchParams({ [command.split(".")[0]]: number, version });
  if (there.from) fields.set("starts_on", there.from);
  if (there.until) fields.set("ends_on", there.until);
  const told = await send(`/${product()}/do/${command}`, fields, null);
  putBack(move);
  if (told) await refresh();
  if (!document.activeElement || document.activeElement === document.body) $(`a.bar[data-bar="${CSS.escape(key)}"]`)?.focus();
}
document.addEventListener("contextmenu", (event) => { if ((moving?.at !== undefined || resting) && event.target.closest?.(BAR)) event.preventDefault(); });
document.addEventListener("dragstart", (event) => { if (event.target.closest?.(BAR)) event.preventDefault(); });
document.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest?.(BAR);
  noRest();
  if (!bar || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (moving) { putBack(moving); moving = null; }
  if (event.pointerType === "touch") return rests(event, bar);
  moving = { ...taken(bar, partAt(bar, event.clientX, { edge: EDGE, room: ROOM })), at: event.clientX, under: false };
});
document.addEventListener("pointermove", (event) => {
  if (resting && Math.hypot(event.clientX - resting.x, event.clientY - resting.y) > FINGER.still) noRest();
  if (!moving || moving.at === undefined) return;
  const far = event.clientX - moving.at;
  if (!moving.under && Math.abs(far) < 5) return;
  moving.under = true;
  event.preventDefault();
  stands(moving, Math.round(far / (STEP_DAYS[moving.zoom] * +moving.bar.ownerSVGElement.dataset.day)));
});
addEventListener("pointerup", () => {
  noRest();
  if (!moving || moving.at === undefined) return;
  const move = moving;
  moving = null;
  if (!move.under) return;
  // The press was no click on the bar.
  swallow = true;
  setTimeout(() => (swallow = false), 0);
  keepsWindow(move);
});
addEventListener("click", (event) => { if (swallow && event.target.closest?.(BAR)) { event.preventDefault(); event.stopImmediatePropagation(); } }, true);
addEventListener("pointercancel", () => { noRest(); if (moving) { putBack(moving); moving = null; } });
document.addEventListener("keydown", (event) => {
  const bar = document.activeElement?.closest?.(BAR), way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!bar || event.ctrlKey || event.metaKey) return;
  if (way && event.shiftKey) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const part = event.altKey && bar.dataset.until ? "until" : "both";
    if (moving?.bar !== bar || moving.part !== part) { if (moving) putBack(moving); moving = taken(bar, part); }
    stands(moving, moving.by + way);
    const there = windowOf(moving, moving.by);
    toast(`${[there.from, there.until].filter(Boolean).map((day) => spoken.format(dayOf(day))).join(" – ")}. Enter keeps it, Escape takes it back.`);
  } else if (moving?.bar === bar && (event.key === "Enter" || event.key === "Escape")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const move = moving;
    moving = null;
    if (event.key === "Enter") keepsWindow(move); else putBack(move);
  }
}, true);
document.addEventListener("focusout", (event) => { if (moving?.at === undefined && moving?.bar === event.target.closest?.(BAR)) { putBack(moving); moving = null; } });
// The names of lanes stay in sight while one scrolls along the time, and so does the name of a bar as far as it is in sight.
function namesStay(box) {
  const left = box.scrollLeft;
  for (const name of $$("text.lane-name", box)) name.setAttribute("x", left + 6);
  for (const name of $$("text.within", box)) {
    const bar = name.parentElement.querySelector("rect.window"), from = +bar.getAttribute("x"), until = from + +bar.getAttribute("width");
    if ((until < left || from >= left) && !name.dataset.moved) continue;
    const at = from >= left ? from : Math.max(from, Math.min(left, until - name.getComputedTextLength() - 16));
    name.setAttribute("x", at + 8);
    name.dataset.moved = at === from ? "" : "yes";
  }
}
document.addEventListener("scroll", (event) => { if (event.target.classList?.contains("timeline")) namesStay(event.target); }, true);
// A timeline begins where today is, a little ahead of it.
const scrolled = new WeakSet();
function timelines() {
  for (const box of $$(".timeline")) {
    const today = $("path.rule", box);
    // While a bar follows a finger, nothing scrolls under it.
    if (!scrolled.has(box)) box.addEventListener("touchmove", (event) => { if (moving?.at !== undefined && event.cancelable) event.preventDefault(); }, { passive: false });
    if (!scrolled.has(box) && today) box.scrollLeft = Math.max(0, today.getBBox().x - 160);
    scrolled.add(box);
    namesStay(box);
  }
}
