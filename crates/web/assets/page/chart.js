// Charts: the exact value of each mark, under the pointer and for arrow keys. What a mark says stands in the table behind
// the chart, where it stands in `data-chart`.
const places = new WeakMap();
function placesIn(svg) {
  const known = places.get(svg), text = svg.dataset.chart;
  if (known?.text !== text) places.set(svg, { text, all: text.split(" ").filter(Boolean).map((one) => one.split(",").map(Number)) });
  return places.get(svg).all;
}
const rowsOf = (svg) => $$(".chart-table tbody tr", svg.closest(".chart"));
const headsOf = (svg) => $$(".chart-table th", svg.closest(".chart")).map((th) => th.textContent);
const cellsOf = (row) => [...row.cells].map((cell) => cell.textContent.trim());
// How many marks each row has: one for each of its figures, or one for all of them.
const ofRow = (svg) => Number(svg.dataset.ofRow) || 1;
// What the nth mark says: the name of its row, and its figures with their names.
function markSays(svg, n) {
  const heads = headsOf(svg), of = ofRow(svg), [first, ...rest] = cellsOf(rowsOf(svg)[Math.floor(n / of)]);
  const all = rest.map((text, i) => [heads[i + 1], text]);
  return [first, of > 1 ? [all[n % of]] : all];
}
// "12 Nov: Left 21, Scope 34".
function rowSays(svg, n) {
  const [first, figures] = markSays(svg, n);
  return `${first}: ${figures.map((pair) => pair.join(" ").trim()).join(", ")}`;
}
const drawn = (name, attributes) => { const el = document.createElementNS("http://www.w3.org/2000/svg", name); for (const [key, value] of Object.entries(attributes)) el.setAttribute(key, value); return el; };
// Which mark of a chart is shown: after a showing it is shown again.
const shownMarks = new WeakMap();
// Shows the nth mark with what it says beside it.
function showMark(svg, n) {
  hideMark(svg);
  shownMarks.set(svg, n);
  const [x, y] = placesIn(svg)[n], { width, height } = svg.viewBox.baseVal, chart = svg.closest(".chart");
  svg.append(y === undefined ? drawn("path", { class: "at", d: `M${x} 20V${height - 24}` }) : drawn("circle", { class: "at", cx: x, cy: y, r: 6 }));
  svg.setAttribute("aria-valuenow", n + 1);
  svg.setAttribute("aria-valuetext", rowSays(svg, n));
  const tip = $(".chart-tip", chart) || chart.appendChild(element("div", { className: "chart-tip", ariaHidden: "true" }));
  const [first, figures] = markSays(svg, n);
  tip.replaceChildren(element("strong", { textContent: first, dir: "auto" }), ...figures.flatMap(([name, text]) => [element("span", { textContent: name, dir: "auto" }), element("b", { textContent: text })]));
  tip.hidden = false;
  const box = svg.getBoundingClientRect(), around = chart.getBoundingClientRect(), scale = box.width / width, left = box.left - around.left + x * scale;
  tip.style.left = Math.max(0, left + 12 + tip.offsetWidth > around.width ? left - 12 - tip.offsetWidth : left + 12) + "px";
  tip.style.top = Math.max(0, box.top - around.top + (y === undefined ? 26 : y - 16) * scale) + "px";
}
function hideMark(svg) {
  shownMarks.delete(svg);
  $(".at", svg)?.remove();
  const tip = $(".chart-tip", svg.closest(".chart"));
  if (tip) tip.hidden = true;
}
// The mark that is nearest: along a plot by its place across, in a field by both.
function nearestMark(svg, event) {
  const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width, x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
  let best = -1, least = Infinity;
  placesIn(svg).forEach(([px, py], n) => { const far = Math.hypot(px - x, py === undefined ? 0 : py - y); if (far < least) { least = far; best = n; } });
  return best;
}
const chartAt = (event) => event.target.closest?.("svg[data-chart]");
for (const kind of ["pointermove", "pointerdown"]) document.addEventListener(kind, (event) => {
  const svg = chartAt(event), n = svg ? nearestMark(svg, event) : -1;
  for (const other of $$("svg[data-chart]")) if (other !== svg && other !== document.activeElement && $(".at", other)) hideMark(other);
  if (n >= 0) showMark(svg, n);
}, { passive: true });
document.addEventListener("keydown", (event) => {
  const svg = chartAt(event);
  if (!svg) return;
  const last = placesIn(svg).length - 1, now = Number(svg.getAttribute("aria-valuenow")) - 1;
  // Where each row has several marks they stand below one another.
  const of = ofRow(svg), down = of > 1 ? of : -1, far = of > 1 ? -10 * of : 10;
  const to = { ArrowRight: now + 1, ArrowUp: now - down, ArrowLeft: now - 1, ArrowDown: now + down, Home: 0, End: last, PageUp: now + far, PageDown: now - far }[event.key];
  if (event.key === "Escape") hideMark(svg);
  if (to === undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  // Up and down stay in their column.
  if (of > 1 && (to < 0 || to > last) && /Arrow(Up|Down)|Page/.test(event.key)) return;
  showMark(svg, Math.max(0, Math.min(last, to)));
}, true);
document.addEventListener("focusin", (event) => { const svg = chartAt(event); if (svg?.matches(":focus-visible")) showMark(svg, Number(svg.getAttribute("aria-valuenow")) - 1); });
document.addEventListener("focusout", (event) => { const svg = chartAt(event); if (svg) hideMark(svg); });
// With script a chart is stepped through; without, its table is behind it.
function charts() {
  for (const svg of $$("svg[data-chart]")) {
    const last = placesIn(svg).length, stands = svg === document.activeElement || shownMarks.has(svg), mark = shownMarks.get(svg);
    if (!last) continue;
    const now = Math.min((stands && Number(svg.getAttribute("aria-valuenow"))) || last, last);
    for (const [name, value] of Object.entries({ role: "slider", tabindex: 0, "aria-valuemin": 1, "aria-valuemax": last, "aria-valuenow": now, "aria-valuetext": rowSays(svg, now - 1) })) svg.setAttribute(name, value);
    if (mark !== undefined) showMark(svg, Math.min(mark, last - 1));
  }
}
// Whoever steps through a chart stays in it, whatever is shown again around them.
window.htmx?.registerExtension("charts", { htmx_before_morph_attr: (svg, { attrName }) => !(svg.matches("svg[data-chart]") && /^(role|tabindex|aria-value)/.test(attrName)) });
