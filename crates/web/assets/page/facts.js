// Facts of stories, set where they stand: by click, by key, of one story or of all that are chosen.
const FACT_KEYS = { a: "assignee", z: "points", l: "labels", f: "feature", p: "sprint", t: "kind" };
// The row or card that has the focus or was stepped to, or else the story that is open.
const opened = () => $("aside article.story, main article.story");
const pointed = () => document.activeElement?.closest("article.story") || items().find((el) => el.dataset.id === at) || opened();
const numberOf = (item) => item.dataset.id || item.dataset.story;
const aimed = () => (chosen.size ? [...chosen] : pointed() ? [numberOf(pointed())] : []);

// The picker: choices come as a piece of page, found by typing.
let picking = null;
function picker() {
  const known = $("#picker");
  if (known) return known;
  const input = element("input", { type: "text", autocomplete: "off", role: "combobox" });
  for (const [name, value] of Object.entries({ "aria-controls": "options", "aria-expanded": "true", "aria-autocomplete": "list" })) input.setAttribute(name, value);
  const box = element("div", { id: "picker", popover: "auto", tabIndex: -1 }, input, element("div", { className: "picked-here" }));
  input.addEventListener("input", () => { askAgain(); atOnce(input); });
  input.addEventListener("keydown", (event) => {
    const all = $$("[role=option]", box), now = all.indexOf($(".here", box));
    const to = { ArrowDown: now + 1, ArrowUp: now - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); mark(all[(to + all.length) % all.length]); }
    if (event.key === "Enter") { event.preventDefault(); choose(); }
    // A figure beside a choice; sizes are figures themselves.
    if (/^[1-9]$/.test(event.key) && !input.value && !["points", "labels", "feature", "sprint", "before", "after", "join"].includes(picking.fact)) {
      event.preventDefault();
      picking.answered.then(() => choose($(`[data-key="${event.key}"]`, box)));
    }
    if (event.key === "Tab" || event.key === "Escape") { event.stopPropagation(); box.hidePopover(); }
  });
  document.body.append(box);
  return box;
}
function pick(fact, stories, anchor, typed = "") {
  if (stories.length) showChoices({ fact, at: `/${product()}/pick?${fact}=${stories.join(",")}`, stories }, anchor, typed);
}
// The choices that an address gives; what is typed goes along as `q`.
function showChoices(about, anchor, typed = "") {
  const box = picker(), input = $("input", box), { fact } = about;
  picking = { ...about, asked: 0 };
  input.value = typed;
  input.inputMode = fact === "points" ? "decimal" : "text";
  input.placeholder = { points: "Size", join: "Words, a key or an address" }[fact] || "Type to find";
  $(".picked-here", box).replaceChildren();
  askAgain().then(() => put(box, anchor));
  box.showPopover();
  put(box, anchor);
  // Under a finger the choices themselves are at hand; a keyboard on the screen would cover them.
  if (coarse.matches && !byKeys) box.focus();
  else input.focus();
}
function askAgain() {
  const box = picker(), mine = ++picking.asked, { fact } = picking;
  picking.answered = fetch(`${picking.at}&q=${encodeURIComponent($("input", box).value)}`, { headers: { "x-tandem": "1" } }).then(async (answer) => {
    const text = await answer.text();
    if (!picking || mine !== picking.asked) return;
    if (answer.ok) $(".picked-here", box).innerHTML = text;
    else $(".picked-here", box).replaceChildren(element("p", { className: "error", textContent: told(text) }));
    $("input", box).setAttribute("aria-label", $(".pick-head", box)?.textContent.trim() || "Choose");
    // What a story has already is not what is looked for first.
    mark((fact === "labels" && !$("input", box).value && $("[role=option]:not(.chosen)", box)) || $("[role=option]", box));
  }, () => toast("The server cannot be reached."));
  return picking.answered;
}
const told = (text) => { try { const said = JSON.parse(text); return said.errors?.[0]?.message || said.detail; } catch { return "This did not work."; } };
function mark(option) {
  for (const el of $$("#picker .here")) el.classList.remove("here");
  option?.classList.add("here");
  option?.scrollIntoView({ block: "nearest" });
  $("#picker input").setAttribute("aria-activedescendant", option?.id || "");
}
async function choose(option) {
  await picking.answered;
  option ||= $("#picker .here");
  if (option) option.form.requestSubmit(option);
}
// A size that is offered is taken as soon as it is typed; one that may go on ("1", "13") after a moment. Who goes on with a
// point after it was taken ("3", ".5") goes on in the same field.
let sized = null;
for (const point of [".", ","]) shortcut(point, "Go on with a size that has a fraction", () => {
  const { stories, typed } = sized;
  sized = null;
  pick("points", stories, items().find((el) => el.dataset.id === stories[0]), typed + ".");
}, () => !!sized && Date.now() - sized.at < 2500);
function atOnce(input) {
  const written = input.value, typed = written.replace(",", "."), asked = picking;
  if (asked.fact !== "points") return;
  asked.answered.then(() => {
    const sizes = $$("#picker [name=points][data-size]").filter((el) => el.value.startsWith(typed));
    if (!sizes.some((el) => el.value === typed)) return;
    const take = () => { if (picking === asked && input.value === written && input.offsetParent) { sized = { stories: asked.stories, typed, at: Date.now() }; choose(sizes.find((el) => el.value === typed)); } };
    if (sizes.length === 1 && page().dataset.keys !== "off") take();
    else setTimeout(take, 450);
  });
}
document.addEventListener("submit", (event) => {
  if (event.target.id !== "pick") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter, menu = button.closest("#mover");
  const stories = button.value ? [button.value] : menu ? [menu.elements.story.value] : [...chosen];
  const row = menu && items().find((el) => el.dataset.id === stories[0]);
  menu?.hidePopover();
  pick(button.name, stories, row ? $(`[form=pick][name=${button.name}]`, row) || $("[data-mover]", row) : button);
}, true);

// The title becomes a field: Enter and leaving it save, Esc gives up. Who was slower is asked.
function editTitle(item) {
  const title = item && $(".title", item);
  if (!title || $("form.in-place")) return false;
  const hidden = (name, value) => element("input", { type: "hidden", name, value });
  const input = element("input", { name: "title", value: title.textContent, maxLength: 500, autocomplete: "off" });
  input.setAttribute("aria-label", "Title");
  const form = element("form", { method: "post", action: `/${product()}/do/story.edit`, className: "in-place" }, hidden("story", numberOf(item)), hidden("version", item.dataset.v), input);
  form.dataset.act = "";
  let over = false; // what leaves the page loses the focus, which must not save it
  const back = () => { over = true; if (form.isConnected) form.replaceWith(title); };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); back(); }
    if (event.key === "Enter") over = true;
  });
  input.addEventListener("blur", () => {
    if (over || !form.isConnected) return;
    if (input.value.trim() && input.value.trim() !== title.textContent) { over = true; form.requestSubmit(); }
    else back();
  });
  title.replaceWith(form);
  input.focus();
  input.select();
  return true;
}
document.addEventListener("click", (event) => { const title = event.target.closest("[data-edit]"); if (title) editTitle(title.closest("article")); });

// What opens at the story itself: a field, a question, a form of its panel.
async function opens(what, number) {
  $("#mover")?.hidePopover();
  const item = items().find((el) => el.dataset.id === number);
  if (what === "title") { editTitle(item); return; }
  if (what === "split") { split(number); return; }
  if (numberOf(opened() || document.body) !== number) await refresh(detail(item), true);
  unfold($("#" + what));
}
// Does what a control is for; where something has to be said first, goes there.
function unfold(el) {
  const details = el?.matches("details") ? el : el && $("details", el);
  if (details) details.open = true;
  const field = el && [...$$("textarea, input:not([type=hidden], [type=checkbox])", details || el)].find((one) => !one.value);
  if (field) field.focus();
  else (el?.matches("button") ? el : el && $("button", el))?.click();
}
function split(number) {
  const input = element("input", { name: "title", autocomplete: "off" });
  input.setAttribute("aria-label", "What the new story is called");
  const send = element("button", { className: "primary", textContent: "Split off" });
  const close = element("button", { type: "button", textContent: "Not now" });
  const form = element("form", { method: "post", action: `/${product()}/do/story.split_off`, className: "stack" }, element("input", { type: "hidden", name: "story", value: number }), input, element("div", { className: "row" }, send, close));
  form.dataset.act = "";
  const box = dialog(element("h2", { textContent: "What is the new story called?" }), element("p", { className: "hint", textContent: "It comes right after this one, with the same feature, type and labels." }), form);
  close.onclick = () => box.close();
  input.focus();
}

// A key on the story at hand, or on all that are chosen; only what stands there for this reader.
function storyKey(key) {
  if (!$("#pick") || !/^[a-z+#]$/.test(key)) return false;
  const item = pointed(), open = opened(), same = item && open && numberOf(open) === numberOf(item);
  const places = chosen.size ? [$("#bulk")] : item ? [item, same && open, $("#mover") && fitMenu(item)] : [];
  for (const place of places.filter(Boolean)) {
    const el = $(`[data-key="${key}"]:not([hidden])`, place);
    if (el && !el.matches("[form=pick]")) {
      // What leaves its list is not followed: the next one comes under the hand.
      if (key === "p" && place === item) at = (item.nextElementSibling || item.previousElementSibling)?.dataset.id;
      unfold(el);
      return true;
    }
    const fact = FACT_KEYS[key] && $(`[form=pick][name=${FACT_KEYS[key]}]`, place);
    if (fact) { pick(FACT_KEYS[key], aimed(), place.id === "mover" ? item : fact); return true; }
  }
  // Whoever may not set it hears who does.
  const others = places.length && JSON.parse($("#pick").dataset.others || "{}")[FACT_KEYS[key]];
  if (others) { toast(others); return true; }
  return key === "e" && editTitle(item);
}
// What those keys are called, for the list of keys.
function storyKeys(row) {
  const place = $("#pick") && (row || opened());
  if (!place) return [];
  const says = { assignee: "Who works on it", points: "Size", labels: "Labels", feature: "Feature", sprint: "Sprint", kind: "Type" };
  const facts = Object.entries(FACT_KEYS).filter(([, fact]) => $(`[form=pick][name=${fact}]`, place) || $(`#mover [form=pick][name=${fact}]`)).map(([key, fact]) => [key, says[fact]]);
  const acts = $$("[data-key]", place).concat($$("#mover [data-key]")).filter((el) => /^[a-z+#]$/.test(el.dataset.key) && !el.matches("[form=pick]")).map((el) => [el.dataset.key, saysOf(el)]);
  return [...facts, ...acts];
}
