// The palette: go to a room, or search.
function palette() {
  const links = $$(".rail a[href], .tabs a[href]").map((a) => ({ text: a.textContent.trim(), href: a.href }));
  const seen = new Set();
  const known = links.filter((l) => !seen.has(l.href) && seen.add(l.href));
  const input = element("input", { type: "search", placeholder: "Go to a room, or search" });
  input.setAttribute("aria-label", "Go to a room, or search");
  const list = element("ul", { className: "lines" });
  const show = () => { const words = input.value.toLowerCase(); const fit = known.filter((l) => l.text.toLowerCase().includes(words)).slice(0, 9); list.replaceChildren(...fit.map((l) => element("li", {}, element("a", { href: l.href, textContent: l.text })))); if (words && product()) list.append(element("li", {}, element("a", { href: `/${product()}/search?q=${encodeURIComponent(input.value)}`, textContent: `Search for “${input.value}”` }))); };
  input.oninput = show;
  input.onkeydown = (e) => { if (e.key === "Enter") { e.preventDefault(); $("a", list)?.click(); } };
  show();
  dialog(input, list);
  input.focus();
}
