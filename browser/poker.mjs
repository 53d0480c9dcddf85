// Planning poker with three people in three browsers: they lay cards, the last one turns them over for all, they lay once more
// and take the result over; then the sprint is planned with it and started.
import { axe, comeIn, done, expect, journey, person, says, start } from "./house.mjs";

const base = await start("demo");
const owner = await person(), ines = await person(), phone = await person({ viewport: { width: 360, height: 740 } });
await comeIn(owner, base, "tomas");
await comeIn(ines, base, "ines");
// Jonas has a phone.
await comeIn(phone, base, "jonas");
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
const lay = async (page, card) => {
  await page.locator(".deck").getByRole("button", { name: card, exact: true }).click();
};
let title = "";

await journey("the Owner deals two stories to three people", async () => {
  await owner.goto(base + "/ORB/poker");
  await owner.locator("#begin-poker > summary").click();
  const form = owner.locator("#begin-poker form");
  await form.locator("[name=title]").fill("At the table");
  const stories = form.locator("[name=stories]");
  const count = await stories.count();
  expect(count >= 2, "stories without a size are offered");
  for (let n = 0; n < count; n++) await stories.nth(n).setChecked(n < 2);
  title = (await form.locator("label:has([name=stories]) bdi").first().textContent()).trim();
  for (const name of ["Tomas Okafor", "Ines Duarte", "Jonas Weber"]) await form.getByLabel(name).check();
  await form.getByRole("button", { name: "Deal the cards" }).click();
  await owner.locator(".deck .lay").first().waitFor();
  await owner.getByRole("heading", { name: title, level: 2 }).waitFor();
});

await journey("each lays a card, on a phone by one tap, and nobody sees another's", async () => {
  for (const page of [ines, phone]) {
    await page.goto(base + "/ORB/poker");
    await page.getByRole("link", { name: "Estimate: At the table" }).click();
    await page.locator(".deck .lay").first().waitFor();
  }
  expect(await fits(phone), "no wider than the phone");
  await lay(owner, "3");
  await owner.locator(".lay[aria-pressed=true]", { hasText: "3" }).waitFor();
  await lay(ines, "8");
  await ines.locator(".lay[aria-pressed=true]", { hasText: "8" }).waitFor();
  await owner.getByText(/Ines Duarte and Tomas Okafor have laid a card/).waitFor();
  expect((await owner.locator(".laid").count()) === 0, "nothing is turned over");
});

await journey("the last card turns all over, for everybody at once, and the outliers speak", async () => {
  await lay(phone, "3");
  for (const page of [phone, ines, owner]) await page.getByText("Speak first:").waitFor();
  await owner.locator(".laid li.outlier", { hasText: "Ines Duarte" }).waitFor();
  expect(await fits(phone), "no wider than the phone");
  for (const page of [owner, phone]) {
    const wrong = await axe(page);
    expect(wrong.length === 0, wrong.join("\n"));
  }
});

await journey("they lay once more, agree, and a developer takes it over", async () => {
  await owner.getByRole("button", { name: "Vote once more" }).click();
  for (const page of [ines, phone]) await page.getByText("2nd vote", { exact: true }).waitFor();
  await owner.locator(".deck .lay").first().waitFor();
  for (const page of [owner, ines]) {
    await lay(page, "5");
    await page.locator(".lay[aria-pressed=true]", { hasText: "5" }).waitFor();
  }
  await lay(phone, "5");
  await ines.getByText("All who could say said").waitFor();
  await ines.locator("summary", { hasText: "1st vote:" }).waitFor();
  await ines.getByRole("button", { name: "Take it over as its size" }).click();
  // The next story follows by itself, on every page.
  for (const page of [owner, ines, phone]) await page.getByText("1 of 2 done").waitFor();
  expect((await owner.getByRole("heading", { name: title, level: 2 }).count()) === 0, "another story is at hand");
});

await journey("what cannot be said is left, and the table is through", async () => {
  await owner.getByRole("button", { name: "Leave it without an estimate" }).click();
  await owner.getByText("1 story estimated, 5 points in all.").waitFor();
  await owner.getByRole("button", { name: "End it" }).first().click();
  await says(owner, "nded");
});

await journey("the cadence plans the next sprint, and what fits is told with each story that comes in", async () => {
  await owner.goto(base + "/ORB/cadence");
  await owner.getByRole("button", { name: "Plan them" }).click();
  await owner.getByText("One is planned now.").waitFor();
  for (const page of [owner, ines]) await page.goto(base + "/ORB/sprint?sprint=46");
  const inside = (page) => page.locator("section[aria-label=Sprint] .rows > li");
  const told = [];
  for (let n = 1; n <= 3; n++) {
    await owner.getByRole("button", { name: /^Put ORB-\d+ into the sprint/ }).first().click();
    await inside(owner).nth(n - 1).waitFor();
    // Whoever plans along sees it come in.
    await inside(ines).nth(n - 1).waitFor();
    const line = owner.locator(".fits");
    await line.getByText(/All that is in it now/).waitFor();
    told.push(await line.textContent());
  }
  expect(new Set(told).size === 3, "it is told anew: " + told.join(" | "));
  await owner.getByText(/^Who is there: /).waitFor();
  await phone.goto(base + "/ORB/sprint?sprint=46");
  await inside(phone).nth(2).waitFor();
  expect(await fits(phone), "no wider than the phone");
  const wrong = await axe(owner);
  expect(wrong.length === 0, wrong.join("\n"));
});

await journey("what is not ready is mended where it is said, and the sprint is started once the other is closed", async () => {
  await owner.locator("#before-start > summary").click();
  const ready = owner.locator("#before-start").getByRole("button", { name: "It is ready" });
  for (let left = await ready.count(); left > 0; left--) {
    await ready.first().click();
    await ready.nth(left - 1).waitFor({ state: "detached" });
  }
  await owner.goto(base + "/ORB/sprint?sprint=45");
  await owner.locator("#close > summary").click();
  await owner.locator("#close form").getByRole("button", { name: "Close sprint" }).click();
  await owner.getByRole("heading", { name: "What came of it" }).waitFor();
  await owner.goto(base + "/ORB/sprint?sprint=46");
  // On another day than its first one that is said before.
  const early = owner.locator("#sprint-start-46 > summary");
  if (await early.count()) await early.click();
  await owner.getByRole("button", { name: "Start sprint" }).last().click();
  for (const page of [owner, ines]) await page.locator(".board .card").nth(2).waitFor();
  await owner.goto(base + "/ORB/reports/burndown?sprint=46");
  await owner.getByText("Nothing came in and nothing went out").waitFor();
});

await journey("a product may go on without sprints", async () => {
  await owner.goto(base + "/ORB/cadence");
  await owner.locator("[name=way]").selectOption("flow");
  await owner.getByRole("button", { name: "Save" }).click();
  await owner.getByText(/under way/).first().waitFor();
  await phone.goto(base + "/ORB/cadence");
  expect(await fits(phone), "no wider than the phone");
  await phone.getByRole("link", { name: "Go to the board" }).click();
  await phone.locator(".board .card").first().waitFor();
});

await done();
