// After each showing.
function settle() {
  const now = page();
  if (!now) return;
  document.body.className = [now.dataset.wing, now.dataset.bare === undefined ? "" : "bare", ...[...document.body.classList].filter((c) => c === "no-rail")].join(" ").trim();
  // Another product has another stream of news.
  if (lived !== null && lived !== (product() || "")) { location.reload(); return; }
  if (now.dataset.title) document.title = `${now.dataset.title} · Tandem`;
  drags();
  timelines();
  reached();
  lift();
  showCompany();
  showChosen();
  standAgain();
  filters();
  charts();
  work();
  glance();
  lookOver();
  remind();
  for (const control of $$("[data-press]")) if (now.dataset.keys !== "off") control.setAttribute("aria-keyshortcuts", control.dataset.press);
  remember();
  for (const chooser of $$("select:has(option[data-empties])")) emptied(chooser);
  const poll = $("[data-poll]");
  if (poll) setTimeout(() => refresh(), Number(poll.dataset.poll));
}
// A link that leads to a form of another page has it open there.
let leadsTo = "";
document.addEventListener("click", (event) => {
  const link = event.target.closest("#page a[href*='#']");
  leadsTo = link && link.pathname !== location.pathname ? link.hash : "";
}, true);
let followed = null; // when the page that a link leads to was asked for
document.addEventListener("htmx:before:request", () => (followed = moment()));
document.addEventListener("htmx:after:swap", () => {
  settle();
  if (followed) overtaken(followed);
  followed = null;
  if (leadsTo) unfoldHash(leadsTo);
  leadsTo = "";
});
// What opens over a list leaves it where it stands, and so does a form that is answered in its place.
document.addEventListener("htmx:before:swap", ({ detail }) => { if (detail.ctx?.sourceElement?.closest?.("[data-panel], [data-stay]")) for (const task of detail.tasks || []) Object.assign(task.swapSpec ?? {}, { show: "none" }); });
window.addEventListener("popstate", () => refresh());
document.addEventListener("DOMContentLoaded", () => { for (const field of $$("[data-zone]")) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone; if (document.body.classList.contains("bare")) { forgetRecents(); return; } live(); settle(); unfoldHash(); });
