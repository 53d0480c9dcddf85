// The end of a sprint: three people seal notes, reveal them, put them together, vote and agree on what changes, which comes
// back at the next one; and a stakeholder looks at the review by a link and says something, which stands as evidence.
import { axe, comeIn, done, drag, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const owner = await person(), ines = await person(), jonas = await person({ viewport: { width: 390, height: 844 } });
await comeIn(owner, base, "tomas");
await comeIn(ines, base, "ines");
await comeIn(jonas, base, "jonas");
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
const column = (page, name) => page.locator(`.retro-columns > section[aria-label="${name}"]`);
// Forms in a pile name the others, too, so a pile is known by its own name.
const pile = (page, text) => page.locator(`.retro-pile[aria-label*="${text}"]`);

await journey("three people seal notes, and nobody reads those of another", async () => {
  const notes = [[owner, "Start", "Ask the shops before we build"], [ines, "Stop", "The lock tests on the build server are slow"], [jonas, "Stop", "Slow lock tests on the build server"]];
  for (const [page, name, text] of notes) {
    await page.goto(base + "/ORB/retro");
    const lane = column(page, name);
    await lane.locator("form textarea[name=body]").last().fill(text);
    await lane.getByRole("button", { name: "Seal the note" }).click();
    await lane.locator("article.card", { hasText: text }).waitFor();
  }
  await owner.reload();
  await column(owner, "Start").locator("article.card", { hasText: "Ask the shops" }).waitFor();
  expect(!(await owner.textContent("main")).includes("build server"), "what others wrote is sealed");
  expect(await fits(jonas), "no wider than the phone");
  const found = await axe(owner);
  expect(found.length === 0, found.join("\n"));
});

await journey("all notes are revealed at once, beside what happened", async () => {
  await owner.locator("#reveal > summary").click();
  await owner.locator("#reveal").getByRole("button", { name: "Reveal them now" }).click();
  await owner.getByRole("heading", { name: "What happened" }).waitFor();
  await owner.locator("#facts", { hasText: "Waiting for the lock supplier" }).waitFor();
  // The others had the page open before.
  await pile(ines, "Ask the shops before we build").waitFor();
  await pile(jonas, "Ask the shops before we build").waitFor();
});

await journey("what says the same is put together, by a press, by a drag and by a form", async () => {
  const said = jonas.locator("#suggested > ul > li", { hasText: "Slow lock tests" });
  await said.getByRole("button", { name: /^Put these \d+ together$/ }).click();
  await jonas.locator(".retro-pile.grouped", { hasText: "Slow lock tests" }).waitFor();
  await ines.goto(base + "/ORB/retro");
  await drag(ines, pile(ines, "A demo on a real bike").locator(".card").first(), pile(ines, "Ask the shops before we build"));
  await ines.locator(".retro-pile.grouped .retro-note > p", { hasText: "A demo on a real bike" }).waitFor();
  // And taken out again by its form.
  const card = ines.locator(".retro-note", { has: ines.locator("> p", { hasText: "A demo on a real bike" }) });
  await card.locator("summary", { hasText: "Put together with" }).click();
  await card.locator("[name=onto]").selectOption("");
  await card.getByRole("button", { name: "Put it there" }).click();
  await ines.locator(`.retro-pile:not(.grouped)[aria-label*="A demo on a real bike"]`).waitFor();
  const found = await axe(ines);
  expect(found.length === 0, found.join("\n"));
});

await journey("dots are sealed and opened together", async () => {
  await owner.goto(base + "/ORB/retro");
  await owner.locator("#vote > summary").click();
  await owner.locator("#vote").getByRole("button", { name: "Begin the vote" }).click();
  await owner.locator("#ballot").waitFor();
  const give = async (page, dots) => {
    await page.locator("#ballot").waitFor();
    for (const [text, count] of dots) await page.locator("#ballot li", { hasText: text }).locator("input[type=number]").first().fill(String(count));
    await page.getByRole("button", { name: "Seal my dots" }).click();
  };
  await give(owner, [["Slow", 4], ["Ask the shops", 2]]);
  await owner.getByText("You have 5 dots, and gave 6.").waitFor();
  await give(owner, [["Slow", 3], ["Ask the shops", 2]]);
  await owner.getByText("Your dots are sealed").waitFor();
  await give(jonas, [["Slow", 4], ["Ask the shops", 1]]);
  await jonas.getByText("Your dots are sealed").waitFor();
  expect(await fits(jonas), "no wider than the phone");
  await owner.getByText("Jonas Weber").filter({ visible: true }).first().waitFor();
  await owner.getByRole("button", { name: "Open the votes" }).click();
  await owner.locator("#result li").first().getByText("7 dots").waitFor();
});

await journey("an action is agreed on, and stands there at the next one", async () => {
  const form = await openForm(owner, "make-action");
  await form.locator("[name=what]").fill("Give the lock tests a machine of their own");
  await form.locator("[name=owner]").selectOption({ label: "Ines Duarte" });
  await form.getByRole("button", { name: "Agree on it" }).click();
  await owner.locator("#actions li", { hasText: "Give the lock tests a machine" }).waitFor();
  await owner.locator("#end > summary").click();
  await owner.locator("#end").getByRole("button", { name: "Close it" }).click();
  await owner.getByRole("button", { name: "Open a new one" }).click();
  const earlier = (page) => page.locator("#earlier-actions li", { hasText: "Give the lock tests a machine" });
  await earlier(owner).waitFor();
  await ines.goto(base + "/ORB/retro");
  await earlier(ines).getByRole("button", { name: "Done", exact: true }).click();
  await earlier(ines).locator(".pill.good", { hasText: "done" }).waitFor();
  await earlier(owner).locator(".pill.good", { hasText: "done" }).waitFor();
});

await journey("a stakeholder looks at the review by a link, and what they say is evidence", async () => {
  const manager = await person(), visitor = await person({ viewport: { width: 390, height: 844 } });
  await comeIn(manager, base, "mara");
  await manager.goto(base + "/ORB/review?sprint=44");
  await manager.getByText("On a bike in the yard, with the phone offline.").waitFor();
  const found = await axe(manager);
  expect(found.length === 0, found.join("\n"));
  await manager.locator("#share [name=name]").fill("The council");
  await manager.getByRole("button", { name: "Make a link to this review" }).click();
  const link = new URL(await manager.locator("#dialog input, dialog input").first().inputValue(), base).pathname;
  await visitor.goto(base + link);
  await visitor.getByRole("heading", { name: "What is done" }).waitFor();
  expect(await fits(visitor), "no wider than the phone");
  const outside = await axe(visitor);
  expect(outside.length === 0, outside.join("\n"));
  const story = visitor.locator(".review-story").first();
  await story.locator("summary").click();
  await story.locator("[name=name]").fill("Ada");
  await story.locator("[name=body]").fill("The council wants this at the station first.");
  await story.getByRole("button", { name: "Send it" }).click();
  await visitor.getByText("What you wrote was handed over").waitFor();
  await owner.goto(base + "/ORB/review?sprint=44");
  const said = owner.locator(".said-at-review li", { hasText: "The council wants this at the station first." });
  await said.getByText("by link").waitFor();
  await said.getByRole("link", { name: "Evidence" }).click();
  await owner.getByText("The council wants this at the station first.").first().waitFor();
});

await done();
