// Files that are chosen, dropped or pasted: sent one by one, they hang on the thing at hand; where a text was being
// typed, it shows them there.
// The form that says on what files hang: that of the comment itself, or the one for files nearest to where the hand is.
// A thing that is only being made has none yet.
function attachesTo(el) {
  const own = el.form;
  if (own && /\.create$/.test(own.action)) return null;
  if (own?.elements.about && own.elements.id) return own;
  for (let at = el.closest ? el : el.parentElement; at && at !== document.body; at = at.parentElement) { const form = $("form[data-attach]", at); if (form) return form; }
  return null;
}
function wrongWith(file) {
  const limit = $("form[data-attach]")?.dataset;
  if (file.size === 0) return `“${file.name}” is empty.`;
  return limit && file.size > Number(limit.most) ? `“${file.name}” is larger than ${limit.says}.` : "";
}
async function attach(form, files, field) {
  for (const file of files) {
    const wrong = wrongWith(file);
    if (wrong) { toast(wrong); continue; }
    const waits = field && putIn(field, `![Sending ${file.name}…]()`);
    const body = new FormData();
    for (const name of ["about", "id"]) body.append(name, form.elements[name].value);
    // What is pasted has no name of its own.
    body.append("file", file, file.name === "image.png" ? "picture.png" : file.name);
    form.setAttribute("aria-busy", "true");
    const told = await sendFile(`/${product()}/attachments`, body);
    form.removeAttribute("aria-busy");
    if (waits) replaceIn(field, waits, told ? told.attached[0].in_text : "");
    if (told) toast(told.says);
  }
  // What is typed stays: the list of files shows them once nobody types.
  if (field) stale(0); else refresh();
}
async function sendFile(url, body) {
  let answer;
  try {
    answer = await fetch(url, { method: "POST", body, headers: { "x-tandem": "1", accept: "application/json" } });
  } catch {
    away("The server cannot be reached. The file was not attached.");
    return null;
  }
  reached();
  const told = await answer.json().catch(() => ({ detail: "The answer could not be read." }));
  if (answer.ok) return told;
  if (answer.status === 401) location.href = "/sign-in?to=" + encodeURIComponent(location.pathname + location.search);
  else toast(told.detail || "This did not work.");
  return null;
}
// Puts words where the cursor is, on a line of their own.
function putIn(field, words) {
  const before = field.value.slice(0, field.selectionStart), text = (before === "" || before.endsWith("\n") ? "" : "\n") + words + "\n";
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return words;
}
// The field may have been shown anew meanwhile, or somebody may have typed on.
function replaceIn(field, words, by) {
  const there = field.isConnected ? field : $$("textarea").find((other) => other.value.includes(words));
  const at = there ? there.value.indexOf(words) : -1;
  if (at < 0) return;
  there.setRangeText(by, at, at + words.length + (by ? 0 : 1), "preserve");
  there.dispatchEvent(new Event("input", { bubbles: true }));
}
// A file that a text names opens beside the page, which stays.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.prose a[href^="/attachments/"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  open(link.href, "_blank", "noopener");
}, true);
document.addEventListener("change", (event) => {
  const chosen = event.target.closest?.("form[data-attach] input[type=file]");
  if (!chosen?.files.length) return;
  const files = [...chosen.files];
  chosen.value = "";
  chosen.closest("details.disclosure")?.removeAttribute("open");
  attach(chosen.form, files, null);
});
document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("textarea"), files = [...(event.clipboardData?.files || [])];
  // A table of a spreadsheet comes as words and as a picture of them: the words are meant.
  if (!field || !files.length || event.clipboardData.getData("text/plain").trim()) return;
  const form = attachesTo(field);
  event.preventDefault();
  if (form) attach(form, files, field);
  else toast(/\.create$/.test(field.form?.action) ? "Save this first; then files can be added to it." : "Files cannot be added here.");
});
const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
let marked = null;
function markOver(form) { if (marked !== form) { marked?.classList.remove("over"); form?.classList.add("over"); marked = form; } }
document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  const form = attachesTo(event.target);
  markOver(form);
  if (!form) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) markOver(null); });
document.addEventListener("drop", (event) => {
  const form = carriesFiles(event) && attachesTo(event.target);
  markOver(null);
  if (!form) return;
  event.preventDefault();
  attach(form, [...event.dataTransfer.files], event.target.closest?.("textarea"));
});
