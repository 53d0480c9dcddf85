// The main journey in Firefox, driven as any other browser is (WebDriver BiDi): from an empty database to a story
// accepted and one rejected, with two people and live news between them.
import puppeteer from "puppeteer-core";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createProxy, request } from "node:http";
import { createServer } from "node:net";

const tandem = process.env.TANDEM || "target/debug/tandem";
const folder = mkdtempSync(join(tmpdir(), "tandem-firefox-"));
const port = await new Promise((done) => { const s = createServer().listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn(tandem, ["serve", "--data", folder, "--listen", `127.0.0.1:${port}`], { env: { ...process.env, TANDEM_LOG: "warn" }, stdio: ["ignore", "ignore", "inherit"] });
// What drives this browser makes functions of text in the pages, which our policy forbids and newer ones of it refuse to it, too. So
// it comes by a way that takes the policy off; that the policy is kept is seen in Chromium.
const open = createProxy((ask, answer) => {
  const on = request({ host: "127.0.0.1", port, path: ask.url, method: ask.method, headers: ask.headers }, (got) => {
    const { "content-security-policy": _, ...headers } = got.headers;
    answer.writeHead(got.statusCode, headers);
    answer.flushHeaders();
    got.pipe(answer);
  });
  on.on("error", () => answer.destroy());
  answer.on("close", () => on.destroy());
  ask.pipe(on);
});
await new Promise((next) => open.listen(0, "127.0.0.1", next));
const base = `http://127.0.0.1:${open.address().port}`;
for (let i = 0; i < 600 && !(await fetch(base + "/readyz").then((r) => r.ok, () => false)); i++) await new Promise((next) => setTimeout(next, 100));

const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr", headless: true });
const problems = [];
// What Firefox says of the stream of a page that is left, whether it had begun or not.
const LEFT = /\/live\?.* was interrupted|can’t establish a connection to the server at .*\/live\?/;
async function person() {
  const page = await (await browser.createBrowserContext()).newPage();
  page.setDefaultTimeout(30000);
  page.on("pageerror", (e) => { if (!LEFT.test(e.message)) problems.push(`${page.url()}: ${e.message}`); });
  page.on("console", (m) => { if (m.type() === "error" && !/status of (401|403|404|409|422|429)/.test(m.text()) && !LEFT.test(m.text())) problems.push(`${page.url()}: ${m.text()}`); });
  return page;
}
let passed = 0, failed = 0;
async function journey(name, walk) {
  try { await walk(); passed++; console.log("ok   " + name); }
  catch (error) { failed++; console.log("FAIL " + name + "\n     " + String(error.message)); }
}
// People take turns in one window, so whoever acts or looks comes to the front: a hidden page waits with its news.
const fill = async (page, fields, within = "") => { await page.bringToFront(); for (const [name, value] of Object.entries(fields)) await page.locator(`${within} [name=${name}]`).fill(value); };
const click = async (page, where) => { await page.bringToFront(); await page.locator(where).click(); };
const shows = async (page, where) => { await page.bringToFront(); await page.locator(where).wait(); };
const goes = (page, act) => Promise.all([page.waitForNavigation(), act]);
const count = async (page, where, n) => { await page.bringToFront(); await page.waitForFunction((where, n) => document.querySelectorAll(where).length === n, {}, where, n); };

const manager = await person(), owner = await person();

await journey("a product is set up, and the Owner comes in by a link", async () => {
  await manager.goto(base);
  await fill(manager, { name: "Mara", email: "mara@example.org", password: "a long password", product: "Orbit", key: "ORB" });
  await goes(manager, click(manager, "button.primary"));
  await manager.goto(base + "/ORB/settings");
  await click(manager, "#invite > summary");
  await fill(manager, { email: "tomas@example.org" }, "#invite");
  await click(manager, "#invite button[type=submit]");
  await shows(manager, "dialog[open] input");
  const link = await manager.$eval("dialog input", (input) => input.value);
  await owner.goto(link);
  await fill(owner, { name: "Tomas", password: "another long password" });
  await goes(owner, click(owner, "button.primary"));
});

await journey("stories are written and put in order by keyboard", async () => {
  await owner.goto(base + "/ORB/backlog");
  for (let n = 1; n <= 3; n++) {
    await fill(owner, { title: `Story ${n}` }, ".quick");
    await owner.keyboard.press("Enter");
    await count(owner, ".row-item", n);
  }
  await owner.goto(base + "/ORB/backlog");
  for (const key of ["j", "j", "["]) await owner.keyboard.press(key);
  await owner.waitForFunction(() => document.querySelector(".row-item .title")?.textContent === "Story 2");
});

await journey("a sprint is planned and started, and the Manager sees its board live", async () => {
  await owner.goto(base + "/ORB/sprint");
  await click(owner, "#plan > summary");
  await fill(owner, { goal: "Hold a bike" }, "#plan");
  await click(owner, "#plan button.primary");
  for (let n = 1; n <= 3; n++) {
    await click(owner, "section[aria-label=Backlog] .row-item button[aria-label*='into the sprint']");
    await count(owner, "section[aria-label=Sprint] .row-item", n);
  }
  await manager.goto(base + "/ORB/sprint");
  await click(owner, "form[action$='/sprint.start'] button");
  await shows(owner, ".board");
  await shows(manager, ".board");
});

await journey("stories are handed over, one is accepted, one is rejected with a reason", async () => {
  for (const n of [1, 2]) {
    await owner.goto(base + `/ORB/sprint?open=${n}`);
    await click(owner, "aside form[action$='/story.start'] button");
    await click(owner, "aside form[action$='/story.hand_over'] button");
    await count(manager, ".lane[aria-label='Handed over'] .card", n);
  }
  await owner.goto(base + "/ORB/acceptance");
  await fill(owner, { reason: "Seen on the street." }, "#s-1 form[action$='/story.accept']");
  await click(owner, "#s-1 form[action$='/story.accept'] button");
  await count(owner, "#s-1", 0);
  await click(owner, "#reject-2 > summary");
  await fill(owner, { reason: "It is slow on old phones." }, "#reject-2");
  await click(owner, "#reject-2 button.primary");
  await count(owner, "#s-2", 0);
  await count(manager, ".lane[aria-label='Accepted'] .card", 1);
});

await journey("nothing went wrong in any page's script", async () => { if (problems.length) throw new Error([...new Set(problems)].join("\n")); });

await browser.close();
server.kill(); open.close(); open.closeAllConnections();
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
