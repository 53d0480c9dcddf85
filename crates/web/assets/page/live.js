// Live: one stream for all tabs.
function concerns(nouns) {
  const mine = (page()?.dataset.nouns || "").split(" ");
  return mine.includes("*") || nouns.includes("*") || nouns.some((n) => mine.includes(n)) || nouns.includes("proposal");
}
// Until when a page knows what is new: at first until it was asked for. What is told after that and before it listens is made
// up for by the server, and in further tabs by the one that leads, which keeps the last news for them.
const moment = () => performance.timeOrigin + performance.now();
let known = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.fetchStart ?? 0);
// What was heard lately: a page that was asked for before some of it is shown once more. What was fetched ahead is fetched anew.
const newsHeard = [];
const overtaken = (since) => { if (newsHeard.some(({ at, nouns }) => at >= since && concerns(nouns))) stale(); };
function unfetch() { for (const link of $$("#page a")) if (link._htmx?.preload) delete link._htmx.preload; }
function live() {
  const key = product();
  lived = key || "";
  if (!window.BroadcastChannel) return;
  const channel = new BroadcastChannel("tandem " + lived);
  const heard = (news) => { newsHeard.push({ at: moment(), nouns: news.nouns }); newsHeard.splice(0, newsHeard.length - 50); unfetch(); if (news.nouns.includes("notice")) ring(); if (concerns(news.nouns)) stale(); };
  // What was read on the way here, after the page was drawn and before news of it could be heard, rings no more. That is asked
  // once: when the stream stands, here or in the tab that leads.
  let asked = false;
  const stands = () => { if (!asked && $("#bell .count")) ring(); asked = true; };
  const lately = [];
  channel.onmessage = ({ data }) => {
    if (data.who) return lead.stands && channel.postMessage({ stands: true, here: company, lately });
    for (const { at, news } of (!asked && data.lately) || []) if (at >= known) heard(news);
    if (data.stands) stands();
    if (asked) known = moment();
    if (data.here) { company = data.here; showCompany(); }
    if (data.nouns) heard(data);
  };
  channel.postMessage({ who: true });
  const lead = () => new Promise(() => {
    const stream = new EventSource(`/live?${key ? `product=${key}&` : ""}ago=${Math.ceil(moment() - known)}`);
    let broke = false;
    stream.addEventListener("stale", (event) => { const news = JSON.parse(event.data); lately.push({ at: moment(), news }); lately.splice(0, lately.length - 50); channel.postMessage(news); heard(news); });
    stream.addEventListener("here", (event) => { company = JSON.parse(event.data); channel.postMessage({ here: company }); showCompany(); });
    stream.onerror = () => (broke = true);
    stream.addEventListener("hello", () => { lead.stands = true; channel.postMessage({ stands: true }); stands(); if (broke) { broke = false; channel.postMessage({ nouns: ["*"] }); unfetch(); stale(); } });
  });
  if (navigator.locks) navigator.locks.request("tandem live " + lived, lead);
  else lead();
}
