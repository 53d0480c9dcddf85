// The filter bar: completed while one types, taken away chip by chip, kept in the address, and whole without script.
import { comeIn, done, expect, journey, person, start } from "./house.mjs";

const base = await start("demo");
const owner = await person();
await comeIn(owner, base, "tomas");
const field = (page) => page.locator("form[data-filter] input[name=q]");
const chips = (page) => page.locator(".chip.set").allTextContents();
const kinds = (page) => page.locator("#stories .kind").evaluateAll((all) => [...new Set(all.map((one) => one.querySelector("title").textContent))]);

await journey("names and values are completed by keys, and each choice is told", async () => {
  await owner.goto(base + "/ORB/backlog");
  await field(owner).focus();
  expect(await field(owner).getAttribute("role") === "combobox" && await field(owner).getAttribute("aria-expanded") === "false", "a field with a list");
  await owner.keyboard.type("bu");
  await owner.locator("#completions [role=option]", { hasText: "Bugs" }).waitFor();
  expect(await field(owner).getAttribute("aria-expanded") === "true", "the list is open");
  await owner.keyboard.press("ArrowDown");
  const active = await field(owner).getAttribute("aria-activedescendant");
  expect(await owner.locator("#" + active).getAttribute("aria-selected") === "true" && (await owner.locator("#" + active).textContent()).includes("Bugs"), "the arrow chooses, and says so");
  expect(/choice/.test(await owner.locator("#completed").textContent()), "how many there are is told");
  await owner.keyboard.press("Enter");
  await owner.locator(".chip.set", { hasText: "Bugs" }).waitFor();
  expect(new URL(owner.url()).searchParams.toString() === "q=kind%3Abug" || /kind=bug|kind%3Abug/.test(owner.url()), "it is in the address: " + owner.url());
  expect((await kinds(owner)).join() === "bug", "only bugs: " + await kinds(owner));
  expect(await field(owner).evaluate((el) => document.activeElement === el && el.value === ""), "the field is ready for more");
});

await journey("values that are many are found while one types", async () => {
  await owner.keyboard.type("feature:hold a");
  const option = owner.locator("#completions [role=option]", { hasText: "Hold a bike from the map" });
  await option.waitFor();
  await option.click();
  await owner.waitForFunction(() => document.querySelectorAll(".chip.set").length === 2);
  await field(owner).focus();
  await owner.keyboard.type("label:");
  await owner.locator("#completions [role=option]").nth(2).waitFor();
  await owner.keyboard.press("Escape");
  expect(await owner.locator("#completions").isHidden() && await field(owner).inputValue() === "label:", "Esc closes the list and leaves what was typed");
});

await journey("chips go one by one, by Backspace and by a click, and the address is the same for everyone", async () => {
  await owner.goto(base + "/ORB/backlog?stage=all&q=kind:bug%20show%20who:me");
  expect((await chips(owner)).join() === "Bugs,Mine,All stages", "chips: " + await chips(owner));
  const other = await person();
  await comeIn(other, base, "mara");
  await other.goto(owner.url());
  expect((await chips(other)).join() === "Bugs,Mine,All stages", "the same chips for whoever gets the address");
  await owner.locator(".chip.set", { hasText: "Mine" }).click();
  await owner.locator(".chip.set", { hasText: "Mine" }).waitFor({ state: "detached" });
  expect(await field(owner).inputValue() === "show", "the words stay");
  await field(owner).fill("");
  await field(owner).press("Backspace");
  await owner.locator(".chip.set", { hasText: "All stages" }).waitFor({ state: "detached" });
  await owner.getByRole("link", { name: "Clear", exact: true }).click();
  await owner.locator(".chip.set").first().waitFor({ state: "detached" });
});

await journey("the menu chooses without typing, on the board too, whose figures stay whole", async () => {
  await owner.goto(base + "/ORB/sprint");
  const figures = await owner.locator(".figures").textContent(), cards = await owner.locator(".card").count();
  await owner.locator(".filter-menu summary").click();
  await owner.locator(".filter-menu").getByRole("link", { name: "Blocked", exact: true }).click();
  await owner.locator(".chip.set", { hasText: "Blocked" }).waitFor();
  const left = await owner.locator(".card").count();
  expect(left > 0 && left < cards, `${left} of ${cards} cards`);
  expect(await owner.locator(".figures").textContent() === figures, "the sprint is told by all of its stories");
});

await journey("a filter is saved under a name, reached by its digit, and others see it once it is shown to them", async () => {
  await owner.goto(base + "/ORB/backlog?kind=spike");
  await owner.locator("#save-filter summary").click();
  await owner.locator("#save-filter input[name=name]").fill("Only spikes");
  await owner.locator("#save-filter button.primary").click();
  const saved = (page) => page.locator(".saved a.chip", { hasText: "Only spikes" });
  await saved(owner).waitFor();
  const digit = await saved(owner).getAttribute("data-go");
  const other = await person();
  await comeIn(other, base, "mara");
  await other.goto(base + "/ORB/backlog");
  expect(await saved(other).count() === 0, "it is the Owner's alone");
  await owner.goto(base + "/ORB/backlog");
  await owner.locator("body").press("g");
  await owner.locator("body").press(digit);
  await owner.waitForURL("**/backlog?kind=spike&");
  await owner.locator("#change-filter summary").click();
  await owner.getByRole("button", { name: "Show it to everyone here" }).click();
  await saved(other).waitFor();
  expect(/^\s*Only spikes\s*\d+$/.test(await saved(other).textContent()), "it says how many fit: " + await saved(other).textContent());
});

await journey("without script links and a form do the same", async () => {
  const plain = await person({ javaScriptEnabled: false, storageState: await owner.context().storageState() });
  await plain.goto(base + "/ORB/backlog");
  await field(plain).fill("kind:bug offline");
  await field(plain).press("Enter");
  expect((await chips(plain)).join() === "Bugs" && await field(plain).inputValue() === "offline", "what was typed is a chip and a word");
  await plain.locator(".filter-menu summary").click();
  await plain.locator(".filter-menu").getByRole("link", { name: "All stages" }).click();
  expect((await chips(plain)).join() === "Bugs,All stages", "the menu adds to it");
  await plain.getByRole("link", { name: "Bugs, take this filter away" }).click();
  expect((await chips(plain)).join() === "All stages" && await field(plain).inputValue() === "offline", "a chip takes itself away");
  await plain.goto(base + "/ORB/decisions?q=area:backlog");
  expect((await chips(plain)).join() === "Backlog", "the decision log has the same bar");
});

await done();
