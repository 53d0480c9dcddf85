// Quotes are taken from a text by selecting them: what is selected goes below what was taken before.
let selectedWords = "";
document.addEventListener("selectionchange", () => {
  const button = $("[data-take-quote]"), text = $("[data-transcript]"), selection = getSelection();
  if (!button || !text) return;
  const within = selection.rangeCount && text.contains(selection.anchorNode) && text.contains(selection.focusNode);
  const words = within ? selection.toString().trim() : "";
  // Pressing the button may take the selection away; what it was stays until another is made.
  if (words) selectedWords = words;
  button.hidden = !selectedWords;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-take-quote]"), field = button && $("[data-quotes]", button.form);
  if (!field || !selectedWords) return;
  field.value = [field.value.trim(), selectedWords.replace(/\n{2,}/g, "\n")].filter(Boolean).join("\n\n") + "\n";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  selectedWords = "";
  button.hidden = true;
  getSelection().removeAllRanges();
});
