// Stakeholders placed by hand and by keys, told, and promised something, while the Owner looks on.
import { comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const place = (page, power, interest) => page.locator(`.power-grid [data-power=${power}][data-interest=${interest}]`).first();

await journey("somebody is added and placed, by dragging and by keys", async () => {
  await manager.goto(base + "/ORB/stakeholders");
  await owner.goto(base + "/ORB/stakeholders");
  const form = await openForm(manager, "new-stakeholder");
  await form.locator("[name=name]").fill("Harbour authority");
  await form.getByRole("button", { name: "Add stakeholder" }).click();
  const card = place(manager, "middling", "middling").getByText("Harbour authority");
  await card.waitFor();
  await card.dragTo(place(manager, "high", "low"));
  await place(owner, "high", "low").getByText("Harbour authority").waitFor();
  await manager.locator(".power-grid .card", { hasText: "Harbour authority" }).locator("a").focus();
  await manager.keyboard.press("Shift+ArrowRight");
  await place(manager, "high", "middling").getByText("Harbour authority").waitFor();
  await place(owner, "high", "middling").getByText("Harbour authority").waitFor();
});

await journey("on a phone somebody is placed without dragging", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "mara");
  await phone.goto(base + "/ORB/stakeholders");
  await phone.locator(".power-grid .card", { hasText: "Insurance broker" }).locator("a").tap();
  const form = await openForm(phone, "place-stakeholder");
  await form.locator("[name=power]").selectOption("middling");
  await form.getByRole("button", { name: "Place" }).tap();
  await place(manager, "middling", "low").getByText("Insurance broker").waitFor();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide <= 0, `nothing is wider than the phone: ${wide}`);
  await phone.context().close();
});

await journey("who is overdue is told, and stands lower then", async () => {
  await manager.goto(base + "/ORB/");
  await manager.getByRole("heading", { name: "To be told" }).waitFor();
  await manager.locator(".tile").getByRole("link", { name: "City council of Aarberg" }).click();
  const panel = manager.locator("#panel");
  await panel.getByRole("heading", { name: "City council of Aarberg" }).waitFor();
  await panel.getByText("7 days over").waitFor();
  const form = await openForm(manager, "note-contact");
  await form.locator("[name=note]").fill("Sent the page on costs.");
  await form.getByRole("button", { name: "Note it" }).click();
  await panel.getByText("Sent the page on costs.").waitFor();
  expect((await panel.getByText("7 days over").count()) === 0, "nothing is overdue any more");
});

await journey("a promise that was not kept says what became of it", async () => {
  await manager.goto(base + "/ORB/stakeholders");
  await manager.locator("main table").getByRole("link", { name: "Rider support" }).click();
  const panel = manager.locator("#panel");
  const form = await openForm(manager, "make-promise");
  await form.locator("[name=what]").fill("A list of what changes");
  await form.getByRole("button", { name: "Promise it" }).click();
  const promise = panel.locator("li", { hasText: "A list of what changes" });
  await promise.locator("summary", { hasText: "Not kept" }).click();
  await promise.locator("[name=note]").first().fill("The release was put off.");
  await promise.getByRole("button", { name: "Say so" }).click();
  await promise.getByText("The release was put off.").waitFor();
});

await journey("what was promised to somebody who left stays readable", async () => {
  await manager.goto(base + "/ORB/stakeholders");
  await manager.locator("main table").getByRole("link", { name: "Rider support" }).click();
  await manager.locator("#panel").getByRole("button", { name: /No stakeholder any more/ }).click();
  await manager.locator("summary", { hasText: "No stakeholders any more" }).click();
  await manager.locator("details.gone").getByRole("link", { name: "Rider support" }).click();
  await manager.locator("#panel").getByText("The release was put off.").waitFor();
});

await journey("a stakeholder has one page, by account and by link", async () => {
  const priya = await person(), visitor = await person();
  await comeIn(priya, base, "priya");
  await priya.goto(base + "/ORB/");
  await priya.getByRole("heading", { name: "Where we are going" }).waitFor();
  await priya.getByText("Two weeks’ notice before the winter tyres are fitted").waitFor();
  await manager.goto(base + "/ORB/stakeholders");
  await manager.locator("main table").getByRole("link", { name: "Henrike Vogt" }).click();
  const form = await openForm(manager, "link-stakeholder");
  await form.getByRole("button", { name: "Make link" }).click();
  await visitor.goto(await manager.getByRole("textbox", { name: "Copy this" }).inputValue());
  await visitor.getByText("The first report that writes itself").waitFor();
  expect((await visitor.locator("main a").count()) === 0, "there is nothing else to open");
});

await done();
