// Toasts and the one dialog.
// `offer` is what can be done about what was done: a button that runs another command. `look` leads to where it can be seen.
function toast(text, offer, look, there = "Look at it") {
  const el = element("div", { className: "toast" }, element("span", { textContent: text, dir: "auto" }));
  if (look) el.append(element("a", { className: "button", href: look, textContent: there }));
  if (offer) {
    const button = element("button", { type: "button", textContent: offer.says });
    button.onclick = () => { el.remove(); if (offer.sure) sure(offer); else run(offer.command, offer.fields); };
    el.append(button);
  }
  // A tap beside its acts is enough to be rid of it.
  el.onclick = (event) => { if (!event.target.closest("a, button")) el.remove(); };
  $("#toasts").replaceChildren(el);
  overEverything();
  setTimeout(() => { if (!el.matches(".lasts")) el.remove(); }, offer ? 8000 : 6000);
  return el;
}
// Over sheets and menus too, which lie over the page.
function overEverything() {
  const toasts = $("#toasts");
  toasts.popover = "manual";
  if (toasts.matches(":popover-open")) toasts.hidePopover();
  toasts.showPopover();
}
// That the server is out of reach is said until it is there again.
const away = (text) => toast(text).classList.add("away", "lasts");
const reached = () => $("#toasts .away")?.remove();
// What cannot be taken back is asked about first.
function sure(offer) {
  const yes = element("button", { type: "button", className: "primary", textContent: offer.says }), no = element("button", { type: "button", textContent: "Not now" });
  const box = dialog(element("h2", { textContent: `${offer.says}?` }), element("p", { textContent: offer.sure }), element("div", { className: "row" }, yes, no));
  yes.onclick = () => { box.close(); run(offer.command, offer.fields); };
  no.onclick = () => box.close();
}
// Runs a command of the product at hand, without a form.
async function run(command, fields = {}) {
  if (!product()) return;
  const told = await send(`/${product()}/do/${command}`, new URLSearchParams(fields), null);
  if (told) await refresh();
}
function dialog(...content) {
  const box = $("#dialog");
  if (box.open) box.close();
  box.className = "";
  box.setAttribute("aria-label", content.find((part) => part.matches?.("h2"))?.textContent || "Message");
  box.replaceChildren(...content);
  box.showModal();
  layered();
  return box;
}
