// Showing again: the page fetches itself and morphs the difference in.
let again = null;
const busy = () => (document.activeElement?.closest("form") && document.activeElement.matches("input:not([type=checkbox]), textarea, select") && document.activeElement.value !== "") || amended();
// What somebody has written over what stood there, and has not sent yet: shown again it would be what somebody else wrote
// meanwhile, under the version that they have not seen.
const amended = () => $$("#page form[data-act]").some((form) => form.elements.version && form.checkVisibility() && [...form.elements].some((field) => field.name && field.matches("input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), textarea") && field.value !== field.defaultValue));
let shows = 0;
const dragging = () => $(".sortable-chosen, a.bar:is(.moved, .lifted)") || resting || moving?.at !== undefined;
async function refresh(url = location.href, push = false) {
  const mine = ++shows, since = moment();
  clearTimeout(again);
  again = null;
  shown = Date.now();
  if (push && url !== location.href) go(url);
  const there = location.href;
  let answer, text;
  try {
    answer = await fetch(url, { headers: { accept: "text/html" } });
    text = await answer.text();
  } catch {
    if (push) away("The server cannot be reached. What is shown may be old.");
    return; // the stream of news tells when it is there again
  }
  reached();
  if (answer.redirected && new URL(answer.url).pathname === "/sign-in") { location.href = answer.url; return; }
  if (mine !== shows) return; // something newer was asked for meanwhile
  if (there !== location.href) { stale(); return; } // a link was followed meanwhile: what came is of the page before
  if (dragging()) { stale(400); return; } // nothing moves under a hand that drags
  // What was open beside the list, or was the page itself, is gone: the list is left.
  const closed = answer.status === 404 && (withoutPanel() || room());
  if (closed) { history.replaceState(history.state, "", closed); return refresh(closed); }
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("#page");
  if (!fresh) { location.href = url; return; }
  const scroll = $("aside")?.scrollTop;
  if (!push) nameOpen(fresh);
  keepOpen(fresh);
  await htmx.swap({ target: page(), swap: "outerMorph", text: fresh.outerHTML });
  unnameOpen();
  if ($("aside") && scroll) $("aside").scrollTop = scroll;
  settle();
  overtaken(since);
}
// The address of the list behind what is open over it.
function withoutPanel() {
  const url = new URL(location.href);
  if (!url.searchParams.has("open")) return null;
  url.searchParams.delete("open");
  return url.href;
}
// The room that the page is in, where it is a page within one.
function room() {
  const link = $(".rail a[aria-current=page]")?.href;
  return link === location.href ? null : link;
}
// Several changes in a moment are shown once; nothing moves under a hand that types. A page that nobody looks at
// waits until somebody does, one that was shown just now for a moment, one that sums up much (`data-calm`) for
// longer; and not all open pages ask at the same time.
let shown = Date.now(), owed = false;
function stale(wait = 60) {
  if (document.hidden) { owed = true; return; }
  if (again) return;
  const calm = Number(page()?.dataset.calm || 1000);
  wait = Math.max(wait, calm - (Date.now() - shown)) + Math.random() * calm * 0.3;
  again = setTimeout(() => { again = null; if (document.hidden) owed = true; else if (busy() || dragging()) stale(1200); else refresh(); }, wait);
}
document.addEventListener("visibilitychange", () => { if (!document.hidden && owed) { owed = false; stale(); } });
