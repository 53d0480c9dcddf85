// Canvases by hand: a note written, moved by keys and by a hand, made an initiative; the fit of a value proposition; a phone; paper.
import { comeIn, done, drag, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person({ viewport: { width: 1440, height: 900 } }), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const panel = manager.locator("#panel");
const box = (page, name) => page.getByRole("region", { name, exact: true });
const card = (page, name, text) => box(page, name).locator(".card", { hasText: text });

await journey("a note is written, and others see it", async () => {
  await manager.goto(base + "/ORB/canvases");
  await manager.getByRole("link", { name: "Before the tender in Aarberg" }).click();
  await card(manager, "Strengths", "Workshops of our own").waitFor();
  await owner.goto(manager.url());
  await box(manager, "Threats").locator("[name=body]").fill("An icy winter");
  await box(manager, "Threats").locator("[name=body]").press("Enter");
  await card(manager, "Threats", "An icy winter").waitFor();
  await card(owner, "Threats", "An icy winter").waitFor();
});

await journey("it moves by keys, and back by an undo", async () => {
  await card(manager, "Threats", "An icy winter").locator("a.title").focus();
  await manager.keyboard.press("Shift+ArrowUp");
  await manager.waitForFunction(() => document.querySelector("[data-cell=threats] .card")?.textContent.includes("An icy winter"));
  await manager.keyboard.press("Shift+ArrowLeft");
  await card(manager, "Opportunities", "An icy winter").waitFor();
  await manager.keyboard.press("Control+z");
  await card(manager, "Threats", "An icy winter").waitFor();
});

await journey("it is dragged into another box", async () => {
  await drag(manager, card(manager, "Threats", "An icy winter"), box(manager, "Weaknesses"));
  await card(owner, "Weaknesses", "An icy winter").waitFor();
});

await journey("it becomes an initiative that leads back to it", async () => {
  await card(manager, "Weaknesses", "An icy winter").locator("a.title").click();
  const form = await openForm(manager, "note-initiative");
  await form.locator("[name=title]").fill("Tyres that hold on ice");
  await form.getByRole("button", { name: "Make initiative" }).click();
  await panel.locator(".lines a", { hasText: "Tyres that hold on ice" }).waitFor();
  await panel.getByRole("link", { name: "Thread" }).click();
  // In the drawing it is the name of a node, in the list a line.
  await manager.getByText("Tyres that hold on ice").first().waitFor({ state: "attached" });
});

await journey("a pain is answered by what delivers a reliever, and the fit says so", async () => {
  await manager.goto(base + "/ORB/canvases");
  await manager.getByRole("link", { name: "Lena’s morning" }).click();
  const fit = manager.locator("section.fit");
  await fit.getByText("2 of 3 answered").waitFor();
  await card(manager, "Pains", "whether the seats fit two").getByText("by nothing").waitFor();
  await card(manager, "Pains", "whether the seats fit two").locator("a.title").click();
  const form = await openForm(manager, "answer-note");
  await form.locator("[name=canvas_note]").selectOption({ label: "Holds a bike for ten minutes" });
  await form.getByRole("button", { name: "Link" }).click();
  await fit.getByText("3 of 3 answered").waitFor();
  await card(manager, "Pains", "whether the seats fit two").getByText("answered", { exact: true }).waitFor();
});

await journey("on a phone the boxes are a list, and a note moves by its panel", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "mara");
  await phone.goto(base + "/ORB/canvases");
  await phone.getByRole("link", { name: "Before the tender in Aarberg" }).tap();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide <= 0, `nothing is wider than the phone: ${wide}`);
  const [above, below] = [await box(phone, "Strengths").boundingBox(), await box(phone, "Weaknesses").boundingBox()];
  expect(below.y >= above.y + above.height, "one box stands below the other");
  await card(phone, "Weaknesses", "An icy winter").locator("a.title").tap();
  const form = await openForm(phone, "move-note");
  await form.locator("[name=cell]").selectOption("threats");
  await form.getByRole("button", { name: "Move note" }).tap();
  await card(manager, "Pains", "Brakes howl").waitFor();
  await phone.locator("#panel .crumb", { hasText: "Threats" }).waitFor();
  await phone.context().close();
});

await journey("a canvas is one sheet of paper", async () => {
  await manager.goto(base + "/ORB/canvases");
  await manager.getByRole("link", { name: "Cargo bikes by the hour" }).click();
  await card(manager, "Problems", "The bike that the map shows").waitFor();
  const pdf = (await manager.pdf({ preferCSSPageSize: true })).toString("latin1");
  const sheets = pdf.match(/\/Type\s*\/Page\b/g).length;
  expect(sheets === 1, `it takes ${sheets} sheets`);
});

await journey("versions of the vision are compared", async () => {
  await manager.goto(base + "/ORB/strategy");
  await manager.getByText("Compare versions word by word").click();
  await manager.locator("#versions ins").first().waitFor();
});

await done();
