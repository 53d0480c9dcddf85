// What was typed survives a reload.
const place = (field) => { const form = field.form; if (!form?.action) return null; const about = $$("input[type=hidden]", form).filter((i) => i.name !== "version").map((i) => i.value).join(","); return `typed ${new URL(form.action).pathname} ${about} ${field.name}`; };
document.addEventListener("input", (event) => {
  if (event.target.dataset.keep === undefined) return;
  const key = place(event.target);
  if (key) sessionStorage.setItem(key, event.target.value);
});
const keptOf = (form) => [...form.elements].map((field) => field.name && place(field)).filter(Boolean);
function forget(form) { for (const key of keptOf(form)) sessionStorage.removeItem(key); }
// A form that is sent as a page, as one with a file is: what was typed in it is kept until another page shows that it was taken.
const SENT_AS_PAGE = "sent";
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "post" && form.dataset.act === undefined) sessionStorage.setItem(SENT_AS_PAGE, JSON.stringify(keptOf(form)));
});
function wasTaken() {
  const sent = sessionStorage.getItem(SENT_AS_PAGE);
  if (!sent) return;
  sessionStorage.removeItem(SENT_AS_PAGE);
  if (!$("[data-refused]")) for (const key of JSON.parse(sent)) sessionStorage.removeItem(key);
}
function remember() {
  wasTaken();
  for (const field of $$("[data-keep]")) {
    const typed = field.form && sessionStorage.getItem(place(field));
    if (typed && typed !== field.value && document.activeElement !== field) { field.value = typed; field.closest("details.disclosure")?.setAttribute("open", ""); }
  }
}
