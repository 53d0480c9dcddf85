// While somebody types what they wish for, or what a story is called, what says the same is shown below it.
let alikeWait = 0, alikeAsked = 0;
document.addEventListener("input", (event) => {
  const asks = event.target.closest?.("[data-alike]"), form = asks && event.target.form, here = form && $("[data-alike-here]", form);
  if (!here) return;
  clearTimeout(alikeWait);
  alikeWait = setTimeout(async () => {
    const asked = ++alikeAsked, typed = new FormData(form);
    const words = new URLSearchParams({ title: typed.get("title") ?? "", body: String(typed.get("body") ?? "").slice(0, 500) });
    const answer = await fetch(`${asks.dataset.alike}?${words}`).catch(() => null);
    // What was asked later says more; where nothing is answered, nothing changes.
    if (!answer?.ok || asked !== alikeAsked) return;
    here.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
  }, 400);
});
