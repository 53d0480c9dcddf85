// Toasts and the one dialog.
// `offer` is what can be done about what was done: a button that runs another command. `look` leads to where it can be seen.
function toast(text, offer, look, there = "Look at it") {
  const el = element("div", { className: "toast" }, element("span", { textContent: text }));
  if (look) el.append(element("a", { className: "button", href: look, textContent: there }));
  if (offer) {
    const button = element("button", { type: "button", textContent: offer.says });
    button.onclick = () => { if (!offer.sure || confirm(offer.sure)) { el.remove(); run(offer.command, offer.fields); } };
    el.append(button);
  }
  const toasts = $("#toasts");
  while (toasts.children.length > 1) toasts.firstChild.remove();
  toasts.append(el);
  setTimeout(() => el.remove(), offer ? 8000 : 6000);
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
  return box;
}
