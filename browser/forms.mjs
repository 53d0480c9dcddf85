// Forms and the page around them, where only a browser shows it: what was saved stands nowhere to be saved again, numbers
// are typed as people write them, features are dragged onto initiatives, what opens leaves its button where it was.
import { comeIn, done, drag, expect, journey, openForm, person, says, start } from "./house.mjs";

const base = await start("demo");
const manager = await person({ viewport: { width: 1440, height: 900 } }), owner = await person({ viewport: { width: 1440, height: 900 } });
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");

/** Waits until a form that was sent is closed. */
const closed = (page, id) => page.waitForFunction((id) => !document.getElementById(id).open, id);

await journey("what was saved does not stand in its form again", async () => {
  for (const [room, id, name] of [["strategy", "new-objective", "title"], ["customers", "record", "quote"], ["customers", "new-need", "title"], ["customer-list", "new-customer", "name"], ["understanding", "say-it", "words"], ["roadmap", "new-initiative", "title"]]) {
    await manager.goto(`${base}/ORB/${room}`);
    let form = await openForm(manager, id);
    await form.locator(`[name=${name}]`).fill("Said once");
    await form.locator("button[type=submit]").first().click();
    await closed(manager, id);
    form = await openForm(manager, id);
    expect((await form.locator(`[name=${name}]`).inputValue()) === "", `${id} is empty again`);
    await manager.reload();
    expect((await manager.locator(`#${id} [name=${name}]`).inputValue()) === "", `${id} is empty after a reload`);
  }
});

await journey("a form that changes something shows what now holds, and keeps what was refused", async () => {
  await manager.goto(base + "/ORB/strategy");
  const edit = manager.locator("article.objective details[id^=edit-]:has([name=share])").first();
  const id = await edit.getAttribute("id");
  let form = await openForm(manager, id);
  await form.locator("[name=title]").fill("Said better");
  await form.locator("[name=starts_on]").fill("2027-02-01");
  await form.locator("[name=ends_on]").fill("2027-01-01");
  await form.locator("button[type=submit]").click();
  await form.locator("[data-error=ends_on]", { hasText: "ends before it starts" }).waitFor();
  expect((await form.locator("[name=title]").inputValue()) === "Said better", "nothing is lost");
  await form.locator("[name=ends_on]").fill("2027-03-01");
  await form.locator("button[type=submit]").click();
  await closed(manager, id);
  form = await openForm(manager, id);
  expect((await form.locator("[name=title]").inputValue()) === "Said better", "it shows what now holds");
});

await journey("a decimal comma is a decimal comma", async () => {
  await manager.goto(base + "/ORB/strategy");
  const id = await manager.locator("article.objective details[id^=kr-]").first().getAttribute("id");
  const form = await openForm(manager, id);
  await form.locator("[name=title]").fill("Minutes to find a bike");
  await form.locator("[name=start_value]").click();
  await manager.keyboard.type("22,5");
  await form.locator("[name=target]").click();
  await manager.keyboard.type("1,234");
  await form.locator("button[type=submit]").click();
  await form.locator("[data-error=target]", { hasText: "could be" }).waitFor();
  await form.locator("[name=target]").fill("7.5");
  await form.locator("button[type=submit]").click();
  await closed(manager, id);
  const line = manager.locator(".key-results li", { hasText: "Minutes to find a bike" });
  await line.locator("text=22.5 → ").waitFor();
  // It is mended where it stands.
  await line.locator("details[id^=edit-] > summary").click();
  expect((await line.locator("details[id^=edit-] [name=start_value]").inputValue()) === "22.5", "what it holds can be saved again");
  await line.locator("details[id^=edit-] [name=start_value]").fill("20,5");
  await line.locator("details[id^=edit-] button[type=submit]").click();
  await line.locator("text=20.5 → ").waitFor();
});

await journey("Ctrl+Y does again what was taken back", async () => {
  await owner.goto(base + "/ORB/backlog");
  const count = () => owner.locator("#stories .row-item").count();
  const title = await owner.locator("#stories a.title").first().textContent();
  await owner.locator("#stories .row-item").first().locator("[data-mover]").click();
  await owner.locator("#mover button", { hasText: "To the end" }).click();
  const first = (text) => owner.waitForFunction((text) => document.querySelector("#stories a.title").textContent === text, text);
  await owner.waitForFunction((text) => document.querySelector("#stories a.title").textContent !== text, title);
  const after = await owner.locator("#stories a.title").first().textContent();
  await owner.keyboard.press("Control+z");
  await first(title);
  await owner.keyboard.press("Control+y");
  await first(after);
  await owner.keyboard.press("Control+z");
  await first(title);
  expect((await count()) > 1, "the list is there");
});

await journey("a feature is dragged onto an initiative", async () => {
  await manager.setViewportSize({ width: 1440, height: 2000 });
  await manager.goto(base + "/ORB/roadmap");
  const form = await openForm(manager, "new-feature");
  await form.locator("[name=title]").fill("Folding map");
  await form.locator("button[type=submit]").click();
  await closed(manager, "new-feature");
  const loose = manager.locator("ul.lines[data-initiative=''] li", { hasText: "Folding map" });
  await loose.waitFor();
  const bet = manager.locator(".lane[data-horizon=later] .bet").first();
  await drag(manager, loose.locator("a"), bet.locator(".slices"));
  await bet.locator(".slices li", { hasText: "Folding map" }).waitFor();
  await says(manager, "Changed the feature “Folding map”");
  // On the ground of a horizon it finds no place: only on a card.
  const lane = manager.locator(".lane[data-horizon=now]"), within = await lane.boundingBox();
  const slice = bet.locator(".slices li", { hasText: "Folding map" }).locator("a");
  const from = await slice.boundingBox();
  await manager.mouse.move(from.x + 20, from.y + from.height / 2);
  await manager.mouse.down();
  await manager.mouse.move(within.x + within.width / 2, within.y + 20, { steps: 12 });
  await manager.mouse.move(within.x + within.width / 2, within.y + 24, { steps: 4 });
  await manager.mouse.up();
  expect((await lane.locator("> li").count()) === 0, "a feature is no card");
  await manager.setViewportSize({ width: 1440, height: 900 });
});

await journey("a link to a form of another page has it open there, in sight", async () => {
  await manager.goto(base + "/ORB/week");
  await manager.locator("main a[href='who-decides#rhythm']").click();
  await manager.locator("#rhythm[open] form").waitFor();
  const top = (await manager.locator("#rhythm > summary").boundingBox()).y;
  expect(top > 50 && top < 900, `its button is in sight, at ${top}`);
});

await journey("what opens leaves its button where it was", async () => {
  const still = async (page, summary) => {
    await summary.hover(); // a panel has come in, and the button is in sight
    const before = await summary.boundingBox();
    await summary.click();
    const after = await summary.boundingBox();
    expect(Math.abs(before.x - after.x) < 20 && Math.abs(before.y - after.y) < 2, `${await summary.textContent()} moved from ${JSON.stringify(before)} to ${JSON.stringify(after)}`);
    await summary.click();
  };
  await manager.goto(base + "/ORB/strategy");
  await still(manager, manager.locator("[id^=measure-] > summary").first());
  await still(manager, manager.locator(".key-results [id^=edit-] > summary").first());
  await manager.goto(base + "/ORB/roadmap");
  await manager.locator(".bet a.title").first().click();
  await still(manager, manager.locator("aside #edit-initiative > summary"));
  await owner.goto(base + "/ORB/decisions");
  await still(owner, owner.locator(".proposal [id^=decline-] > summary").first());
});

await journey("a story goes back from where it stands", async () => {
  await owner.goto(base + "/ORB/sprint");
  await owner.locator(".lane[data-stage=doing] .card a.title").first().click();
  await owner.locator("aside .stage > summary").click();
  await owner.locator("aside .stage button", { hasText: "Back to open" }).click();
  await owner.locator("aside .facts", { hasText: "To do" }).waitFor();
});

await done();
