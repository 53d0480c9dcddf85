// The drawing of a thread: what hangs together with the thing under the hand is lit, arrow keys go along its lines, and what
// is searched for is found while it is typed.
const knots = () => $$("svg.chain a.knot");
function lit(svg, id) {
  const on = new Set([id]), ties = $$("path.tie", svg), walk = (from, to) => {
    for (let grown = true, seen = new Set([id]); grown; ) {
      grown = false;
      for (const tie of ties) if (seen.has(tie.dataset[from]) && !seen.has(tie.dataset[to])) { seen.add(tie.dataset[to]); on.add(tie.dataset[to]); grown = true; }
    }
  };
  if (id) { walk("of", "on"); walk("on", "of"); }
  svg.classList.toggle("lights", !!id);
  for (const el of $$("a.knot", svg)) el.classList.toggle("lit", on.has(el.dataset.id));
  for (const tie of ties) tie.classList.toggle("lit", on.has(tie.dataset.of) && on.has(tie.dataset.on));
}
for (const [enters, leaves] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  document.addEventListener(enters, ({ target }) => { const knot = target.closest?.("svg.chain a.knot"); if (knot) lit(knot.closest("svg"), knot.dataset.id); });
  document.addEventListener(leaves, ({ target }) => { const svg = target.closest?.("svg.chain"); if (svg) lit(svg, $("a.knot:focus", svg)?.dataset.id); });
}
document.addEventListener("keydown", (event) => {
  const knot = document.activeElement?.closest?.("svg.chain a.knot");
  if (!knot || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && knot.dataset.middle) { event.preventDefault(); event.stopImmediatePropagation(); goTo(knot.dataset.middle); return; }
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!way) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const box = (el) => $("rect", el).getBBox(), here = box(knot), ids = way[0] < 0 ? ["of", "on"] : ["on", "of"];
  // Sideways along the lines, and where there is none to whatever is nearest there; up and down within the column.
  const tied = way[0] && new Set($$("path.tie", knot.closest("svg")).filter((tie) => tie.dataset[ids[0]] === knot.dataset.id).map((tie) => tie.dataset[ids[1]]));
  const there = knots().filter((el) => el !== knot).map((el) => ({ el, dx: box(el).x - here.x, dy: box(el).y - here.y }))
    .filter(({ dx, dy }) => (way[0] ? dx * way[0] > 1 : Math.abs(dx) < 1 && dy * way[1] > 1));
  const near = ({ el, dx, dy }) => (tied && !tied.has(el.dataset.id) ? 1e6 : 0) + Math.abs(dx) * 3 + Math.abs(dy);
  const next = there.sort((a, b) => near(a) - near(b))[0]?.el;
  if (!next) return;
  knot.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
}, true);
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.(".thread-tools [name=find]") || !$("svg.chain")) return;
  const words = target.value.trim().toLowerCase(), has = (el) => !words || el.textContent.toLowerCase().includes(words);
  for (const knot of knots()) knot.classList.toggle("lost", !has(knot));
  for (const item of $$(".thread li.knot")) item.classList.toggle("found", !!words && has(item));
});
