// What is worked out beside the page: how far it is, until it is there.
let working = null;
function work() {
  const place = $("[data-work]"), url = place?.dataset.work;
  if (working && working.of !== url) { working.close(); working = null; }
  if (!url || working) return;
  working = Object.assign(new EventSource(url), { of: url });
  working.addEventListener("progress", ({ data }) => { const bar = $("[data-work] progress"); if (bar) bar.value = data; });
  const over = () => { working?.close(); working = null; refresh(); };
  working.addEventListener("over", over);
  working.onerror = () => { if (working?.readyState === EventSource.CLOSED) setTimeout(over, 1000); };
}
