// A model is worked out while it is typed; what was asked later says more.
let worksWait = 0, worksAsked = 0;
async function worksOut(form) {
  const here = $("[data-works-here]");
  if (!here) return;
  const asked = ++worksAsked;
  const answer = await fetch(form.dataset.works, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "x-tandem": "1" } }).catch(() => null);
  if (!answer?.ok || asked !== worksAsked) return;
  here.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
  // What was found of a field stands at it, too.
  for (const spot of $$("[data-found]", form)) spot.textContent = $$("[data-at]", here).filter((one) => one.dataset.at === spot.dataset.found).map((one) => $("[data-says]", one).textContent).join(" ");
}
// A fact stands above the line of the answer, which is the last that no other uses: so the answer stays what it was. Where
// that is not known, because nothing computes yet, it stands above the last line.
function insertLine(text, line) {
  const lines = text.value.trimEnd().split("\n"), named = (one) => one.split("=")[0].trim();
  const there = lines.findIndex((one) => one.includes("=") && named(one) === named(line));
  const answer = Number($("[data-answer-line]")?.dataset.answerLine), holds = answer > 0 && lines[answer - 1]?.includes("=");
  const at = there >= 0 ? there : holds ? answer - 1 : lines.findLastIndex((one) => one.includes("="));
  if (there < 0) lines.splice(Math.max(at, 0), 0, line);
  text.value = `${lines.join("\n").trimStart()}\n`;
  const from = lines.slice(0, Math.max(at, 0)).join("\n").length + (at > 0 ? 1 : 0);
  text.focus();
  text.setSelectionRange(from, from + lines[Math.max(at, 0)].length);
  if (there >= 0) toast(`“${named(line)}” stands in it already.`);
  else text.dispatchEvent(new Event("input", { bubbles: true }));
}
// What is chosen may leave another field without sense: that is emptied and cannot be set.
function emptied(chooser) {
  for (const name of $$("option[data-empties]", chooser).map((option) => option.dataset.empties)) {
    const field = chooser.form.elements[name];
    field.disabled = chooser.selectedOptions[0]?.dataset.empties === name;
    if (field.disabled) field.value = "";
  }
}
document.addEventListener("change", (event) => { if (event.target.matches("select")) emptied(event.target); });
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.works || !("worksAll" in form.dataset || event.target.name === "body")) return;
  clearTimeout(worksWait);
  worksWait = setTimeout(() => worksOut(form), 250);
});
document.addEventListener("click", (event) => {
  const out = event.target.closest("[data-works-out]"), fact = event.target.closest("[data-inserts]"), form = (out || fact)?.form;
  if (!form || !$("[data-works-here]")) return;
  event.preventDefault();
  const text = $("textarea[name=body]", form);
  if (fact) insertLine(text, fact.value);
  else worksOut(form);
}, true);
// A clock that counts up from when something began, or down to when it ends.
setInterval(() => {
  for (const clock of $$("[data-counts-from], [data-counts-to]")) {
    const { countsFrom, countsTo } = clock.dataset, left = countsTo ? Number(countsTo) - Date.now() : Date.now() - Number(countsFrom);
    const seconds = Math.floor(Math.abs(left) / 1000), two = (n) => String(n).padStart(2, "0");
    clock.textContent = `${countsTo && left < 0 ? "+" : ""}${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  }
}, 1000);
