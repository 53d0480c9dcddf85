// Rating in a round: each answer is sealed as it is given, quietly, and a figure chooses where one stands.
const answersOf = (form) => [...new Set([...form.elements].map((field) => field.name).filter((name) => name.startsWith("ratings.")))];
const answered = (form, name) => new FormData(form).getAll(name).some((value) => value !== "");
function tellGiven(form) {
  const all = answersOf(form), given = all.filter((name) => answered(form, name)).length;
  const place = $("[data-given]", form);
  if (place) place.textContent = `${given} of ${all.length} answered`;
}
document.addEventListener("change", async ({ target }) => {
  const form = target.closest("form[data-rates]");
  if (!form || !target.name?.startsWith("ratings.")) return;
  tellGiven(form);
  const error = $(`[data-error="${CSS.escape(target.name)}"]`, form);
  if (error) error.textContent = "";
  const body = new URLSearchParams({ round: form.elements.namedItem("round").value, [target.name]: target.value });
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, keepalive: true, headers: { "x-tandem": "1", accept: "application/json" } });
  } catch {
    away("The server cannot be reached. Your answer is still here; seal it once more when it can.");
    return;
  }
  if (answer.ok) { reached(); return; }
  const told = await answer.json().catch(() => ({ detail: "The answer could not be read." }));
  if (error) error.textContent = told.errors?.[0]?.message || told.detail;
  else toast(told.detail);
});
// On a row a figure takes the so-manieth choice of its first open answer, or of the one that has the focus.
document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("form[data-rates] li[data-id]"), nth = Number(event.key);
  if (!row || !(nth >= 1 && nth <= 9) || event.ctrlKey || event.metaKey || event.altKey || page()?.dataset.keys === "off") return;
  if (event.target.matches("input[type=text], textarea")) return;
  const form = row.closest("form"), groups = $$("[data-answer]", row);
  const group = event.target.closest("[data-answer]") || groups.find((one) => !answered(form, $("input[type=radio]", one).name));
  const choice = group && $$("input[type=radio]", group)[nth - 1];
  if (!choice) return;
  event.preventDefault();
  event.stopPropagation();
  choice.checked = true;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  // The next open one comes under the hand, in this row or the next.
  const open = groups.find((one) => !answered(form, $("input[type=radio]", one).name));
  if (open) $("input[type=radio]", open).focus();
  else if (!$$("input[type=text]", row).some((field) => !field.value)) step(1);
}, true);
