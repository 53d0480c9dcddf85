// A strategy case at work from its goal to an initiative: parts with hints, a fact it rests on, options with real scores, a
// choice and what comes of it; whoever may not decide proposes; on a phone and without script, too.
import { axe, comeIn, done, expect, journey, openForm, person, sent, start } from "./house.mjs";

const base = await start("demo");
const manager = await person({ viewport: { width: 1440, height: 900 } }), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const option = (page, name) => page.locator(".case-option", { hasText: name });
let address = "";

async function sound(page) {
  for (const [width, height] of [[1440, 900], [360, 780]]) {
    await page.setViewportSize({ width, height });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide <= 0, `nothing runs out of the page at ${width}, ${wide} px do`);
    const wrong = await axe(page);
    expect(wrong.length === 0, wrong.join("\n"));
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

await journey("a case is begun, and hints stand beside what is written", async () => {
  await manager.goto(base + "/ORB/cases");
  await manager.locator("a.what", { hasText: "Where does the winter fleet go first?" }).waitFor();
  const form = await openForm(manager, "begin-case");
  await form.locator("[name=title]").fill("Do we rent trailers?");
  await form.locator("[name=kind]").selectOption("strategy");
  await form.locator("[name=objective]").selectOption({ index: 1 });
  await form.getByRole("button", { name: "Begin it" }).click();
  await manager.getByRole("heading", { name: "What it rests on 1" }).waitFor();
  await manager.goto(base + "/ORB/cases");
  await manager.locator("a.what", { hasText: "Do we rent trailers?" }).click();
  await manager.getByRole("heading", { name: "What it rests on 1" }).waitFor();
  address = manager.url();
  const goal = manager.locator("textarea[name=goal]");
  await goal.fill("Be the best and grow with trailers in the whole of the region, stronger than all the others are.");
  await manager.locator("form.answer", { has: goal }).getByRole("button", { name: "Save", exact: true }).click();
  await manager.locator("#hints-goal > summary").click();
  await manager.locator("#hints-goal").getByText("No figures stand in the goal.").waitFor();
  await manager.locator("#hints-goal").getByRole("button", { name: /^Put aside: .*date/ }).click();
  await manager.locator("#hints-goal summary", { hasText: "1 put aside" }).waitFor();
  await goal.fill("Raise weekly rides with a load from 2,100 to 3,000 by June 2027, without more complaints.");
  await manager.locator("form.answer", { has: goal }).getByRole("button", { name: "Save", exact: true }).click();
  await manager.locator("#hints-goal").getByText("No figures stand in the goal.").waitFor({ state: "detached" });
});

await journey("it rests on a fact, and the owner proposes where the manager decides", async () => {
  const form = await openForm(manager, "link-known_fact");
  await form.locator("select").selectOption({ index: 0 });
  await form.getByRole("button", { name: "Link it" }).click();
  await manager.getByRole("heading", { name: "What it rests on 2" }).waitFor();
  await owner.goto(address);
  const add = await openForm(owner, "add-option");
  await add.locator("[name=title]").fill("Lend them through shops");
  await add.getByRole("button", { name: /^Propose to the Manager/ }).click();
  await owner.locator("#toasts", { hasText: "Proposed" }).waitFor();
});

await journey("options are scored by the tool that scores everything", async () => {
  for (const [name, body] of [["Trailers at ten stations", "Costs 30,000 EUR; riders find them where they are."], ["A trailer by appointment", "Nothing to build, but each takes a call."]]) {
    const form = await openForm(manager, "add-option");
    await form.locator("[name=title]").fill(name);
    await form.locator("[name=body]").fill(body);
    await form.getByRole("button", { name: "Add it" }).click();
    await option(manager, name).waitFor();
  }
  for (const [name, value, effort] of [["Trailers at ten stations", "5 to 8", "4"], ["A trailer by appointment", "4", "1"]]) {
    const line = option(manager, name);
    await line.locator("summary", { hasText: "Score it" }).click();
    await line.locator("[name='scores.value']").fill(value);
    await line.locator("[name='scores.effort']").fill(effort);
    await line.getByRole("button", { name: "Save scores" }).click();
    await line.locator(".score").waitFor();
  }
  await manager.locator(".case-option").first().getByText("A trailer by appointment").waitFor();
  await sound(manager);
});

await journey("a choice becomes an initiative that leads back to it", async () => {
  const form = await openForm(manager, "choose-option");
  await form.locator("[name=case_option]").selectOption({ label: "Trailers at ten stations" });
  await form.locator("[name=choice]").fill("Because riders do not call: only what stands there is taken.");
  await form.getByRole("button", { name: "Choose it" }).click();
  await manager.getByText("stands first, with").waitFor();
  const become = await openForm(manager, "case-initiative");
  await become.locator("[name=title]").fill("Trailers where bikes stand");
  await become.getByRole("button", { name: "Make initiative" }).click();
  await manager.getByText("came of it.").waitFor();
  await manager.getByRole("link", { name: "In the thread" }).click();
  await manager.getByText("Trailers where bikes stand").first().waitFor({ state: "attached" });
  await manager.goto(base + "/ORB/roadmap");
  await manager.getByText("Trailers where bikes stand").first().waitFor();
});

await journey("without script it is written and read all the same", async () => {
  const plain = await person({ javaScriptEnabled: false });
  await comeIn(plain, base, "mara");
  await plain.goto(address);
  await plain.locator("textarea[name=diagnosis]").fill("Riders with a load give up, because there is no trailer where they look for one.");
  await sent(plain, () => plain.locator("form.answer", { has: plain.locator("textarea[name=diagnosis]") }).getByRole("button", { name: "Save", exact: true }).click());
  await plain.goto(address);
  expect((await plain.locator("textarea[name=diagnosis]").inputValue()).startsWith("Riders with a load"), "it is kept");
});

await done();
