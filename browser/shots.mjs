// Photographs every page of the sample product and of a new, empty one (EMPTY), in both themes and two sizes,
// into shots/.
import { chromium } from "playwright-core";
import { mkdirSync } from "node:fs";

const base = process.env.BASE || "http://127.0.0.1:8040";
const only = process.argv[2];
const ago = (days) => new Date(Date.now() - days * 864e5).toISOString().slice(0, 10);
const PAGES = {
  home: "/ORB/", customers: "/ORB/customers", strategy: "/ORB/strategy", roadmap: "/ORB/roadmap", initiative: "/ORB/roadmap?open=1", "roadmap-past": `/ORB/roadmap?as_of=${ago(60)}`, "sprint-past": `/ORB/sprint?as_of=${ago(3)}`,
  decisions: "/ORB/decisions", "who-decides": "/ORB/who-decides", gaps: "/ORB/thread", thread: "/ORB/thread?of=ORB-1", activity: "/ORB/activity",
  backlog: "/ORB/backlog", "backlog-all": "/ORB/backlog?stage=all", story: "/ORB/backlog?open=150", sprint: "/ORB/sprint", sprints: "/ORB/sprints", acceptance: "/ORB/acceptance",
  search: "/ORB/search?q=hold", import: "/ORB/import", settings: "/ORB/settings", account: "/account", members: "/members", help: "/help", "not-found": "/ORB/nowhere",
};
// A new product, set up on the first round and signed in to on the others.
async function empty(page, size, theme) {
  const bare = process.env.EMPTY, shoot = (name) => page.screenshot({ path: `shots/${name}-${size}-${theme}.png`, fullPage: name === "setup" });
  if (!empty.done) {
    await page.goto(bare + "/setup");
    await shoot("setup");
    for (const [name, value] of Object.entries({ name: "Ada", email: "ada@example.org", password: "a long password", product: "Fresh", key: "FR" })) await page.fill(`[name=${name}]`, value);
    await page.check("[name=hat][value=both]");
    await Promise.all([page.waitForURL("**/FR/"), page.click("button.primary")]);
    empty.done = true;
  } else {
    await page.goto(bare + "/sign-in");
    if (!only) await shoot("sign-in");
    await page.fill("[name=email]", "ada@example.org");
    await page.fill("[name=password]", "a long password");
    await Promise.all([page.waitForURL("**/FR/"), page.click("button.primary")]);
  }
  for (const name of ["", "customers", "strategy", "roadmap", "decisions", "who-decides", "thread", "activity", "backlog", "sprint", "acceptance", "search"]) {
    if (only && !`empty-${name}`.startsWith(only)) continue;
    await page.goto(`${bare}/FR/${name}`);
    await page.waitForLoadState("load");
    await shoot(`empty-${name || "home"}`);
  }
}
mkdirSync("shots", { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [size, viewport] of Object.entries({ desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } })) {
  for (const theme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("console", (m) => m.type() === "error" && console.log("console:", page.url(), m.text()));
    page.on("pageerror", (e) => console.log("error:", page.url(), e.message));
    await page.goto(base + "/demo");
    if (!only) await page.screenshot({ path: `shots/demo-${size}-${theme}.png` });
    for (const who of ["mara", "tomas"]) {
      await page.goto(base + "/demo");
      await Promise.all([page.waitForURL("**/ORB/"), page.click(`form[action="/demo/${who}"] button`)]);
      for (const [name, path] of Object.entries(PAGES)) {
        if (only && !name.startsWith(only)) continue;
        if (who === "tomas" && name === "members") continue;
        if (who === "mara" && !["home", "decisions", "backlog", "roadmap", "members"].includes(name)) continue;
        await page.goto(base + path);
        await page.waitForLoadState("load");
        await page.screenshot({ path: `shots/${name}-${who}-${size}-${theme}.png` });
      }
    }
    if (process.env.EMPTY) await empty(page, size, theme);
    await context.close();
  }
}
await browser.close();
