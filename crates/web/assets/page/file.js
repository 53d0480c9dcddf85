// What a button holds is copied.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (button) navigator.clipboard?.writeText(button.dataset.copy).then(() => toast(`Copied ${button.dataset.copy}`));
});
// A file that is chosen is read into the field of its form that takes its text.
document.addEventListener("change", async (event) => {
  const chosen = event.target.closest?.("input[type=file][data-reads]");
  const field = chosen?.files[0] && chosen.form.elements[chosen.dataset.reads];
  if (!field) return;
  field.value = await chosen.files[0].text();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
