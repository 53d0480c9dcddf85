// A measure added, its values brought in as a file, and a key result that reads it, while the Owner looks on.
import { comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const day = (ago) => new Date(Date.now() - ago * 864e5).toISOString().slice(0, 10);

await journey("a measure is added, and its values come as a file", async () => {
  await manager.goto(base + "/ORB/measures");
  await owner.goto(base + "/ORB/measures");
  const form = await openForm(manager, "new-measure");
  await form.locator("[name=name]").fill("Repairs within a day");
  await form.locator("[name=unit]").fill("%");
  await form.getByRole("button", { name: "Add measure" }).click();
  await owner.locator(".measure", { hasText: "Repairs within a day" }).waitFor();
  await manager.locator(".measure").getByRole("link", { name: "Repairs within a day" }).click();
  const panel = manager.locator("#panel");
  await panel.getByText("Nothing has been noted yet.").first().waitFor();
  const table = await openForm(manager, "bring-values");
  await table.locator("input[type=file]").setInputFiles({ name: "repairs.csv", mimeType: "text/csv", buffer: Buffer.from(`Day;Value\n${day(40)};61,5\n${day(33)};soon\n`) });
  await table.getByRole("button", { name: "Bring in" }).click();
  await table.getByText("Row 3: “soon” is no number").waitFor();
  await table.locator("[name=csv]").fill(`Day;Value\n${day(40)};61,5\n${day(33)};64,0\n`);
  await table.getByRole("button", { name: "Bring in" }).click();
  await panel.getByText("64 %").first().waitFor();
  expect(await panel.locator("figure.chart").count() === 1, "its days are drawn");
});

await journey("a value is noted on a phone and seen by the Owner at once", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "mara");
  await phone.goto(base + "/ORB/measures");
  await phone.locator(".measure").getByRole("link", { name: "Repairs within a day" }).tap();
  const form = await openForm(phone, "note-value");
  await form.locator("[name=amount]").fill("70");
  await form.getByRole("button", { name: "Note it" }).tap();
  await owner.locator(".measure", { hasText: "Repairs within a day" }).getByText("70", { exact: true }).waitFor();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide <= 0, `nothing is wider than the phone: ${wide}`);
  await phone.context().close();
});

await journey("a key result reads it, and says how it goes", async () => {
  await manager.goto(base + "/ORB/strategy");
  const objective = manager.locator("article.objective").first();
  await objective.locator("summary", { hasText: "Add a key result" }).click();
  const form = objective.locator("form", { has: manager.getByRole("button", { name: "Add key result" }) });
  await form.locator("[name=title]").fill("Bikes that stand repaired");
  await form.locator("[name=start_value]").fill("60");
  await form.locator("[name=target]").fill("60");
  await form.locator("[name=measure]").selectOption({ label: "Repairs within a day" });
  await form.getByRole("button", { name: "Add key result" }).click();
  await form.getByText("nothing to reach").waitFor();
  await form.locator("[name=target]").fill("90");
  await form.getByRole("button", { name: "Add key result" }).click();
  const result = objective.locator(".key-results > li", { hasText: "Bikes that stand repaired" });
  await result.locator(".num strong", { hasText: "70" }).waitFor();
  await result.locator("summary", { hasText: "How it goes" }).click();
  await result.locator("figure.chart svg:visible").first().waitFor();
});

await done();
