// The daily acts, each by mouse and by keyboard, with what they take counted: clicks and drags, and keys that say what to
// do. What is written (a reason, the words of a criterion) is not counted. The story is at hand when counting begins.
import { comeIn, done, expect, journey, openForm, person, says, start } from "./house.mjs";

const base = await start("demo");
async function as(who, path) {
  const page = await person({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await comeIn(page, base, who);
  if (path) await page.goto(base + "/ORB/" + path);
  return page;
}
const took = {};
// Does an act with a hand that counts, and holds it to a limit.
async function counted(act, way, most, page, walk) {
  let count = 0;
  const hand = {
    click: async (locator) => { count++; await locator.click(); },
    key: async (key) => { count++; await page.keyboard.press(key); },
    drag: async (from, to) => { count++; await drag(page, from, to); },
    write: (text) => page.keyboard.type(text),
  };
  await walk(hand);
  took[act] = { ...took[act], [way]: count };
  expect(count <= most, `${act} by ${way} takes ${count}, and ${most} are allowed`);
}
async function drag(page, from, to) {
  await from.scrollIntoViewIfNeeded();
  const a = await from.boundingBox(), b = await to.boundingBox();
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2 + 6, { steps: 12 });
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2 - 4, { steps: 4 });
  await page.mouse.up();
}
const option = (page, name) => page.locator("#picker").getByRole("option", { name });
const row = (page, n) => page.locator(".row-item").nth(n);
// Puts the keyboard on a row or card, as stepping with j and k does.
const stand = async (page, item) => { await page.waitForFunction(() => document.readyState === "complete"); await item.locator("a.title").focus(); };

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

console.log("\nWhat the acts take (the story at hand, words written not counted):");
for (const [act, { mouse, keyboard }] of Object.entries(took)) console.log(`  ${act.padEnd(16)} ${mouse} by mouse, ${keyboard} by keyboard`);
await done();
