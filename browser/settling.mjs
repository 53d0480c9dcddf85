// Manager and Owner weigh options and sign what they read, loosen a matter that is stuck, and keep a note of the week. How
// they sort the slips is in common.mjs.
import { comeIn, done, expect, journey, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");

await journey("an option is put beside the others, and what was signed before is signed anew", async () => {
  await owner.goto(base + "/ORB/decisions");
  const question = (page) => page.locator("article.proposal", { hasText: "Do we stop supporting the 2019 locks?" });
  await question(owner).locator("summary", { hasText: "Add an option" }).click();
  const form = question(owner).locator("details[open] form", { has: owner.locator("[name=pros]") });
  await form.locator("[name=title]").fill("Swap them in Lindau first");
  await form.locator("[name=pros]").fill("Where holds fail most");
  await form.locator("[name=cost]").fill("900 €");
  await form.getByRole("button", { name: "Add the option" }).click();
  await question(owner).locator(".options-compared").getByText("Swap them in Lindau first").waitFor();
  // The Manager had the page open before: what they would sign has changed.
  await manager.goto(base + "/ORB/decisions");
  await question(manager).locator(".options-compared").getByText("900 €").waitFor();
});

await journey("a matter past its day is loosened: the Owner confirms, both name one person, who decides", async () => {
  const stuck = (page) => page.locator("article.proposal", { hasText: "Do shops get holds before families do?" });
  await owner.goto(base + "/ORB/decisions");
  await stuck(owner).getByRole("button", { name: "That is what I mean" }).click();
  for (const page of [owner, manager]) {
    await page.goto(base + "/ORB/decisions");
    await stuck(page).locator("summary", { hasText: "Name one person to decide" }).click();
    await stuck(page).locator("[name=member]").selectOption({ label: "Priya Nair" });
    await stuck(page).getByRole("button", { name: "Name them" }).click();
  }
  const priya = await person();
  await comeIn(priya, base, "priya");
  await priya.goto(base + "/ORB/decisions");
  await stuck(priya).getByText("was named to decide this").waitFor();
  await stuck(priya).getByText(/^Answer as/).first().click();
  await stuck(priya).locator("[name=note]").first().fill("Families first; shops with the passes.");
  await stuck(priya).getByRole("button", { name: "Answer", exact: true }).click();
  await priya.locator("li.decision", { hasText: "Do shops get holds before families do?" }).getByText(/named Priya Nair to decide it/).waitFor();
});

await journey("the week is one page, with its note", async () => {
  await manager.goto(base + "/ORB/week");
  await manager.getByRole("heading", { name: "Promised and likely" }).waitFor();
  await manager.locator("#week-note").fill("We sorted the slips.");
  await manager.getByRole("button", { name: "Keep the note" }).click();
  await owner.goto(base + "/ORB/week");
  await owner.locator("#note", { hasText: "We sorted the slips" }).waitFor();
});

await done();
