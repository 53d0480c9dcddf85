// Updates: drafted from the record, kept, published, read and asked about, between two browsers.
import { comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person(), stakeholder = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
await comeIn(stakeholder, base, "priya");

await journey("a draft stands beside its sources and is kept for its writer alone", async () => {
  await manager.goto(base + "/ORB/updates");
  await manager.getByRole("heading", { name: "Holds first, then shops" }).waitFor();
  await manager.locator("summary", { hasText: "Write an update" }).click();
  await manager.getByRole("link", { name: "About vision and roadmap" }).click();
  await manager.getByRole("heading", { name: "Where it comes from" }).waitFor();
  const text = await manager.locator("[name=body]").inputValue();
  expect(text.length > 20, "something is drafted: " + text);
  await manager.locator("[name=title]").fill("Winter, and what it moves");
  await manager.locator("[name=body]").fill("The locks of 2019 go first.\n\n- " + text.split("\n").find((line) => line.startsWith("- "))?.slice(2));
  await manager.getByRole("button", { name: "Save draft" }).click();
  await manager.getByText("Your draft. Nobody else reads it").waitFor();
  await owner.goto(base + "/ORB/updates/write?kind=roadmap");
  expect(!(await owner.locator("main").textContent()).includes("Winter, and what it moves"), "nobody else reads it");
});

await journey("an update to nobody is refused, and one to stakeholders comes to them", async () => {
  await manager.goto(base + "/ORB/updates/write?kind=roadmap");
  await manager.getByRole("button", { name: "Publish update" }).click();
  await manager.getByText("told to nobody").waitFor();
  await manager.getByLabel("Every Stakeholder").check();
  await manager.getByRole("button", { name: "Publish update" }).click();
  await manager.waitForURL(/\/ORB\/updates$/);
  await manager.getByRole("heading", { name: "Winter, and what it moves" }).waitFor();
  await stakeholder.goto(base + "/ORB/updates");
  await stakeholder.getByRole("link", { name: "Winter, and what it moves" }).click();
  await stakeholder.getByText("The locks of 2019 go first.").waitFor();
  expect((await stakeholder.getByRole("button", { name: "Withdraw" }).count()) === 0, "whoever reads does not withdraw");
});

await journey("what is asked below an update comes to its writer", async () => {
  await stakeholder.locator("textarea[name=body]").first().fill("Which city is first?");
  await stakeholder.getByRole("button", { name: "Comment", exact: true }).click();
  await stakeholder.locator(".comment", { hasText: "Which city is first?" }).waitFor();
  await manager.goto(base + "/notices");
  await manager.getByText("Which city is first?").waitFor();
});

await journey("the Owner proposes an update of the other kind, and its text is what is signed", async () => {
  await owner.goto(base + "/ORB/updates/write?kind=roadmap");
  await owner.locator("[name=title]").fill("Shops ask for holds");
  await owner.locator("[name=body]").fill("Two shops asked for holds this week.");
  await owner.getByLabel("Everyone in the product").check();
  await owner.getByRole("button", { name: /Propose/ }).click();
  await owner.waitForURL(/\/ORB\/updates$/);
  await manager.goto(base + "/ORB/decisions");
  await manager.getByText("Publish the update “Shops ask for holds”").first().waitFor();
});

await journey("whoever has a link reads what was published for it, asks without an account, and finds the answer there", async () => {
  await manager.goto(base + "/ORB/updates/write?kind=roadmap");
  await manager.locator("[name=title]").fill("For everybody out there");
  await manager.locator("[name=body]").fill("Bikes stand *closer* now.");
  await manager.getByLabel("Also for whoever has a link to the updates").check();
  await manager.getByRole("button", { name: "Publish update" }).click();
  await manager.waitForURL(/\/ORB\/updates$/);
  await manager.goto(base + "/ORB/links");
  const share = await openForm(manager, "share");
  await share.locator("[name=name]").fill("Riders");
  await share.locator("[name=look]").selectOption("updates");
  await share.getByRole("button", { name: "Make link" }).click();
  const link = new URL(await manager.locator("#dialog input, dialog input").first().inputValue(), base).pathname;
  const rider = await person();
  await rider.goto(base + link);
  await rider.getByText("Bikes stand closer now.").waitFor();
  expect(!(await rider.locator("main").textContent()).includes("Winter, and what it moves"), "what was not published for it is not there");
  await rider.locator("summary", { hasText: "Ask about it" }).first().click();
  await rider.locator("[name=body]").first().fill("How close?");
  await rider.getByRole("button", { name: "Send the question" }).first().click();
  await rider.getByText("What you wrote was handed over").waitFor();
  await manager.goto(base + "/ORB/updates");
  await manager.getByRole("link", { name: "For everybody out there" }).click();
  const question = manager.locator(".question", { hasText: "How close?" });
  await question.locator("summary", { hasText: "Answer" }).click();
  await question.locator("[name=body]").fill("Two minutes on foot.");
  await question.locator("form").getByRole("button", { name: "Answer" }).click();
  await manager.locator(".comment", { hasText: "Two minutes on foot." }).waitFor();
  await rider.goto(base + link);
  await rider.getByText("Two minutes on foot.").waitFor();
  const feed = await rider.request.get(base + link + "/feed.atom");
  expect(feed.status() === 200 && (await feed.text()).includes("For everybody out there"), "the feed tells it");
});

await journey("what comes late of the page before does not take the place of the one that a link led to", async () => {
  await manager.goto(base + "/ORB/updates");
  let late;
  const asked = new Promise((hold) => manager.route(/\/ORB\/updates$/, (route) => { late = route; hold(); }, { times: 1 }));
  await manager.evaluate("window.dispatchEvent(new PopStateEvent(\"popstate\"))");
  await asked;
  await manager.getByRole("link", { name: "Winter, and what it moves" }).click();
  await manager.locator("article.update.whole").waitFor();
  const come = manager.waitForResponse(/\/ORB\/updates$/);
  await late.continue();
  await (await come).finished();
  await manager.evaluate("new Promise((next) => setTimeout(next))");
  expect((await manager.locator("article.update.whole").count()) === 1, "the update is still what is shown");
});

await done();
