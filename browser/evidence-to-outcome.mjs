// The one long walk of the Manager: reviews come in as a table, become evidence and six needs with scores, two of these become
// bets, the bets are scored and signed, stand on a view of the roadmap that a stakeholder opens by link before she votes on the
// portal, one of them ships with its notes, what came of it is recorded, and the month is looked back on.
import { comeIn, done, expect, journey, openForm, person, says, start } from "./house.mjs";

const base = await start("demo", "--forward");
const manager = await person(), owner = await person(), stakeholder = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
await comeIn(stakeholder, base, "priya");
const go = (page, path) => page.goto(`${base}/ORB/${path}`);
/** Does what other walks do by hand. */
const make = async (page, command, fields) => {
  const [status, text] = await page.evaluate(async ([url, body]) => { const answer = await fetch(url, { method: "POST", body: new URLSearchParams(body), headers: { "x-tandem": "1", accept: "application/json" } }); return [answer.status, await answer.text()]; }, [`/ORB/do/${command}`, fields]);
  expect(status === 200, `${command} says ${status}: ${text.slice(0, 300)}`);
};
/** The Owner signs what is asked. */
const signs = async (title) => {
  await go(owner, "decisions");
  const asked = owner.locator("article.proposal", { hasText: title }).first();
  await asked.getByRole("button", { name: /^Sign as Owner/ }).click();
  await asked.waitFor({ state: "detached" });
};

// What people wrote: two of each kind, and one that says nothing.
const NEEDS = [
  ["Know the brakes hold on cobbles", 9, 3, ["On the cobbles by the harbour the brakes give out, I was scared.", "Brakes on cobbles: twice I nearly ran into the fountain."]],
  ["Ride without a phone in the rain", 8, 2.5, ["My screen does not react when it rains, so I cannot unlock.", "Unlocking in the rain takes four tries with wet fingers."]],
  ["Carry a crate of water", 6, 5, ["The crate slides out in every curve.", "A strap for the crate would save me."]],
  ["Pay with the city card", 7, 4, ["Why can I not pay with my city card?", "The city card works in trams and not here."]],
  ["Find a bike that fits short legs", 5, 6, ["The saddle does not go low enough for me.", "I am 1.52 m and the saddle stays too high."]],
  ["Be told when a repair is done", 4, 3, ["I reported a flat tyre and never heard back.", "Nobody says whether what I report is ever mended."]],
];
const csv = (text) => `"${text.replaceAll('"', '""')}"`;
const rows = NEEDS.flatMap(([, , , said]) => said).map((text, n) => [n + 1, csv(text), n % 2 ? "Play store" : "App store", `2026-0${1 + (n % 9)}-1${n % 10}`].join(","));
const TABLE = `ID,review,store,date\n${rows.join("\n")}\n13,"Nice",App store,2026-03-03\n`;

await journey("reviews come in as a table and wait in the inbox", async () => {
  await go(manager, "feedback");
  await manager.locator("input[type=file]").setInputFiles({ name: "reviews.csv", mimeType: "text/csv", buffer: Buffer.from(TABLE) });
  await manager.getByRole("button", { name: "Look at it first" }).click();
  await manager.getByRole("heading", { name: "What would come in" }).waitFor();
  await manager.locator("[name='column:source']").selectOption("store");
  await manager.getByRole("button", { name: "Look again" }).click();
  await manager.locator("table td", { hasText: "Play store" }).first().waitFor();
  await manager.getByRole("button", { name: "Import", exact: true }).click();
  await manager.getByText("13 new.").waitFor();
});

const piece = (text) => manager.locator(".inbox .evidence", { hasText: text });
await journey("they become six needs, each with both figures", async () => {
  for (const [need, importance, satisfaction, [first, second]] of NEEDS) {
    await go(manager, "inbox");
    const row = piece(first);
    await row.locator("summary", { hasText: "New need from it" }).click();
    const form = row.locator("form[action$='need.create']");
    await form.locator("[name=title]").fill(need);
    await form.locator("[name=importance]").fill(String(importance));
    await form.locator("[name=satisfaction]").fill(String(satisfaction));
    await form.getByRole("button", { name: "Add need and link" }).click();
    await row.waitFor({ state: "detached" });
    const other = piece(second);
    await other.getByRole("link", { name: "Link to a need" }).click();
    const picker = manager.locator("#picker");
    await picker.getByRole("option").first().waitFor();
    await manager.keyboard.type(need.slice(0, 18));
    await picker.getByRole("option", { name: need }).waitFor();
    await manager.keyboard.press("Enter");
    await other.waitFor({ state: "detached" });
  }
  const nothing = piece("Nice");
  await nothing.getByRole("button", { name: "Dismiss" }).click();
  await nothing.waitFor({ state: "detached" });
});

await journey("the landscape says which of them is served worst", async () => {
  await go(manager, "landscape");
  await manager.getByText("The greatest opportunity is").waitFor();
  // 9 + (9 − 3), and 8 + (8 − 2.5).
  for (const [need, score] of [["Know the brakes hold on cobbles", "15"], ["Ride without a phone in the rain", "13.5"]]) await manager.locator("tr", { hasText: need }).filter({ hasText: score }).first().waitFor();
});

const BETS = [["Brakes for cobbles", NEEDS[0][0]], ["Unlock with a card", NEEDS[1][0]]];
await journey("two of them become bets", async () => {
  for (const [title, need] of BETS) {
    await go(manager, "roadmap");
    const form = await openForm(manager, "new-initiative");
    await form.locator("[name=title]").fill(title);
    await form.locator("[name=hypothesis]").fill(`We believe that ${title.toLowerCase()} for riders of the old town will bring them back.`);
    await form.locator("[name=horizon]").selectOption("next");
    await form.locator("[name=need]").selectOption({ label: need });
    await form.getByRole("button", { name: "Add initiative" }).click();
    await manager.locator("[data-horizon=next] .bet", { hasText: title }).waitFor();
  }
});

await journey("they are scored, and both sign", async () => {
  for (const [n, [title]] of BETS.entries()) {
    await go(manager, "priorities");
    await manager.getByRole("link", { name: "Bets at a glance" }).click();
    await manager.locator("main").getByRole("link", { name: title }).first().click();
    const form = manager.locator("#panel form[action$='score.set']");
    for (const [input, value] of [["impact", 9 - n], ["confidence", "6 to 8"], ["ease", 6]]) await form.locator(`[name='scores.${input}']`).fill(String(value));
    await form.locator("button[type=submit]").last().click();
    await says(manager, "Proposed");
    await signs("by Bets at a glance");
  }
  await go(manager, "bets?sort=score");
  const row = manager.locator("tr", { hasText: BETS[0][0] });
  await row.waitFor();
  const cells = await row.locator("td.num").allTextContents();
  expect(cells.slice(0, 2).every((text) => /\d/.test(text)), "need and priority are both told: " + cells.join(" | "));
});

let link = "";
await journey("a stakeholder opens the roadmap by a link, follows it, and votes on the portal", async () => {
  await go(manager, "audiences");
  const view = await openForm(manager, "new-audience");
  await view.locator("[name=name]").fill("Friends of the old town");
  await view.locator("[name=horizon]").selectOption("next");
  await view.getByRole("button", { name: "Make view" }).click();
  await manager.getByRole("link", { name: "Friends of the old town" }).click();
  await manager.getByRole("heading", { name: "What they see" }).waitFor();
  const share = await openForm(manager, "link-audience");
  await share.getByRole("button", { name: "Make link" }).click();
  link = base + new URL(await manager.getByRole("textbox", { name: "Copy this" }).inputValue(), base).pathname;
  await stakeholder.goto(link);
  await stakeholder.getByRole("heading", { name: "Brakes for cobbles" }).waitFor();
  await stakeholder.getByRole("link", { name: "Follow it in a reader of feeds" }).waitFor();
  const feed = await stakeholder.evaluate(async (address) => (await fetch(address)).text(), link + "/feed.atom");
  expect(/Brakes for cobbles: new in Next/.test(feed), "the feed tells that it came: " + feed.slice(0, 400));
  await go(stakeholder, "portal");
  const form = await openForm(stakeholder, "new-post");
  await form.locator("[name=title]").fill("Safer brakes in the old town");
  await form.getByRole("button", { name: "Post", exact: true }).click();
  await stakeholder.locator(".post", { hasText: "Safer brakes in the old town" }).waitFor();
  const wish = stakeholder.locator(".post", { hasText: "A louder bell" });
  await wish.getByRole("button", { name: /I want this too/ }).click();
  await wish.getByRole("button", { name: /Take back my vote/ }).waitFor();
});

let feature = "", bet = "";
await journey("a feature of it is built and accepted", async () => {
  await go(manager, "roadmap");
  const card = manager.locator(".bet", { hasText: "Brakes for cobbles" });
  bet = await card.getAttribute("data-id");
  await card.locator(".title").first().click();
  const form = await openForm(manager, "panel-feature");
  await form.locator("[name=title]").fill("Pads that grip on stone");
  await form.getByRole("button", { name: "Add feature" }).click();
  const made = manager.locator("#panel .lines a", { hasText: "Pads that grip on stone" });
  await made.waitFor();
  feature = (await made.getAttribute("href")).match(/open=(\d+)/)[1];
  await go(owner, "backlog");
  await make(owner, "story.create", { title: "Change the pads of forty bikes", feature });
  const story = await owner.evaluate(async () => /ORB-(\d+)/.exec(await (await fetch("/ORB/find?q=Change+the+pads+of+forty", { headers: { "x-tandem": "1" } })).text())[1]);
  for (const command of ["story.start", "story.hand_over", "story.accept"]) await make(owner, command, { story });
});

await journey("it ships in a release: planned, signed, told", async () => {
  await go(manager, "launch");
  const plan = await openForm(manager, "new-release");
  await plan.locator("[name=name]").fill("Old town");
  await plan.locator("[name=tier]").selectOption("quiet");
  await plan.getByRole("button", { name: /Plan release/ }).click();
  await says(manager, "Proposed");
  await signs("Old town");
  await go(manager, "launch");
  await manager.locator(".release").getByRole("link", { name: "Old town" }).click();
  await manager.locator("form[action$='release.ship'] [name=feature]").selectOption(feature);
  await manager.locator("form[action$='release.ship'] button").click();
  await says(manager, "Proposed");
  await signs("Pads that grip on stone");
  await manager.reload();
  await manager.locator("li", { hasText: "Pads that grip on stone" }).locator(".pill", { hasText: "accepted" }).waitFor();
  const decide = await openForm(manager, "decide-go");
  await decide.getByRole("button", { name: /Go$/ }).click();
  await says(manager, "Proposed");
  await signs("Go for the launch");
  await manager.reload();
  const notes = await openForm(manager, "write-notes");
  expect(/Pads that grip on stone/.test(await notes.locator("[name=notes]").inputValue()), "they are drafted from what it ships");
  await notes.locator("[name=notes]").fill("### Pads that grip on stone\n\nBrakes hold on the cobbles, in the wet too.");
  await notes.getByRole("button", { name: "Keep the notes" }).click();
  await manager.locator(".notes", { hasText: "Brakes hold on the cobbles" }).waitFor();
  const release = await openForm(manager, "release-it");
  await release.getByRole("button", { name: "Release it" }).click();
  await manager.getByText("reached users on").first().waitFor();
  await go(stakeholder, "changelog");
  await stakeholder.getByText("Brakes hold on the cobbles, in the wet too.").waitFor();
});

await journey("three weeks later it is said what came of it", async () => {
  await manager.evaluate((hours) => fetch("/demo/forward", { method: "POST", body: new URLSearchParams({ hours }), headers: { "x-tandem": "1" } }), 21 * 24);
  await go(manager, "outcomes");
  const asked = manager.locator("article", { hasText: "Brakes for cobbles" });
  await asked.locator("summary", { hasText: "Say what came of it" }).click();
  await asked.locator("[name=verdict]").selectOption("exceeded");
  await asked.locator("[name=measured]").fill("Complaints about brakes fell from nine a week to one.");
  await asked.locator("[name=learned]").fill("Pads alone were enough.");
  await asked.locator("[name=next_step]").selectOption("keep");
  await asked.getByRole("button", { name: "Record it" }).click();
  await manager.locator("main .lines").getByRole("link", { name: "Brakes for cobbles" }).waitFor();
  await go(manager, "success");
  await manager.getByRole("heading", { name: "What came of bets" }).waitFor();
  await manager.locator("li", { hasText: "Brakes for cobbles" }).filter({ hasText: "Pads alone were enough." }).waitFor();
});

await journey("the month is looked back on, by whoever decided what", async () => {
  await go(manager, "compare");
  const came = manager.locator("section.compared", { hasText: "Entered" });
  for (const [title] of BETS) await came.getByRole("link", { name: title }).waitFor();
  await came.locator("li", { hasText: "Unlock with a card" }).getByText("by Mara Lindholm as Manager", { exact: false }).waitFor();
  const feed = await stakeholder.evaluate(async (address) => (await fetch(address)).text(), link + "/feed.atom");
  expect(/Brakes for cobbles: released/.test(feed), "whoever follows it hears that it is out");
  await go(manager, `thread?of=ORB-${bet}`);
  for (const level of ["Evidence", "Need", "Initiative", "Feature", "Story", "Release", "Outcome"]) await manager.locator(".level", { has: manager.getByRole("heading", { name: level, exact: false }) }).first().waitFor();
});

await done();
