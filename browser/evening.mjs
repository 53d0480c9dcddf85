// A club evening of four: one plans it and starts the clock, all hand in without reading one another, and all is revealed at
// once; then one marks oneself, and shares an answer that two others review without knowing whose it is.
import { comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const names = ["mara", "tomas", "ines", "jonas"], people = {};
for (const name of names) { people[name] = await person(); await comeIn(people[name], base, name); }
const { mara, tomas, ines } = people;
let evening = "";

await journey("an evening is planned and its clock started", async () => {
  await ines.goto(base + "/ORB/evenings");
  const form = await openForm(ines, "plan-evening");
  await form.locator("[name=challenge]").selectOption("airfields-brazil");
  await form.locator("[name=minutes]").fill("20");
  await form.getByRole("button", { name: "Plan it" }).click();
  await ines.locator("a.what", { hasText: "Where a small aeroplane can land" }).first().click();
  await ines.getByRole("button", { name: "Start the clock" }).waitFor();
  evening = ines.url();
  for (const name of ["mara", "tomas", "jonas"]) await people[name].goto(evening);
  await mara.getByText("starts the clock when everybody is there").waitFor();
  await ines.getByRole("button", { name: "Start the clock" }).click();
  for (const name of names) await people[name].locator("#answering").waitFor();
  await mara.locator("[data-counts-to]", { hasText: /^1\d:\d\d$/ }).waitFor();
});

await journey("four hand in, and nobody reads another", async () => {
  for (const [n, name] of names.entries()) {
    const form = people[name].locator("#answering");
    await form.locator("[name='parts.scope']").fill(`Strips that are kept clear, as ${name} sees it.`);
    await form.locator("[name='parts.model']").fill(`estates = ${n + 1}k to ${n + 4}k airfield -- one on each\ntowns = 700 to 1500 airfield\nanswer = estates + towns`);
    await form.locator("[name='parts.low']").fill("2.5k");
    await form.locator("[name='parts.high']").fill("9k");
    await form.locator("[name=note]").fill(`A word of ${name}`);
    await form.getByRole("button", { name: "Hand it in, sealed" }).click();
    await people[name].getByText("You may hand it in anew").waitFor();
  }
  await tomas.reload();
  await tomas.getByText("4 answers handed in").waitFor();
  const seen = await tomas.textContent("main");
  expect(!/as mara sees it|A word of mara|Debrief/.test(seen), "what others wrote is sealed");
  expect((await tomas.getByRole("button", { name: "Reveal all answers" }).count()) === 0, "whoever planned it reveals");
});

await journey("all is revealed at once, for everybody", async () => {
  await ines.reload();
  await ines.getByRole("button", { name: "Reveal all answers" }).click();
  for (const name of names) await people[name].getByRole("heading", { name: "How it went" }).waitFor();
  await mara.locator("summary", { hasText: "A word of tomas" }).click();
  await mara.getByText("as tomas sees it").waitFor();
  await mara.getByRole("heading", { name: "Debrief" }).waitFor();
});

await journey("a case is asked by cuts at an evening, each for oneself", async () => {
  await ines.goto(base + "/ORB/evenings");
  const form = await openForm(ines, "plan-evening");
  await form.locator("[name=challenge]").selectOption("invented-2");
  await form.getByRole("button", { name: "Plan it" }).click();
  await ines.locator("a.what", { hasText: "Invented case" }).first().click();
  await ines.getByRole("button", { name: "Start the clock" }).click();
  const cut = (page) => page.locator("form", { has: page.getByRole("button", { name: "Cut", exact: true }) });
  await cut(ines).waitFor();
  await tomas.goto(ines.url());
  for (const page of [ines, tomas]) {
    await cut(page).locator("[name=step]").selectOption("pay");
    await cut(page).getByRole("button", { name: "Cut", exact: true }).click();
    await page.getByRole("heading", { name: /^1\. pay/ }).waitFor();
  }
  // The page that came with the answer begins a cut anew.
  await cut(tomas).locator("[name=step]").selectOption("pay");
  await cut(tomas).locator("[name=by]").selectOption({ index: 1 });
  await cut(tomas).getByRole("button", { name: "Cut", exact: true }).click();
  await tomas.getByRole("heading", { name: /^2\. pay by/ }).waitFor();
  expect(!/explanation/.test(await tomas.textContent("main")), "what a cut narrows is told in the end");
  for (const page of [ines, tomas]) {
    const answer = page.locator("#answering");
    await answer.locator("[name='parts.nature']").selectOption("loss");
    await answer.locator("[name='parts.step']").selectOption("pay");
    await answer.locator("[name='parts.confidence']").fill("70");
    await answer.getByRole("button", { name: "Hand it in, sealed" }).click();
    await page.getByText("You may hand it in anew").waitFor();
  }
  await ines.reload();
  expect(await ines.getByRole("heading", { name: /^2\. pay by/ }).count() === 0, "what another asked is theirs");
  await ines.getByRole("button", { name: "Reveal all answers" }).click();
  await tomas.getByRole("heading", { name: "What happened" }).waitFor();
  await ines.locator("details.marked-row > summary", { hasText: "Tomas" }).click();
  await ines.getByText(/explanations, then/).first().waitFor();
});

await journey("an answer is marked by oneself, and reviewed by two without a name", async () => {
  const attempt = async (page, word) => {
    await page.goto(base + "/practice/ambulances-amman");
    const begin = page.getByRole("button", { name: "Begin in learning mode" });
    await begin.click();
    const form = page.locator("#answering");
    await form.locator("[name='parts.scope']").fill(`Night trains of one year, by ${word} hands`);
    await form.locator("[name='parts.low']").fill("1k");
    await form.locator("[name='parts.high']").fill("9M");
    await form.getByRole("button", { name: "Hand in" }).click();
    await page.getByRole("heading", { name: "Your own marks" }).waitFor();
  };
  await attempt(mara, "careful");
  await mara.locator("summary", { hasText: "Mark it yourself" }).click();
  const own = mara.locator("#assess form"), first = own.locator(".rubric-row").first();
  await first.locator("select").selectOption("4");
  await first.locator("input").fill("words of somebody else");
  await own.getByRole("button", { name: "Keep my marks" }).click();
  await first.getByText("These words are not in the answer").waitFor();
  await first.locator("input").fill("by careful hands");
  await own.getByRole("button", { name: "Keep my marks" }).click();
  await mara.locator("table.given", { hasText: "by careful hands" }).waitFor();
  await mara.getByRole("button", { name: "Share it for review" }).click();
  await mara.getByText("Nobody has reviewed it yet").waitFor();
  for (const [page, note] of [[tomas, "Say what you left out."], [ines, "The second way is missing."]]) {
    await attempt(page, "other");
    await page.goto(base + "/practice/reviews");
    await page.locator("section", { hasText: "To review" }).locator("a.what").first().click();
    await page.getByText("by careful hands").first().waitFor();
    expect(!/Mara/.test(await page.textContent("main")), "whose it is stands nowhere");
    const form = page.locator("form", { has: page.getByRole("button", { name: "Hand in the review" }) });
    for (const row of await form.locator(".rubric-row").all()) { await row.locator("select").selectOption("3"); await row.locator("input").fill("by careful hands"); }
    await form.locator("[name=note]").fill(note);
    await form.getByRole("button", { name: "Hand in the review" }).click();
    await page.getByRole("heading", { name: /Your review is there|What both of you say/ }).waitFor();
  }
  await mara.reload();
  await mara.getByText("The second way is missing.").waitFor();
  await mara.getByText("Say what you left out.").waitFor();
  // Whoever wrote it hears of it, and of nobody by name.
  await mara.goto(base + "/notices");
  await mara.getByRole("link", { name: /Two have said what they think of your answer/ }).waitFor();
});

await done();
