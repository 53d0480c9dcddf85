// Naming: while a text is written, @ finds people and hats, # and the product's own keys find things. A list under the
// line that is typed, all keyboard; a screen reader hears each choice.
const naming = { field: null, from: 0, choices: [], at: 0, asked: 0 };
const namingList = () => $("#naming");
function namingBox() {
  const list = element("ul", { id: "naming", className: "menu", popover: "manual" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Who or what");
  return list;
}
// What is being named at the caret: the sign and what stands behind it so far.
function named(field) {
  const begins = Math.max(0, field.selectionStart - 90), before = field.value.slice(begins, field.selectionStart);
  const found = /(?:^|[\s(\[“"'>])(@|#)([^\s@#]{0,40}(?: [^\s@#]{1,40})?)$/u.exec(before) || new RegExp(`(?:^|[\\s(])()((?:${product()})-\\d*)$`, "u").exec(before);
  return found && field.selectionStart === field.selectionEnd ? { sign: found[1], typed: found[2], from: begins + before.length - found[1].length - found[2].length } : null;
}
// Where the caret is on the screen: measured on a copy of the text that nobody sees.
function caret(field) {
  const copy = element("div"), own = getComputedStyle(field), mark = element("span", { textContent: "\u200b" });
  for (const name of ["font", "letterSpacing", "padding", "border", "boxSizing", "lineHeight", "direction", "textAlign"]) copy.style[name] = own[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", width: `${field.offsetWidth}px`, top: 0, left: "-200vw" });
  copy.append(field.value.slice(0, naming.from), mark);
  document.body.append(copy);
  const box = field.getBoundingClientRect(), left = mark.offsetLeft, top = mark.offsetTop + mark.offsetHeight;
  copy.remove();
  return { left: box.left + left, top: Math.min(box.top + top - field.scrollTop, box.bottom) };
}
function unname() {
  naming.asked++;
  if (!naming.field) return;
  naming.field.removeAttribute("aria-activedescendant");
  naming.field.removeAttribute("aria-controls");
  naming.field = null;
  if (namingList()?.matches(":popover-open")) namingList().hidePopover();
}
function pointAt(n) {
  naming.at = n;
  $$("[role=option]", namingList()).forEach((option, i) => option.setAttribute("aria-selected", String(i === n)));
  namingList().children[n]?.scrollIntoView({ block: "nearest" });
  naming.field.setAttribute("aria-activedescendant", `naming-${n}`);
}
function take(n) {
  const { field, from, choices } = naming, choice = choices[n];
  unname();
  if (!choice) return;
  field.focus();
  field.setRangeText(choice.says + " ", from, field.selectionStart, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
function offerNames(field, from, choices) {
  if (!choices.length || document.activeElement !== field) return unname();
  Object.assign(naming, { field, from, choices });
  const list = namingList() || namingBox(), home = field.closest("dialog") || document.body;
  // Over a dialog only what is in it can be reached.
  if (list.parentElement !== home) home.append(list);
  list.replaceChildren(...choices.map((one, i) => {
    const option = element("li", { id: `naming-${i}` }, ...(one.key ? [element("span", { className: "key", textContent: one.key })] : []), element("span", { className: "what", textContent: one.text, dir: "auto" }), element("span", { className: "quiet", textContent: one.kind }));
    option.setAttribute("role", "option");
    option.onpointerdown = (event) => { event.preventDefault(); take(i); };
    return option;
  }));
  field.setAttribute("aria-controls", "naming");
  field.setAttribute("aria-autocomplete", "list");
  if (!list.matches(":popover-open")) list.showPopover();
  const { left, top } = caret(field), width = list.offsetWidth, height = list.offsetHeight;
  list.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  list.style.top = `${top + height + 8 > innerHeight ? Math.max(8, top - height - 28) : top + 4}px`;
  pointAt(0);
}
async function name(field) {
  const about = product() && named(field), mine = ++naming.asked;
  if (!about) return unname();
  const people = about.sign === "@", path = people ? `names?q=${encodeURIComponent(about.typed)}` : `find?q=${encodeURIComponent(about.typed.trim())}`;
  const answer = await fetch(`/${product()}/${path}`, { headers: { "x-tandem": "1" } }).catch(() => null);
  if (mine !== naming.asked || !answer?.ok) return;
  const text = await answer.text();
  if (mine !== naming.asked) return;
  const found = new DOMParser().parseFromString(text, "text/html");
  const read = (one) => ({ key: $(".key", one)?.textContent, text: $(".what", one)?.textContent || "", kind: $(".quiet", one)?.textContent || "" });
  const choices = people ? $$("li", found).map((one) => ({ ...read(one), says: one.dataset.says })) : $$("a", found).map(read).filter((one) => one.key).map((one) => ({ ...one, says: one.key }));
  // What is written out already needs no help.
  const whole = choices.length === 1 && choices[0].says.toLowerCase() === (about.sign === "@" ? "@" : "") + about.typed.toLowerCase();
  offerNames(field, about.from, whole ? [] : choices.slice(0, 8));
}
document.addEventListener("input", (event) => { if (event.target.matches("textarea") && event.inputType !== "deleteByCut") name(event.target); });
document.addEventListener("focusout", (event) => { if (event.target === naming.field) unname(); });
document.addEventListener("keydown", (event) => {
  if (event.target !== naming.field || event.isComposing) return;
  const to = { ArrowDown: naming.at + 1, ArrowUp: naming.at - 1 }[event.key], many = naming.choices.length;
  if (to !== undefined) pointAt((to + many) % many);
  else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(naming.at);
  else if (event.key === "Escape") unname();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
