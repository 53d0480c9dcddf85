// A release from its scope to its changelog, and what came of a bet.
import { comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
await journey("a release says what it ships and what is missing", async () => {
  await manager.goto(base + "/ORB/launch");
  await manager.locator(".release").getByRole("link", { name: "Holds" }).click();
  await manager.getByRole("heading", { name: "What it ships" }).waitFor();
  await manager.getByText("stories accepted").first().waitFor();
  await manager.getByText("A major launch").waitFor();
  // What is to be done for it is work, which the Owner decides.
  await owner.goto(manager.url());
  const form = await openForm(owner, "add-task");
  await form.locator("[name=title]").fill("Stickers for the bikes");
  await form.getByRole("button", { name: "Add" }).click();
  const task = owner.locator("li", { hasText: "Stickers for the bikes" });
  await task.waitFor();
  await task.getByRole("button", { name: /Done/ }).click();
});

await journey("the changelog tells what reached users", async () => {
  await manager.goto(base + "/ORB/changelog");
  await manager.getByRole("heading", { name: "August" }).waitFor();
  await manager.getByText("Find a bike by its number").first().waitFor();
});

await journey("what came of a bet is asked on Home, and recorded", async () => {
  await manager.goto(base + "/ORB/");
  await manager.getByRole("heading", { name: "What came of it?" }).waitFor();
  await manager.locator(".tile").getByRole("link", { name: "Parking by photo" }).click();
  await manager.getByRole("heading", { name: "What came of these?" }).waitFor();
  const bet = manager.locator("article", { hasText: "Parking by photo" });
  await bet.locator("summary", { hasText: "Say what came of it" }).click();
  await bet.locator("[name=verdict]").selectOption("missed");
  await bet.locator("[name=learned]").fill("Photos are of feet.");
  await bet.locator("[name=next_step]").selectOption("remove");
  await bet.getByRole("button", { name: "Record it" }).click();
  await manager.locator("main .lines").getByRole("link", { name: "Parking by photo" }).click();
  const panel = manager.locator("#panel");
  await panel.getByText("Photos are of feet.").first().waitFor();
  await panel.locator("summary", { hasText: "Make a story of it" }).click();
  await panel.getByRole("button", { name: /make story/i }).click();
  await manager.locator("#toasts", { hasText: "Proposed" }).waitFor();
});

await journey("on a phone an outcome is read, and nothing is wider than it", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "mara");
  for (const page of ["outcomes", "launch", "changelog"]) {
    await phone.goto(base + "/ORB/" + page);
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide <= 0, `${page} is ${wide} wider than the phone`);
  }
  await phone.context().close();
});

await done();
