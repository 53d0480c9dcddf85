// The bell follows news by itself: no page has to be shown again for it, and so it rings under a hand that types, too.
async function ring() {
  const bell = $("#bell");
  if (!bell) return;
  const answer = await fetch("/notices/bell", { headers: { "x-tandem": "1" } }).catch(() => null);
  const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#bell");
  if (fresh) $("#bell")?.replaceWith(fresh);
}
// What somebody looks at is read, whatever way they came; a page that nobody looks at reads nothing.
const readOf = (thing) => fetch("/do/notice.read", { method: "POST", body: new URLSearchParams({ about: thing }), keepalive: true, headers: { "x-tandem": "1", accept: "application/json" } }).catch(() => null);
function glance() {
  if (document.hidden) return;
  for (const place of $$("[data-unread]")) {
    readOf(place.dataset.unread);
    delete place.dataset.unread;
  }
}
document.addEventListener("visibilitychange", glance);
document.addEventListener("click", (event) => { const link = event.target.closest(".notices .unread a.title"); if (link) readOf(link.closest("li").dataset.id); }, true);
// What changed is seen once somebody has looked at it for a while; the page goes on showing since when it was.
function lookOver() {
  const over = $("[data-seen]");
  if (!over || over.timed === over.dataset.until) return;
  const until = (over.timed = over.dataset.until);
  setTimeout(() => {
    if (!over.isConnected || document.hidden) { over.timed = null; return; }
    const url = new URL(location.href);
    url.searchParams.set("from", over.dataset.seen);
    history.replaceState(history.state, "", url);
    fetch(`/${product()}/do/activity.see`, { method: "POST", body: new URLSearchParams({ until }), headers: { "x-tandem": "1", accept: "application/json" } }).catch(() => null);
  }, 4000);
}
document.addEventListener("visibilitychange", lookOver);
