// Live: one stream for all tabs.
function concerns(nouns) {
  const mine = (page()?.dataset.nouns || "").split(" ");
  return mine.includes("*") || nouns.includes("*") || nouns.some((n) => mine.includes(n)) || nouns.includes("proposal");
}
function live() {
  const key = product();
  lived = key || "";
  if (!window.BroadcastChannel) return;
  const channel = new BroadcastChannel("tandem " + lived);
  const heard = (news) => { if (news.nouns.includes("notice")) ring(); if (concerns(news.nouns)) stale(); };
  // What was read on the way here, after the page was drawn and before news of it could be heard, rings no more. That is asked
  // once: when the stream stands, here or in the tab that leads.
  let asked = false;
  const stands = () => { if (!asked && $("#bell .count")) ring(); asked = true; };
  channel.onmessage = ({ data }) => {
    if (data.who) return lead.stands && channel.postMessage({ stands: true, here: company });
    if (data.stands) stands();
    if (data.here) { company = data.here; showCompany(); }
    if (data.nouns) heard(data);
  };
  channel.postMessage({ who: true });
  const lead = () => new Promise(() => {
    const stream = new EventSource(key ? "/live?product=" + key : "/live");
    let broke = false;
    stream.addEventListener("stale", (event) => { const news = JSON.parse(event.data); channel.postMessage(news); heard(news); });
    stream.addEventListener("here", (event) => { company = JSON.parse(event.data); channel.postMessage({ here: company }); showCompany(); });
    stream.onerror = () => (broke = true);
    stream.addEventListener("hello", () => { lead.stands = true; channel.postMessage({ stands: true }); stands(); if (broke) { broke = false; channel.postMessage({ nouns: ["*"] }); stale(); } });
  });
  if (navigator.locks) navigator.locks.request("tandem live " + lived, lead);
  else lead();
}
