// A sealed vote between two browsers, days off that a sprint counts, and the roadmap on the phone of somebody without an account.
import { comeIn, done, expect, journey, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const locks = (page) => page.locator("article.proposal", { hasText: "Do we stop supporting the 2019 locks?" });

await journey("a vote is asked for on its question, sealed, and opened for all at once", async () => {
  await manager.goto(base + "/ORB/decisions");
  await locks(manager).getByRole("link", { name: "Ask for a vote" }).click();
  const form = manager.locator("#ask-vote");
  await form.waitFor();
  await form.locator("[name=question]").fill("Tell the city now?");
  await form.locator("[name=options]").fill("Now\nIn spring");
  for (const name of ["Ines Duarte", "Jonas Weber", "Priya Nair"]) await form.getByLabel(name).uncheck();
  await form.getByRole("button", { name: "Ask for votes" }).click();
  const vote = (page) => page.locator(".vote", { hasText: "Tell the city now?" });
  await vote(manager).waitFor();
  await owner.goto(base + "/ORB/decisions");
  await vote(owner).waitFor();
  await vote(owner).getByLabel("In spring").check();
  await vote(owner).locator("[name=note]").fill("after the winter report");
  await vote(owner).getByRole("button", { name: "Seal my vote" }).click();
  await vote(owner).getByText("Only you see it").waitFor();
  await manager.goto(base + "/ORB/decisions");
  const seen = await vote(manager).textContent();
  expect(/Tomas Okafor has voted/.test(seen) && !/winter report/.test(seen), "that he voted, and not what: " + seen);
  await vote(manager).getByLabel("Now", { exact: true }).check();
  await vote(manager).getByRole("button", { name: "Seal my vote" }).click();
  await vote(manager).getByText("after the winter report").waitFor();
  await vote(owner).getByText("1 vote").first().waitFor();
});

await journey("somebody without an account sees the roadmap on a phone, until the link is revoked", async () => {
  await manager.goto(base + "/ORB/links");
  await manager.locator("#share summary").click();
  await manager.locator("#share [name=name]").fill("The council");
  await manager.locator("#share").getByRole("button", { name: "Make link" }).click();
  const link = await manager.locator("dialog[open] input").inputValue();
  const phone = await person({ viewport: { width: 360, height: 740 } });
  await phone.goto(link);
  expect(await phone.getByRole("heading", { name: "The roadmap" }).isVisible(), "it is there");
  expect(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth && !document.querySelector("nav")), "it fits, without the frame of the product");
  await manager.locator("dialog[open]").getByRole("button", { name: "Close" }).click();
  await manager.reload();
  await manager.locator(".shared-links li", { hasText: "The council" }).getByText(/opened 1 time/).waitFor();
  await manager.locator(".shared-links li", { hasText: "The council" }).getByRole("button", { name: "Revoke" }).click();
  await manager.locator(".shared-links li", { hasText: "The council" }).getByText("revoked").waitFor();
  await phone.goto(link);
  expect(await phone.getByText("opens nothing, or nothing any more").isVisible(), "and no longer");
});

await journey("days off are taken and brought in from a file", async () => {
  await owner.goto(base + "/ORB/calendar");
  const next = new Date(Date.now() + 40 * 864e5).toISOString().slice(0, 10);
  await owner.locator("[name=first_day]").fill(next);
  await owner.getByRole("button", { name: "Take days off" }).click();
  await owner.getByRole("button", { name: "I work after all" }).waitFor();
  await owner.locator("#bring-holidays summary").click();
  const year = new Date().getFullYear() + 1;
  const ics = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Holidays\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:${year}0501\r\nSUMMARY:May Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  await owner.locator("input[data-reads]").setInputFiles({ name: "holidays.ics", mimeType: "text/calendar", buffer: Buffer.from(ics) });
  await owner.waitForFunction(() => document.querySelector("textarea[name=ics]").value.includes("May Day"));
  await owner.locator("#bring-holidays input[name=year]").fill("");
  await owner.locator("#bring-holidays").getByRole("button", { name: "Bring in" }).click();
  await manager.goto(base + "/ORB/decisions");
  const asked = manager.locator("article.proposal", { hasText: "Days off: Holidays" });
  await asked.getByRole("button", { name: "Sign as Manager" }).click();
  await owner.getByText("May Day").first().waitFor();
});

await done();
