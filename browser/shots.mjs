// Photographs every page of the sample product, in both themes and two sizes, into shots/.
import { chromium } from "playwright-core";
import { mkdirSync } from "node:fs";

const base = process.env.BASE || "http://127.0.0.1:8040";
const only = process.argv[2];
export const PAGES = {
  home: "/ORB/", customers: "/ORB/customers", strategy: "/ORB/strategy", roadmap: "/ORB/roadmap", initiative: "/ORB/roadmap?open=1", "roadmap-past": "/ORB/roadmap?as_of=2026-09-01",
  decisions: "/ORB/decisions", "who-decides": "/ORB/who-decides", gaps: "/ORB/thread", thread: "/ORB/thread?of=ORB-1", activity: "/ORB/activity",
  backlog: "/ORB/backlog", "backlog-all": "/ORB/backlog?stage=all", story: "/ORB/backlog?open=180", sprint: "/ORB/sprint", sprints: "/ORB/sprints", acceptance: "/ORB/acceptance",
  search: "/ORB/search?q=hold", import: "/ORB/import", settings: "/ORB/settings", account: "/account", members: "/members", help: "/help", "not-found": "/ORB/nowhere",
};
mkdirSync("shots", { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [size, viewport] of Object.entries({ desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } })) {
  for (const theme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport, colorScheme: theme });
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
        if (who === "mara" && !["home", "decisions", "backlog", "roadmap"].includes(name)) continue;
        await page.goto(base + path);
        await page.waitForLoadState("load");
        await page.screenshot({ path: `shots/${name}-${who}-${size}-${theme}.png` });
      }
    }
    await context.close();
  }
}
await browser.close();
