// What the table of scores and the rounds say, and how one rates by keys. A round from its first answer to both signatures is in
// common.mjs.
import { comeIn, done, expect, journey, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person();
await comeIn(manager, base, "mara");

await journey("the table says how sure an order is and what would change it", async () => {
  await manager.goto(base + "/ORB/priorities");
  await manager.getByRole("link", { name: "What a need is worth" }).click();
  await manager.getByRole("heading", { name: "What would change the order" }).waitFor();
  await manager.getByRole("link", { name: "RICE", exact: true }).click();
  await manager.getByRole("heading", { name: "Value against effort" }).waitFor();
  expect((await manager.locator(".scores svg.range").count()) > 1, "ranges are drawn");
  await manager.goto(base + "/ORB/rounds");
  await manager.getByRole("heading", { name: "Agreement over time" }).waitFor();
});

await journey("figures choose where one stands", async () => {
  await manager.goto(base + "/ORB/priorities");
  await manager.locator("#new-scheme > summary").click();
  await manager.locator("#new-scheme [name=name]").fill("Small steps");
  await manager.locator("#new-scheme [name=by]").selectOption("wsjf");
  await manager.locator("#new-scheme [name=thing]").selectOption("need");
  await manager.locator("#new-scheme").getByRole("button", { name: /Add it/ }).click();
  await manager.getByRole("link", { name: "Small steps" }).click();
  await manager.locator("a.chip[aria-current=page]", { hasText: "Small steps" }).waitFor();
  await manager.locator("#begin-round > summary").click();
  await manager.locator("#begin-round [name=title]").fill("By keys");
  for (const box of await manager.locator("#begin-round table input[type=checkbox]").all()) await box.uncheck();
  for (const box of await manager.locator("#begin-round tr", { hasText: "Mara Lindholm" }).locator("input[type=checkbox]").all()) await box.check();
  await manager.getByRole("button", { name: "Ask them to rate" }).click();
  // Whoever rates too is led to where their own sheet waits.
  await manager.waitForURL("**/rounds");
  await manager.getByRole("link", { name: "Rate: By keys" }).click();
  const first = manager.locator(".to-rate > li").first();
  await first.locator("a.title").focus();
  for (const key of ["5", "3", "1", "2"]) await manager.keyboard.press(key);
  expect((await first.locator("input[type=radio]:checked").evaluateAll((all) => all.map((one) => one.value))).join() === "8,3,1,2", "one figure for each input");
  await manager.getByText(/^4 of/).waitFor();
});

await done();
