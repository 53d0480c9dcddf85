// The roadmap over time: a bar dragged by the Manager and signed by the Owner, moved by keys, compared, shared with an audience;
// a brief talked about by paragraph.
import { comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const bar = (page, key) => page.locator(`a.bar[data-bar="${key}"]`);
const until = (page, key) => bar(page, key).getAttribute("data-until");

await journey("a bar is dragged, and moves once both have signed", async () => {
  await manager.goto(base + "/ORB/timeline?zoom=quarter");
  await bar(manager, "ORB-7").waitFor();
  const before = await until(manager, "ORB-7");
  await bar(manager, "ORB-7").scrollIntoViewIfNeeded();
  const box = await bar(manager, "ORB-7").locator("rect.window").boundingBox();
  await manager.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await manager.mouse.down();
  await manager.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2, { steps: 4 });
  await manager.mouse.move(box.x + box.width / 2 + 75, box.y + box.height / 2, { steps: 4 });
  await manager.mouse.up();
  await manager.locator("#toasts").getByText("Proposed", { exact: false }).waitFor();
  expect((await until(manager, "ORB-7")) === before, "nothing has moved before the Owner signed");
  expect((await manager.locator("#panel").count()) === 0, "a drag is no click");
  await owner.goto(base + "/ORB/timeline");
  await owner.getByText("waits for you", { exact: false }).first().waitFor();
});

await journey("a bar is moved by keys, and Escape takes that back", async () => {
  await manager.goto(base + "/ORB/timeline?zoom=month");
  await bar(manager, "ORB-10").focus();
  await manager.keyboard.press("Shift+ArrowRight");
  await manager.locator("#toasts").getByText("Enter keeps it", { exact: false }).waitFor();
  await manager.locator('a.bar.moved[data-bar="ORB-10"]').waitFor();
  await manager.keyboard.press("Escape");
  await manager.locator('a.bar.moved').waitFor({ state: "detached" });
  await manager.keyboard.press("Shift+ArrowRight");
  await manager.keyboard.press("Enter");
  await manager.locator("#toasts").getByText("Proposed", { exact: false }).waitFor();
});

await journey("a finger that rests on a bar lifts it and drags it; one that does not scrolls", async () => {
  const phone = await person({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "mara");
  await phone.goto(base + "/ORB/timeline?zoom=quarter");
  const touch = await phone.context().newCDPSession(phone);
  const finger = (type, x, y) => touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  await bar(phone, "ORB-10").scrollIntoViewIfNeeded();
  const box = await bar(phone, "ORB-10").locator("rect.window").boundingBox(), [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const scroller = phone.locator(".timeline.scroll"), left = () => scroller.evaluate((one) => one.scrollLeft);
  const before = await left();
  await finger("touchStart", x, y);
  await phone.locator('a.bar.lifted[data-bar="ORB-10"]').waitFor();
  for (const by of [15, 40, 70, 90]) await finger("touchMove", x + by, y);
  await phone.locator('a.bar.moved[data-bar="ORB-10"]').waitFor();
  expect((await left()) === before, "nothing scrolls under it");
  await finger("touchEnd");
  await phone.locator("#toasts").getByText("Proposed", { exact: false }).waitFor();
  expect((await phone.locator("#panel").count()) === 0, "a drag is no tap");
  await finger("touchStart", x, y);
  for (const by of [-20, -60, -100, -140]) await finger("touchMove", x + by, y);
  await finger("touchEnd");
  expect((await phone.locator("a.bar.lifted").count()) === 0, "a finger that moves at once scrolls");
  await phone.context().close();
});

await journey("a click opens the bet beside its timeline", async () => {
  await manager.goto(base + "/ORB/timeline");
  // The window itself: beside it stands what is likely, once that is worked out, and between them nothing.
  await bar(manager, "ORB-1").locator("rect.window").click();
  await manager.locator("#panel").getByRole("heading", { name: "Reserve a bike for ten minutes" }).waitFor();
  await manager.locator("svg.timeline-drawing").waitFor();
});

await journey("a quarter is compared, with who did what by which decision", async () => {
  await manager.goto(base + "/ORB/compare");
  await manager.getByRole("link", { name: "A quarter" }).click();
  await manager.getByText("decision D-", { exact: false }).first().waitFor();
  await manager.getByRole("heading", { name: "How promises drifted" }).waitFor();
});

await journey("an audience sees its view by link, without an account", async () => {
  await manager.goto(base + "/ORB/audiences");
  await manager.getByRole("link", { name: "City council" }).click();
  await manager.getByRole("heading", { name: "What they see" }).waitFor();
  const form = await openForm(manager, "link-audience");
  await form.getByRole("button", { name: "Make link" }).click();
  const visitor = await person();
  await visitor.goto(await manager.getByRole("textbox", { name: "Copy this" }).inputValue());
  await visitor.getByText("What we mean to do for riders in your city").waitFor();
  expect((await visitor.locator("a[href^='/ORB']").count()) === 0, "nothing leads into the product");
  await visitor.context().close();
});

await journey("a paragraph of a brief is talked about where it stands", async () => {
  await owner.goto(base + "/ORB/brief?feature=2");
  const paragraph = owner.locator(".paragraph", { hasText: "No holds for later today" });
  await paragraph.getByText("1 comment").click();
  await paragraph.getByText("Is it no for good").waitFor();
});

await done();
