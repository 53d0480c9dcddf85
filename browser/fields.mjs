// Labels as a whole, a field of the product's own, files of lists, and a key that changed, between Manager and Owner.
import { comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const sign = async (title) => {
  await owner.goto(base + "/ORB/decisions");
  await owner.locator("article.proposal", { hasText: title }).getByRole("button", { name: /^Sign as/ }).first().click();
  await owner.locator("article.proposal", { hasText: title }).waitFor({ state: "detached" });
};

await journey("a label is coloured and renamed on every story, and back in one", async () => {
  await owner.goto(base + "/ORB/labels");
  const name = (await owner.locator(".labels-list .chip").first().textContent()).trim();
  const line = (of) => owner.locator(".labels-list li", { has: owner.getByRole("link", { name: of, exact: true }) });
  await line(name).getByRole("button", { name: "Plum" }).click();
  await owner.locator(".chip.label-plum", { hasText: name }).waitFor();
  const form = await openForm(owner, "rename-0");
  await form.locator("[name=name]").fill("Renamed here");
  await form.locator("button.primary").click();
  await line("Renamed here").waitFor();
  await owner.keyboard.press("Control+z");
  await line(name).waitFor();
});

await journey("a field is defined by both, set in a panel, shown in the list and filtered by", async () => {
  await manager.goto(base + "/ORB/fields");
  let form = await openForm(manager, "define");
  await form.locator("[name=name]").fill("Severity");
  await form.locator("[name=kind]").selectOption("choice");
  await form.locator("[name=choices]").fill("High, Low");
  await form.locator("button.primary").click();
  await manager.locator(".waits-here", { hasText: "Severity" }).waitFor();
  await sign("Severity");
  await owner.goto(base + "/ORB/backlog");
  await owner.locator(".row-item .title").first().click();
  await owner.locator("#panel .own-fields summary").click();
  await owner.locator("#panel .own-fields [name=value]").selectOption("High");
  await owner.locator("#panel .own-fields button.primary").click();
  await owner.locator("#panel .own-fields summary", { hasText: "High" }).waitFor();
  await owner.locator(".list-tools summary", { hasText: "Fields" }).click();
  await owner.locator(".list-tools .menu a", { hasText: "Severity" }).first().click();
  await owner.locator(".row-item .chip.own", { hasText: "High" }).waitFor();
  await owner.goto(base + "/ORB/backlog?q=field:severity%3Dhigh");
  expect((await owner.locator(".row-item").count()) === 1, "the one that has it");
  const file = owner.waitForEvent("download");
  await owner.locator(".list-tools summary", { hasText: "Download" }).click();
  await owner.getByRole("link", { name: "As CSV" }).click();
  expect((await file).suggestedFilename() === "ORB-backlog.csv", "named after the list");
});

await journey("a key changes, and what is open under the old one leads on", async () => {
  const open = await person();
  await comeIn(open, base, "tomas");
  await open.goto(base + "/ORB/story/150");
  await manager.goto(base + "/ORB/settings");
  const form = await openForm(manager, "change-key");
  await form.locator("[name=key]").fill("NOVA");
  await form.locator("button.primary").click();
  await sign("Change the key");
  await open.goto(base + "/ORB/story/ORB-150");
  expect(new URL(open.url()).pathname === "/NOVA/story/ORB-150", "led on to " + open.url());
  expect(await open.getByText("NOVA-150").first().isVisible(), "by its new key");
});

await done();
