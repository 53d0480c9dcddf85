// Customers named and merged, the target market chosen and confirmed, the vision in other words, and a pulse, between two browsers.
import { comeIn, done, expect, journey, openForm, person, says, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person(), developer = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
await comeIn(developer, base, "jonas");

await journey("who is named with evidence is known from then on, and two who are one are merged", async () => {
  await owner.goto(base + "/ORB/customers");
  const form = await openForm(owner, "record");
  await form.locator("[name=quote]").fill("Two of our couriers share one bike.");
  await form.locator("[name=customer]").fill("Sundqvist, baker");
  await form.getByRole("button", { name: "Record" }).click();
  await owner.getByText("Two of our couriers share one bike.").waitFor();
  await owner.getByRole("link", { name: "Sundqvist, baker" }).click();
  const panel = owner.locator("#panel");
  await panel.getByRole("heading", { name: "Sundqvist, baker" }).waitFor();
  const merge = await openForm(owner, "merge-customer");
  await merge.locator("[name=into]").fill("bakery sundqvist");
  await merge.getByRole("button", { name: "Merge" }).click();
  await panel.getByRole("heading", { name: "Bakery Sundqvist" }).waitFor();
  await panel.getByText("Two of our couriers share one bike.").waitFor();
  expect(/4800/.test(await panel.textContent()), "what is known of it stays");
  await owner.goto(base + "/ORB/customer-list?find=sundqvist");
  expect((await owner.locator("main table").first().locator("tbody tr").count()) === 1, "one is left");
});

await journey("a target market that is chosen anew is confirmed anew", async () => {
  await owner.goto(base + "/ORB/strategy");
  const market = (page) => page.locator("#market");
  expect(await market(owner).getByRole("button", { name: "This is also my target market" }).count() === 0, "the Owner has confirmed it");
  await manager.goto(base + "/ORB/strategy");
  const form = await openForm(manager, "choose-market");
  await form.locator("[name=note]").fill("Shops before officials.");
  await form.getByRole("button", { name: "Choose the target market" }).click();
  await market(manager).getByText("1 of 5 have confirmed it").waitFor();
  await market(owner).getByRole("button", { name: "This is also my target market" }).click();
  await market(owner).getByText("2 of 5 have confirmed it").waitFor();
  await market(manager).getByText("2 of 5 have confirmed it").waitFor();
  await developer.goto(base + "/ORB/strategy");
  await developer.locator("#ask-target_market > summary").click();
  await developer.locator("#ask-target_market [name=question]").fill("And couriers?");
  await developer.locator("#ask-target_market").getByRole("button", { name: "Ask" }).click();
  await market(manager).getByText("asks: And couriers?").waitFor();
  await manager.goto(base + "/ORB/understanding");
  await manager.locator("tr", { hasText: "Jonas Weber" }).getByText("asks").first().waitFor();
});

await journey("what the Manager means is said by the Owner, and marked sentence by sentence", async () => {
  await owner.goto(base + "/ORB/understanding");
  const form = await openForm(owner, "say-it");
  expect((await form.locator("[name=whom] option").first().textContent()) === "Mara Lindholm", "whose word it is stands first");
  await form.locator("[name=words]").fill("Families come first. Snow is no excuse.");
  await form.getByRole("button", { name: "Hand it over" }).click();
  const said = (page) => page.locator(".playback", { hasText: "Snow is no excuse." });
  await said(owner).getByText("being gone through").waitFor();
  await manager.goto(base + "/ORB/understanding");
  await said(manager).getByRole("button", { name: "That is what I mean" }).first().click();
  await said(manager).getByText("meant so", { exact: true }).waitFor();
  await said(manager).locator("summary", { hasText: "Not quite" }).click();
  await said(manager).locator("[name=instead]").fill("Ice is.");
  await said(manager).getByRole("button", { name: "Begin a thread" }).click();
  await said(manager).getByText("1 of 2 are meant so").waitFor();
  await said(owner).getByRole("link", { name: "Talk it over" }).click();
  await owner.locator("#answer").waitFor();
  expect((await owner.locator("main").textContent()).includes("Ice is."), "the difference is a thread");
});

await journey("a pulse is answered by keys and keeps no answer", async () => {
  await developer.goto(base + "/ORB/");
  await developer.getByRole("link", { name: "Five questions for you" }).click();
  await developer.locator(".pulse-form").waitFor();
  for (const field of ["direction", "market", "needs", "work", "together"]) {
    await developer.locator(`[name=${field}][value="3"]`).focus();
    await developer.keyboard.press("Space");
  }
  await developer.keyboard.press("Control+Enter");
  await developer.getByText("Nobody can tell any more which answers are yours.").waitFor();
  await manager.goto(base + "/ORB/understanding");
  await manager.locator("#pulse").getByText("3 of 5 have answered").waitFor();
  await manager.locator("#pulse figure.chart").waitFor();
  await manager.locator("#pulse").getByRole("button", { name: "Close it now" }).click();
  await manager.locator("#pulse").getByText("3 answers").waitFor();
  await says(manager, "Closed");
});

await done();
