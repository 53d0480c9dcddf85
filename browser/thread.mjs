// The thread: gaps mended in their rows, a thing joined by words, by dragging and by pasting a key, the drawing by keys.
import { axe, comeIn, done, expect, journey, person, says, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const make = async (page, command, fields) => {
  const answer = await page.evaluate(async ([url, body]) => (await fetch(url, { method: "POST", body: new URLSearchParams(body), headers: { "x-tandem": "1", accept: "application/json" } })).status, [`/ORB/do/${command}`, fields]);
  expect(answer === 200, `${command} says ${answer}`);
};

await manager.goto(base + "/ORB/customers");
await make(manager, "need.create", { title: "Find a bike at night" });
await make(manager, "evidence.record", { quote: "I walked home in the dark." });
await make(manager, "evidence.record", { quote: "The lamp at the dock was out." });

await journey("a gap is mended in its row, by typing", async () => {
  await manager.goto(base + "/ORB/thread?by=mine");
  const row = manager.locator(".gap li", { hasText: "I walked home in the dark." });
  await row.getByRole("link", { name: "Link it to a need" }).click();
  const picker = manager.locator("#picker");
  await picker.getByRole("option").first().waitFor();
  await manager.keyboard.type("at night");
  await picker.getByRole("option", { name: "Find a bike at night" }).waitFor();
  await axe(manager);
  await manager.keyboard.press("Enter");
  await row.waitFor({ state: "detached" });
  expect(!(await manager.locator(".gap li", { hasText: "Find a bike at night" }).filter({ hasText: "Link evidence" }).count()), "the need has evidence");
});

await journey("evidence is dragged onto a need", async () => {
  await manager.goto(base + "/ORB/customers");
  const evidence = manager.locator("article.evidence", { hasText: "The lamp at the dock was out." });
  const need = manager.locator("tr[data-knot]", { hasText: "Find a bike at night" });
  await evidence.locator(".carry").dragTo(need);
  await evidence.locator("a.chip", { hasText: "Find a bike at night" }).waitFor();
});

await journey("a key that is pasted is offered to the thing at hand", async () => {
  await owner.goto(base + "/ORB/backlog");
  await make(owner, "story.create", { title: "Lamps report that they are out" });
  const key = await owner.evaluate(async () => /ORB-\d+/.exec(await (await fetch("/ORB/find?q=Lamps+report", { headers: { "x-tandem": "1" } })).text())[0]);
  await owner.goto(base + `/ORB/thread?of=${key}`);
  await owner.getByText("The thread is broken here.").first().waitFor();
  await owner.evaluate((key) => {
    const data = new DataTransfer();
    data.setData("text/plain", key);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, "ORB-2");
  await owner.locator("#picker").getByRole("option", { name: "Hold a bike from the map" }).waitFor();
  await owner.keyboard.press("Enter");
  await owner.locator(".thread li[data-knot^=feature]", { hasText: "Hold a bike from the map" }).waitFor();
});

await journey("the drawing is walked by keys, searched and unfolded", async () => {
  await manager.goto(base + "/ORB/thread?of=ORB-1");
  const drawn = manager.locator("svg.chain");
  await drawn.locator("a.this").focus();
  expect(await drawn.locator("path.tie.lit").count() > 0, "what hangs together with it is lit");
  const before = await manager.evaluate(() => document.activeElement.dataset.id);
  await manager.keyboard.press("ArrowRight");
  const after = await manager.evaluate(() => document.activeElement.dataset.id);
  expect(after !== before, "along a line");
  await manager.keyboard.press("ArrowLeft");
  expect(await manager.evaluate(() => document.activeElement.dataset.id) === before, "and back");
  await manager.locator(".thread-tools [name=find]").fill("zzz");
  expect(await drawn.locator("a.knot:not(.lost)").count() === 0, "found while it is typed");
  await manager.locator(".thread-tools [name=find]").fill("");
  const fold = drawn.locator("a.fold").first();
  if (await fold.count()) {
    const few = await drawn.locator("a.knot").count();
    await fold.click();
    await manager.waitForURL(/whole=/);
    expect(await manager.locator("svg.chain a.knot").count() > few, "unfolded");
  }
  await axe(manager);
});

await journey("thread, gaps and figures as of a past day", async () => {
  const day = new Date(Date.now() - 20 * 864e5).toISOString().slice(0, 10);
  for (const page of [`thread?as_of=${day}`, `thread?of=ORB-1&as_of=${day}`, `alignment?as_of=${day}`, "alignment"]) {
    await manager.goto(`${base}/ORB/${page}`);
    await manager.locator("main h1").waitFor();
    await axe(manager);
  }
});

await done();
