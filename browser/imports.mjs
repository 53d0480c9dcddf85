// A backlog from another tool, as its Owner brings it in: read, asked about, decided, brought in, brought in again after
// both sides changed, and its epics signed by the Manager. axe looks at every step.
import { AxeBuilder } from "@axe-core/playwright";
import { comeIn, done, expect, journey, person, start } from "./house.mjs";

const base = await start("demo");
const file = (text, name = "library.csv") => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const LIBRARY = `nr,Was,state,type,parent,assignee,points
1,Open the library,To Do,Epic,,,
2,Lend books at the desk,Under the lamp,Story,1,Annegret Schulze,5
3,Take books back,To Do,Story,1,Annegret Schulze,3
4,,To Do,Story,,,
5,Mend the lamp,In Progress,Task,,Jonas,
6,Count the shelves,Done,Story,,,2
`;

/** Sends a file and waits until it was looked through. */
async function upload(page, text, format = "csv") {
  await page.goto(base + "/ORB/import");
  await page.check(`input[name=format][value=${format}]`);
  await page.setInputFiles("input[type=file]", file(text));
  await page.getByRole("button", { name: "Look at it first" }).click();
  await page.getByRole("heading", { name: "What would happen" }).waitFor();
}
/** A choice applies as soon as it is made: waits for what the page then says. */
async function choose(page, name, value, then) {
  await page.locator(`select[name="${name}"]`).selectOption(value);
  await page.getByText(then).first().waitFor();
}
async function clean(page, where) {
  for (const theme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: theme });
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.length === 0, `${where} (${theme}): ${violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(", ")}`).join("; ")}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide <= 0, `${where}: nothing runs out of the page, ${wide} px do`);
}
const bring = async (page) => {
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("Done:").waitFor();
};
const said = (page, text) => page.locator("main", { hasText: text }).waitFor();

const owner = await person({ viewport: { width: 1440, height: 900 } });
await comeIn(owner, base, "tomas");

await journey("a file is read, asked about and brought in", async () => {
  await owner.goto(base + "/ORB/import");
  await clean(owner, "choosing a file");
  await upload(owner, LIBRARY);
  await said(owner, "Say which column is the title");
  await clean(owner, "a column to be chosen");
  await choose(owner, "column:title", "Was", "1 row cannot come in");
  expect(await owner.locator("select[name='column:title']").isVisible(), "the columns stay open");
  await said(owner, "A state is not known: “Under the lamp” (1)");
  expect((await owner.getByRole("button", { name: "Import", exact: true }).count()) === 0, "nothing runs before it is decided");
  await clean(owner, "states to be chosen");
  // What is left open says so, and is not asked about beside it.
  await owner.getByRole("button", { name: "Leave it open" }).click();
  await owner.locator("input[name=open_unknown]:checked").waitFor();
  expect((await owner.locator("select[name='state:Under the lamp'] option").first().textContent()) === "Open", "it is left open");
  await owner.locator("select[name='state:Under the lamp']").focus();
  await choose(owner, "state:Under the lamp", "doing", "1 row cannot come in");
  await owner.locator("tr", { hasText: "Lend books at the desk" }).getByText("Doing").waitFor();
  expect(await owner.evaluate(() => document.activeElement?.name) === "state:Under the lamp", "the hand stays where it chose");
  await owner.locator("tr", { hasText: "It has no title." }).waitFor();
  await owner.getByRole("button", { name: "Leave it out" }).click();
  await owner.getByRole("button", { name: "Import", exact: true }).waitFor();
  // Whose address begins with the name is taken to be meant.
  await owner.locator("select[name='person:Jonas'] option:first-child", { hasText: "Jonas" }).waitFor({ state: "attached" });
  await clean(owner, "all is decided");
  await owner.setViewportSize({ width: 390, height: 844 });
  await clean(owner, "all is decided, on a phone");
  await owner.setViewportSize({ width: 1440, height: 900 });
});

await journey("people are invited from the mapping", async () => {
  await owner.locator("input[name='invite:Annegret Schulze']").fill("anni@library.example");
  // Enter invites nobody; what was typed stays.
  await owner.locator("input[name='invite:Annegret Schulze']").press("Enter");
  await owner.waitForLoadState("networkidle");
  expect((await owner.getByText("is proposed as a member").count()) === 0, "Enter asks nobody in");
  expect((await owner.locator("input[name='invite:Annegret Schulze']").inputValue()) === "anni@library.example", "what was typed stays");
  await owner.locator("button[formaction$='/invite']").scrollIntoViewIfNeeded();
  const before = await owner.evaluate(() => scrollY);
  await owner.locator("button[formaction$='/invite']").click();
  await said(owner, "is proposed as a member");
  expect(Math.abs((await owner.evaluate(() => scrollY)) - before) < 200, "it is answered where it was asked");
  expect((await owner.locator("input[name='invite:Annegret Schulze']").count()) === 0, "whoever is asked is not asked again");
  await said(owner, "“Annegret Schulze” is invited (2 rows)");
  await clean(owner, "somebody is invited");
  await bring(owner);
  await said(owner, "4 created");
  await said(owner, "Left out");
  await clean(owner, "it is done");
});

await journey("work under way stands in a place of its own", async () => {
  await owner.goto(base + "/ORB/sprint");
  const place = owner.locator(".adrift");
  await place.getByText("Lend books at the desk").waitFor();
  await place.getByText("Mend the lamp").waitFor();
  expect((await place.getByText("Take books back").count()) === 0, "what is open is not under way");
  await clean(owner, "the sprint with what is in none");
});

const number = async (title) => {
  await owner.goto(base + "/ORB/backlog?stage=all&q=" + encodeURIComponent(title));
  return owner.locator(".row-item", { hasText: title }).first().getAttribute("data-id");
};

await journey("what was changed here stays, unless the file's is taken", async () => {
  const [lend, back] = [await number("Lend books at the desk"), await number("Take books back")];
  for (const [story, title] of [[lend, "Lend books at the counter"], [back, "Take books back at night"]]) {
    const answer = await owner.request.post(`${base}/ORB/do/story.edit`, { form: { story, title }, headers: { "sec-fetch-site": "same-origin" } });
    expect(answer.ok(), "it is changed here");
  }
  const newer = LIBRARY.replace("Lend books at the desk", "Lend books and discs at the desk").replace("Take books back,", "Take books and discs back,");
  await upload(owner, newer);
  await choose(owner, "column:title", "Was", "1 row cannot come in");
  await choose(owner, "state:Under the lamp", "doing", "Leave it out");
  await owner.getByRole("button", { name: "Leave it out" }).click();
  await owner.getByRole("heading", { name: "Kept as it is here" }).waitFor();
  const kept = (words) => owner.getByRole("region", { name: "Kept as it is here" }).locator("tr", { hasText: words });
  await kept("Lend books at the counter").getByText("Lend books and discs at the desk").waitFor();
  await kept("Take books back at night").waitFor();
  await clean(owner, "what is kept");
  await owner.setViewportSize({ width: 390, height: 844 });
  await clean(owner, "what is kept, on a phone");
  await owner.setViewportSize({ width: 1440, height: 900 });
  await kept("Lend books at the counter").getByRole("checkbox").check();
  await owner.locator("tr", { hasText: "Lend books and discs at the desk" }).getByText("changed").waitFor();
  // Another choice leaves it taken, and it can be given back.
  await owner.locator("select[name='type:Task']").selectOption("spike");
  await owner.locator(".told-rows td", { hasText: "Spike" }).first().waitFor();
  expect(await owner.getByRole("region", { name: "Kept as it is here" }).getByRole("checkbox").first().isChecked(), "it is still taken");
  await bring(owner);
  await said(owner, "Done: 2 updated");
  // An import is not taken back as a whole, and Ctrl+Z says so instead of taking back something older.
  await owner.goto(base + "/ORB/backlog");
  await owner.keyboard.press("Control+z");
  await owner.getByText("Your last act was an import").waitFor();
  await owner.goto(base + "/ORB/backlog?stage=all&q=books");
  await owner.locator(".row-item", { hasText: "Lend books and discs at the desk" }).waitFor();
  await owner.locator(".row-item", { hasText: "Take books back at night" }).waitFor();
});

await journey("the Manager signs the epics, and the stories hang on the feature", async () => {
  const manager = await person({ viewport: { width: 1440, height: 900 } });
  await comeIn(manager, base, "mara");
  await manager.goto(base + "/ORB/decisions");
  const proposal = manager.locator("article.proposal", { hasText: "Make the epic “Open the library” a feature" });
  await proposal.getByRole("button", { name: /^Sign as/ }).click();
  await proposal.waitFor({ state: "detached" });
  await manager.goto(base + "/ORB/roadmap");
  await manager.locator("main a", { hasText: "Open the library" }).waitFor();
  await owner.goto(base + "/ORB/backlog?stage=all&q=books");
  await owner.locator(".row-item", { hasText: "Lend books and discs" }).getByText("Open the library").waitFor();
  // Anni's membership, which the Owner has put forward from the import, is signed as well; she joins and has her stories.
  await manager.goto(base + "/ORB/decisions");
  await manager.locator("article.proposal", { hasText: "anni@library.example" }).getByRole("button", { name: /^Sign as/ }).click();
  const link = await manager.locator("dialog input").inputValue();
  const anni = await person();
  await anni.goto(new URL(new URL(link, base).pathname, base).href);
  await anni.fill("[name=name]", "Anni");
  await anni.fill("[name=password]", "a long password of hers");
  await Promise.all([anni.waitForURL("**/ORB/**"), anni.locator("form button[type=submit]").first().click()]);
  await anni.goto(base + "/ORB/backlog?stage=all&q=books");
  await anni.locator(".row-item", { hasText: "Lend books and discs" }).locator(".avatar[title^=Anni]").waitFor();
  await anni.context().close();
  await manager.context().close();
});

await journey("without script every choice has its button", async () => {
  const plain = await person({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
  await comeIn(plain, base, "tomas");
  await plain.goto(base + "/ORB/import");
  await plain.check("input[name=format][value=csv]");
  await plain.setInputFiles("input[type=file]", file("id,title,state\n71,Paint the door,Half way\n", "door.csv"));
  await plain.getByRole("button", { name: "Look at it first" }).click();
  await plain.getByRole("heading", { name: "What would happen" }).waitFor();
  await plain.locator("select[name='state:Half way']").selectOption("doing");
  await plain.getByRole("button", { name: "Apply and look again" }).click();
  await plain.getByRole("button", { name: "Import", exact: true }).click();
  for (let i = 0; i < 50 && !(await plain.getByText("Done:").count()); i++) await plain.reload();
  await said(plain, "1 created");
  await plain.context().close();
});

await journey("a large file comes in by itself while its page says how far it is", async () => {
  const rows = Array.from({ length: 1200 }, (_, n) => `${n + 1000},Shelf ${n + 1},To Do`).join("\n");
  await upload(owner, "id,title,state\n" + rows);
  await bring(owner);
  await said(owner, "Done: 1200 created");
  // Whoever comes back finds what came of it.
  await owner.reload();
  await said(owner, "1200 created");
});

await journey("a file that is gone says so", async () => {
  await owner.goto(base + "/ORB/import/0192f3a4b5c67d8e9fa0b1c2d3e4f5a6");
  await said(owner, "This file is not here any more");
  await said(owner, "library.csv");
  await clean(owner, "a file that is gone");
});

await done();
