// What was typed survives a reload.
const place = (field) => { const form = field.form; if (!form?.action) return null; const about = $$("input[type=hidden]", form).filter((i) => i.name !== "version").map((i) => i.value).join(","); return `typed ${new URL(form.action).pathname} ${about} ${field.name}`; };
document.addEventListener("input", (event) => {
  if (event.target.dataset.keep === undefined) return;
  const key = place(event.target);
  if (key) sessionStorage.setItem(key, event.target.value);
});
function forget(form) { for (const field of form.elements) { const key = field.name && place(field); if (key) sessionStorage.removeItem(key); } }
function remember() {
  for (const field of $$("[data-keep]")) {
    const typed = field.form && sessionStorage.getItem(place(field));
    if (typed && typed !== field.value && document.activeElement !== field) { field.value = typed; field.closest("details.disclosure")?.setAttribute("open", ""); }
  }
}
