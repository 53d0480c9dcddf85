// What the two do together, from one end to the other: they sort the slips apart and settle who decides; score apart, settle
// where they differ and sign the order; the Owner asks for something else in Now, the Manager objects, options are compared,
// both sign; and somebody outside of the team reads the update that was drafted from it, asks, and is heard.
import { comeIn, done, expect, journey, person, says, sent, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person(), phone = await person({ viewport: { width: 390, height: 844 } });
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
// The Owner has a phone, too.
await comeIn(phone, base, "tomas");
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
const proposal = (page, title) => page.locator("article.proposal", { hasText: title });

await journey("slips are sorted apart, laid side by side and settled by both", async () => {
  await manager.goto(base + "/ORB/sorting");
  await manager.getByRole("button", { name: "Put the slips away, leave the rest as agreed" }).click();
  await manager.getByRole("button", { name: "Lay out the slips" }).click();
  await manager.locator("#slip-backlog").waitFor();
  await owner.goto(base + "/ORB/sorting");
  const sort = async (page, differs) => {
    for (const slip of await page.locator(".slip").all()) {
      const id = await slip.getAttribute("id");
      const pile = id === "slip-backlog" ? differs : "Either of the two decides";
      await slip.getByRole("button", { name: pile, exact: true }).click();
      await page.locator(`#${id}.sorted`).waitFor();
    }
  };
  await sort(manager, "Both sign");
  await owner.reload();
  expect((await owner.locator("#slip-backlog [aria-pressed=true]").count()) === 0, "nobody sees the slips of the other");
  await sort(owner, "The Owner decides");
  await owner.getByRole("button", { name: "Lay the sorts side by side" }).click();
  const first = owner.locator(".area-row").first();
  await first.getByText("you differ").waitFor();
  expect(/Backlog/.test(await first.textContent()), "differences come first");
  await first.locator("summary").click();
  await first.locator("[name=pile]").selectOption("owner");
  await first.locator("[name=reason]").fill("They write it, they order it.");
  await first.getByRole("button", { name: "Settle it so" }).click();
  await owner.locator("#area-backlog").getByText("waits for a signature").waitFor();
  await manager.goto(base + "/ORB/decisions");
  await manager.locator("article.proposal", { hasText: "On the backlog, the Owner decides" }).getByRole("button", { name: /^Sign as/ }).click();
  await owner.goto(base + "/ORB/sorting");
  await owner.locator("#area-backlog").getByText("settled", { exact: true }).waitFor();
});

await journey("what waits to be rated stands on Home, and is rated on a phone", async () => {
  await phone.goto(base + "/ORB/");
  await phone.getByRole("link", { name: "Rate: Bets for next year" }).click();
  await phone.getByText(/Waiting for .*Tomas/).waitFor();
  expect(await fits(phone), "no wider than the phone");
  const seen = await phone.textContent("main");
  expect(!/judge us by/.test(seen), "what the Manager noted is not there before all is revealed");
  const fields = phone.locator(".to-rate input[type=text]");
  await fields.first().waitFor();
  const count = await fields.count();
  for (let n = 0; n < count; n++) {
    if (await fields.nth(n).inputValue()) continue;
    await fields.nth(n).fill(n % 4 === 3 ? "3 to 6" : String(2 + (n * 5) % 8));
    const kept = phone.waitForResponse((answer) => answer.url().includes("scoring_round.rate"));
    await fields.nth(n).press("Tab");
    expect((await kept).ok(), "each answer is kept as it is given");
  }
  await phone.getByText(`${count} of ${count} answered`).waitFor();
  await phone.reload();
  expect((await fields.last().inputValue()) !== "", "and is there again");
});

await journey("the last one to finish reveals, for everybody at once", async () => {
  await manager.goto(base + "/ORB/rounds");
  await manager.getByRole("link", { name: "Bets for next year" }).click();
  await manager.getByText(/Waiting for Tomas Okafor/).waitFor();
  await phone.getByRole("button", { name: "Seal my ratings" }).click();
  await phone.getByRole("heading", { name: "Furthest apart" }).waitFor();
  await manager.getByRole("heading", { name: "Furthest apart" }).waitFor();
  await manager.getByText("Winter is what the cities will judge us by.").waitFor();
  expect(await fits(phone), "no wider than the phone");
});

await journey("three disagreements are settled with a reason, and both sign what follows", async () => {
  for (let n = 1; n <= 3; n++) {
    const gap = manager.locator("article.apart:not(:has(.pill.good))").first();
    await gap.locator("summary", { hasText: "Settle it" }).click();
    await gap.locator("[name=value]").fill(String(4 + n));
    await gap.locator("[name=reason]").fill(`Between what both of us know, ${n}.`);
    await gap.getByRole("button", { name: "Settle", exact: true }).click();
    await manager.getByText(new RegExp(`\\b${n} of \\d+ settled`)).first().waitFor();
  }
  await phone.getByText("Between what both of us know, 3.").first().waitFor();
  await manager.getByRole("button", { name: "Take over these scores and this order" }).click();
  await says(manager, "Proposed: Take over the scores");
  await phone.goto(base + "/ORB/decisions");
  const asked = phone.locator("article.proposal", { hasText: "Take over the scores and the order of “Bets for next year”" });
  await asked.getByRole("button", { name: "Sign as Owner" }).click();
  await manager.getByText("Taken over as scores and order").waitFor();
});

await journey("the Owner asks for something else in Now; the Manager objects, options are compared, and both sign", async () => {
  await owner.goto(base + "/ORB/roadmap");
  const bet = owner.locator(".bet", { hasText: "Safe in the wet" });
  await bet.getByLabel("Move Safe in the wet").click();
  await bet.getByRole("button", { name: /to Now/ }).click();
  await owner.locator("#toasts .toast").first().waitFor();
  const title = "Safe in the wet";
  await manager.goto(base + "/ORB/decisions");
  const theirs = proposal(manager, title).filter({ hasText: "Now" }).first();
  await theirs.locator("summary", { hasText: /^Object$/ }).click();
  await theirs.locator("[id^=object-] textarea").fill("What leaves Now for it?");
  await theirs.locator("[id^=object-]").getByRole("button", { name: "Object", exact: true }).click();
  await theirs.locator(".open-ask.objection").waitFor();
  await owner.goto(base + "/ORB/decisions");
  const own = proposal(owner, title).filter({ hasText: "What leaves Now for it?" });
  for (const [option, pros, cost] of [["Brakes first, the report waits", "Winter is near", "The report slips a month"], ["Both, at half the pace", "Nobody is let down", "Two windows slip"]]) {
    await own.locator("summary", { hasText: "Add an option" }).click();
    const form = own.locator("details[open] form", { has: owner.locator("[name=pros]") });
    await form.locator("[name=title]").fill(option);
    await form.locator("[name=pros]").fill(pros);
    await form.locator("[name=cost]").fill(cost);
    await form.getByRole("button", { name: "Add the option" }).click();
    await own.locator(".options-compared").getByText(option).waitFor();
  }
  // The objection is answered where it was made.
  const objection = own.locator(".open-ask.objection");
  await objection.locator("summary").first().click();
  await objection.locator("textarea").first().fill("The report: the cities have until spring.");
  await objection.getByRole("button", { name: /^Answer/ }).last().click();
  await own.locator(".open-ask").waitFor({ state: "detached" });
  // What was signed by asking has been reworded since, so both sign.
  await manager.reload();
  const mine = proposal(manager, title).filter({ hasText: "Both, at half the pace" });
  await sent(manager, () => mine.getByRole("button", { name: "Sign as Manager" }).click());
  await owner.reload();
  const again = own.getByRole("button", { name: "Sign as Owner" });
  if (await again.count()) await again.click();
  await owner.locator(".log .decision", { hasText: title }).first().waitFor();
  await manager.goto(base + "/ORB/roadmap");
  await manager.locator("#now .bet, [data-horizon=now] .bet", { hasText: title }).first().waitFor();
});

await journey("the update drafted from it is read by somebody outside, whose question is answered and is evidence", async () => {
  await manager.goto(base + "/ORB/links");
  await manager.locator("#share summary").click();
  await manager.locator("#share [name=name]").fill("The council of Lindau");
  await manager.locator("#share [name=look]").selectOption({ label: "The updates" });
  await manager.locator("#share").getByRole("button", { name: "Make link" }).click();
  const link = await manager.locator("dialog[open] input").inputValue();
  await manager.goto(base + "/ORB/updates/write?kind=roadmap");
  const drafted = await manager.locator("[name=body]").inputValue();
  expect(/Safe in the wet/.test(drafted), "the draft tells of what was decided: " + drafted);
  await manager.locator("[name=title]").fill("Winter comes first");
  await manager.getByLabel("Everyone in the product").check();
  await manager.getByLabel("Also for whoever has a link to the updates").check();
  await manager.getByRole("button", { name: "Publish update" }).click();
  await manager.getByRole("heading", { name: "Winter comes first" }).waitFor();
  const outside = await person({ viewport: { width: 360, height: 740 } });
  await outside.goto(link);
  const read = outside.locator("article.update", { hasText: "Winter comes first" });
  await read.getByText(/Safe in the wet/).first().waitFor();
  await read.locator("summary", { hasText: "Ask about it" }).click();
  await read.locator("[name=name]").fill("Frau Keller");
  await read.locator("[name=body]").fill("Our drivers ask for brakes since October: will the shuttles have them, too?");
  await read.getByRole("button", { name: "Send the question" }).click();
  await manager.getByRole("link", { name: "Winter comes first" }).first().click();
  const asked = manager.locator("article.question", { hasText: "Frau Keller" });
  await asked.getByRole("button", { name: /Record as evidence/ }).click();
  await asked.locator("summary", { hasText: "Answer" }).click();
  await asked.locator("[name=body]").fill("In spring, after the bikes.");
  await asked.getByRole("button", { name: "Answer", exact: true }).click();
  await manager.locator("article.comment", { hasText: "In spring, after the bikes." }).waitFor();
  await outside.goto(link);
  await outside.getByText("In spring, after the bikes.").waitFor();
  expect(await fits(outside), "no wider than the phone");
  await manager.goto(base + "/ORB/customers");
  await manager.locator(".evidence", { hasText: "Our drivers ask for brakes since October" }).first().waitFor();
});

await done();
