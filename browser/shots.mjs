// Photographs every page of the sample product and of a new, empty one (EMPTY), in both themes and two sizes,
// into shots/.
import { chromium } from "playwright-core";
import { mkdirSync, readFileSync } from "node:fs";

const base = process.env.BASE || "http://127.0.0.1:8040";
const only = process.argv[2];
const ago = (days) => new Date(Date.now() - days * 864e5).toISOString().slice(0, 10);
// Every page of the rooms and its other sights (docs/generated/pages.json), with things that the sample product has.
const HERE = { initiative: 1, feature: 2, story: 150, sprint: 45, day: ago(3) };
const LISTED = JSON.parse(readFileSync(new URL("../docs/generated/pages.json", import.meta.url)));
const put = (text) => text.replace(/\{(\w+)\}/g, (_, name) => HERE[name]);
const named = (path) => path.replace(/^\//, "").replace(/\/?\{.*/, "").replaceAll("/", "-") || "home";
const PAGES = { "not-found": "/ORB/nowhere" };
for (const { path, sights } of LISTED) for (const [name, rest] of [["", ""], ...Object.entries(sights)])
  PAGES[named(path) + (name && "-" + name)] = (path.startsWith("/") ? "" : "/ORB/") + put(path + rest);
const ONLY_MARA = LISTED.filter((page) => page.administrators).map((page) => named(page.path));
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
  for (const name of LISTED.map((page) => page.path).filter((path) => !/^\/|\{/.test(path))) {
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
        if (who === "tomas" && ONLY_MARA.includes(name)) continue;
        if (who === "mara" && !["home", "decisions", "backlog", "roadmap", ...ONLY_MARA].includes(name)) continue;
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
