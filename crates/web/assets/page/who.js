// Who decides here: asked on any control, by the scales at the top (or their key) while it has the focus, or else by
// clicking it afterwards.
const dragged = { story: "story.move", card: "story.move_card", initiative: "initiative.move", plan: "sprint.add_stories" };
const picked = { assignee: "story.assign", points: "story.estimate", labels: "story.edit", feature: "story.edit", sprint: "sprint.add_stories", kind: "story.edit", before: "story.move_several", after: "story.move_several" };
function commandOf(el) {
  const button = el?.closest?.("button[formaction], button[form=pick]");
  if (button) return picked[button.name] || button.getAttribute("formaction")?.split("/do/")[1];
  const form = el?.closest?.('form[action*="/do/"]') || $('form[action*="/do/"]', el?.closest?.("summary")?.parentElement || document.createElement("i"));
  return form ? form.getAttribute("action").split("/do/")[1] : dragged[el?.closest?.("[data-drop]")?.dataset.drop];
}
async function tellWho(el, command) {
  const answer = await fetch(`/${product()}/who-decides/${command}`, { headers: { accept: "text/html" } }).catch(() => null);
  const told = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#who-here");
  if (!told) { toast("Who decides here could not be looked up."); return; }
  $("#who")?.remove();
  const box = element("div", { id: "who", className: "menu who", popover: "auto", tabIndex: -1 }, ...told.childNodes);
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", "Who decides here?");
  document.body.append(box);
  box.showPopover();
  const place = el.getBoundingClientRect(), below = place.bottom + 6;
  box.style.left = `${Math.max(8, Math.min(place.left, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, below + box.offsetHeight < innerHeight ? below : place.top - box.offsetHeight - 6)}px`;
  box.ontoggle = (event) => { if (event.newState === "closed") { box.remove(); el.focus?.(); } };
  box.focus();
}
function askWho(on) {
  document.body.classList.toggle("asking", on);
  // With script the link is a button that stays pressed.
  for (const link of $$("[data-who]")) for (const [name, value] of Object.entries({ role: "button", "aria-pressed": String(on) })) link.setAttribute(name, value);
  $("#toasts .lasts")?.remove();
  if (on) tellAsking(coarse.matches ? "Tap what you would change to see who decides there." : "Choose a control to see who decides there. Esc ends this.");
}
// Said as long as it goes on, with its end beside it.
function tellAsking(text) {
  const told = toast(text), end = element("button", { type: "button", textContent: "Done" });
  end.onclick = () => askWho(false);
  told.classList.add("lasts");
  told.append(end);
}
document.addEventListener("click", (event) => {
  const asking = document.body.classList.contains("asking");
  if (event.target.closest("[data-who]")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const focused = commandOf(document.activeElement);
    if (!asking && focused) tellWho(document.activeElement, focused); else askWho(!asking);
    return;
  }
  if (!asking || event.target.closest("#toasts, #who")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const command = commandOf(event.target);
  if (!command) { tellAsking("That changes nothing, so nobody has to decide on it."); return; }
  tellWho(event.target.closest("button, summary, .row-item, .card, form") || event.target, command);
}, true);
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && document.body.classList.contains("asking")) askWho(false); });
