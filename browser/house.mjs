// What all browser journeys share: the real program with a database of its own, people with pages, counting what passed.
import { chromium } from "playwright-core";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:net";

export const tandem = process.env.TANDEM || "target/debug/tandem";
/** Where the program under test keeps its data. */
export const folder = mkdtempSync(join(tmpdir(), "tandem-browser-"));
const freePort = () => new Promise((done) => { const s = createServer().listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); }); });
const servers = [];
// TOLD is a folder into which the sample product was told, once for all walks; days are counted from then, so it is of one day.
const day = (date) => date.toISOString().slice(0, 10);
const told = () => process.env.TOLD && day(statSync(process.env.TOLD).mtime) === day(new Date()) ? ["--told", process.env.TOLD] : [];
/** Starts the program and waits until it answers; its address. */
export const start = (what, ...args) => serve(tandem, what, ...(what === "demo" ? told() : []), ...args, "--listen");
/** Starts whatever listens at the address that comes last, and waits until it answers; that address. */
export async function serve(program, ...args) {
  const at = `127.0.0.1:${await freePort()}`, base = "http://" + at;
  servers.push(spawn(program, [...args, at], { env: { ...process.env, TANDEM_LOG: "warn" }, stdio: ["ignore", "ignore", "inherit"] }));
  for (let i = 0; i < 600; i++) {
    const ready = await fetch(base + "/readyz").then((r) => r.ok, () => false);
    if (ready) return base;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error("the server did not start");
}

let passed = 0, failed = 0;
/** What went wrong in any page's script. */
export const problems = [];
/** One walk through the program; the others go on when it fails. */
export async function journey(name, walk) {
  try { await walk(); passed++; console.log("ok   " + name); }
  catch (error) { failed++; console.log("FAIL " + name + "\n     " + String(error.message).split("\n").slice(0, 40).join("\n     ")); }
}
export const expect = (truth, what) => { if (!truth) throw new Error(what); };

// Of each list of features the last counts, so what Playwright switches off stands here too; and the list below the field for
// addresses, which is a page of its own for each window: with it a person takes ten times as long to come.
const OFF = "AimEnabled,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,ThirdPartyStoragePartitioning,WebUIOmniboxAimPopup,WebUIOmniboxPopup";
const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-features=" + OFF] });
const browser = await launch();
/** Notes what goes wrong in a page. */
export function watch(page) {
  page.setDefaultTimeout(30000);
  page.on("pageerror", (e) => problems.push(`${page.url()}: ${e.message}`));
  page.on("console", (m) => { if (m.type() === "error" && !/status of (401|403|404|409|422|429)/.test(m.text())) problems.push(`${page.url()}: ${m.text()}`); });
  return page;
}
/** A person with a browser of their own, in which nothing glides: each frame would be drawn. */
export const person = async (options) => watch(await (await browser.newContext({ reducedMotion: "reduce", ...options })).newPage());
/** A page in a browser of its own, for a walk past so many pages that one browser tires of them; and how it ends. */
export async function apart(options) {
  const own = await launch();
  return [watch(await (await own.newContext({ reducedMotion: "reduce", ...options })).newPage()), () => own.close()];
}
/** Waits until a toast says it. */
export const says = async (page, text) => page.locator("#toasts", { hasText: text }).waitFor();
export const openForm = async (page, id) => { await page.locator(`#${id} > summary`).click(); return page.locator(`#${id} form`); };
/** Does what sends a form, and waits until it is answered: whoever goes on at once takes what they sent along, or not. */
export const sent = (page, act) => Promise.all([page.waitForResponse((answer) => answer.request().method() === "POST" && new URL(answer.url()).pathname.includes("/do/")), act()]);
/** Comes into the sample product with a hat: `mara` is its Manager, `tomas` its Owner. */
export async function comeIn(page, base, who) {
  await page.goto(base + "/demo");
  await Promise.all([page.waitForURL("**/ORB/"), page.click(`form[action='/demo/${who}'] button`)]);
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const WCAG = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
/** What axe finds on a page as it stands, or within some of it, a line for each kind; it is brought along once for each page
 *  that is loaded. A button that what floats (an open menu, the bar over a page that was scrolled) happens to cover in part is
 *  as large as ever. */
export async function axe(page, runOnly = WCAG, within = null) {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
  const found = await page.evaluate(async ([runOnly, within]) => {
    const { violations } = await window.axe.run(within || document, { runOnly, resultTypes: ["violations"] });
    const floats = (it, one) => it && !it.contains(one) && (["fixed", "sticky", "absolute"].includes(getComputedStyle(it).position) || floats(it.parentElement, one));
    const lies = (one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      const over = [left + 1, (left + right) / 2, right - 1].flatMap((x) => [top + 1, (top + bottom) / 2, bottom - 1].map((y) => document.elementFromPoint(x, y)));
      return over.some((it) => it && !one.contains(it) && floats(it, one));
    };
    const covered = (node) => {
      const one = document.querySelector(node.target.at(-1));
      if (lies(one)) return true;
      // Off the screen nothing is known to lie over anything.
      one.scrollIntoView({ block: "center" });
      return lies(one);
    };
    return violations
      .map(({ id, nodes }) => ({ id, nodes: nodes.filter((node) => id !== "target-size" || !covered(node)) }))
      .filter(({ nodes }) => nodes.length > 0)
      .map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, any }) => ({ target, contrast: any[0]?.data?.contrastRatio })) }));
  }, [runOnly, within]);
  return found.map(({ id, nodes }) => `${id} (${nodes.length}) ${nodes.slice(0, 3).map((n) => n.target.join(" ") + (id === "color-contrast" ? ` ${n.contrast}` : "")).join(", ")}`);
}

// Things that the sample product has, for the addresses of pages.
const HERE = { initiative: 1, feature: 2, story: 150, sprint: 45, day: new Date(Date.now() - 3 * 864e5).toISOString().slice(0, 10) };
/** Every page of the rooms and its other sights (docs/generated/pages.json): its address, and whether only administrators see it. */
export const places = JSON.parse(readFileSync(new URL("../docs/generated/pages.json", import.meta.url)))
  .flatMap(({ path, sights, administrators }) => ["", ...Object.values(sights)].map((rest) => ({ address: ((path.startsWith("/") ? path : "/ORB/" + path) + rest).replace(/\{(\w+)\}/g, (_, name) => HERE[name]), administrators })));

/** What is too small for a finger on a page as it stands: what is pressed has 24 px at least, but for links within a sentence. */
export const small = (page) => page.evaluate(() => {
  const seen = (el) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && el.getBoundingClientRect().width > 1;
  const inSentence = (el) => el.matches("a") && [...el.parentElement.childNodes].some((n) => n.nodeType === 3 && n.data.trim().length > 1);
  return [...document.querySelectorAll("#page a, #page button, #page summary, #page input, #page select, #page textarea")].filter((el) => seen(el) && !el.closest(".prose, .hidden, svg") && !inSentence(el)).flatMap((el) => {
    const { width, height } = el.getBoundingClientRect(), name = (el.getAttribute("aria-label") || el.textContent || el.name || el.tagName).trim().slice(0, 40);
    const wrong = [];
    if (Math.min(width, height) < (el.matches("input[type=checkbox], input[type=radio]") ? 19 : 23.5)) wrong.push(`${name} (${Math.round(width)}×${Math.round(height)})`);
    if (el.matches(".primary") && height < 40) wrong.push(`${name} is ${height} high`);
    if (el.matches("input:not([type=checkbox], [type=radio]), select, textarea") && parseFloat(getComputedStyle(el).fontSize) < 16) wrong.push(`${name} makes the page zoom`);
    return wrong;
  });
});

/** Tells what came of it and stops everything that was started. */
export async function done() {
  await journey("nothing went wrong in any page's script", async () => expect(problems.length === 0, [...new Set(problems)].join("\n")));
  await browser.close();
  for (const server of servers) server.kill();
  rmSync(folder, { recursive: true, force: true });
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

/** Drags as a hand does: what is dragged and where it goes are both in sight, and it lets go once the page has followed (or will not). */
export async function drag(page, from, to) {
  await from.scrollIntoViewIfNeeded();
  const a = await from.boundingBox(), { height } = page.viewportSize();
  const place = async () => { const b = await to.boundingBox(); return [b.x + b.width / 2, Math.min(b.y + b.height / 2, height - 12)]; };
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  let [x, y] = await place();
  await page.mouse.move(x, y + 6, { steps: 12 });
  for (let n = 0; n < 20; n++) {
    await page.mouse.move(x, y - 4 + (n % 2), { steps: 4 });
    const follows = await to.evaluate((one) => new Promise((next) => requestAnimationFrame(() => next(!!(one.closest("[data-drop]") || one).querySelector(".sortable-ghost")))));
    if (follows && n > 0) break;
    // What is dragged takes room wherever it passes, which has moved the place.
    if (!follows) [x, y] = await place();
  }
  await page.mouse.up();
}
