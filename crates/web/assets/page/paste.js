// Several lines pasted where a title is typed become several stories, after asking.
document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("[data-several]");
  const text = field && event.clipboardData.getData("text/plain");
  const lines = (text || "").split(/\r?\n/).filter((line) => line.trim());
  if (lines.length < 2) return;
  event.preventDefault();
  const area = element("textarea", { name: "titles", rows: Math.min(12, lines.length + 1), value: lines.join("\n") });
  area.setAttribute("aria-label", "A title on each line");
  const add = element("button", { className: "primary" }), one = element("button", { type: "button", textContent: "As one line" }), close = element("button", { type: "button", textContent: "Not now" });
  const count = () => { const n = area.value.split("\n").filter((line) => line.trim()).length; add.textContent = n === 1 ? "Add 1 story" : `Add ${n} stories`; add.disabled = n === 0; };
  const form = element("form", { method: "post", action: field.dataset.several, className: "stack" }, area, element("p", { className: "error" }), element("div", { className: "row" }, add, one, close));
  $("p", form).dataset.error = "";
  form.dataset.act = "";
  const box = dialog(element("h2", { textContent: "A story from each line?" }), form);
  area.oninput = count;
  one.onclick = () => { box.close(); field.focus(); field.setRangeText(lines.map((line) => line.trim()).join(" "), field.selectionStart, field.selectionEnd, "end"); };
  close.onclick = () => box.close();
  count();
  add.focus();
});
