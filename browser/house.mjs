// What the browser tests share: the program on a free port, people with their own browsers, and how a test is told.
import { chromium } from "playwright-core";
import { spawn } from "node:child_process";
import { createServer } from "node:net";

export const tandem = process.env.TANDEM || "target/debug/tandem";
const freePort = () => new Promise((done) => { const s = createServer().listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); }); });
const servers = [];
export async function start(...args) {
  const port = await freePort();
  const server = spawn(tandem, [...args, "--listen", `127.0.0.1:${port}`], { env: { ...process.env, TANDEM_LOG: "warn" }, stdio: ["ignore", "ignore", "inherit"] });
  servers.push(server);
  const base = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 600; i++) {
    const ready = await fetch(base + "/readyz").then((r) => r.ok, () => false);
    if (ready) return base;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error("the server did not start");
}

let passed = 0, failed = 0;
const problems = [];
export async function journey(name, walk) {
  try { await walk(); passed++; console.log("ok   " + name); }
  catch (error) { failed++; console.log("FAIL " + name + "\n     " + String(error.message).split("\n").slice(0, 40).join("\n     ")); }
}
export const expect = (truth, what) => { if (!truth) throw new Error(what); };

export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
export function watch(page) {
  page.setDefaultTimeout(15000);
  page.on("pageerror", (e) => problems.push(`${page.url()}: ${e.message}`));
  page.on("console", (m) => { if (m.type() === "error" && !/status of (401|403|404|409|422|429)/.test(m.text())) problems.push(`${page.url()}: ${m.text()}`); });
  return page;
}
export const person = async (options) => watch(await (await browser.newContext(options)).newPage());
export const says = async (page, text) => page.locator("#toasts", { hasText: text }).waitFor();
export const openForm = async (page, id) => { await page.locator(`#${id} > summary`).click(); return page.locator(`#${id} form`); };

// Ends what was started and tells how it went.
export async function end() {
  await journey("nothing went wrong in any page's script", async () => expect(problems.length === 0, [...new Set(problems)].join("\n")));
  await browser.close();
  for (const server of servers) server.kill();
  console.log(`${passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
}
