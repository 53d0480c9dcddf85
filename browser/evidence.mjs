// Evidence triaged by keys, split by selecting, on a phone; needs as a landscape and as a tree; an address that takes things in.
import { comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person();
await comeIn(manager, base, "mara");
const rows = () => manager.locator(".inbox .evidence");

await journey("many lines are pasted into the inbox", async () => {
  await manager.goto(base + "/ORB/inbox");
  const form = await openForm(manager, "paste-evidence");
  await form.locator("[name=text]").fill("The bell is too quiet\nThe lock jams when it is cold\nLovely people\nI open the app, see a bike, walk there, and it is gone");
  await form.getByRole("button", { name: "Record all" }).click();
  await rows().filter({ hasText: "The lock jams" }).waitFor();
});

await journey("a piece is dismissed, another becomes a need, by keys alone", async () => {
  await manager.goto(base + "/ORB/inbox");
  await manager.keyboard.press("j");
  const first = await manager.locator(".inbox .evidence.at a.title").innerText();
  await manager.keyboard.press("d");
  await rows().filter({ hasText: first }).waitFor({ state: "detached" });
  const row = rows().filter({ hasText: "The lock jams" });
  await row.locator("a.title").focus();
  await manager.keyboard.press("n");
  await manager.keyboard.type("Unlock in the cold");
  await manager.keyboard.press("Control+Enter");
  await row.waitFor({ state: "detached" });
  await manager.goto(base + "/ORB/customers?q=unlock");
  await manager.getByRole("link", { name: "Unlock in the cold" }).first().waitFor();
});

await journey("what likely says the same stands beside a piece, with the need that it may support", async () => {
  await manager.goto(base + "/ORB/inbox");
  await rows().filter({ hasText: "see a bike, walk there" }).locator("a.title").click();
  const panel = manager.locator("#panel");
  await panel.getByRole("heading", { name: "Likely says the same" }).waitFor();
  await panel.locator(".offered li", { hasText: "Know that a bike will be there" }).getByRole("button", { name: "Link" }).click();
  await rows().filter({ hasText: "see a bike, walk there" }).waitFor({ state: "detached" });
});

await journey("notes of an interview become evidence by selecting them", async () => {
  await manager.goto(base + "/ORB/interviews");
  await manager.getByRole("link", { name: "Lena Brandt" }).first().click();
  await openForm(manager, "split-interview");
  await manager.evaluate(() => {
    const text = document.querySelector("[data-transcript]").firstChild, words = "She would pay more for a bike that is there.";
    const at = text.data.indexOf(words), range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + words.length);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  });
  await manager.locator("[data-take-quote]").click();
  expect((await manager.locator("[data-quotes]").inputValue()).includes("She would pay more"), "the words are taken over");
  await manager.getByRole("button", { name: "Record these quotes" }).click();
  await manager.locator(".snapshot .quotes li", { hasText: "She would pay more" }).waitFor();
});

await journey("the landscape tells who is under-served", async () => {
  await manager.goto(base + "/ORB/landscape");
  await manager.getByText("The greatest opportunity is").waitFor();
  await manager.locator("nav[aria-label='Order by']").getByRole("link", { name: "Customers" }).click();
  await manager.locator("nav[aria-label='Order by'] a[aria-current]", { hasText: "Customers" }).waitFor();
});

await journey("in the tree a need is dragged onto an objective, and a test is planned and settled", async () => {
  await manager.goto(base + "/ORB/opportunities");
  const need = manager.locator("section .need", { hasText: "Unlock in the cold" }).first(), root = manager.locator(".root").first();
  await need.locator(".knot").dragTo(root.locator(".knot").first());
  await root.locator(".need", { hasText: "Unlock in the cold" }).waitFor();
  const bet = manager.locator(".bet:has(summary)").first();
  await bet.locator("summary", { hasText: "Plan a test" }).click();
  await bet.locator("[name=assumption]").first().fill("Riders look before they walk");
  await bet.getByRole("button", { name: "Plan test" }).click();
  const test = manager.locator(".test", { hasText: "Riders look before they walk" });
  await test.locator("summary", { hasText: "Tell the result" }).click();
  await test.locator("[name=learned]").fill("8 of 10 did");
  await test.getByRole("button", { name: "Save the result" }).click();
  await test.getByText("8 of 10 did").first().waitFor();
});

await journey("an address takes in what other programs send, until it is revoked", async () => {
  await manager.goto(base + "/ORB/intakes");
  const form = await openForm(manager, "make-intake");
  await form.locator("[name=name]").fill("Support chat");
  await form.getByRole("button", { name: "Make address" }).click();
  const address = await manager.getByRole("textbox", { name: "Copy this" }).inputValue();
  const sent = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text: "The map froze in the tunnel", from: "nadia" }) });
  expect(sent.status === 201, "it is taken in: " + sent.status);
  const visitor = await person();
  await visitor.goto(address + "?quote=" + encodeURIComponent("Selected on a page"));
  await visitor.getByRole("button", { name: "Send" }).click();
  await visitor.getByText("It was handed over").waitFor();
  await visitor.context().close();
  await manager.goto(base + "/ORB/inbox");
  await rows().filter({ hasText: "The map froze in the tunnel" }).waitFor();
  await manager.goto(base + "/ORB/intakes");
  await manager.locator(".intakes li", { hasText: "Support chat" }).getByRole("button", { name: "Revoke" }).click();
  await manager.locator(".intakes li", { hasText: "revoked" }).waitFor();
  expect((await fetch(address, { method: "POST", body: "late" })).status === 404, "it takes nothing any more");
});

await journey("a table of feedback comes in with its columns chosen", async () => {
  await manager.goto(base + "/ORB/feedback");
  await manager.locator("input[type=file]").setInputFiles({ name: "reviews.csv", mimeType: "text/csv", buffer: Buffer.from("ID,review,label\n1,The seat is too low for me,ask\n2,Brakes squeal,bug\n") });
  await manager.getByRole("button", { name: "Look at it first" }).click();
  await manager.getByRole("heading", { name: "What would come in" }).waitFor();
  await manager.locator("[name='column:source']").selectOption("label");
  await manager.getByRole("button", { name: "Look again" }).click();
  await manager.locator("table td", { hasText: "bug" }).first().waitFor();
  await manager.getByRole("button", { name: "Import", exact: true }).click();
  await manager.getByText("2 new.").waitFor();
});

await journey("on a phone a piece is triaged with a thumb", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "tomas");
  await phone.goto(base + "/ORB/inbox");
  const row = phone.locator(".inbox .evidence", { hasText: "Brakes squeal" });
  await row.getByRole("button", { name: "Dismiss" }).tap();
  await row.waitFor({ state: "detached" });
  for (const page of ["inbox", "landscape", "interviews", "intakes", "opportunities", "feedback"]) {
    await phone.goto(`${base}/ORB/${page}`);
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide <= 0, `${page}: nothing is wider than the phone: ${wide}`);
  }
  await phone.context().close();
});

await done();
