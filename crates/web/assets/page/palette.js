// The palette: finds things, people and rooms, and does what can be done here. A field with a list (combobox), so that
// it is all keyboard and a screen reader hears each choice.
const RECENT = 12;
const recentKey = () => `recent ${product()}`;
const recents = () => { try { return JSON.parse(localStorage.getItem(recentKey()) || "[]"); } catch { return []; } };
// What is open: the thing in the panel, or the one that has the page to itself.
function thingOpen() {
  const url = new URL(location.href), alone = /^\/[^/]+\/story\/(\d+)$/.exec(url.pathname);
  const which = alone?.[1] || url.searchParams.get("open"), heading = $(alone ? "main h2" : "aside h2");
  // Without the words of its icon.
  const named = heading && ($(".title", heading) || heading).cloneNode(true);
  for (const picture of named ? $$("svg", named) : []) picture.remove();
  const title = named?.textContent.trim();
  if (!which || !title || !product()) return null;
  const key = /^\d+$/.test(which) ? `${product()}-${which}` : "";
  return { key, text: title, href: alone ? url.pathname : `${url.pathname}?open=${which}`, which };
}
// Remembers what was opened, newest first; on this machine only, and until one signs out.
function remind() {
  const thing = thingOpen();
  if (thing) localStorage.setItem(recentKey(), JSON.stringify([thing, ...recents().filter((one) => one.which !== thing.which)].slice(0, RECENT)));
}
const forgetRecents = () => { for (const key of Object.keys(localStorage)) if (key.startsWith("recent ")) localStorage.removeItem(key); };
document.addEventListener("submit", (event) => { if (event.target.getAttribute("action") === "/sign-out") forgetRecents(); }, true);

// What can be done on this page, by the words of its own controls: those of rows only for the row that one stands on.
function actsHere() {
  const row = current(), seen = new Map();
  const controls = $$("main button, main summary.button, main a.button, main [data-create], aside button, aside summary.button, aside a.button, .hats button[aria-pressed=false]").filter((control) => {
    const inRow = control.closest("[data-open][data-id]");
    return usable(control) && (!inRow || inRow === row) && !control.closest("form[method=get], #bulk[hidden]") && control.dataset.clear === undefined;
  });
  for (const control of controls.slice(0, 300)) {
    const text = saysOf(control) || control.placeholder, near = control.closest("li, article, tr");
    if (!text) continue;
    // Of several that say the same each says which.
    const about = seen.has(text) && near && ($(".title, h3, .prose, blockquote, strong", near)?.textContent.trim().slice(0, 60) || "");
    if (seen.has(text) && !about) continue;
    seen.set(about ? `${text} · ${about}` : text, control);
  }
  return [...seen].map(([text, control]) => ({ text, kind: "Here", act: () => useControl(control) }));
}
function always() {
  const links = $$(".rail ul a[href]").filter((link) => link.pathname !== `/${product()}/` || !link.closest(".switcher")).map((link) => ({ text: ($(".label", link) || link).textContent.trim(), kind: link.closest(".switcher") ? "Product" : "Go to", href: link.getAttribute("href"), whole: link.closest(".switcher") }));
  const own = [{ text: "Keys that work here", kind: "Help", act: () => help() }];
  if (product()) own.unshift({ text: "Undo my last change", kind: "Act", act: () => run("act.undo_last") }, { text: "Redo what I took back", kind: "Act", act: () => run("act.redo_last") });
  return [...links, ...own];
}
// 0: its key. 1: begins so. 2: every word begins a word of it. None: it does not fit.
function fit(one, typed) {
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const words = plain(typed).split(/\s+/).filter(Boolean), text = plain(one.text), key = (one.key || "").toLowerCase();
  if (!words.length) return 2;
  if (key && (key === words.join(" ") || key.endsWith("-" + words.join(" ")))) return 0;
  if (text.startsWith(words.join(" "))) return 1;
  const parts = [...text.split(/[^\p{L}\p{N}]+/u), key];
  return words.every((word) => parts.some((part) => part.startsWith(word))) ? 2 : null;
}
async function goTo(href, whole) {
  const url = new URL(href, location.href);
  if (whole || url.pathname.split("/")[1] !== product()) { location.href = url.href; return; }
  const elsewhere = url.pathname !== location.pathname;
  await refresh(url.href, true);
  if (elsewhere) scrollTo(0, 0);
  if (!unfoldHash()) ($("aside") || $("main"))?.focus({ preventScroll: true });
}
// An address may name a form of its page: it opens.
function unfoldHash(hash = location.hash) {
  const named = hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  if (named?.matches("details.disclosure")) useControl($("summary", named));
  else named?.scrollIntoView();
  return !!named;
}

function palette() {
  const open = $("#dialog[open].palette");
  if (open) { open.close(); return; }
  const input = element("input", { type: "text", placeholder: "Find a thing, a person or a room, or say what to do", autocomplete: "off", spellcheck: false });
  for (const [name, value] of Object.entries({ role: "combobox", "aria-label": "Find something, or do it", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list" })) input.setAttribute(name, value);
  const list = element("ul", { id: "palette-list" }), status = element("p", { className: "hidden" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "What fits");
  status.setAttribute("role", "status");
  // Collected before the dialog stands in front of it.
  const here = actsHere(), rooms = always(), now = thingOpen()?.which;
  const lately = recents().filter((one) => one.which !== now).map((one) => ({ ...one, kind: "Recent" }));
  let choices = [], chosenAt = 0, found = [], asked = 0, answer = Promise.resolve();
  const choose = (n) => {
    chosenAt = n;
    $$("[role=option]", list).forEach((option, i) => option.setAttribute("aria-selected", String(i === n)));
    const option = list.children[n];
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = () => {
    const typed = input.value.trim(), begun = found.filter((one) => one.kind === "New" && !document.getElementById(new URL(one.href, location.href).hash.slice(1)));
    const things = found.filter((one) => one.kind !== "New" && !lately.some((known) => known.key && known.key === one.key && fit(known, typed) !== null));
    const all = [...lately.slice(0, typed ? RECENT : 5), ...things, ...here, ...begun, ...rooms];
    // What full text finds may hold the words in its text alone: it comes after what says them.
    const scored = all.map((one) => ({ one, score: fit(one, typed) ?? (things.includes(one) ? 3 : null) })).filter((it) => it.score !== null);
    choices = scored.sort((a, b) => a.score - b.score).map((it) => it.one).slice(0, typed ? 14 : 40);
    list.replaceChildren(...choices.map((one, i) => {
      const option = element("li", { id: `palette-${i}` }, ...(one.key ? [element("span", { className: "key", textContent: one.key })] : []), element("span", { className: "what", textContent: one.text, dir: "auto" }), element("span", { className: "quiet", textContent: one.kind }));
      option.setAttribute("role", "option");
      option.onclick = () => { choose(i); take(); };
      return option;
    }));
    if (!choices.length) list.append(element("li", { className: "quiet", textContent: `Nothing fits “${typed}”.` }));
    status.textContent = choices.length ? `${choices.length} ${choices.length === 1 ? "choice" : "choices"}` : "Nothing fits";
    choose(0);
  };
  const ask = () => {
    const mine = ++asked, typed = input.value.trim();
    if (!product()) return;
    answer = fetch(`/${product()}/find?q=${encodeURIComponent(typed)}`, { headers: { "x-tandem": "1" } }).then((got) => got.ok ? got.text() : "").then((text) => {
      if (mine !== asked) return;
      const options = $$("a", new DOMParser().parseFromString(text, "text/html"));
      found = options.map((link) => ({ key: $(".key", link)?.textContent, text: $(".what", link).textContent, kind: $(".quiet", link).textContent, href: link.getAttribute("href") }));
      const before = choices[chosenAt];
      show();
      const again = choices.findIndex((one) => one === before);
      if (again > 0) choose(again);
    }, () => {});
  };
  const take = async () => {
    await answer; // what was typed fast is found before it is taken
    const choice = choices[chosenAt];
    if (!choice) return;
    box.close();
    if (choice.act) choice.act();
    else goTo(choice.href, choice.whole);
  };
  input.oninput = () => { show(); ask(); };
  input.onkeydown = (event) => {
    const to = { ArrowDown: chosenAt + 1, ArrowUp: chosenAt - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); choose((to + choices.length) % Math.max(1, choices.length)); }
    else if (event.key === "Enter") { event.preventDefault(); take(); }
  };
  show();
  ask();
  const box = dialog(input, list, status);
  box.className = "palette";
  box.setAttribute("aria-label", "Find something, or do it");
  input.focus();
}
