// The keyboard.
const items = () => $$("[data-open][data-id]");
const detail = (item) => $("a.title", item).href;
let at = null;
function stand(id) {
  at = id;
  for (const el of items()) el.classList.toggle("at", el.dataset.id === id);
  const el = items().find((e) => e.dataset.id === id);
  el?.scrollIntoView({ block: "nearest" });
  return el;
}
function step(by) {
  const all = items();
  if (!all.length) return;
  const now = all.findIndex((e) => e.dataset.id === at);
  const next = all[Math.max(0, Math.min(all.length - 1, now + by))];
  stand(next.dataset.id);
  if ($("aside")) refresh(detail(next), true);
}
async function reorder(by) {
  const all = items(), now = all.findIndex((e) => e.dataset.id === at), other = all[now + by];
  if (now < 0 || !other || !$("#stories")) return;
  const fields = new URLSearchParams({ story: at });
  fields.set(by > 0 ? "after" : "before", other.dataset.id);
  await send(`/${product()}/do/story.move`, fields, null);
  await refresh();
  stand(at);
}
const closePanel = () => { const close = $(".panel-close"); if (close) { const url = new URL(location.href); url.searchParams.delete("open"); refresh(url.href, true); return true; } };
let went = 0;
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (event.key === "Escape") {
    const open = event.target.closest("details[open]");
    if (open) { open.removeAttribute("open"); $("summary", open)?.focus(); return; }
    if (typing) { event.target.blur(); return; }
    closePanel();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "k") { event.preventDefault(); palette(); return; }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form) { event.preventDefault(); event.target.form.requestSubmit(); return; }
  if ((event.ctrlKey || event.metaKey) && !typing && event.key.toLowerCase() === "z") { event.preventDefault(); run(event.shiftKey ? "act.redo_last" : "act.undo_last"); return; }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
  if (Date.now() - went < 1200) {
    const link = $(`[data-go="${event.key}"]`);
    went = 0;
    if (link && link.tagName === "A") { event.preventDefault(); link.click(); return; }
  }
  if (storyKey(event.key)) { event.preventDefault(); return; }
  const el = items().find((e) => e.dataset.id === at);
  const keys = {
    g: () => (went = Date.now()),
    c: () => { const quick = $("[data-create]"); if (quick) quick.focus(); else { const first = $(".page-head .disclosure"); if (first) { first.open = true; $("input, textarea", first)?.focus(); } } },
    "/": () => $("[data-search]")?.focus(),
    j: () => step(1), k: () => step(-1), ArrowDown: () => $("aside") && step(1), ArrowUp: () => $("aside") && step(-1),
    x: () => { const box = el && $("[data-pick]", el); if (box) box.click(); },
    e: () => { const edit = $("#edit, #edit-initiative, #edit-feature"); if (edit) { edit.open = true; $("input:not([type=hidden]), textarea", edit)?.focus(); } },
    Enter: () => el && event.target === document.body && refresh(detail(el), true),
    "[": () => reorder(-1), "]": () => reorder(1),
    s: () => $("[data-sign]")?.focus(),
    "?": help,
  };
  if (keys[event.key]) { if (!["ArrowDown", "ArrowUp", "Enter"].includes(event.key) || $("aside")) event.preventDefault(); keys[event.key](); }
});
function help() {
  const rows = [["c", "Create"], ["/", "Search"], ["Ctrl K", "Go anywhere"], ["g then a letter", "Go to a room"], ["j k", "Next, previous"], ["Enter", "Open"], ["x", "Choose"], ["e", "Edit"], ["[ ]", "Move up, down"], ["Ctrl Z", "Undo"], ["Esc", "Close"]];
  const list = element("dl", { className: "changes" }, ...rows.flatMap(([key, what]) => [element("dt", {}, element("kbd", { textContent: key })), element("dd", { textContent: what })]));
  const close = element("button", { type: "button", textContent: "Close" });
  const box = dialog(element("h2", { textContent: "Keyboard" }), list, close);
  close.onclick = () => box.close();
}
