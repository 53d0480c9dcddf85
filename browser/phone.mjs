// The program under a finger: a phone with touch, where the same gesture comes twice, where nothing hovers, and where Back
// closes what is open.
import { AxeBuilder } from "@axe-core/playwright";
import { comeIn, done, expect, journey, person, problems, says, small, start } from "./house.mjs";

const base = await start("demo");
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
async function as(who, path, options) {
  const page = await person({ ...PHONE, ...options });
  await comeIn(page, base, who);
  await go(page, path);
  return page;
}
async function go(page, path) {
  await page.goto(base + "/ORB/" + path);
  await page.waitForFunction(() => document.readyState === "complete" && document.querySelector("#page"));
}
const middle = async (locator) => {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
};
// What lies on top at the middle of an element.
const onTop = (locator) => locator.evaluate((el) => { const { x, y, width, height } = el.getBoundingClientRect(), top = document.elementFromPoint(x + width / 2, y + height / 2); return el === top || el.contains(top) || top?.contains(el); });
const scrolled = (page) => page.evaluate(() => Math.round(scrollY));
async function accessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.length === 0, violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(", ")}`).join("\n"));
}
// One more story waits for a verdict.
async function handOver() {
  const page = await as("ines", "sprint");
  let card = page.locator(".lane[data-stage=doing] .card").first();
  if (!(await card.count())) {
    const open = page.locator(".lane[data-stage=open] .card").first(), id = await open.getAttribute("id");
    await open.locator("[data-mover]").tap();
    await page.locator("#mover button:visible", { hasText: "Start work" }).tap();
    card = page.locator(`.lane[data-stage=doing] #${id}`);
    await card.waitFor();
  }
  const id = await card.getAttribute("id");
  await card.locator("[data-mover]").tap();
  await page.locator("#mover button:visible", { hasText: "Hand over" }).tap();
  await page.locator(`.lane[data-stage=handed_over] #${id}`).waitFor();
}
// Presses where something is, and once more there as soon as it has left.
async function twice(page, control, left) {
  const [x, y] = await middle(control);
  await page.touchscreen.tap(x, y);
  await left.waitFor({ state: "detached" });
  await page.touchscreen.tap(x, y);
}

await journey("what cannot be taken back is asked about first", async () => {
  const page = await as("tomas", "sprint");
  const more = page.locator("details.menu-button", { hasText: "Cancel sprint" });
  await more.locator("> summary").tap();
  await more.locator("summary", { hasText: "Cancel sprint" }).tap();
  await more.locator("p", { hasText: /\d+ stories go back to the backlog/ }).waitFor();
  expect(await page.locator(".lane").count() > 0, "the sprint goes on");
  await more.locator("form button", { hasText: "Cancel sprint" }).waitFor();
  await page.goBack();
  await more.locator("p", { hasText: "go back to the backlog" }).waitFor({ state: "hidden" });
  expect(new URL(page.url()).pathname === "/ORB/sprint", "Back closed the menu, and the page stayed");
});

await journey("a sprint is planned from the day after the last one", async () => {
  const page = await as("tomas", "sprint");
  const ends = await page.locator("#sprint-edit [name=ends_on], #edit-sprint [name=ends_on]").inputValue();
  const first = await page.locator("#plan [name=starts_on]").inputValue();
  expect(first > ends, `it begins on ${first}, and the one before ends on ${ends}`);
});

await journey("pressed twice, one thing is done", async () => {
  const owner = await as("tomas", "decisions");
  const cards = owner.locator("article.proposal:has(button:text-matches('^Sign'))");
  const before = await cards.count();
  expect(before > 1, "at least two proposals wait");
  const first = await cards.first().getAttribute("id");
  await twice(owner, owner.locator(`#${first} button`, { hasText: /^Sign/ }).first(), owner.locator(`article#${first}`));
  await says(owner, "Settled");
  await go(owner, "decisions");
  expect((await cards.count()) === before - 1, "one was signed, not two");

  await handOver();
  await go(owner, "acceptance");
  const queue = owner.locator(".verdict-card"), waiting = await queue.count();
  expect(waiting > 1, "at least two stories wait");
  const story = await queue.first().getAttribute("id"), form = owner.locator(`#${story} form[action$='story.accept']`);
  if (await form.locator("[name=reason]").count()) await form.locator("[name=reason]").fill("Seen by hand");
  await twice(owner, form.locator("button"), owner.locator(`.verdict-card#${story}`));
  await go(owner, "acceptance");
  expect((await queue.count()) === waiting - 1, "one was accepted, not two");

  await go(owner, "backlog");
  await owner.locator("#create > summary").tap();
  await owner.locator("#create [name=title]").fill("Seen from a phone");
  const [x, y] = await middle(owner.locator("#create form button.primary"));
  await owner.touchscreen.tap(x, y);
  await owner.locator("#create[open]").waitFor({ state: "detached" });
  await owner.touchscreen.tap(x, y);
  await says(owner, "Seen from a phone");
  expect(new URL(owner.url()).pathname === "/ORB/backlog", "what lay under the form was not pressed");
});

await journey("a form rises over everything, with its button in sight", async () => {
  await handOver();
  const page = await as("tomas", "acceptance");
  const card = page.locator(".verdict-card").first();
  await card.locator("summary", { hasText: "Reject" }).tap();
  const field = card.locator("textarea[name=reason]"), button = card.locator("form button", { hasText: "Reject with this reason" });
  await page.waitForFunction(() => document.querySelector(".sheet:popover-open"));
  expect(await onTop(field), "nothing lies over the reason");
  expect(await onTop(button), "nor over what sends it");
  await accessible(page);
  await card.locator("[data-close]").tap();
  await field.waitFor({ state: "hidden" });
  // Its button is in sight where a keyboard leaves half of the screen.
  await go(page, "backlog");
  await page.setViewportSize({ width: 390, height: 510 });
  await page.locator("#create > summary").tap();
  await page.waitForFunction(() => document.querySelector("#create .sheet:popover-open"));
  expect(await onTop(page.locator("#create form button.primary")), "it is sent without scrolling");
});

await journey("Back, a tap beside it and ✕ close what is open, and the page stays", async () => {
  const page = await as("tomas", "backlog");
  const stays = async (what) => expect(new URL(page.url()).pathname === "/ORB/backlog", what + " left the page");
  await go(page, "sprint");
  await go(page, "backlog");
  const sheet = page.locator("#create .sheet");
  for (const [way, close] of [["Back", () => page.goBack()], ["a tap beside it", () => page.touchscreen.tap(195, 60)], ["✕", () => page.locator("#create [data-close]").tap()]]) {
    await page.locator("#create > summary").tap();
    await page.waitForFunction(() => document.querySelector("#create .sheet:popover-open"));
    await close();
    await sheet.waitFor({ state: "hidden" });
    await stays(way);
  }
  await page.locator(".row-item [data-mover]").first().tap();
  await page.locator("#mover:popover-open").waitFor();
  await page.goBack();
  await page.locator("#mover").waitFor({ state: "hidden" });
  await stays("Back from a menu");
  await page.locator("[data-rail]").tap();
  await page.locator(".rail").waitFor();
  await page.goBack();
  await page.locator(".rail").waitFor({ state: "hidden" });
  await stays("Back from the rail");
  // Nothing is open any more: Back leaves.
  await page.goBack();
  await page.waitForURL("**/ORB/sprint");
});

await journey("a list stands where it stood", async () => {
  const page = await as("tomas", "backlog");
  const row = page.locator(".row-item").nth(18);
  await row.scrollIntoViewIfNeeded();
  const before = await scrolled(page);
  expect(before > 200, "the list is longer than the screen");
  await row.locator("a.title").tap();
  await page.locator("aside article.story").waitFor();
  await page.locator(".panel-close").tap();
  await page.locator("aside").waitFor({ state: "detached" });
  expect(Math.abs((await scrolled(page)) - before) < 40, `it stood at ${before}, and now at ${await scrolled(page)}`);
  // Beside its title a row opens too.
  await row.locator(".key").first().tap();
  await page.locator("aside article.story").waitFor();
});

await journey("what is removed in its panel leaves the list, and can be brought back", async () => {
  const page = await as("tomas", "backlog");
  await page.locator(".row-item a.title").nth(6).tap();
  await page.locator("aside article.story").waitFor();
  await page.locator("aside button[aria-label='Remove story']").tap();
  await page.locator("aside").waitFor({ state: "detached" });
  await page.locator("#toasts button", { hasText: "Undo" }).waitFor();
  expect(await page.locator(".row-item").count() > 5, "the list is there");
  expect(!page.url().includes("open="), "and the address is that of the list");
});

await journey("a story goes between two others, chosen or held and dragged", async () => {
  const page = await as("tomas", "backlog");
  const ids = () => page.locator(".row-item").evaluateAll((all) => all.map((el) => el.dataset.id));
  const [a, b, c, d] = await ids();
  await page.locator(`#s-${d} [data-mover]`).tap();
  await page.locator("#mover button", { hasText: "Move after" }).tap();
  await page.locator(`#picker [role=option][value="${a}"]`).waitFor();
  await accessible(page);
  await page.locator(`#picker [role=option][value="${a}"]`).tap();
  await page.waitForFunction(([a, d]) => { const all = [...document.querySelectorAll(".row-item")].map((el) => el.dataset.id); return all[0] === a && all[1] === d; }, [a, d]);
  // Held for a moment, a row is in the hand.
  const touch = await page.context().newCDPSession(page);
  await page.locator(`#s-${c}`).evaluate((row) => row.scrollIntoView({ block: "center" }));
  const [x, y] = await middle(page.locator(`#s-${c} .key`).first()), [, to] = await middle(page.locator(`#s-${d} .key`).first());
  const send = (type, py) => touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y: py }] });
  await send("touchStart", y);
  await page.locator(`#s-${c}.sortable-chosen`).waitFor();
  for (let n = 1; n <= 10; n++) await send("touchMove", y + ((to - y - 12) * n) / 10);
  await send("touchEnd");
  await page.waitForFunction(([b, c]) => { const all = [...document.querySelectorAll(".row-item")].map((el) => el.dataset.id); return all.indexOf(c) < all.indexOf(b); }, [b, c]);
});

await journey("planning keeps its place, and how full the sprint is stays in sight", async () => {
  const page = await as("tomas", "sprint");
  const number = Number((await page.locator("#plan [name=name]").inputValue()).match(/\d+/)[0]);
  await page.locator("#plan > summary").tap();
  await page.locator("#plan [name=goal]").fill("Riders pay by phone");
  await page.locator("#plan form button.primary").tap();
  await says(page, "Planned");
  await go(page, `sprint?sprint=${number}`);
  const row = page.locator("ol[aria-label=Backlog] .row-item").nth(9), id = await row.getAttribute("id");
  await row.scrollIntoViewIfNeeded();
  const before = await scrolled(page);
  await row.locator("[data-key=p] button").tap();
  await page.locator(`section[aria-label=Sprint] #${id}`).waitFor();
  expect(Math.abs((await scrolled(page)) - before) < 120, `the page went from ${before} to ${await scrolled(page)}`);
  expect(await page.locator(".fullness").evaluate((el) => { const box = el.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }), "how full it is is in sight");
});

await journey("nothing looks hovered over that is not", async () => {
  const page = await as("tomas", "backlog");
  const loose = await page.evaluate(() => {
    const found = [];
    const walk = (rules, hovers) => { for (const rule of rules) { const here = hovers || /hover:\s*hover/.test(rule.conditionText || ""); if (rule.selectorText?.includes(":hover") && !here) found.push(rule.selectorText); if (rule.cssRules) walk(rule.cssRules, here); } };
    for (const sheet of document.styleSheets) walk(sheet.cssRules, false);
    return found;
  });
  expect(loose.length === 0, "these stick after a tap: " + loose.join("; "));
});

await journey("a toast is read whole, above the tabs, and with its acts", async () => {
  const page = await as("mara", "backlog");
  await page.locator("[data-create]").fill("A story with a title that takes more than the one line that a telephone has");
  await page.keyboard.press("Enter");
  await says(page, "Proposed");
  const fits = await page.locator(".toast").evaluateAll((all) => all.every((toast) => [toast, ...toast.querySelectorAll("a, button, span")].every((el) => { const box = el.getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth + 1; })));
  expect(fits, "nothing of it is beside the screen");
  const [toast, tabs] = [await page.locator(".toast").boundingBox(), await page.locator(".tabs").boundingBox()];
  expect(toast.y > 300 && toast.y + toast.height <= tabs.y + 1, "it lies above the tabs");
});

await journey("saving is seen to be under way, and lost by nobody who leaves", async () => {
  const page = await as("tomas", "backlog");
  let free;
  const held = new Promise((go) => (free = go));
  await page.route("**/do/story.create", async (route) => { await held; await route.continue(); });
  await page.locator("[data-create]").fill("Saved on a slow line");
  await page.locator(".quick button[type=submit]").tap();
  await page.locator(".quick button[aria-busy=true]").waitFor();
  free();
  await says(page, "Saved on a slow line");
  expect(await page.locator(".quick button[aria-busy]").count() === 0, "and then it is not");
  await page.unroute("**/do/story.create");
  // Out of reach, then there again: what was said about it goes.
  await page.evaluate(() => { window.told = []; new MutationObserver(() => window.told.push(document.querySelector("#toasts").textContent)).observe(document.querySelector("#toasts"), { childList: true }); });
  await page.route("**/ORB/**", (route) => route.abort());
  await page.locator("[data-create]").fill("Said again");
  await page.locator(".quick button[type=submit]").tap();
  await page.waitForFunction(() => window.told.some((text) => text.includes("cannot be reached")));
  await page.unroute("**/ORB/**");
  await page.locator(".row-item a.title").first().tap();
  await page.locator("#toasts .toast", { hasText: "cannot be reached" }).waitFor({ state: "detached" });
  problems.splice(0, problems.length, ...problems.filter((text) => !text.includes("ERR_FAILED")));
});

await journey("targets and words are large enough for a finger", async () => {
  const page = await as("tomas", "");
  for (const path of ["", "backlog", "backlog?open=171", "sprint", "acceptance", "decisions", "who-decides", "settings"]) {
    await go(page, path);
    const found = await small(page);
    expect(found.length === 0, `/${path}: ${[...new Set(found)].join(", ")}`);
  }
});

await journey("letters of twice the size fit", async () => {
  const page = await as("tomas", "");
  for (const path of ["", "backlog", "sprint", "decisions", "who-decides"]) {
    await go(page, path);
    await page.evaluate(() => (document.documentElement.style.fontSize = "32px"));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide <= 391, `/${path} is ${wide} wide`);
    const crossed = await page.locator(".tabs a > span:not(.count)").evaluateAll((all) => all.some((el, i) => i > 0 && el.getBoundingClientRect().left < all[i - 1].getBoundingClientRect().right - 1));
    expect(!crossed, "the names of the tabs lie over one another");
    expect(await page.locator(".skip").evaluate((el) => el.getBoundingClientRect().bottom <= 0), "the skip link peeks in");
  }
});

await journey("whoever asks who decides can stop asking, and links lead nowhere meanwhile", async () => {
  const page = await as("tomas", "");
  await page.locator(".top [data-who]").tap();
  await page.locator("#toasts button", { hasText: "Done" }).waitFor();
  expect(await onTop(page.locator(".top [data-who]")), "the scales are not covered");
  expect(!/Esc/.test(await page.locator("#toasts").textContent()), "a phone has no Esc");
  await page.locator(".home a:visible").first().tap();
  await says(page, "changes nothing");
  expect(new URL(page.url()).pathname === "/ORB/", "the link was not followed");
  await page.locator("#toasts button", { hasText: "Done" }).tap();
  expect(!(await page.evaluate(() => document.body.classList.contains("asking"))), "it is over");
});

await done();
