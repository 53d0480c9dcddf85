// Conversations: the arrows of a toolbar, a look at what is written, and quoting.
document.addEventListener("keydown", (event) => {
  const bar = event.target.closest("markdown-toolbar"), by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!bar || !by) return;
  const all = $$("button", bar), next = all[(all.indexOf(event.target) + by + all.length) % all.length];
  event.preventDefault();
  for (const one of all) one.tabIndex = one === next ? 0 : -1;
  next.focus();
});

// What it looks like comes from the server, cleaned as it will be on the page.
async function preview(button) {
  const form = button.form, place = $("[data-shows]", form);
  if (!place.hidden) { unseen(form); $("textarea", form).focus(); return; }
  const answer = await fetch(button.formAction, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "x-tandem": "1" } }).catch(() => null);
  if (!answer?.ok) { toast("It cannot be shown just now. What you typed is still here."); return; }
  place.innerHTML = (await answer.text()) || "<p>Nothing is written yet.</p>";
  place.hidden = false;
  button.textContent = "Write on";
}
function unseen(form) {
  const place = $("[data-shows]", form);
  if (!place || place.hidden) return;
  place.hidden = true;
  $("[data-preview]", form).textContent = "Preview";
}
document.addEventListener("input", (event) => event.target.form && unseen(event.target.form));

// Quoting begins an answer with the words that are chosen, or with all of a comment.
const saidIn = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest(".comment .prose");
function chosenWords() {
  const selection = getSelection(), prose = !selection.isCollapsed && saidIn(selection.anchorNode);
  return prose && saidIn(selection.focusNode) === prose ? { prose, text: selection.toString().trim() } : null;
}
function quote(prose, text) {
  const details = $("details.disclosure[id^=reply-]", prose.closest(".talk-thread")), field = $("textarea", details || document.createElement("i")) || $("textarea#answer");
  if (!field) return false;
  if (details) details.open = true;
  const before = field.value.trimEnd();
  field.value = (before && before + "\n\n") + text.split("\n").map((line) => ("> " + line).trimEnd()).join("\n") + "\n\n";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  getSelection().removeAllRanges();
  return true;
}
const quoter = element("button", { type: "button", className: "quoter", textContent: "Quote", hidden: true });
quoter.addEventListener("pointerdown", (event) => event.preventDefault()); // the words stay chosen
quoter.onclick = () => { const words = chosenWords(); if (words) quote(words.prose, words.text); quoter.hidden = true; };
function offerQuote() {
  const words = chosenWords();
  quoter.hidden = !words?.text;
  if (quoter.hidden) return;
  if (!quoter.isConnected) document.body.append(quoter);
  put(quoter, getSelection().getRangeAt(0));
}
document.addEventListener("selectionchange", offerQuote);
addEventListener("scroll", () => (quoter.hidden = true), { capture: true, passive: true });

document.addEventListener("click", (event) => {
  const look = event.target.closest("[data-preview]"), link = event.target.closest("a[data-quote]");
  if (look) { event.preventDefault(); event.stopPropagation(); preview(look); }
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const prose = $(".prose", link.closest(".comment")), words = chosenWords();
  if (quote(prose, words?.prose === prose ? words.text : prose.innerText.trim())) { event.preventDefault(); event.stopPropagation(); }
}, true);
