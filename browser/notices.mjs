// Naming somebody in one browser and hearing of it in another; what one hears of a thing; what changed since one was here.
import { comeIn, done, expect, journey, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const bell = (page) => page.locator("#bell");

await journey("a name is completed by keyboard, and whoever it names hears at once", async () => {
  await owner.goto(base + "/ORB/backlog");
  await bell(owner).waitFor();
  await manager.goto(base + "/ORB/story/150");
  const field = manager.locator(".comments textarea[name=body]").last();
  await field.click();
  await field.pressSequentially("What do you say, @tom");
  await manager.locator("#naming [aria-selected=true]", { hasText: "Tomas Okafor" }).waitFor();
  await manager.keyboard.press("Enter");
  expect((await field.inputValue()) === "What do you say, @Tomas Okafor ", "the name stands there whole: " + (await field.inputValue()));
  await field.pressSequentially("about #lock");
  const thing = manager.locator("#naming [role=option]").first();
  await thing.waitFor();
  const key = await thing.locator(".key").textContent();
  await manager.keyboard.press("Tab");
  expect((await field.inputValue()).endsWith(`about ${key} `), "a thing by its key: " + (await field.inputValue()));
  await field.pressSequentially("@nobodyatall");
  await manager.locator("#naming").waitFor({ state: "hidden" });
  await manager.keyboard.press("Control+Enter");
  await owner.locator("#bell .count", { hasText: "1" }).waitFor();
  expect(new URL(owner.url()).pathname === "/ORB/backlog", "where they were");
});

await journey("the list is walked by keys, and what is looked at is read in every tab", async () => {
  const other = await owner.context().newPage();
  await other.goto(base + "/ORB/roadmap");
  await other.locator("#bell .count", { hasText: "1" }).waitFor();
  await owner.keyboard.press("g");
  await owner.keyboard.press("n");
  await owner.waitForURL("**/notices");
  await owner.getByText("Mara Lindholm named you in").waitFor();
  await owner.keyboard.press("j");
  await owner.keyboard.press("e");
  await owner.locator(".notices li:not(.unread)").first().waitFor();
  await other.locator("#bell .count").waitFor({ state: "detached" });
  await owner.keyboard.press("j");
  await owner.keyboard.press("e");
  await other.locator("#bell .count", { hasText: "1" }).waitFor();
  // Whoever comes to the thing itself has seen it.
  await owner.keyboard.press("j");
  await owner.keyboard.press("Enter");
  await owner.waitForURL("**/ORB/story/150");
  await other.locator("#bell .count").waitFor({ state: "detached" });
  await other.close();
});

await journey("one watches, and mutes", async () => {
  await owner.goto(base + "/ORB/story/150");
  await owner.locator(".watching summary").click();
  await owner.locator(".watching").getByRole("button", { name: /^Mute/ }).click();
  await owner.locator(".watching summary", { hasText: "Muted" }).waitFor();
  await manager.locator(".comments textarea[name=body]").last().fill("@Tomas Okafor once more");
  await manager.keyboard.press("Control+Enter");
  await manager.locator(".comment", { hasText: "once more" }).waitFor();
  await owner.goto(base + "/me");
  await owner.getByRole("button", { name: "Hear of it again" }).click();
  await owner.getByRole("button", { name: "Hear of it again" }).waitFor({ state: "detached" });
  expect((await owner.locator("#bell .count").count()) === 0, "nothing was heard of what was muted");
});

await journey("what changed since is told once somebody has looked at it", async () => {
  await owner.goto(base + "/ORB/since");
  await owner.locator("section.since", { hasText: "commented on" }).first().waitFor();
  await owner.waitForURL("**/since?from=*");
  expect(await owner.locator("section.since").first().isVisible(), "it goes on standing there");
  await owner.goto(base + "/ORB/since");
  await owner.getByText("Nothing new").waitFor();
});

await journey("quiet hours and letters are chosen", async () => {
  await owner.goto(base + "/me");
  await owner.locator("#hear [name=named]").selectOption({ label: "Here, and by mail at once" });
  await owner.locator("#hear [name=quiet_from]").fill("22:00");
  await owner.locator("#hear").getByRole("button", { name: "Save" }).click();
  await owner.locator("[data-error=quiet_until]", { hasText: "neither" }).waitFor();
  await owner.locator("#hear [name=quiet_until]").fill("07:00");
  await owner.locator("#hear").getByRole("button", { name: "Save" }).click();
  await owner.locator("#toasts", { hasText: "what to hear of" }).waitFor();
  await owner.reload();
  expect((await owner.locator("#hear [name=quiet_until]").inputValue()) === "07:00", "it is kept");
});

await journey("the bell is asked for once on the way in, whether a tab leads or not", async () => {
  const named = (story) => manager.evaluate(async (story) => {
    const id = (await (await fetch("/ORB/story/" + story)).text()).match(/name="id" value="([0-9a-f-]+)"/)[1];
    await fetch("/ORB/do/comment.add", { method: "POST", body: new URLSearchParams({ about: "story", id, body: "@Tomas Okafor" }), headers: { "x-tandem": "1" } });
  }, story);
  await manager.goto(base + "/ORB/backlog");
  const stories = await manager.locator(".row-item").evaluateAll((rows) => rows.map((row) => row.dataset.id));
  await owner.goto(base + "/ORB/roadmap");
  await named(stories[0]);
  await bell(owner).locator(".count").waitFor();
  const other = await owner.context().newPage();
  for (const [page, story] of [[owner, stories[1]], [other, stories[2]]]) {
    let asked = 0;
    page.on("request", (request) => request.url().endsWith("/notices/bell") && asked++);
    const first = page.waitForRequest("**/notices/bell");
    await page.goto(base + "/ORB/roadmap");
    await first;
    const count = Number(await bell(page).locator(".count").textContent());
    await named(story);
    await bell(page).locator(".count", { hasText: String(count + 1) }).waitFor();
    expect(asked === 2, `asked ${asked} times: on the way in, and at the news`);
  }
  await other.close();
});

await journey("what changes while a page is on its way is seen there, and what is open meanwhile stays open", async () => {
  const page = await person();
  await comeIn(page, base, "tomas");
  // Its stream of news comes late, as where the line is slow.
  let on;
  const held = new Promise((go) => (on = go));
  await page.route(/\/live\?/, async (route) => { await held; await route.continue(); }, { times: 1 });
  const [asked] = await Promise.all([page.waitForRequest(/\/live\?/), page.goto(base + "/ORB/backlog")]);
  expect(Number(new URL(asked.url()).searchParams.get("ago")) > 0, "it says since when it has heard nothing: " + asked.url());
  const row = page.locator("#stories .row-item").nth(5), id = await row.getAttribute("data-id");
  const nameless = page.locator("#page details:not([id]):not(.me):not(.switcher)").filter({ has: page.locator(":scope > summary:visible") }).first();
  await nameless.locator(":scope > summary").click();
  await owner.evaluate((story) => fetch("/ORB/do/story.move", { method: "POST", body: new URLSearchParams({ story, to: "top" }), headers: { "x-tandem": "1" } }), id);
  on();
  await page.locator(`#stories .row-item[data-id="${id}"]:first-child`).waitFor();
  expect(await nameless.evaluate((details) => details.open), "what was opened stays open");
  await page.context().close();
});

await done();
