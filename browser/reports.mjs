// The reports, one after the other: what each counts, its table, its file, a past day; a filter and two sprints side by side;
// and a forecast asked what if.
import { comeIn, done, expect, journey, person, start } from "./house.mjs";

const base = await start("demo");
const owner = await person();
await comeIn(owner, base, "tomas");
const day = (ago) => new Date(Date.now() - ago * 864e5).toISOString().slice(0, 10);
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

const all = [];
await journey("the index says of each report what it counts", async () => {
  await owner.goto(base + "/ORB/reports");
  await owner.locator(".report-list li").first().waitFor();
  for (const link of await owner.locator(".report-list a[href*='/reports/']").all()) {
    const says = await link.locator("xpath=following-sibling::p").textContent();
    all.push({ href: await link.getAttribute("href"), says });
  }
  expect(all.length === 11, `there are eleven reports: ${all.length}`);
});

await journey("each report opens, with its table, its files and a past day", async () => {
  for (const { href, says } of all) {
    await owner.goto(base + href);
    await owner.getByText(says, { exact: true }).waitFor();
    const chart = owner.locator("figure.chart").first();
    await chart.locator("summary", { hasText: "As a table" }).click();
    await chart.locator("table").waitFor();
    const files = chart.locator("a[download]");
    expect((await files.count()) === 2, `${href} is taken along twice`);
    for (const link of await files.all()) {
      const file = await owner.request.get(new URL(await link.getAttribute("href"), owner.url()).href);
      expect(file.status() === 200 && (await file.text()).length > 20, `${href}: ${link}`);
    }
    const form = owner.locator("form.asked");
    await form.locator("[name=as_of]").fill(day(20));
    await form.getByRole("button", { name: "Show" }).click();
    await owner.getByText("As of the end of").waitFor();
    await owner.getByRole("link", { name: "Back to today" }).click();
    await owner.getByText("As of the end of").waitFor({ state: "detached" });
  }
});

await journey("fewer stories count, and two sprints stand side by side", async () => {
  await owner.goto(base + "/ORB/reports/throughput?weeks=26");
  const bar = owner.getByRole("search", { name: "Which stories count" });
  await bar.locator("[name=q]").fill("kind:bug");
  await bar.locator("[name=q]").press("Enter");
  await owner.waitForURL(/kind[=%3A:]+bug/);
  await owner.locator("a.chip.set", { hasText: "Bugs" }).waitFor();
  expect(/weeks=26/.test(owner.url()), "the span stays");
  await owner.goto(base + "/ORB/reports/burndown");
  const form = owner.locator("form.asked");
  await form.locator("[name=with]").selectOption({ index: 2 });
  await form.getByRole("button", { name: "Show" }).click();
  await owner.waitForURL(/with=\d/);
  await owner.locator("figure.chart svg:visible").getByText(/^Left in /).first().waitFor();
});

await journey("a forecast is asked what if, and tells each feature", async () => {
  await owner.goto(base + "/ORB/forecast");
  const form = owner.locator("form.asked");
  await form.locator("[name=more]").fill("5");
  await form.locator("[name=by]").fill(day(-60));
  await form.getByRole("button", { name: "Show" }).click();
  await owner.getByText("As if 5 stories came in before it ends").waitFor();
  await owner.getByRole("columnheader", { name: "As things are" }).waitFor();
  await owner.getByRole("link", { name: "Each feature with its days" }).click();
  await owner.getByRole("columnheader", { name: "Stories left" }).waitFor();
});

await journey("all of it fits a phone", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "tomas");
  for (const href of ["/ORB/reports", ...all.map((one) => one.href), "/ORB/forecast?more=5", "/ORB/forecast/features"]) {
    await phone.goto(base + href);
    await phone.locator("main h1").waitFor();
    expect(await fits(phone), `${href} is wider than a phone`);
  }
  await phone.context().close();
});

await done();
