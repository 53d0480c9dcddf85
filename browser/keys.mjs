// The keyboard: finding and doing with Ctrl+K, taking back and doing again, walking a list, a pile of proposals, and
// the keys switched off. Each walk tells how many keys it took; a word typed counts as one.
import { AxeBuilder } from "@axe-core/playwright";
import { comeIn, done, drag, expect, journey, person, says, start } from "./house.mjs";

const base = await start("demo");
const owner = await person(), manager = await person();
await comeIn(owner, base, "tomas");
await comeIn(manager, base, "mara");

let count = 0;
/** Presses keys one after another; each counts. */
async function keys(page, ...all) {
  for (const key of all) { await page.keyboard.press(key); count++; }
}
/** Types a word, which counts as one key. */
async function word(page, text) { await page.keyboard.type(text); count++; }
async function counted(what, most, walk) {
  count = 0;
  await walk();
  console.log(`     ${what}: ${count} ${count === 1 ? "key" : "keys"}`);
  expect(count <= most, `${what} took ${count} keys, ${most} at most`);
}
const focused = (page) => page.evaluate(() => document.activeElement.closest("[data-open][data-id]")?.dataset.id || document.activeElement.tagName);
/** Sends a command as the page's script does. */
const act = (page, command, fields) => page.evaluate(async ([command, fields]) => { const body = new URLSearchParams(fields); const answer = await fetch(`/ORB/do/${command}`, { method: "POST", body, headers: { "x-tandem": "1" } }); return answer.json(); }, [command, fields]);
const firstTitle = (page) => page.locator("#stories .title").first().textContent();

await journey("Ctrl+K finds by key, by words and what was opened last", async () => {
  await owner.goto(base + "/ORB/backlog");
  const [key, title] = await owner.locator("#stories .row-item").nth(4).evaluate((row) => [row.querySelector(".key").textContent, row.querySelector(".title").textContent]);
  await counted("find by key", 3, async () => { await keys(owner, "Control+k"); await word(owner, key.split("-")[1]); await keys(owner, "Enter"); });
  await owner.locator("article.story h2", { hasText: title }).waitFor();
  await owner.goto(base + "/ORB/roadmap");
  await counted("find what was opened last", 2, async () => { await keys(owner, "Control+k", "Enter"); });
  await owner.locator("article.story h2", { hasText: title }).waitFor();
  await owner.goto(base + "/ORB/strategy");
  const words = title.split(" ").filter((one) => one.length > 3).slice(0, 2).map((one) => one.slice(0, 5).toLowerCase()).join(" ");
  await counted("find by words", 3, async () => { await keys(owner, "Control+k"); await word(owner, words); await keys(owner, "Enter"); });
  await owner.locator("article.story h2", { hasText: title }).waitFor();
});

await journey("Ctrl+K is a combobox that says what is chosen", async () => {
  await owner.goto(base + "/ORB/backlog");
  await owner.keyboard.press("Control+k");
  const input = owner.getByRole("combobox", { name: "Find something, or do it" });
  expect(await input.evaluate((field) => document.activeElement === field), "the field has the focus");
  const first = await input.getAttribute("aria-activedescendant");
  await owner.keyboard.press("ArrowDown");
  const second = await input.getAttribute("aria-activedescendant");
  expect(first && second && first !== second, "the arrows move the choice");
  expect(await owner.locator("#" + second).getAttribute("aria-selected") === "true", "and it is told as selected");
  const { violations } = await new AxeBuilder({ page: owner }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.length === 0, violations.map((v) => `${v.id}: ${v.nodes[0].target}`).join("\n"));
  await owner.keyboard.type("tomas");
  await owner.locator("#palette-list [role=option]", { hasText: "Person" }).first().waitFor();
  await owner.keyboard.press("Escape");
  await owner.locator("dialog[open]").waitFor({ state: "detached" });
});

await journey("Ctrl+K does what this page offers, and begins what another does", async () => {
  await owner.goto(base + "/ORB/backlog");
  const last = await owner.locator("#stories .row-item").nth(7).getAttribute("data-id");
  await owner.goto(base + `/ORB/backlog?open=${last}`);
  await counted("an act of the panel", 3, async () => { await keys(owner, "Control+k"); await word(owner, "to the top of"); await keys(owner, "Enter"); });
  await says(owner, "Moved");
  await owner.goto(base + "/ORB/acceptance");
  await counted("begin a story from anywhere", 3, async () => { await keys(owner, "Control+k"); await word(owner, "new story"); await keys(owner, "Enter"); });
  await owner.locator("#create[open]").waitFor();
  expect(await owner.evaluate(() => document.activeElement.name) === "title", "the form is open and ready to type in");
  await word(owner, "Written by keys alone");
  await owner.keyboard.press("Control+Enter");
  await says(owner, "Added the story “Written by keys alone”");
  await owner.goto(base + "/ORB/roadmap");
  await owner.keyboard.press("Control+k");
  await owner.keyboard.type("invite");
  await owner.locator("#palette-list [role=option]", { hasText: "Invite someone" }).waitFor();
  await owner.keyboard.press("Escape");
});

await journey("Ctrl+Z is a stack that outlives the page, and Ctrl+Shift+Z goes the other way", async () => {
  await owner.goto(base + "/ORB/backlog");
  const order = [await firstTitle(owner)];
  for (let n = 0; n < 3; n++) {
    const number = await owner.locator("#stories .row-item").nth(3).getAttribute("data-id");
    await act(owner, "story.move", { story: number, to: "top" });
    await owner.goto(base + "/ORB/backlog");
    order.push(await firstTitle(owner));
  }
  const shows = (title) => owner.waitForFunction((title) => document.querySelector("#stories .title").textContent === title, title);
  await counted("take three moves back", 3, async () => {
    for (let n = 2; n >= 0; n--) { await keys(owner, "Control+z"); await shows(order[n]); }
  });
  for (let n = 1; n <= 3; n++) { await owner.keyboard.press("Control+Shift+z"); await shows(order[n]); }
  await owner.keyboard.press("Control+Shift+z");
  await says(owner, "nothing to do again");
  await owner.keyboard.press("Control+z");
  await shows(order[2]);
  await owner.locator("#toasts button", { hasText: "Redo" }).last().click();
  await shows(order[3]);
  await owner.goto(base + "/ORB/activity");
  await owner.locator(".page-head").getByRole("button", { name: /^Undo/ }).click();
  await owner.locator(".page-head").getByRole("button", { name: /^Redo/ }).waitFor();
});

await journey("j and k move the focus itself, and it goes to the neighbour when its row goes", async () => {
  await owner.goto(base + "/ORB/backlog");
  const ids = await owner.locator("#stories .row-item").evaluateAll((rows) => rows.slice(0, 4).map((row) => row.dataset.id));
  await owner.keyboard.press("j");
  expect(await focused(owner) === ids[0], "j comes to the first");
  await owner.keyboard.press("j");
  await owner.keyboard.press("j");
  await owner.keyboard.press("k");
  expect(await focused(owner) === ids[1], "and k goes back");
  expect(await owner.evaluate(() => document.activeElement.matches("a.title:focus-visible")), "the title has the focus, visibly");
  await owner.keyboard.press("Enter");
  await owner.locator("aside h2").waitFor();
  await owner.keyboard.press("Escape");
  await act(owner, "story.remove", { story: ids[1] });
  await owner.locator(`#s-${ids[1]}`).waitFor({ state: "detached" });
  await owner.waitForFunction((id) => document.activeElement.closest("[data-id]")?.dataset.id === id, ids[2]);
  await act(owner, "act.undo_last", {});
});

await journey("? lists the keys that work here and no others", async () => {
  await owner.goto(base + "/ORB/backlog");
  await owner.keyboard.press("?");
  const shown = () => owner.locator("dialog[open] .keys div").evaluateAll((rows) => rows.map((row) => row.textContent));
  const backlog = await shown();
  expect(backlog.some((row) => row.startsWith("[")) && !backlog.some((row) => row.startsWith("y")), "the backlog's: " + backlog);
  expect(backlog.includes("iAssign to me") && backlog.includes("rMark ready"), "in words, without the key that stands beside them: " + backlog);
  await owner.keyboard.press("Escape");
  await act(manager, "story.create", { title: "Asked for" });
  await owner.goto(base + "/ORB/decisions");
  await owner.keyboard.press("?");
  const decisions = await shown();
  expect(decisions.some((row) => /^y(Sign|Answer) as Owner/.test(row)) && decisions.some((row) => row.startsWith("nDecline")) && !decisions.some((row) => row.startsWith("[")), "those of decisions: " + decisions);
  await owner.keyboard.press("Escape");
});

await journey("a pile of proposals is settled by keys, one by one and several as one", async () => {
  for (let n = 1; n <= 6; n++) await act(manager, "story.create", { title: `Proposed ${n}` });
  await owner.goto(base + "/ORB/decisions");
  const waiting = owner.locator("section", { has: owner.getByRole("heading", { name: /^Waiting for you/ }) }).locator(".proposal");
  const all = await waiting.count();
  const left = (n) => owner.waitForFunction((n) => [...document.querySelectorAll("section")].find((s) => /^Waiting for you/.test(s.querySelector("h2")?.textContent))?.querySelectorAll(".proposal").length === n, n);
  // Those that were proposed just now stand together, behind others that may ask for an answer first.
  const first = (await waiting.allTextContents()).findIndex((text) => text.includes("Proposed"));
  for (let n = 0; n <= first; n++) await owner.keyboard.press("j");
  const second = await waiting.nth(first + 1).getAttribute("data-id");
  await counted("sign one and be at the next", 1, async () => { await keys(owner, "y"); await left(all - 1); });
  await owner.waitForFunction((id) => document.activeElement.dataset.id === id, second);
  await counted("decline one with a reason", 3, async () => { await keys(owner, "n"); await word(owner, "Not now"); await keys(owner, "Control+Enter"); await left(all - 2); });
  await counted("sign three as one act", 6, async () => { await keys(owner, "x", "j", "x", "j", "x", "y"); await left(all - 5); });
  await says(owner, "and 2 more");
  const signed = await owner.evaluate(() => fetch("/api/v1/products/ORB/activity?limit=60", { headers: { accept: "application/json" } }).then((answer) => answer.json()).then((page) => { const lines = page.items.filter((line) => line.kind === "proposal.agreed"); return lines.filter((line) => line.act === lines[0].act).length; }));
  expect(signed === 3, `one act signed ${signed}`);
});

await journey("a column of many cards is walked past the first of them, and none that is at hand is hidden", async () => {
  await act(owner, "story.create_several", { titles: Array.from({ length: 60 }, (_, n) => `Crowd ${n}`).join("\n") });
  await owner.goto(base + "/ORB/backlog?q=Crowd");
  const crowd = await owner.locator("#stories .row-item").evaluateAll((rows) => rows.map((row) => row.dataset.id));
  await owner.goto(base + "/ORB/sprint");
  const sprint = await owner.locator("input[name=sprint]").first().inputValue();
  await act(owner, "sprint.add_stories", [["sprint", sprint], ...crowd.map((story) => ["stories", story])]);
  await owner.goto(base + "/ORB/sprint");
  const lane = owner.locator(".lane[data-stage=open]"), cards = lane.locator(".card"), rest = lane.locator("a[data-rest]");
  const drawn = (n) => owner.waitForFunction((n) => document.querySelectorAll(".lane[data-stage=open] .card").length === n, n);
  const all = Number((await lane.locator("h2 .quiet").textContent()).split(" ")[0]), last = crowd.at(-1);
  expect((await cards.count()) === 50 && (await rest.textContent()) === `Show the other ${all - 50}`, "the first fifty");
  const hidden = (await rest.getAttribute("data-rest")).split(" ")[0];
  await cards.nth(49).locator("a.title").focus();
  await counted("show the rest", 2, () => keys(owner, "j", "Enter"));
  await drawn(all);
  expect(await focused(owner) === hidden, "the hand is at the first that was hidden");
  expect(owner.url().includes("whole="), "the address says so: " + owner.url());
  await owner.reload();
  await drawn(all);
  await owner.goto(base + "/ORB/sprint");
  await cards.nth(49).locator("a.title").focus();
  await keys(owner, "j", "j");
  expect(await owner.evaluate(() => !document.activeElement.closest(".lane[data-stage=open]")), "past the link comes the next column");
  await keys(owner, "k");
  expect(await owner.evaluate(() => document.activeElement.dataset.rest !== undefined), "and back");
  // What is open is there, and folded away again once it is closed.
  await owner.goto(base + `/ORB/sprint?open=${last}`);
  await drawn(all);
  await owner.keyboard.press("Escape");
  await drawn(50);
  // A card that goes where it would be hidden is not. The screen is high enough for both ends of the way.
  await act(owner, "story.start", { story: last });
  await owner.setViewportSize({ width: 1280, height: 2000 });
  await owner.goto(base + "/ORB/sprint");
  await owner.locator(`.lane[data-stage=doing] #s-${last}`).waitFor();
  await drag(owner, owner.locator(`#s-${last}`), cards.nth(4));
  await lane.locator(`#s-${last}`).waitFor();
  await drawn(all);
  await owner.setViewportSize({ width: 1280, height: 720 });
});

await journey("single keys are switched off in the account, and keys with Ctrl go on", async () => {
  await owner.goto(base + "/account");
  await owner.locator("[name=keys_off]").selectOption("true");
  await owner.locator("form[action='/do/account.edit'] button").click();
  await says(owner, "Changed the account");
  await owner.goto(base + "/ORB/backlog");
  for (const key of ["j", "?", "c"]) await owner.keyboard.press(key);
  expect(await focused(owner) === "BODY" && !(await owner.locator("dialog[open]").count()), "single keys do nothing");
  expect(!(await owner.locator("[aria-keyshortcuts]").count()), "and are not announced");
  await owner.keyboard.press("Control+k");
  await owner.keyboard.type("keys that work");
  await owner.keyboard.press("Enter");
  await owner.locator("dialog[open]", { hasText: "Single keys are switched off" }).waitFor();
  await owner.keyboard.press("Escape");
  await act(owner, "story.create", { title: "x" });
  await owner.evaluate(() => fetch("/do/account.edit", { method: "POST", body: new URLSearchParams({ keys_off: "false" }), headers: { "x-tandem": "1" } }));
  await owner.goto(base + "/ORB/backlog");
  await owner.keyboard.press("j");
  expect(await focused(owner) !== "BODY", "switched on again");
});

await done();
