// Two people say theirs at the stand-up, each in a browser of their own; one is blocked and names another, who finds it on
// Home and lifts it. And the board in rows, over a limit.
import { comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const ines = await person(), jonas = await person(), mara = await person();
for (const [page, who] of [[ines, "ines"], [jonas, "jonas"], [mara, "mara"]]) await comeIn(page, base, who);
const today = (page) => page.locator(".said-today");
// Keys are counted as they are pressed; what is typed in between is text.
let keys = 0;
const press = async (page, ...all) => { for (const key of all) { keys++; await page.keyboard.press(key); } };

await journey("the first says theirs as it was drafted, with three keys", async () => {
  await press(ines, "g", "j");
  await ines.waitForURL("**/ORB/standup");
  await ines.getByRole("heading", { name: "Yours" }).waitFor();
  expect((await ines.locator(".standup-own [name=yesterday]").inputValue()).includes("ORB-"), "what was done is drafted");
  await press(ines, "y");
  await today(ines).getByText("Ines Duarte").waitFor();
  expect(keys === 3, `${keys} keys`);
});

await journey("the second writes what is in the way and says it, in at most twelve keys", async () => {
  keys = 0;
  await press(jonas, "g", "j");
  await jonas.waitForURL("**/ORB/standup");
  await today(jonas).getByText("Ines Duarte").waitFor();
  await press(jonas, "e");
  await jonas.locator(".standup-own [name=yesterday]:focus").waitFor();
  await press(jonas, "Tab", "Tab");
  await jonas.locator(".standup-own [name=blocked]:focus").waitFor();
  await jonas.keyboard.insertText("The test bike is in the workshop");
  await press(jonas, "Control+Enter");
  await today(jonas).getByText("Jonas Weber").waitFor();
  console.log(`     ${keys} keys`);
  expect(keys <= 12, `${keys} keys`);
});

await journey("the other page follows without a reload", async () => {
  await today(ines).getByText("The test bike is in the workshop").first().waitFor();
});

await journey("what is in the way is raised and names who can lift it", async () => {
  const form = await openForm(jonas, "raise-blocker");
  expect((await form.locator("[name=reason]").inputValue()).length > 0, "what one has just said is there");
  await form.locator("[name=reason]").fill("The test bike is in the workshop");
  await form.locator("[name=lifter]").selectOption({ label: "Mara Lindholm" });
  await form.getByRole("button", { name: "Raise it" }).click();
  await jonas.locator(".in-the-way").getByText("The test bike is in the workshop").waitFor();
});

await journey("whoever is named finds it on Home and lifts it, though the work is not hers", async () => {
  await mara.goto(base + "/ORB/");
  const tile = mara.locator(".tile", { has: mara.getByRole("heading", { name: /Yours to lift/ }) });
  const line = tile.locator("li", { hasText: "The test bike is in the workshop" });
  await line.locator("summary", { hasText: "Lift it" }).click();
  await line.locator("[name=outcome]").fill("It is back");
  await line.getByRole("button", { name: "Lift the blocker" }).click();
  await line.waitFor({ state: "detached" });
  await jonas.locator(".in-the-way").getByText("The test bike is in the workshop").waitFor({ state: "detached" });
  await jonas.goto(base + "/ORB/blockers");
  await jonas.getByText("It is back").waitFor();
});

await journey("together the clock runs for both", async () => {
  await jonas.goto(base + "/ORB/standup");
  await ines.goto(base + "/ORB/standup");
  await jonas.getByRole("button", { name: "Stand up together" }).click();
  for (const page of [jonas, ines]) await page.locator("[role=timer]", { hasText: /\d+:\d\d left/ }).waitFor();
  const end = await openForm(jonas, "end-standup");
  await end.locator("[name=note]").fill("Ines helps with the photo store");
  await end.getByRole("button", { name: "End the stand-up" }).click();
  await ines.getByText("Ines helps with the photo store").waitFor();
});

await journey("on a phone it takes at most twelve taps", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "tomas");
  let taps = 0;
  const tap = async (locator) => { taps++; await locator.tap(); };
  const home = phone.locator(".tile").getByRole("link", { name: "Say what you do today" });
  // At a weekend nobody is asked on Home; then the address is known.
  if (await home.count()) await tap(home);
  else await phone.goto(base + "/ORB/standup");
  await tap(phone.locator(".standup-own [name=today]"));
  await phone.locator(".standup-own [name=today]").fill("Talk to the supplier");
  await tap(phone.locator(".standup-own").getByRole("button", { name: "Say it" }));
  await today(phone).getByText("Talk to the supplier").first().waitFor();
  console.log(`     ${taps} taps`);
  expect(taps <= 12, `${taps} taps`);
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide <= 0, `nothing is wider than the phone: ${wide}`);
  await phone.context().close();
});

await journey("the board in rows, and a column over its limit", async () => {
  const tomas = await person();
  await comeIn(tomas, base, "tomas");
  await tomas.goto(base + "/ORB/board");
  const rule = tomas.locator("form[action$='/do/board.set_rule']");
  await rule.locator("[name=at_limit]").selectOption("ask");
  await rule.getByRole("button", { name: "Save" }).click();
  const line = tomas.locator("tr", { has: tomas.locator("td.name", { hasText: /^In progress$/ }) });
  await line.locator("summary").click();
  await line.locator("[name=wip]").fill("1");
  await line.getByRole("button", { name: "Save" }).click();
  await line.locator("td.num", { hasText: "1" }).waitFor();
  await tomas.goto(base + "/ORB/sprint?rows=person");
  await tomas.locator(".swim h3", { hasText: "Ines Duarte" }).waitFor();
  await tomas.locator(".board.heads .over", { hasText: "over its limit" }).waitFor();
  // One more asks why, by the menu as by a drag.
  await tomas.goto(base + "/ORB/sprint");
  await tomas.locator(".lane[data-stage=open] .card .title").first().waitFor();
  const card = tomas.locator(".lane[data-stage=open] .card").first(), number = await card.getAttribute("data-id");
  await card.locator("[data-mover]").click();
  await tomas.getByRole("button", { name: "Move to In progress" }).click();
  const asks = tomas.getByRole("dialog", { name: "That column is full" });
  await asks.getByRole("textbox").fill("The supplier is here today");
  await asks.getByRole("button", { name: "Move it all the same" }).click();
  await tomas.locator(`.lane.over .card[data-id="${number}"]`).waitFor();
  await tomas.locator(".lane.over .why-over", { hasText: "The supplier is here today" }).waitFor();
  // And so does handing over by its key.
  await tomas.goto(base + "/ORB/board");
  const handed = tomas.locator("tr", { has: tomas.locator("td.name", { hasText: /^Handed over$/ }) });
  await handed.locator("summary").click();
  await handed.locator("[name=wip]").fill("1");
  await handed.getByRole("button", { name: "Save" }).click();
  await handed.locator("td.num", { hasText: "1" }).waitFor();
  await tomas.goto(base + "/ORB/sprint");
  await tomas.locator(".lane[data-stage=handed_over] .card").first().waitFor();
  await tomas.locator(`.card[data-id="${number}"] a.title`).focus();
  await tomas.keyboard.press("h");
  await asks.getByRole("textbox").fill("They are looked at together");
  await asks.getByRole("button", { name: "Move it all the same" }).click();
  await tomas.locator(`.lane[data-stage=handed_over] .card[data-id="${number}"]`).waitFor();
  await tomas.context().close();
});

await done();
