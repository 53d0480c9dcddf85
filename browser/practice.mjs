// A guess from the library to its debrief, a case asked by cuts, and a drill; on a page without script, too.
import { comeIn, done, expect, journey, person, start } from "./house.mjs";

const base = await start("demo");
const owner = await person();
await comeIn(owner, base, "tomas");

await journey("a guess is begun, hinted, handed in and revised", async () => {
  await owner.goto(base + "/practice?kind=guesstimate");
  await owner.getByRole("link", { name: "Where a small aeroplane can land" }).click();
  await owner.getByRole("button", { name: "Begin in learning mode" }).click();
  const form = owner.locator("#answering");
  await form.waitFor();
  expect(await owner.getByRole("heading", { name: "The author’s answers" }).count() === 0, "nothing of the answers is there");
  await owner.getByRole("button", { name: "A hint for “Scope”" }).click();
  await owner.getByText("The brief gives a length").waitFor();
  await form.getByRole("button", { name: "Hand in" }).click();
  await owner.getByText("Nothing is written yet").waitFor();
  await form.locator("[name='parts.scope']").fill("Strips that are kept clear, no roofs.");
  await form.locator("[name='parts.model']").fill("estates = 1.5k to 4.5k airfield -- one on each\ntowns = 700 to 1500 airfield\nanswer = estates + towns");
  await form.locator("[name='parts.low']").fill("2.5k");
  await form.locator("[name='parts.high']").fill("9k");
  await form.getByRole("button", { name: "Hand in" }).click();
  await owner.getByText("holds the reference").waitFor();
  await owner.waitForFunction(() => { const { top } = document.getElementById("result").getBoundingClientRect(); return top >= 0 && top < innerHeight / 2; });
  const plain = await owner.evaluate(() => [...document.querySelectorAll("main details:not(.disclosure, .menu-button) > summary")].filter((one) => one.checkVisibility() && !getComputedStyle(one, "::before").content.includes("›")).map((one) => one.textContent));
  expect(plain.length === 0, `what opens is seen to open: ${plain.join("; ")}`);
  await owner.getByRole("heading", { name: "The author’s answers" }).waitFor();
  await owner.getByRole("button", { name: "Revise your answer" }).click();
  await form.waitFor();
  expect((await form.locator("[name='parts.model']").inputValue()).startsWith("estates"), "one goes on from what one wrote");
});

await journey("a case is invented and asked by cuts", async () => {
  await owner.goto(base + "/practice?kind=rootcause");
  await owner.getByRole("button", { name: "Invent a case" }).click();
  await owner.waitForURL(/practice\/invented-1-/);
  const cut = owner.locator("form", { has: owner.getByRole("button", { name: "Cut", exact: true }) });
  await cut.locator("[name=step]").selectOption("pay");
  await cut.getByRole("button", { name: "Cut" }).click();
  await owner.getByText("1. pay").waitFor();
  expect((await cut.locator("[name=step]").inputValue()) === "pay", "the next cut begins where the last one was");
  await cut.locator("[name=only]").selectOption({ index: 1 });
  await cut.locator("[name=at]").selectOption("year_ago");
  expect((await cut.locator("[name=only]").isDisabled()) && (await cut.locator("[name=only]").inputValue()) === "", "of a year ago there is no part alone");
  await cut.locator("[name=at]").selectOption("period");
  expect(await cut.locator("[name=only]").isEnabled(), "of the period there is");
  const [first, cuts] = [await owner.locator("[name='parts.hypotheses']").boundingBox(), await cut.boundingBox()];
  expect(first.y < cuts.y, "what it could be is written above the cuts");
  await owner.locator("[name='parts.hypotheses']").fill("The pay page of one device.");
  const form = owner.locator("#answering");
  await form.locator("[name='parts.nature']").selectOption("loss");
  await form.locator("[name='parts.step']").selectOption("pay");
  await form.locator("[name='parts.confidence']").fill("50");
  await form.getByRole("button", { name: "Hand in" }).click();
  await owner.getByRole("heading", { name: "What happened" }).waitFor();
  await owner.getByText("The pay page of one device.").first().waitFor({ state: "attached" });
});

await journey("a drill is answered without script", async () => {
  const plain = await person({ javaScriptEnabled: false });
  await comeIn(plain, base, "tomas");
  await plain.goto(base + "/practice/action-against-the-policy");
  await plain.getByLabel("A discount on weekly orders").check();
  await plain.getByRole("button", { name: "Answer" }).click();
  await plain.getByRole("heading", { name: "Right" }).waitFor();
});

await done();
