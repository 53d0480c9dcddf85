// Acting: forms are sent, answers are told, conflicts are shown.
async function send(url, body, form) {
  let answer;
  try {
    // Whoever leaves the page while it is being saved has saved it; browsers carry on with 64 KiB.
    answer = await fetch(url, { method: "POST", body, keepalive: String(body).length < 60000, headers: { "x-tandem": "1", accept: "application/json" } });
  } catch {
    away("The server cannot be reached. Nothing was changed; what you typed is still here.");
    return false;
  }
  reached();
  const told = await answer.json().catch(() => ({ detail: "The answer could not be read." }));
  if (answer.ok) {
    unfetch();
    if (told.link) reveal(told.link, told.says);
    toast(told.says, told.offer, told.look, told.there);
    return told;
  }
  if (answer.status === 401) { location.href = "/sign-in?to=" + encodeURIComponent(location.pathname + location.search); return false; }
  if (answer.status === 409) { conflict(form, told); return false; }
  // A column that is full asks why.
  const why = /\/do\/story\.(move_card|start|hand_over|put_back)$/.test(url) && (told.errors || []).find((error) => error.field === "reason");
  if (why && !(form && $("[name=reason]", form))) return asked(why.message, (reason) => { const more = new URLSearchParams(body); more.set("reason", reason); return send(url, more, form); });
  for (const error of told.errors || []) {
    // Away from its field the sentence says which it is.
    const own = form && $(`[data-error="${CSS.escape(error.field)}"]`, form), place = form && $('[data-error=""]', form);
    if (own) own.textContent = error.message;
    else if (place) place.textContent = told.detail;
    else toast(told.detail);
  }
  if (!told.errors) toast(told.detail || "This did not work.");
  // Of a long form the first sentence may stand far off.
  else if (form) [...$$("[data-error]", form)].find((place) => place.textContent)?.scrollIntoView({ block: "nearest" });
  return false;
}
// Asks for a reason, and sends with it; nothing is sent where none is given.
function asked(says, go) {
  return new Promise((over) => {
    const reason = element("textarea", { rows: 2, dir: "auto", required: true, maxLength: 500 });
    reason.setAttribute("aria-label", "Why all the same");
    const yes = element("button", { type: "submit", className: "primary", textContent: "Move it all the same" }), no = element("button", { type: "button", textContent: "Leave it" });
    const form = element("form", { className: "stack", method: "dialog" }, element("h2", { textContent: "That column is full" }), element("p", { textContent: says, dir: "auto" }), reason, element("div", { className: "row" }, yes, no));
    const box = dialog(form);
    box.setAttribute("aria-label", "That column is full");
    let sent = false;
    form.onsubmit = async (event) => { event.preventDefault(); event.stopPropagation(); if (!reason.value.trim()) return reason.focus(); sent = true; box.close(); over(await go(reason.value)); };
    no.onclick = () => box.close();
    box.addEventListener("close", () => { if (!sent) over(false); }, { once: true });
    reason.focus();
  });
}
function reveal(link, says) {
  const input = element("input", { value: link, readOnly: true });
  input.setAttribute("aria-label", "Copy this");
  const copy = element("button", { type: "button", className: "primary", textContent: "Copy" });
  copy.onclick = () => navigator.clipboard?.writeText(link).then(() => (copy.textContent = "Copied"));
  const close = element("button", { type: "button", textContent: "Close" });
  const box = dialog(element("h2", { textContent: "Copy this now" }), element("p", { textContent: says }), element("p", { className: "hint", textContent: link.includes("/join/") ? "Send them this link; with it they choose a name and a password. It works for seven days and is shown only this once." : "It is shown only this once." }), input, element("div", { className: "row" }, copy, close));
  close.onclick = () => box.close();
  input.select();
}
// Someone else was faster: both versions side by side, to choose field by field.
function conflict(form, told) {
  if (!form) { toast(told.detail); stale(0); return; }
  const rows = [];
  for (const field of form.elements) {
    const theirs = told.newer?.[field.name], called = told.names?.[field.name];
    if (!field.name || field.type === "hidden" || theirs === undefined) continue;
    // What a choice points at is compared by what it is called.
    const named = called && [...(field.options || [])].find((o) => o.textContent.trim() === called);
    const text = named ? named.value : called ? called.split(" ")[0] : Array.isArray(theirs) ? theirs.join(", ") : String(theirs ?? "");
    if (text === field.value) continue;
    const says = (value) => [...(field.options || [])].find((o) => o.value === value)?.textContent || (value === text && called) || value || "nothing";
    const name = field.closest("label")?.querySelector("span")?.textContent || field.name;
    const choice = (value, label) => { const radio = element("input", { type: "radio", name: "pick-" + field.name, value, checked: label === "Yours" }); radio.onchange = () => (field.value = value); return element("label", { className: "choice" }, radio, element("span", {}, element("strong", { textContent: label }), element("span", { className: "hint", textContent: says(value) }))); };
    rows.push(element("fieldset", { className: "choices" }, element("legend", { textContent: name }), choice(field.value, "Yours"), choice(text, "Theirs")));
  }
  const save = element("button", { type: "button", className: "primary", textContent: "Save this" });
  const close = element("button", { type: "button", textContent: "Not now" });
  const box = dialog(element("h2", { textContent: "Someone else changed this meanwhile" }), element("p", { textContent: "Nothing was overwritten. Choose what to keep." }), ...rows, element("div", { className: "row" }, save, close));
  save.onclick = () => { if (form.elements.version) form.elements.version.value = told.version; box.close(); form.requestSubmit(); };
  close.onclick = () => box.close();
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-act]");
  if (!form) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.getAttribute("aria-busy") === "true") return; // a double click is one act
  const body = new URLSearchParams(new FormData(form, event.submitter));
  if (form.dataset.bulk !== undefined) for (const box of $$("[data-pick]:checked")) body.append(form.dataset.bulk || "stories", box.value);
  for (const place of $$("[data-error]", form)) place.textContent = "";
  const sent = written(form);
  const busyOnes = [form, event.submitter].filter(Boolean);
  for (const el of busyOnes) el.setAttribute("aria-busy", "true");
  const known = new Set(items().map((item) => item.dataset.id)), folded = form.closest("details.disclosure[id]");
  acts();
  const told = await send(event.submitter?.getAttribute("formaction") || form.action, body, form);
  for (const el of busyOnes) el.removeAttribute("aria-busy");
  shownAfter();
  if (!told) return;
  forget(form);
  const go = event.submitter?.dataset.go || form.dataset.go;
  if (go) { form.reset(); location.href = go; return; }
  for (const kind of ["details.disclosure", "details.menu-button"]) (event.submitter || form).closest(kind)?.removeAttribute("open");
  (event.submitter || form).closest("details:not([id])")?.removeAttribute("open");
  lift();
  if (form.dataset.next !== undefined) stepOn(form.closest("[data-open][data-id]"));
  form.closest("dialog")?.close();
  if (form.dataset.stay !== undefined) askAgain();
  else form.closest("[popover]")?.hidePopover();
  if (form.dataset.bulk !== undefined) chosen.clear();
  // What was sent is not there to be sent again. A form in sight waits for what now holds, so that nothing old flashes up,
  // and keeps what somebody went on to type meanwhile.
  const hidden = form.dataset.reset !== undefined || !form.checkVisibility();
  if (hidden) form.reset();
  // A row that goes elsewhere does not take the page along, nor what a hand was pointing at.
  const stood = scrollY;
  await refresh();
  await keepInSight(body.get("story"));
  // What came of it stands elsewhere on the page: one reads on there.
  const came = document.getElementById(event.submitter?.dataset.leads || "");
  if (came) { came.tabIndex = -1; came.focus({ preventScroll: true }); came.scrollIntoView(); }
  else if (!byKeys) scrollTo(scrollX, stood);
  if (!hidden && form.isConnected && written(form) === sent) form.reset();
  // The hand is at what was made, or at the form that was sent.
  const made = /\.(create|record)$/.test(form.action) && items().find((item) => !known.has(item.dataset.id)), lost = document.activeElement === document.body;
  if (made) lost ? stand(made.dataset.id) : standsAt(made);
  else if (folded && lost) $("summary", document.getElementById(folded.id) || document.createElement("i"))?.focus();
  shownAfter();
}, true);
// What stands in the fields of a form that people fill in.
function written(form) { return JSON.stringify([...form.elements].filter((field) => field.name && field.type !== "hidden").map((field) => [field.name, field.value, field.checked])); }
