// The filter bar: what it takes is completed while one types. A field with a list (combobox): what stands in its menu is
// offered, and values that are many are asked for. The list stands beside the page, which is morphed.
const narrowing = { at: -1, choices: [], asked: 0, input: null };
const filterField = () => $("form[data-filter] input[name=q]");
function completions() {
  const known = $("#completions");
  if (known) return known;
  const list = element("ul", { id: "completions", className: "menu", popover: "manual" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "What fits");
  document.body.append(list, element("p", { id: "completed", className: "hidden", role: "status" }));
  return list;
}
function closeCompletions() {
  Object.assign(narrowing, { at: -1, choices: [] });
  $("#completions:popover-open")?.hidePopover();
  filterField()?.setAttribute("aria-expanded", "false");
  filterField()?.removeAttribute("aria-activedescendant");
}
function markCompletion(n) {
  narrowing.at = n;
  const options = $$("#completions [role=option]");
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === n)));
  options[n]?.scrollIntoView({ block: "nearest" });
  if (options[n]) narrowing.input.setAttribute("aria-activedescendant", options[n].id);
  else narrowing.input.removeAttribute("aria-activedescendant");
}
function offer(choices) {
  const list = completions(), input = narrowing.input;
  narrowing.choices = choices;
  list.replaceChildren(...choices.map((choice, i) => {
    const option = element("li", { id: `completion-${i}` }, element("span", { className: "what", textContent: choice.says, dir: "auto" }), element("code", { textContent: choice.text.trim() }));
    option.setAttribute("role", "option");
    option.onpointerdown = (event) => { event.preventDefault(); complete(choice); };
    return option;
  }));
  if (choices.length && !list.matches(":popover-open")) list.showPopover();
  if (!choices.length && list.matches(":popover-open")) list.hidePopover();
  if (choices.length) put(list, input);
  input.setAttribute("aria-expanded", String(choices.length > 0));
  $("#completed").textContent = choices.length ? `${choices.length} ${choices.length === 1 ? "choice" : "choices"}` : "Enter looks for these words";
  markCompletion(-1);
}
// A term by its name or by one of its other names.
const termOf = (form, name) => $$("[data-term]", form).find((term) => term.dataset.term === name || term.dataset.also?.split(" ").includes(name));
// What is written before the cursor: the value of a term that takes names, with its spaces, or else the word from the
// last space that stands in no quotation marks.
function wordIn(input) {
  const before = input.value.slice(0, input.selectionStart), name = /(?:^|\s)(([a-z]+):[^":]*)$/i.exec(before);
  if (name && termOf(input.form, name[2].toLowerCase())?.dataset.openTerm !== undefined) return name[1];
  return /(?:[^\s"]|"[^"]*"?)*$/.exec(before)[0];
}
function complete(choice) {
  const input = narrowing.input, end = input.selectionStart;
  input.setRangeText(choice.text, end - wordIn(input).length, end, "end");
  closeCompletions();
  if (choice.more) suggest();
  else input.form.requestSubmit();
}
async function suggest() {
  const input = narrowing.input, form = input.form, mine = ++narrowing.asked, typed = wordIn(input), colon = typed.indexOf(":");
  const name = colon < 0 ? "" : typed.slice(0, colon).toLowerCase(), sought = typed.slice(colon + 1).replaceAll('"', "").toLowerCase();
  const terms = $$("[data-term]", form), values = (term) => $$("[data-value]", term).filter((el) => begins(el.textContent) || begins(el.dataset.value)).map((el) => value(term, el));
  const begins = (text) => text.toLowerCase().split(/[\s_]+/).some((_, i, words) => words.slice(i).join(" ").startsWith(sought));
  const value = (term, el) => ({ says: el.textContent.trim(), text: `${term.dataset.term}:${/\s/.test(el.dataset.value) ? `"${el.dataset.value}"` : el.dataset.value} ` });
  if (!name) {
    const names = terms.filter((term) => begins(term.dataset.term) || term.dataset.also?.split(" ").some(begins) || begins(term.getAttribute("aria-label"))).map((term) => ({ says: term.getAttribute("aria-label"), text: term.dataset.term + ":", more: true }));
    offer([...(sought ? terms.flatMap(values).slice(0, 6) : []), ...names]);
    return;
  }
  const term = termOf(form, name), known = term ? values(term) : [];
  offer(known);
  if (term?.dataset.openTerm === undefined || !form.dataset.foundAt) return;
  const text = await fetch(`${form.dataset.foundAt}?term=${term.dataset.term}&q=${encodeURIComponent(sought)}`, { headers: { "x-tandem": "1" } }).then((answer) => (answer.ok ? answer.text() : ""), () => "");
  if (mine !== narrowing.asked || document.activeElement !== input) return;
  offer([...known, ...$$("a", new DOMParser().parseFromString(text, "text/html")).map((el) => value(term, el))]);
}
// Shows what an address of the filter shows, and stays in the field.
async function narrow(url) {
  closeCompletions();
  await refresh(url, true);
  const input = filterField();
  if (!input) return;
  input.value = input.defaultValue;
  input.focus();
}
// After each showing: a field with a list says so.
function filters() {
  const input = filterField();
  if (!input) { closeCompletions(); return; }
  completions();
  for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": "completions", "aria-autocomplete": "list", "aria-expanded": String(!!$("#completions:popover-open")) })) input.setAttribute(name, value);
}
for (const kind of ["input", "click"]) document.addEventListener(kind, (event) => { if (event.target === filterField()) { narrowing.input = event.target; suggest(); } });
document.addEventListener("focusout", (event) => { if (event.target === filterField()) { narrowing.asked++; closeCompletions(); } });
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (input !== filterField() || event.ctrlKey || event.metaKey) return;
  narrowing.input = input;
  const all = narrowing.choices.length, now = narrowing.at;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!all) suggest();
    else markCompletion(event.key === "ArrowDown" ? (now + 1) % all : (now < 0 ? all : now) - 1);
  } else if (event.key === "Enter" && now >= 0) { event.preventDefault(); complete(narrowing.choices[now]); }
  else if (event.key === "Escape" && all) { event.preventDefault(); event.stopPropagation(); closeCompletions(); }
  // The last chip goes as a last letter would.
  else if (event.key === "Backspace" && !input.value) $$(".chip.set", input.form).at(-1)?.click();
}, true);
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-filter]");
  if (!form || !product()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  narrow(`${form.action}?${new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()))}`);
}, true);
document.addEventListener("click", (event) => {
  const link = event.target.closest("form[data-filter] a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  link.closest("details")?.removeAttribute("open");
  narrow(link.href);
}, true);
