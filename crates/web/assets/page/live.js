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
  channel.onmessage = ({ data }) => (data.here ? (company = data.here, showCompany()) : data.who ? company && lead.mine && channel.postMessage({ here: company }) : heard(data));
  channel.postMessage({ who: true });
  const lead = () => new Promise(() => {
    const stream = new EventSource(key ? "/live?product=" + key : "/live");
    let broke = false;
    stream.addEventListener("stale", (event) => { const news = JSON.parse(event.data); channel.postMessage(news); heard(news); });
    stream.addEventListener("here", (event) => { company = JSON.parse(event.data); channel.postMessage({ here: company }); showCompany(); });
    lead.mine = true;
    stream.onerror = () => (broke = true);
    stream.addEventListener("hello", () => { if (broke) { broke = false; channel.postMessage({ nouns: ["*"] }); stale(); } });
  });
  if (navigator.locks) navigator.locks.request("tandem live " + lived, lead);
  else lead();
}
