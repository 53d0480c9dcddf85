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
  if (fact) { text.value = `${text.value.trimEnd()}\n${fact.value}\n`; text.focus(); text.scrollTop = text.scrollHeight; text.dispatchEvent(new Event("input", { bubbles: true })); }
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
