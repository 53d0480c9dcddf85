// Research by hand: a trend that would change a bet, a cell noted anew, somebody placed, a persona, a market estimated twice.
import { comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), developer = await person();
await comeIn(manager, base, "mara");
await comeIn(developer, base, "ines");
const panel = manager.locator("#panel");

await journey("a trend is written down, and the bet that it would change says so", async () => {
  await developer.goto(base + "/ORB/research");
  await manager.goto(base + "/ORB/research");
  const form = await openForm(manager, "new-trend");
  await form.locator("[name=title]").fill("Cities close their centres to vans");
  await form.locator("[name=theme]").selectOption("rules");
  await form.locator("[name=horizon]").selectOption("now");
  await form.locator("[name=confidence]").fill("75");
  await form.getByRole("button", { name: "Write it down" }).click();
  await developer.locator(".trend", { hasText: "Cities close their centres to vans" }).waitFor();
  await manager.locator(".trend a.what", { hasText: "Cities close their centres" }).click();
  await panel.getByRole("heading", { name: "Cities close their centres to vans" }).waitFor();
  await panel.getByRole("link", { name: "An initiative it would change" }).click();
  await manager.locator("#picker [role=option]", { hasText: "Bikes for small shops" }).first().click();
  await panel.locator(".lines a", { hasText: "Bikes for small shops" }).waitFor();
  await panel.locator(".lines a", { hasText: "Bikes for small shops" }).click();
  await manager.locator("#panel .chip-trend").first().waitFor();
  await manager.locator("#panel").getByText("Cities close their centres to vans").waitFor();
});

await journey("a cell of the matrix is noted anew and keeps its past", async () => {
  await manager.goto(base + "/ORB/competitors");
  await manager.locator(".capability-matrix a.grade", { hasText: "Child seats that fit, Velo & Load" }).click();
  await panel.getByText("old: look again").waitFor();
  const form = await openForm(manager, "note-grade");
  await form.locator("[name=level]").selectOption("full");
  await form.locator("[name=source]").fill("Their spring fair");
  await form.getByRole("button", { name: "Note it" }).click();
  await panel.getByText("What was seen before").waitFor();
  await panel.getByText("Ride along in Aarberg").waitFor();
  await manager.locator(".capability-matrix a.grade.full", { hasText: "Child seats that fit, Velo & Load" }).waitFor();
});

await journey("a table comes in, and one that cannot be read says where", async () => {
  await manager.goto(base + "/ORB/competitors");
  const form = await openForm(manager, "bring-grades");
  await form.locator("[name=table]").fill("Capability,Competitor,Grade,Source\nRefund in a minute,Nimbus Rides,so so,Their app");
  await form.getByRole("button", { name: "Bring in" }).click();
  await form.getByText("Row 2, Grade: found “so so”").waitFor();
  await form.locator("[name=table]").fill("Capability,Competitor,Grade,Source\nRefund in a minute,Nimbus Rides,full,Their app");
  await form.getByRole("button", { name: "Bring in" }).click();
  await manager.locator(".capability-matrix").getByRole("link", { name: "Refund in a minute", exact: true }).waitFor();
});

await journey("somebody is moved on the chart, and it can be taken along", async () => {
  await manager.goto(base + "/ORB/positioning");
  await manager.locator(".noted", { hasText: "Velo & Load" }).locator("summary", { hasText: "Move" }).click();
  const form = manager.locator(".noted", { hasText: "Velo & Load" }).locator("form.stack");
  await form.locator("[name=across]").fill("60");
  await form.getByRole("button", { name: "Place" }).click();
  await manager.locator(".noted", { hasText: "Velo & Load" }).getByText("60 across").waitFor();
  const [file] = await Promise.all([manager.waitForEvent("download"), manager.locator(".chart-take a", { hasText: "CSV" }).click()]);
  expect(decodeURIComponent(file.suggestedFilename()).endsWith(".csv"), "the chart is a file, too");
});

await journey("a persona becomes researched by its third piece of evidence", async () => {
  await manager.goto(base + "/ORB/personas");
  await manager.locator(".tile", { hasText: "Noor, runs a bakery" }).locator("a").first().click();
  await panel.getByText("assumed").first().waitFor();
  for (const words of ["Three cards, three receipts", "Can you put the company name"]) {
    await panel.getByRole("link", { name: "Link evidence" }).click();
    await manager.locator("#picker [role=combobox]").fill(words);
    await manager.locator("#picker [role=option]", { hasText: words }).first().click();
    await panel.locator("q", { hasText: words }).waitFor();
  }
  await panel.getByText("researched").first().waitFor();
});

await journey("a market is estimated, what is wrong is said at its line, and the gap names its input", async () => {
  await manager.goto(base + "/ORB/market-size");
  await manager.getByText("Which input, moved within its own range, closes the gap").first().waitFor();
  const form = await openForm(manager, "edit-market-size");
  await form.locator("[name=top_down]").fill("TAM = 900M EUR/");
  await form.getByRole("button", { name: "Save" }).click();
  await form.getByText(/Line 1, column/).waitFor();
  await form.locator("[name=top_down]").fill("TAM = 900M EUR/year -- a report that counts everything");
  await form.getByRole("button", { name: "Save" }).click();
  await manager.locator(".ways-apart strong", { hasText: "none" }).waitFor();
});

await journey("on a phone nothing is wider than the screen", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "mara");
  for (const page of ["research", "competitors", "positioning", "personas", "market-size"]) {
    await phone.goto(`${base}/ORB/${page}`);
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide <= 0, `${page} is ${wide} px wider than the phone`);
  }
  await phone.context().close();
});

await done();
