// axe in states that a page comes into by hand: with menus, pickers, dialogs and toasts, in a conversation, at each step of an
// import; both themes, desktop and phone. Pages as they come, and with everything opened, are those of everywhere.mjs.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { axe, comeIn, done, expect, folder, journey, person, says, start } from "./house.mjs";

const base = await start("demo");
// One part of it alone: `node browser/states.mjs menus`.
const only = process.argv[2] || "";
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, DESKTOP = { viewport: { width: 1440, height: 900 } };
// What a theme changes; everything else is the same in both.
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const SIZES = Object.entries({ desktop: DESKTOP, phone: PHONE });
/** The same walk on a desktop and on a phone. */
async function each(what, walk) {
  if (!what.includes(only)) return;
  for (const [size, options] of SIZES) await journey(`${what} (${size})`, async () => {
    const page = await person({ ...options });
    const found = [];
    const look = async (name) => {
      for (const [theme, rules] of [["light", undefined], ["dark", COLOURS]]) {
        await page.emulateMedia({ colorScheme: theme });
        for (const one of await axe(page, rules)) found.push(`${name} (${theme}): ${one}`);
      }
    };
    try { await walk(page, look, size); } finally { await page.context().close(); }
    expect(found.length === 0, found.join("\n"));
  });
}

await each("axe finds nothing in menus, pickers, dialogs and toasts", async (page, look, size) => {
  await comeIn(page, base, "tomas");
  await page.goto(base + "/ORB/backlog");
  await page.locator("#stories .row-item [data-mover]").first().click();
  await look("menu of a row");
  await page.keyboard.press("Escape");
  for (const [at, menu] of [["backlog", "Download"], ["backlog", "Fields"], ["decisions", "Download"]]) {
    await page.goto(base + "/ORB/" + at);
    const button = page.locator("#page details.menu-button > summary", { hasText: menu });
    if (await button.count()) { await button.first().click(); await look(`menu ${menu} of ${at}`); }
  }
  await page.goto(base + "/ORB/backlog?q=kind:bug"); // few rows: it floats over a row wherever a list goes on beneath
  await page.locator("#stories [data-pick]").first().check();
  await page.locator("#bulk details summary").click();
  await look("bar for several");
  await page.keyboard.press("Escape");
  await page.locator("#bulk [data-clear]").click();
  await page.goto(base + "/ORB/backlog");
  for (const [key, what] of [["a", "people"], ["l", "labels"], ["f", "features"], ["p", "sprints"], ["t", "types"]]) {
    await page.locator("#stories .row-item .title").first().focus();
    await page.keyboard.press(key);
    await page.locator("#picker [role=option]").first().waitFor();
    await look("picker of " + what);
    await page.keyboard.press("Escape");
  }
  await page.locator("form[data-filter] input[name=q]").focus();
  await page.keyboard.type("s");
  await page.locator("#completions [role=option]").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await look("completions of the filter");
  await page.keyboard.press("Escape");
  await page.goto(base + "/ORB/backlog?q=kind:bug%20stage:all%20who:me");
  await look("chips of the filter");
  for (const [key, what] of [["Control+k", "palette"], ["?", "keys"]]) {
    await page.locator("h1").click();
    await page.keyboard.press(key);
    await page.locator("dialog[open]").waitFor();
    await look(what);
    await page.keyboard.press("Escape");
  }
  if (size === "desktop") {
    await page.locator("[data-who]").click();
    await page.locator(".quick button").click();
    await page.locator("#who").waitFor();
    await look("who decides here");
    await page.keyboard.press("Escape");
  } else {
    await page.locator("[data-rail]").click();
    await look("rail over the page");
    await page.keyboard.press("Escape");
  }
  await page.goto(base + "/ORB/backlog");
  await page.locator("#stories .row-item").nth(2).locator("[data-mover]").click();
  await page.locator("#mover").getByRole("button", { name: "To the top" }).click();
  await says(page, "Moved");
  await look("toast");
  await page.evaluate(() => fetch("/ORB/do/act.undo_last", { method: "POST", body: new URLSearchParams(), headers: { "x-tandem": "1" } }));
  await page.goto(base + "/ORB/backlog?open=152");
  await page.locator("aside [data-edit]").click();
  await look("title that is edited");
  await page.keyboard.press("Escape");
  for (const one of ["me", "switcher"]) { if (size === "phone") continue; await page.locator(`details.${one} summary`).click(); await look("menu of the rail: " + one); }
});

await each("axe finds nothing in a conversation, and where one comes by a link", async (page, look, size) => {
  await comeIn(page, base, "mara");
  await page.goto(base + "/ORB/story/150");
  const form = page.locator(".comments > form.writing"), field = form.locator("textarea");
  await field.fill("**How** is this for @");
  await page.keyboard.press("End");
  await field.pressSequentially("t");
  await page.locator("#completions [role=option], [role=listbox]:visible [role=option]").first().waitFor();
  await look("names that complete");
  await page.keyboard.press("Escape");
  await field.fill("**How** is this?");
  await form.getByRole("button", { name: "Preview" }).click();
  await form.locator(".preview strong").waitFor();
  await look("a comment before it is sent");
  await form.getByRole("button", { name: "Write on" }).click();
  await field.press("Control+Enter");
  const said = page.locator("article.comment", { hasText: "How is this?" }).last();
  await said.getByLabel("React").click();
  await look("signs to choose from");
  if (size === "desktop") {
    await said.locator(".react button").first().click();
    await said.locator(".sign").waitFor();
    await look("a comment with a sign");
  }
  await page.goto(base + "/ORB/links");
  await page.locator("#share summary").click();
  await page.locator("#share [name=name]").fill("A visitor");
  await page.locator("#share").getByRole("button", { name: "Make link" }).click();
  const link = await page.locator("dialog[open] input").inputValue();
  await look("a link that is shown once");
  await page.goto(link); await look("the roadmap by link");
  await page.goto(base + "/shared/nothing"); await look("a link that opens nothing");
  await page.goto(base + "/members");
  const erase = page.getByRole("link", { name: /^Erase the data/ });
  if (await erase.count()) { await page.goto(new URL(await erase.first().getAttribute("href"), base).href); await look("what erasing would do"); }
  await page.context().clearCookies();
  await page.goto(base + "/new-password"); await look("a forgotten password");
});

const FILE = ["Issue key,Summary,Issue Type,Status,Assignee,Sprint,Description,Due date",
  'AX-1,"First",Story,To Do,jonas@orbit.example,Sprint 99,"Acceptance criteria:\n- it does",01/02/2026', 'AX-2,"Second",Wish,Waiting for godot,Nobody Known,Sprint 99,,03/04/2026', 'AX-3,,Bug,Done,,,,soon'].join("\n");
await each("axe finds nothing at any step of an import", async (page, look, size) => {
  await comeIn(page, base, "tomas");
  const send = async (name, text) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    await page.goto(base + "/ORB/import");
    await page.setInputFiles("[name=file]", file);
    await page.click("main button.primary");
  };
  await send("nothing.csv", "no,columns\n1,2\n");
  await page.waitForLoadState("load");
  await look("a file that says nothing");
  await send("export.csv", FILE.replaceAll("AX-", size === "phone" ? "PX-" : "AX-")); // what came in before would change nothing
  await page.getByText("What would happen").waitFor();
  await look("choices and preview");
  await page.evaluate(() => { for (const one of document.querySelectorAll("#page details:not(.me, .switcher, .menu-button)")) one.open = true; });
  await look("choices and preview, opened");
  for (const button of ["open_unknown", "skip_bad"]) {
    await page.locator(`main button[name=${button}]`).click();
    await page.locator(`#mapping input[name=${button}]:checked`).waitFor();
  }
  await look("everything decided");
  await page.click("form[action$='/run'] button");
  await page.locator(".banner.good", { hasText: "Done" }).waitFor();
  await look("what came of it");
});

await done();
