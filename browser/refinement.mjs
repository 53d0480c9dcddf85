// Refinement: a story is made ready, split, linked and ticked off; the story map by drag, by keys and by its form; a session
// with its agenda and its clock, which two people follow.
import { comeIn, done, drag, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const owner = await person(), developer = await person();
await comeIn(owner, base, "tomas");
await comeIn(developer, base, "ines");

/** Adds a story with its criteria; its number. */
async function added(title, ...criteria) {
  await owner.goto(base + "/ORB/backlog");
  const line = owner.locator("input[data-create]");
  await line.fill(title);
  const kept = owner.waitForResponse((answer) => answer.url().includes("/do/story.create"));
  await line.press("Enter");
  await kept;
  await owner.goto(base + "/ORB/backlog?q=" + encodeURIComponent(title.split(" ").slice(0, 3).join(" ")));
  const row = owner.locator("#stories > li", { hasText: title }).first();
  await row.waitFor();
  const number = await row.getAttribute("data-id");
  await owner.goto(`${base}/ORB/story/${number}`);
  for (const text of criteria) {
    await owner.locator("#criterion textarea").fill(text);
    await owner.locator("#criterion button").click();
    await owner.locator("section.criteria li", { hasText: text }).waitFor();
  }
  return number;
}

let whole;
await journey("a story is split by its data, and its parts say whose they are", async () => {
  const number = await added("Redeem vouchers by scan, code or letter");
  await owner.getByRole("link", { name: "Split into parts" }).click();
  await owner.getByRole("link", { name: "By data" }).click();
  await owner.locator("input[name='parts.1'][value$=': Scan']").waitFor();
  expect((await owner.locator("input[name='parts.3']").inputValue()).endsWith(": Letter"), "what its words show is filled in");
  await owner.getByRole("button", { name: "Split the story" }).click();
  await owner.waitForURL("**/story/" + number);
  await owner.locator("section.kin li", { hasText: "Has the part" }).nth(2).waitFor();
});

await journey("split by rules, all of its criteria are dealt out and it is dropped, and one key takes that back", async () => {
  whole = await added("Count riders at the gate", "Ten at most", "Nobody is counted twice");
  await owner.goto(`${base}/ORB/story/${whole}/split?way=rules`);
  expect(await owner.locator("select[name=rest]").inputValue() === "dropped", "nothing would be left of it");
  await owner.getByRole("button", { name: "Split the story" }).click();
  await owner.waitForURL("**/story/" + whole);
  await owner.getByRole("button", { name: "Take up again" }).waitFor();
  await owner.locator("section.kin li", { hasText: "Nobody is counted twice" }).waitFor();
  await owner.keyboard.press("Control+z");
  await owner.locator("section.criteria li", { hasText: "Nobody is counted twice" }).waitFor();
  await owner.getByRole("button", { name: "Take up again" }).waitFor({ state: "detached" });
});

await journey("what says the same is shown while a title is typed", async () => {
  await owner.goto(base + "/ORB/backlog");
  const line = owner.locator("input[data-create]");
  await line.pressSequentially("Count the riders at a gate");
  const like = owner.locator("form.quick .alike-posts");
  await like.getByRole("link", { name: "Count riders at the gate" }).waitFor();
  await line.fill("");
  await like.waitFor({ state: "detached" });
});

await journey("what is missing is named, a hint is put aside, and what waits says for whom", async () => {
  await owner.goto(`${base}/ORB/story/${whole}`);
  const hints = owner.locator("#hints");
  await hints.getByText("an empty “so that”").waitFor();
  await hints.locator("li", { hasText: "an empty “so that”" }).getByRole("button").click();
  await hints.getByText("1 put aside").waitFor();
  const form = await openForm(owner, "link-story");
  await form.locator("[name=to]").fill("ORB-9999");
  await form.getByRole("button", { name: "Link them" }).click();
  await form.getByText("There is no such story.").waitFor();
  await form.locator("[name=to]").fill(String(Number(whole) - 1));
  await form.getByRole("button", { name: "Link them" }).click();
  await owner.locator(".held-up", { hasText: "Waits for" }).waitFor();
  await owner.goto(base + "/ORB/backlog?q=is:waiting");
  await owner.locator(`#stories > li[data-id="${whole}"]`).waitFor();
  await owner.goto(base + "/ORB/backlog?q=type:horse");
  await owner.getByText("At character 6: “horse” is not known to “type:”").waitFor();
});

await journey("whoever works on it notes small steps and ticks them off, and the row counts them", async () => {
  await developer.goto(`${base}/ORB/story/${whole}`);
  const list = developer.locator("#subtasks");
  for (const title of ["Find the gate", "Count to ten"]) {
    await list.locator("form.quick input[name=title]").fill(title);
    await list.locator("form.quick input[name=title]").press("Enter");
    await list.locator("li", { hasText: title }).waitFor();
  }
  await list.getByRole("button", { name: "Done: Find the gate" }).click();
  await list.getByRole("button", { name: "Not done after all: Find the gate" }).waitFor();
  await owner.goto(base + "/ORB/backlog?q=is:waiting");
  await owner.locator(`#stories > li[data-id="${whole}"] .subtasks`, { hasText: "1/2" }).waitFor();
});

const lane = (page, step, release) => page.locator(`.story-map td.lane[aria-label="${step}, ${release}"]`);

await journey("a card goes over the story map by drag, by keys and by its form", async () => {
  await owner.goto(base + "/ORB/storymap");
  const form = await openForm(owner, "new-step");
  await form.locator("[name=name]").fill("Get help");
  await form.getByRole("button", { name: "Add step" }).click();
  await lane(owner, "Get help", "Later").waitFor();
  const card = owner.locator(".tray .card").first(), number = await card.getAttribute("data-id");
  await drag(owner, card, lane(owner, "Find a bike", "Later"));
  await lane(owner, "Find a bike", "Later").locator(`[data-id="${number}"]`).waitFor();
  await owner.reload();
  const placed = lane(owner, "Find a bike", "Later").locator(`[data-id="${number}"]`);
  await placed.waitFor();
  await placed.locator("a").focus();
  await owner.keyboard.press("Shift+ArrowRight");
  await lane(owner, "Hold it", "Later").locator(`[data-id="${number}"]`).waitFor();
  await owner.goto(base + "/ORB/storymap?open=" + number);
  const place = await openForm(owner, "map-place");
  await place.locator("[name=step]").selectOption({ label: "Get help" });
  await place.getByRole("button", { name: "Place it" }).click();
  await lane(owner, "Get help", "Later").locator(`[data-id="${number}"]`).waitFor();
});

await journey("on a phone the map is read and a place is chosen, and nothing is wider than the phone", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "tomas");
  for (const page of ["storymap", "refinement", "templates", "backlog/tending", `story/${whole}/split?way=rules`]) {
    await phone.goto(`${base}/ORB/${page}`);
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide <= 0, `${page} is wider than the phone: ${wide}`);
  }
  await phone.context().close();
});

await journey("a session goes from story to story, its clock runs, and everyone sees the same", async () => {
  await owner.goto(base + "/ORB/refinement");
  await developer.goto(base + "/ORB/refinement");
  const form = await openForm(owner, "begin");
  await form.locator("[name=count]").fill("3");
  await form.getByRole("button", { name: "Begin" }).click();
  await owner.locator(".agenda-item").nth(2).waitFor();
  await developer.locator(".agenda-item.at-hand").waitFor();
  await owner.locator("[data-countdown]", { hasText: /^9:\d\d left$/ }).waitFor();
  const first = await owner.locator(".agenda-item.at-hand .key").textContent();
  await owner.getByRole("button", { name: "Next story" }).click();
  await developer.locator(".agenda-item.at-hand .key", { hasText: first }).waitFor({ state: "detached" });
  await developer.locator("#note-story textarea").fill("The workshop knows more.");
  await developer.locator("#note-story button").click();
  await owner.locator(".refined-notes", { hasText: "The workshop knows more." }).waitFor();
  await owner.getByRole("button", { name: "End the session" }).click();
  await owner.getByRole("link", { name: /^Refinement \d+$/ }).first().click();
  await owner.getByText("The workshop knows more.").waitFor();
});

await done();
