// Toasts and the one dialog.
let undoable = null;
function toast(text, undo, look) {
  const el = document.createElement("div");
  el.className = "toast";
  el.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (look) el.append(Object.assign(document.createElement("a"), { className: "button", href: look, textContent: "Look at it" }));
  if (undo) {
    undoable = undo;
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Undo" });
    button.onclick = () => { el.remove(); takeBack(); };
    el.append(button);
  }
  const toasts = $("#toasts");
  while (toasts.children.length > 1) toasts.firstChild.remove();
  toasts.append(el);
  setTimeout(() => el.remove(), undo ? 8000 : 6000);
}
async function takeBack() {
  if (!undoable || !product()) return;
  const act = undoable;
  undoable = null;
  await send(`/${product()}/do/act.undo`, new URLSearchParams({ act }), null, "Taken back.");
}
function dialog(...content) {
  const box = $("#dialog");
  box.replaceChildren(...content);
  box.showModal();
  return box;
}
