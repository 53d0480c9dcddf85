// Tandem in the page. Everything here has a twin that works without it: a link, a form, a menu.
(() => {
  "use strict";
  const $ = (sel, from = document) => from.querySelector(sel);
  const $$ = (sel, from = document) => [...from.querySelectorAll(sel)];
  const page = () => $("#page");
  const product = () => page()?.dataset.product;
  let lived = null;

  // ---- showing again -------------------------------------------------------------------------
  let again = null;
  const busy = () => document.activeElement?.closest("form") && document.activeElement.matches("input:not([type=checkbox]), textarea, select") && document.activeElement.value !== "";
  let shows = 0;
  const dragging = () => $(".sortable-chosen");
  async function refresh(url = location.href, push = false) {
    const mine = ++shows;
    clearTimeout(again);
    again = null;
    shown = Date.now();
    if (push && url !== location.href) history.pushState({}, "", url);
    let answer, text;
    try {
      answer = await fetch(url, { headers: { accept: "text/html" } });
      text = await answer.text();
    } catch {
      if (push) toast("The server cannot be reached. What is shown may be old.");
      return; // the stream of news tells when it is there again
    }
    if (answer.redirected && new URL(answer.url).pathname === "/sign-in") { location.href = answer.url; return; }
    if (mine !== shows) return; // something newer was asked for meanwhile
    if (dragging()) { stale(400); return; } // nothing moves under a hand that drags
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("#page");
    if (!fresh) { location.href = url; return; }
    const scroll = $("aside")?.scrollTop;
    const open = new Set($$("#page details[open][id]").map((d) => d.id));
    await htmx.swap({ target: page(), swap: "outerMorph", text: fresh.outerHTML });
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if ($("aside") && scroll) $("aside").scrollTop = scroll;
    settle();
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

  // ---- toasts and dialog ---------------------------------------------------------------------
  let undoable = null;
  function toast(text, undo, look) {
    const el = document.createElement("div");
    el.className = "toast";
    el.append(Object.assign(document.createElement("span"), { textContent: text }));
    if (look) el.append(Object.assign(document.createElement("a"), { className: "button", href: look, textContent: "Look at it" }));
    if (undo) {
      undoable = undo;
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Undo" });
      button.onclick = () => { el.remove(); takeBack(); };
      el.append(button);
    }
    const toasts = $("#toasts");
    while (toasts.children.length > 1) toasts.firstChild.remove();
    toasts.append(el);
    setTimeout(() => el.remove(), undo ? 8000 : 6000);
  }
  async function takeBack() {
    if (!undoable || !product()) return;
    const act = undoable;
    undoable = null;
    await send(`/${product()}/do/act.undo`, new URLSearchParams({ act }), null, "Taken back.");
  }
  function dialog(...content) {
    const box = $("#dialog");
    box.replaceChildren(...content);
    box.showModal();
    return box;
  }
  const element = (name, properties = {}, ...children) => { const el = Object.assign(document.createElement(name), properties); el.append(...children); return el; };

  // ---- acting --------------------------------------------------------------------------------
  async function send(url, body, form, says) {
    let answer;
    try {
      answer = await fetch(url, { method: "POST", body, headers: { "x-tandem": "1", accept: "application/json" } });
    } catch {
      toast("The server cannot be reached. Nothing was changed; what you typed is still here.");
      return false;
    }
    const told = await answer.json().catch(() => ({ detail: "The answer could not be read." }));
    if (answer.ok) {
      if (told.link) reveal(told.link, told.says);
      toast(says || told.says, told.done && form?.dataset.noUndo === undefined ? told.undo : null, told.look);
      return told;
    }
    if (answer.status === 401) { location.href = "/sign-in?to=" + encodeURIComponent(location.pathname + location.search); return false; }
    if (answer.status === 409) { conflict(form, told); return false; }
    for (const error of told.errors || []) {
      const place = form && ($(`[data-error="${CSS.escape(error.field)}"]`, form) || $('[data-error=""]', form));
      if (place) place.textContent = error.message;
      else toast(error.message);
    }
    if (!told.errors) toast(told.detail || "This did not work.");
    return false;
  }
  function reveal(link, says) {
    const input = element("input", { value: link, readOnly: true });
    input.setAttribute("aria-label", "Copy this");
    const copy = element("button", { type: "button", className: "primary", textContent: "Copy" });
    copy.onclick = () => navigator.clipboard?.writeText(link).then(() => (copy.textContent = "Copied"));
    const close = element("button", { type: "button", textContent: "Close" });
    const box = dialog(element("h2", { textContent: "Copy this now" }), element("p", { textContent: says }), element("p", { className: "hint", textContent: link.includes("/join/") ? "Send them this link; with it they choose a name and a password. It works for seven days and is shown only this once." : "It is shown only this once." }), input, element("div", { className: "row" }, copy, close));
    close.onclick = () => box.close();
    input.select();
  }
  // Someone else was faster: both versions side by side, to choose field by field.
  function conflict(form, told) {
    if (!form) { toast(told.detail); stale(0); return; }
    const rows = [];
    for (const field of form.elements) {
      const theirs = told.newer?.[field.name];
      if (!field.name || field.type === "hidden" || theirs === undefined) continue;
      const text = Array.isArray(theirs) ? theirs.join(", ") : String(theirs ?? "");
      if (text === field.value) continue;
      const name = field.closest("label")?.querySelector("span")?.textContent || field.name;
      const choice = (value, label) => { const radio = element("input", { type: "radio", name: "pick-" + field.name, value, checked: label === "Yours" }); radio.onchange = () => (field.value = value); return element("label", { className: "choice" }, radio, element("span", {}, element("strong", { textContent: label }), element("span", { className: "hint", textContent: value || "(empty)" }))); };
      rows.push(element("fieldset", { className: "choices" }, element("legend", { textContent: name }), choice(field.value, "Yours"), choice(text, "Theirs")));
    }
    const save = element("button", { type: "button", className: "primary", textContent: "Save this" });
    const close = element("button", { type: "button", textContent: "Not now" });
    const box = dialog(element("h2", { textContent: "Someone else changed this meanwhile" }), element("p", { textContent: "Nothing was overwritten. Choose what to keep." }), ...rows, element("div", { className: "row" }, save, close));
    save.onclick = () => { if (form.elements.version) form.elements.version.value = told.version; box.close(); form.requestSubmit(); };
    close.onclick = () => box.close();
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-act]");
    if (!form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.getAttribute("aria-busy") === "true") return; // a double click is one act
    if (form.dataset.sure && !confirm(form.dataset.sure)) return;
    const body = new URLSearchParams(new FormData(form, event.submitter));
    if (form.dataset.bulk !== undefined) for (const box of $$("[data-pick]:checked")) body.append("stories", box.value);
    for (const place of $$("[data-error]", form)) place.textContent = "";
    form.setAttribute("aria-busy", "true");
    const told = await send(form.action, body, form);
    form.removeAttribute("aria-busy");
    if (!told) return;
    forget(form);
    if (form.dataset.go) { location.href = form.dataset.go; return; }
    if (form.dataset.reset !== undefined) form.reset();
    form.closest("details.disclosure, details.menu-button")?.removeAttribute("open");
    if (form.popover) form.hidePopover();
    if (form.dataset.bulk !== undefined) chosen.clear();
    await refresh();
  }, true);

  // ---- what was typed survives a reload ------------------------------------------------------
  const place = (field) => { const form = field.form; if (!form?.action) return null; const about = $$("input[type=hidden]", form).filter((i) => i.name !== "version").map((i) => i.value).join(","); return `typed ${new URL(form.action).pathname} ${about} ${field.name}`; };
  document.addEventListener("input", (event) => {
    if (event.target.dataset.keep === undefined) return;
    const key = place(event.target);
    if (key) sessionStorage.setItem(key, event.target.value);
  });
  function forget(form) { for (const field of form.elements) { const key = field.name && place(field); if (key) sessionStorage.removeItem(key); } }
  function remember() {
    for (const field of $$("[data-keep]")) {
      const typed = field.form && sessionStorage.getItem(place(field));
      if (typed && typed !== field.value && document.activeElement !== field) { field.value = typed; field.closest("details.disclosure")?.setAttribute("open", ""); }
    }
  }

  // ---- choosing rows -------------------------------------------------------------------------
  const chosen = new Set();
  function showChosen() {
    for (const box of $$("[data-pick]")) { box.checked = chosen.has(box.value); box.closest("li")?.classList.toggle("chosen", box.checked); }
    const bar = $("#bulk");
    if (bar) { bar.hidden = chosen.size === 0; $("[data-count]", bar).textContent = chosen.size; }
  }
  let lastPick = null;
  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-pick]");
    if (box) {
      const all = $$("[data-pick]");
      if (event.shiftKey && lastPick) { const [a, b] = [all.indexOf(lastPick), all.indexOf(box)].sort((x, y) => x - y); for (const one of all.slice(a, b + 1)) box.checked ? chosen.add(one.value) : chosen.delete(one.value); }
      else box.checked ? chosen.add(box.value) : chosen.delete(box.value);
      lastPick = box;
      showChosen();
    }
    const mover = event.target.closest("[data-mover]");
    if (mover) {
      const menu = $("#mover"), box = mover.getBoundingClientRect();
      menu.elements.story.value = mover.dataset.mover;
      menu.showPopover();
      // Set through the object model, which the content policy allows, unlike a style attribute.
      menu.style.top = Math.min(box.bottom + 4, innerHeight - menu.offsetHeight - 8) + "px";
      menu.style.left = Math.max(8, box.right - menu.offsetWidth) + "px";
      $("button", menu).focus();
    }
    if (event.target.closest("[data-clear]")) { chosen.clear(); showChosen(); }
    if (event.target.closest("[data-rail]")) document.body.classList.toggle(innerWidth > 860 ? "no-rail" : "rail-open");
    else if (!event.target.closest(".rail")) document.body.classList.remove("rail-open");
    for (const open of $$("details.menu-button[open], details.me[open], details.switcher[open]")) if (!open.contains(event.target)) open.removeAttribute("open");
  });
  // A form that opens is there to be filled in; `toggle` does not bubble.
  document.addEventListener("toggle", (event) => {
    const opened = event.target;
    if (opened.matches?.("details.disclosure[open]") && document.activeElement === $("summary", opened)) $(".sheet :is(input:not([type=hidden]), textarea, select)", opened)?.focus();
  }, true);
  // The key of a product follows its name until someone writes another.
  document.addEventListener("input", (event) => {
    const key = event.target.dataset.names && event.target.form?.elements[event.target.dataset.names];
    if (!key || key.dataset.own !== undefined) { if (event.target.name === "key") event.target.dataset.own = ""; return; }
    const words = event.target.value.toUpperCase().normalize("NFD").replace(/[^A-Z ]/g, "").split(/ +/).filter(Boolean);
    key.value = words.length > 2 ? words.map((w) => w[0]).join("").slice(0, 8) : (words[0] || "").slice(0, 4);
  });
  document.addEventListener("change", (event) => { if (event.target.dataset.submit !== undefined) event.target.form.requestSubmit(); });

  // ---- dragging ------------------------------------------------------------------------------
  const bound = new WeakSet();
  function drags() {
    if (!window.Sortable || !product()) return;
    for (const list of $$("[data-drop]")) {
      if (bound.has(list)) continue;
      bound.add(list);
      const kind = list.dataset.drop;
      new Sortable(list, { group: kind === "story" ? "story" : kind, draggable: kind === "story" ? ".row-item" : ".card", handle: kind === "story" ? "[data-grip]" : undefined, filter: "details, input, button", preventOnFilter: false, animation: 130, delay: 120, delayOnTouchOnly: true, onEnd: (event) => dropped(kind, event) });
    }
  }
  async function dropped(kind, event) {
    if (event.from === event.to && event.oldIndex === event.newIndex) return;
    shows++; // an answer under way knows only the old order
    const item = event.item, id = item.dataset.id;
    const near = (side) => { let el = item[side]; while (el && !el.dataset?.id) el = el[side]; return el?.dataset.id; };
    const [after, before] = [near("previousElementSibling"), near("nextElementSibling")];
    const fields = new URLSearchParams();
    let command;
    if (kind === "card") { command = "story.move_card"; fields.set("story", id); fields.set("column", event.to.dataset.column); if (event.from === event.to) { command = "story.move"; fields.delete("column"); order(fields, after, before); } }
    else if (kind === "initiative") { command = "initiative.move"; fields.set("initiative", id); fields.set("horizon", event.to.dataset.horizon); order(fields, after, before); }
    else { command = "story.move"; fields.set("story", id); order(fields, after, before); }
    await send(`/${product()}/do/${command}`, fields, null);
    refresh();
  }
  function order(fields, after, before) { if (after) fields.set("after", after); else if (before) fields.set("before", before); }

  // ---- keyboard ------------------------------------------------------------------------------
  const items = () => $$(".row-item[data-open], .card[data-open]");
  const detail = (item) => $("a.title", item).href;
  let at = null;
  function stand(id) {
    at = id;
    for (const el of items()) el.classList.toggle("at", el.dataset.id === id);
    const el = items().find((e) => e.dataset.id === id);
    el?.scrollIntoView({ block: "nearest" });
    return el;
  }
  function step(by) {
    const all = items();
    if (!all.length) return;
    const now = all.findIndex((e) => e.dataset.id === at);
    const next = all[Math.max(0, Math.min(all.length - 1, now + by))];
    stand(next.dataset.id);
    if ($("aside")) refresh(detail(next), true);
  }
  async function reorder(by) {
    const all = items(), now = all.findIndex((e) => e.dataset.id === at), other = all[now + by];
    if (now < 0 || !other || !$("#stories")) return;
    const fields = new URLSearchParams({ story: at });
    fields.set(by > 0 ? "after" : "before", other.dataset.id);
    await send(`/${product()}/do/story.move`, fields, null);
    await refresh();
    stand(at);
  }
  const closePanel = () => { const close = $(".panel-close"); if (close) { const url = new URL(location.href); url.searchParams.delete("open"); refresh(url.href, true); return true; } };
  let went = 0;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select, [contenteditable]");
    if (event.key === "Escape") {
      const open = event.target.closest("details[open]");
      if (open) { open.removeAttribute("open"); $("summary", open)?.focus(); return; }
      if (typing) { event.target.blur(); return; }
      closePanel();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "k") { event.preventDefault(); palette(); return; }
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing) { event.preventDefault(); takeBack(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
    if (Date.now() - went < 1200) {
      const link = $(`[data-go="${event.key}"]`);
      went = 0;
      if (link && link.tagName === "A") { event.preventDefault(); link.click(); return; }
    }
    const el = items().find((e) => e.dataset.id === at);
    const keys = {
      g: () => (went = Date.now()),
      c: () => { const quick = $("[data-create]"); if (quick) quick.focus(); else { const first = $(".page-head .disclosure"); if (first) { first.open = true; $("input, textarea", first)?.focus(); } } },
      "/": () => $("[data-search]")?.focus(),
      j: () => step(1), k: () => step(-1), ArrowDown: () => $("aside") && step(1), ArrowUp: () => $("aside") && step(-1),
      x: () => { const box = el && $("[data-pick]", el); if (box) box.click(); },
      e: () => { const edit = $("#edit, #edit-initiative, #edit-feature"); if (edit) { edit.open = true; $("input:not([type=hidden]), textarea", edit)?.focus(); } },
      Enter: () => el && event.target === document.body && refresh(detail(el), true),
      "[": () => reorder(-1), "]": () => reorder(1),
      s: () => $("[data-sign]")?.focus(),
      "?": help,
    };
    if (keys[event.key]) { if (!["ArrowDown", "ArrowUp", "Enter"].includes(event.key) || $("aside")) event.preventDefault(); keys[event.key](); }
  });
  function help() {
    const rows = [["c", "Create"], ["/", "Search"], ["Ctrl K", "Go anywhere"], ["g then a letter", "Go to a room"], ["j k", "Next, previous"], ["Enter", "Open"], ["x", "Choose"], ["e", "Edit"], ["[ ]", "Move up, down"], ["Ctrl Z", "Undo"], ["Esc", "Close"]];
    const list = element("dl", { className: "changes" }, ...rows.flatMap(([key, what]) => [element("dt", {}, element("kbd", { textContent: key })), element("dd", { textContent: what })]));
    const close = element("button", { type: "button", textContent: "Close" });
    const box = dialog(element("h2", { textContent: "Keyboard" }), list, close);
    close.onclick = () => box.close();
  }
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

  // ---- live: one stream for all tabs ---------------------------------------------------------
  function concerns(nouns) {
    const mine = (page()?.dataset.nouns || "").split(" ");
    return mine.includes("*") || nouns.includes("*") || nouns.some((n) => mine.includes(n)) || nouns.includes("proposal");
  }
  function live() {
    const key = product();
    lived = key || "";
    if (!key || !window.BroadcastChannel) return;
    const channel = new BroadcastChannel("tandem " + key);
    const heard = (news) => { if (concerns(news.nouns)) stale(); };
    channel.onmessage = ({ data }) => (data.here ? (company = data.here, showCompany()) : data.who ? company && lead.mine && channel.postMessage({ here: company }) : heard(data));
    channel.postMessage({ who: true });
    const lead = () => new Promise(() => {
      const stream = new EventSource("/live?product=" + key);
      let broke = false;
      stream.addEventListener("stale", (event) => { const news = JSON.parse(event.data); channel.postMessage(news); heard(news); });
      stream.addEventListener("here", (event) => { company = JSON.parse(event.data); channel.postMessage({ here: company }); showCompany(); });
      lead.mine = true;
      stream.onerror = () => (broke = true);
      stream.addEventListener("hello", () => { if (broke) { broke = false; channel.postMessage({ nouns: ["*"] }); stale(); } });
    });
    if (navigator.locks) navigator.locks.request("tandem live " + key, lead);
    else lead();
  }

  // ---- who else is here ----------------------------------------------------------------------
  let company = null;
  function showCompany() {
    const here = $("#here");
    if (!here || !company) return;
    here.innerHTML = company.shown;
    here.setAttribute("aria-label", company.names.length ? "Also here: " + company.names.join(", ") : "Nobody else is here");
  }

  // ---- after each showing --------------------------------------------------------------------
  function settle() {
    const now = page();
    if (!now) return;
    document.body.className = [now.dataset.wing, now.dataset.bare === undefined ? "" : "bare", ...[...document.body.classList].filter((c) => c === "no-rail")].join(" ").trim();
    // Another product has another stream of news.
    if (lived !== null && lived !== (product() || "")) { location.reload(); return; }
    if (now.dataset.title) document.title = `${now.dataset.title} · Tandem`;
    drags();
    showCompany();
    showChosen();
    if (at) stand(at);
    remember();
    const poll = $("[data-poll]");
    if (poll) setTimeout(() => refresh(), Number(poll.dataset.poll));
  }
  document.addEventListener("htmx:after:swap", settle);
  window.addEventListener("popstate", () => refresh());
  document.addEventListener("DOMContentLoaded", () => { for (const field of $$("[data-zone]")) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone; if (!document.body.classList.contains("bare")) { live(); settle(); } });
})();
