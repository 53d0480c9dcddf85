// The bell follows news by itself: no page has to be shown again for it, and so it rings under a hand that types, too.
async function ring() {
  const bell = $("#bell");
  if (!bell) return;
  const answer = await fetch("/notices/bell", { headers: { "x-tandem": "1" } }).catch(() => null);
  const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#bell");
  if (fresh) $("#bell")?.replaceWith(fresh);
}
// What somebody looks at is read, whatever way they came; a page that nobody looks at reads nothing, and of several things on
// one page only those are read that came in sight.
const readOf = (thing) => fetch("/do/notice.read", { method: "POST", body: new URLSearchParams({ about: thing }), keepalive: true, headers: { "x-tandem": "1", accept: "application/json" } }).catch(() => null);
function glanceAt(place) {
  if (document.hidden) return;
  if (place.dataset.unread) readOf(place.dataset.unread);
  if (place.dataset.read) {
    fetch(`/${product()}/do/update.read`, { method: "POST", body: new URLSearchParams({ update: place.dataset.read }), keepalive: true, headers: { "x-tandem": "1", accept: "application/json" } }).catch(() => null);
    place.remove();
  }
  delete place.dataset.unread;
}
const inSight = new IntersectionObserver((places) => { for (const { target, isIntersecting } of places) if (isIntersecting) glanceAt(target); });
function glance() {
  inSight.disconnect();
  for (const place of $$("[data-unread], [data-read]")) place.matches(".small") ? inSight.observe(place) : glanceAt(place);
}
document.addEventListener("visibilitychange", glance);
document.addEventListener("click", (event) => { const link = event.target.closest(".notices .unread a.title"); if (link) readOf(link.closest("li").dataset.id); }, true);
// What changed is seen once somebody has looked at it for a while; the page goes on showing since when it was.
function lookOver() {
  const over = $("[data-seen]");
  if (!over || over.timed === over.dataset.until) return;
  const until = (over.timed = over.dataset.until);
  setTimeout(async () => {
    if (!over.isConnected || document.hidden) { over.timed = null; return; }
    await fetch(`/${product()}/do/activity.see`, { method: "POST", body: new URLSearchParams({ until }), keepalive: true, headers: { "x-tandem": "1", accept: "application/json" } }).catch(() => null);
    if (!over.isConnected) return;
    const url = new URL(location.href);
    url.searchParams.set("from", over.dataset.seen);
    history.replaceState(history.state, "", url);
  }, 4000);
}
document.addEventListener("visibilitychange", lookOver);
