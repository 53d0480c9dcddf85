// What is done to stories every day, each by mouse and by keyboard, with what it takes counted (counting.mjs); the other half
// of the commonest acts is in daily.mjs.
import { comeIn, done, drag, expect, journey, openForm, person, says, start } from "./house.mjs";
import { asWritten, counted } from "./counting.mjs";

const base = await start("demo");
async function as(who, path) {
  const page = await person({ viewport: { width: 1440, height: 900 } });
  await comeIn(page, base, who);
  if (path) await page.goto(base + "/ORB/" + path);
  return page;
}
const option = (page, name) => page.locator("#picker").getByRole("option", { name });
const row = (page, n) => page.locator(".row-item").nth(n);
// Puts the keyboard on a row or card, as stepping with j and k does.
const stand = async (page, item) => { await page.waitForFunction(() => document.readyState === "complete"); await item.locator("a.title").focus(); };

await journey("find", async () => {
  const page = await as("tomas", "backlog");
  const title = await row(page, 4).locator(".title").textContent(), key = await row(page, 4).locator(".key").textContent();
  await counted("find", "keyboard", 3, page, async (hand) => {
    await hand.key("Control+k");
    await page.locator("dialog input").waitFor();
    await hand.write(key);
    await page.locator("dialog [role=option]", { hasText: title }).first().waitFor();
    await hand.key("Enter");
    await page.locator("article.story .title", { hasText: title }).waitFor();
  });
  await page.goto(base + "/ORB/sprint");
  await counted("find", "mouse", 3, page, async (hand) => {
    await hand.click(page.locator("[data-search]"));
    await hand.write(key);
    await hand.key("Enter");
    await page.locator("article.story .title", { hasText: title }).waitFor();
  });
});

await journey("assign", async () => {
  const page = await as("tomas", "backlog");
  await counted("assign", "mouse", 2, page, async (hand) => {
    await hand.click(row(page, 0).locator("[name=assignee]"));
    await hand.click(option(page, "Ines"));
    await row(page, 0).locator(".avatar[title^=Ines]").waitFor();
  });
  await stand(page, row(page, 1));
  await counted("assign", "keyboard", 2, page, async (hand) => {
    await hand.key("a");
    await hand.key("1");
    await row(page, 1).locator(".avatar[title^=Tomas]").waitFor();
  });
  await page.keyboard.press("a");
  await page.keyboard.type("jon");
  await page.keyboard.press("Enter");
  await row(page, 1).locator(".avatar[title^=Jonas]").waitFor();
  // On a card and in the panel it is the same gesture.
  await page.goto(base + "/ORB/sprint");
  await page.locator(".card [name=assignee]").first().click();
  await option(page, "Tomas").click();
  await page.locator(".card").first().locator(".avatar[title^=Tomas]").waitFor();
  await page.goto(base + "/ORB/backlog?open=171");
  await page.locator("aside .fact[name=assignee]").click();
  await option(page, "Ines").click();
  await page.locator("aside .fact[name=assignee]", { hasText: "Ines" }).waitFor();
  await page.goto(base + "/ORB/backlog?who=me");
  expect((await page.locator(".row-item").count()) < 3, "the filter shows one's own");
});

await journey("estimate", async () => {
  const page = await as("ines", "backlog");
  await counted("estimate", "mouse", 2, page, async (hand) => {
    await hand.click(row(page, 0).locator("[name=points]"));
    await hand.click(option(page, "8 points"));
    await row(page, 0).locator(".points", { hasText: "8" }).waitFor();
  });
  await stand(page, row(page, 1));
  await counted("estimate", "keyboard", 2, page, async (hand) => {
    await hand.key("z");
    await hand.key("5");
    await row(page, 1).locator(".points", { hasText: "5" }).waitFor();
  });
  await page.keyboard.press("z");
  await page.keyboard.type("13");
  await row(page, 1).locator(".points", { hasText: "13" }).waitFor();
  await page.keyboard.press("z");
  await page.keyboard.type("2.5");
  await page.keyboard.press("Enter");
  await row(page, 1).locator(".points", { hasText: "2.5" }).waitFor();
});

await journey("a size with a fraction is typed on, though its first figure is taken at once", async () => {
  const page = await as("ines", "backlog");
  await stand(page, row(page, 2));
  await page.keyboard.press("z");
  await page.keyboard.press("3");
  await row(page, 2).locator(".points", { hasText: /^3$/ }).waitFor();
  await page.keyboard.press(".");
  await page.locator("#picker [role=combobox]").waitFor();
  await page.keyboard.type("5");
  await option(page, "3.5 points").waitFor();
  await page.keyboard.press("Enter");
  await row(page, 2).locator(".points", { hasText: "3.5" }).waitFor();
  await stand(page, row(page, 2));
  await page.keyboard.press("z");
  await page.keyboard.type("0,5");
  await row(page, 2).locator(".points", { hasText: "0.5" }).waitFor();
});

await journey("a label leads to all that have it", async () => {
  const page = await as("tomas", "backlog");
  const chip = page.locator(".row-item .labels a.chip").first(), label = await chip.textContent();
  await chip.click();
  await page.waitForURL(`**/backlog?label=${encodeURIComponent(label)}`);
  const rows = page.locator(".row-item");
  expect((await rows.count()) === (await rows.filter({ has: page.locator(".labels a.chip", { hasText: label }) }).count()), "only what has it");
});

await journey("what was removed is one click away", async () => {
  const page = await as("tomas", "backlog");
  const last = page.locator(".row-item").last(), title = await last.locator(".title").textContent();
  await last.locator("[data-mover]").click();
  await page.locator("#mover").getByRole("button", { name: "Remove" }).click();
  await page.locator("#toasts").getByRole("link", { name: "Removed things" }).click();
  await page.locator("li", { hasText: title }).getByRole("button", { name: "Bring back" }).click();
  await says(page, "Brought back");
  await page.goto(base + "/ORB/settings");
  await page.getByRole("link", { name: "see what was removed" }).click();
  await page.getByRole("heading", { name: "Removed things" }).waitFor();
});

await journey("a bet is not taken by a horizon that would refuse it", async () => {
  const page = await as("tomas", "roadmap");
  const bet = page.locator("[data-horizon=later] .bet").first(), now = page.locator("[data-horizon=now]");
  const id = await bet.getAttribute("data-id");
  await bet.evaluate((card) => (card.dataset.goes = "next"));
  const [from, to] = [await bet.boundingBox(), await now.boundingBox()];
  await page.mouse.move(from.x + 60, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 60, { steps: 10 });
  await page.locator("[data-horizon=now].refuses").waitFor();
  expect(await page.locator("[data-horizon=next].takes").isVisible(), "Next takes it");
  await page.mouse.up();
  await page.locator(`[data-horizon=later] [data-id="${id}"]`).waitFor();
  await page.reload();
  expect(await page.locator(`[data-horizon=later] [data-id="${id}"]`).isVisible(), "it is where it was, though it passed Next on its way");
});

await journey("label", async () => {
  const page = await as("tomas", "backlog");
  await counted("label", "mouse", 2, page, async (hand) => {
    await hand.click(row(page, 0).locator("[name=labels]"));
    await hand.click(option(page, "fleet"));
    await row(page, 0).locator(".chip", { hasText: "fleet" }).waitFor();
  });
  await page.keyboard.press("Escape");
  await stand(page, row(page, 1));
  await counted("label", "keyboard", 2, page, async (hand) => {
    await hand.key("l");
    await hand.key("Enter");
    await row(page, 1).locator(".chip:not(.chip-feature)").nth(1).waitFor();
  });
  await page.keyboard.type("quite new");
  await option(page, "quite new").waitFor();
  await page.keyboard.press("Enter");
  await row(page, 1).locator(".chip", { hasText: "quite new" }).waitFor();
});

await journey("a fact of all that are chosen is one act with one undo", async () => {
  const page = await as("tomas", "backlog");
  for (const n of [3, 4, 5]) await row(page, n).locator("[data-pick]").check();
  await page.keyboard.press("f");
  await page.keyboard.type("rain mode");
  await option(page, "Rain mode").waitFor();
  await page.keyboard.press("Enter");
  for (const n of [3, 4, 5]) await row(page, n).locator(".chip-feature", { hasText: "Rain mode" }).waitFor();
  await page.keyboard.press("Control+z");
  for (const n of [3, 4, 5]) await row(page, n).locator(".chip-feature:not(:has-text('Rain mode'))").waitFor();
});

await journey("a title is edited where it stands, and two who do it at once are asked", async () => {
  const page = await as("tomas", "backlog");
  await stand(page, row(page, 2));
  const before = await row(page, 2).locator(".title").textContent();
  await page.keyboard.press("e");
  await page.keyboard.type("Said better");
  await page.keyboard.press("Escape");
  expect((await row(page, 2).locator(".title").textContent()) === before, "Esc gives up");
  await stand(page, row(page, 2));
  await page.keyboard.press("e");
  await page.keyboard.type("Said better");
  await page.keyboard.press("Enter");
  await row(page, 2).locator("a.title", { hasText: "Said better" }).waitFor();
  const number = await row(page, 2).getAttribute("data-id");
  const other = await as("tomas", `story/${number}`);
  await other.locator("[data-edit]").click();
  await stand(page, row(page, 2));
  await page.keyboard.press("e");
  await page.keyboard.type("Mine");
  await page.keyboard.press("Enter");
  await row(page, 2).locator("a.title", { hasText: "Mine" }).waitFor();
  await other.keyboard.type("Theirs");
  await other.keyboard.press("Enter");
  await other.locator("dialog", { hasText: "Mine" }).waitFor();
});

await journey("add a criterion", async () => {
  const page = await as("tomas", "backlog?open=171");
  await counted("add a criterion", "mouse", 3, page, async (hand) => {
    await hand.click(page.locator("aside #criterion textarea"));
    await hand.write("The map stays where it is");
    await hand.click(page.locator("aside #criterion button"));
    await page.locator("aside .criterion", { hasText: "stays where it is" }).waitFor();
  });
  await page.goto(base + "/ORB/backlog");
  await stand(page, page.locator("#s-172"));
  await counted("add a criterion", "keyboard", 3, page, async (hand) => {
    await hand.key("+");
    await page.locator("aside #criterion textarea:focus").waitFor();
    await hand.write("It shows the city in which the ride ended");
    await hand.key("Control+Enter");
    await page.locator("aside .criterion", { hasText: "in which the ride ended" }).waitFor();
  });
});

await journey("reorder", async () => {
  const page = await as("tomas", "backlog");
  const first = () => row(page, 0).getAttribute("data-id");
  const [one, two] = [await first(), await row(page, 1).getAttribute("data-id")];
  await counted("reorder", "mouse", 2, page, async (hand) => {
    await hand.drag(row(page, 1).locator("[data-grip]"), row(page, 0));
    await page.waitForFunction((id) => document.querySelector(".row-item").dataset.id === id, two);
  });
  await stand(page, page.locator(`#s-${one}`));
  await counted("reorder", "keyboard", 2, page, async (hand) => {
    await hand.key("[");
    await page.waitForFunction((id) => document.querySelector(".row-item").dataset.id === id, one);
  });
});

await journey("the chosen are dragged together, as one act", async () => {
  const page = await as("tomas", "backlog");
  const ids = () => page.locator(".row-item").evaluateAll((rows) => rows.slice(0, 8).map((row) => row.dataset.id).join());
  const before = await ids();
  const picked = [await row(page, 3).getAttribute("data-id"), await row(page, 5).getAttribute("data-id")];
  for (const n of [3, 5]) await row(page, n).locator("[data-pick]").check();
  await drag(page, row(page, 5).locator("[data-grip]"), row(page, 0));
  await page.waitForFunction((first) => [...document.querySelectorAll(".row-item")].slice(0, 2).map((one) => one.dataset.id).join() === first, picked.join());
  await page.keyboard.press("Control+z");
  await page.waitForFunction((all) => [...document.querySelectorAll(".row-item")].slice(0, 8).map((one) => one.dataset.id).join() === all, before);
});

await journey("plan", async () => {
  const page = await as("tomas", "sprint");
  const form = await openForm(page, "plan");
  await form.locator("[name=goal]").fill("Shops pay once a month");
  await form.locator("button.primary").click();
  await says(page, "Planned");
  await page.goto(base + "/ORB/sprint?sprint=46");
  const left = page.locator("ol[aria-label=Backlog]"), right = page.locator("section[aria-label=Sprint]");
  const id = await left.locator(".row-item").nth(1).getAttribute("data-id");
  await counted("plan", "mouse", 2, page, async (hand) => {
    await hand.drag(left.locator(".row-item [data-grip]").nth(1), right.locator("ol"));
    await right.locator(`#s-${id}`).waitFor();
  });
  expect(/of about \d+ points/.test(await page.locator(".fullness").textContent()), "how full it is is said");
  const next = await left.locator(".row-item").first().getAttribute("data-id");
  await stand(page, left.locator(".row-item").first());
  await counted("plan", "keyboard", 2, page, async (hand) => {
    await hand.key("p");
    await right.locator(`#s-${next}`).waitFor();
  });
  // And back, by hand.
  await drag(page, right.locator(`#s-${id} [data-grip]`), left.locator(".row-item").first());
  await left.locator(`#s-${id}`).waitFor();
  // From the backlog itself, into whichever sprint.
  await page.goto(base + "/ORB/backlog");
  await stand(page, page.locator(`#s-${id}`));
  await page.keyboard.press("p");
  await page.keyboard.type("46");
  await option(page, /Sprint 46/).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(`#s-${id} .chip-sprint`, { hasText: "Sprint 46" }).waitFor();
});

await journey("a story that is dropped into a sprint lands where it is dropped", async () => {
  const page = await as("tomas", "sprint?sprint=46");
  const left = page.locator("ol[aria-label=Backlog]"), right = page.locator("section[aria-label=Sprint]");
  const first = left.locator(".row-item").first(), id = await first.getAttribute("data-id");
  const ids = () => right.locator(".row-item").evaluateAll((rows) => rows.map((row) => row.dataset.id));
  const before = await ids();
  const onto = right.locator(".row-item").first();
  await drag(page, first.locator("[data-grip]"), onto);
  await right.locator(`#s-${id}`).waitFor();
  await page.waitForLoadState("networkidle");
  const after = await ids();
  expect(after.indexOf(id) < after.length - 1, `not at the end, where the order alone would put it: ${before} ${after}`);
  await page.reload();
  expect((await ids()).join() === after.join(), "and stays there");
  await page.keyboard.press("Control+z");
  await left.locator(`#s-${id}`).waitFor();
  expect((await left.locator(".row-item").first().getAttribute("data-id")) === id, "one undo takes both back");
});

await journey("hand over", async () => {
  const page = await as("ines", "sprint");
  const doing = page.locator(".lane[data-stage=doing]").first(), handed = page.locator(".lane[data-stage=handed_over]");
  const before = await handed.locator(".card").count();
  const one = await doing.locator(".card").first().getAttribute("data-id");
  await counted("hand over", "mouse", 2, page, async (hand) => {
    await hand.drag(page.locator(`#s-${one}`), handed.locator(".card").first());
    await handed.locator(`#s-${one}`).waitFor();
  });
  const two = await doing.locator(".card").first().getAttribute("data-id");
  await stand(page, page.locator(`#s-${two}`));
  await counted("hand over", "keyboard", 2, page, async (hand) => {
    await hand.key("h");
    await handed.locator(`#s-${two}`).waitFor();
  });
  expect((await handed.locator(".card").count()) === before + 2, "both wait for a verdict");
});

await journey("a card is not taken where it would be refused, and a drop that means a verdict asks for it", async () => {
  const developer = await as("ines", "sprint");
  const accepted = ".lane[data-stage=accepted]", handed = ".lane[data-stage=handed_over]";
  const card = developer.locator(`${handed} .card`).first(), id = await card.getAttribute("data-id");
  const box = await card.boundingBox(), to = await developer.locator(accepted).boundingBox();
  await developer.mouse.move(box.x + 60, box.y + 12);
  await developer.mouse.down();
  await developer.mouse.move(to.x + 60, to.y + 80, { steps: 10 });
  await developer.locator(accepted + ".refuses").waitFor();
  await developer.mouse.up();
  expect(await developer.locator(`${handed} #s-${id}`).isVisible(), "it is where it was");
  expect((await developer.locator("#toasts .toast").count()) === 0, "and nothing had to be refused");
  const owner = await as("tomas", "sprint");
  await drag(owner, owner.locator(`#s-${id}`), owner.locator(accepted + " .card").first());
  await owner.locator("aside #accept[open] input[name=reason]:focus").waitFor();
  expect(await owner.locator(`${handed} #s-${id}`).isVisible(), "a drop is no verdict");
});

await journey("accept", async () => {
  const page = await as("tomas", "acceptance");
  const card = page.locator(".verdict-card");
  for (const n of [0, 1]) for (const pass of await card.nth(n).getByRole("button", { name: "It passes" }).all()) await pass.click().then(() => page.waitForLoadState());
  for (const n of [0, 1]) { const all = await card.nth(n).locator(".criterion").count(); if (all) await card.nth(n).locator(".state-passing").nth(all - 1).waitFor(); }
  const [one, two] = [await card.nth(0).getAttribute("id"), await card.nth(1).getAttribute("id")];
  await counted("accept", "mouse", 2, page, async (hand) => {
    await hand.click(page.locator(`#${one}`).getByRole("button", { name: "Accept story" }));
    await page.locator(`#${one}`).waitFor({ state: "detached" });
  });
  await stand(page, page.locator(`#${two}`));
  await counted("accept", "keyboard", 2, page, async (hand) => {
    await hand.key("y");
    await page.locator(`#${two}`).waitFor({ state: "detached" });
  });
});

await journey("reject", async () => {
  const developer = await as("ines", "sprint");
  const doing = developer.locator(".lane[data-stage=doing] .card");
  const numbers = [];
  for (const lane of ["doing", "open"]) for (const card of await developer.locator(`.lane[data-stage=${lane}] .card`).all()) numbers.push(await card.getAttribute("data-id"));
  for (const number of numbers.slice(0, 2)) {
    await developer.goto(base + `/ORB/sprint?open=${number}`);
    const start = developer.locator("aside").getByRole("button", { name: "Start work" });
    if (await start.isVisible()) await start.click();
    await developer.locator("aside").getByRole("button", { name: "Hand over" }).click();
    await developer.locator(`.lane[data-stage=handed_over] #s-${number}`).waitFor();
  }
  expect((await doing.count()) >= 0, "handed over");
  const [one, two] = numbers;
  const page = await as("tomas", "acceptance");
  await counted("reject", "mouse", 2, page, async (hand) => {
    await hand.click(page.locator(`#s-${one} summary`, { hasText: "Reject" }));
    await page.locator(`#reject-${one} textarea:focus`).waitFor();
    await hand.write("It is slow on old phones.");
    await hand.click(page.locator(`#reject-${one} button[type=submit]`));
    await page.locator(`#s-${one}`).waitFor({ state: "detached" });
  });
  await stand(page, page.locator(`#s-${two}`));
  await counted("reject", "keyboard", 2, page, async (hand) => {
    await hand.key("n");
    await page.locator(`#reject-${two} textarea:focus`).waitFor();
    await hand.write("The total is wrong.");
    await hand.key("Control+Enter");
    await page.locator(`#s-${two}`).waitFor({ state: "detached" });
  });
  await page.goto(base + `/ORB/sprint?open=${two}`);
  await page.locator("aside .banner.critical", { hasText: "The total is wrong." }).waitFor();
});

await journey("the hand stays where it was", async () => {
  const page = await as("tomas", "backlog?q=at+hand");
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  // What was made is at hand.
  await page.keyboard.press("c");
  await page.keyboard.type("Now at hand");
  await page.keyboard.press("Enter");
  await says(page, "Added the story");
  await page.locator(".row-item.at", { hasText: "Now at hand" }).waitFor();
  await page.keyboard.press("Escape");
  expect((await focused()) === "Now at hand", "Esc leads to it: " + (await focused()));
  await page.keyboard.press("Enter");
  await page.locator("aside article.story").waitFor();
  await page.locator("aside textarea[name=body]").first().focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("aside") && document.activeElement.matches("a.title"));
  // What was sent is not there again, and the hand is at its form.
  const mara = await as("mara", "customers");
  await mara.keyboard.press("c");
  await mara.keyboard.type("Once is enough");
  await mara.keyboard.press("Control+Enter");
  await mara.locator(".evidence", { hasText: "Once is enough" }).waitFor();
  await mara.waitForFunction(() => document.activeElement !== document.body);
  await mara.keyboard.press("c");
  expect((await mara.locator("#record textarea").inputValue()) === "", "the form is empty");
  // A bet is moved by keys alone.
  await mara.goto(base + "/ORB/roadmap");
  await mara.keyboard.press("j");
  const bet = await mara.evaluate(() => document.activeElement.closest("[data-id]").dataset.id);
  await mara.keyboard.press("m");
  await mara.waitForFunction(() => document.activeElement.matches(".menu button"));
  await mara.keyboard.press("Enter");
  await mara.locator("#toasts .toast").first().waitFor();
  expect(bet, "it was a bet");
});

await journey("rows are moved with Alt and the arrows, where [ needs a third hand", async () => {
  const page = await as("tomas", "backlog");
  const ids = () => page.locator(".row-item").evaluateAll((rows) => rows.map((one) => one.dataset.id));
  const before = await ids();
  await stand(page, row(page, 3));
  await page.keyboard.press("Alt+ArrowUp");
  await page.waitForFunction((id) => document.querySelectorAll(".row-item")[2].dataset.id === id, before[3]);
  await page.keyboard.press("Alt+Shift+ArrowUp");
  await page.waitForFunction((id) => document.querySelector(".row-item").dataset.id === id, before[3]);
  await page.keyboard.press("Control+z");
  await page.waitForFunction((id) => document.querySelectorAll(".row-item")[2].dataset.id === id, before[3]);
  await page.keyboard.press("Control+z");
});

await journey("ten lines pasted become ten stories, after asking", async () => {
  const page = await as("tomas", "backlog?stage=all");
  const lines = Array.from({ length: 10 }, (_, n) => `- Pasted ${n + 1}`).join("\n");
  await page.locator("[data-create]").focus();
  await page.evaluate((text) => { const data = new DataTransfer(); data.setData("text/plain", text); document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }, lines);
  await page.getByRole("button", { name: "Add 10 stories" }).click();
  await page.locator("#toasts", { hasText: "9 more" }).waitFor();
  const there = await as("tomas", "backlog?q=pasted");
  expect((await there.locator(".row-item").count()) === 10, "ten stories");
  await page.locator("[data-create]").blur();
  await page.keyboard.press("Control+z");
  await there.getByText("Nothing fits these filters").waitFor();
});

await journey("without script a fact leads to a page that sets it", async () => {
  const page = await as("tomas");
  const plain = await person({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  await plain.goto(base + "/ORB/story/172");
  await plain.locator(".fact[name=kind]").click();
  await plain.getByRole("button", { name: "Spike" }).click();
  await plain.waitForURL("**/story/172");
  await plain.locator(".fact[name=kind][title*=spike]").waitFor();
});

await asWritten("acts");
await done();
