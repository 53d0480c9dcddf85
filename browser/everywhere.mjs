// Every page and each of its other sights, loaded once: what axe finds with everything opened that opens, in both themes, on a
// desktop and under a finger; that nothing is wider than the screen at any width, and nothing too small for a finger.
import { WCAG, apart, axe, comeIn, done, expect, journey, places, small, start } from "./house.mjs";

const base = await start("demo");
const WIDTHS = [360, 768, 1024, 1280, 1440, 1920, 2560];
const rules = (...values) => ({ type: "rule", values });
// What a theme changes; everything else is the same in both.
const COLOURS = rules("color-contrast", "link-in-text-block");
// What a width changes: how large things are, what can be reached, and names whose words are not shown there.
const LAYOUT = rules("target-size", "scrollable-region-focusable", "aria-hidden-focus", "nested-interactive", "button-name", "input-button-name", "link-name", "summary-name", "label", "select-name", "aria-command-name", "aria-input-field-name", "aria-toggle-field-name", "image-alt", "svg-img-alt");
const OPENED = { include: [["#page details[open]"]] };
// What is around every page is looked at where it first looks like this.
const INSIDE = { exclude: [[".rail"], ["header.top"], [".tabs"]] }, known = new Set();

const [page, end] = await apart({ viewport: { width: 1440, height: 900 } });
const devtools = await page.context().newCDPSession(page);
const screen = (width, height, mobile = false) => devtools.send("Emulation.setDeviceMetricsOverride", { width, height, mobile, deviceScaleFactor: 1 });
const finger = (enabled) => devtools.send("Emulation.setTouchEmulationEnabled", { enabled });
/** Opens everything that opens where it stands, or folds it again; whether there is anything. Menus float over the page, one at a time. */
const unfold = (open) => page.evaluate((open) => { const all = document.querySelectorAll("#page details:not(.me, .switcher, .menu-button)"); for (const one of all) one.open = open; return all.length > 0; }, open);
const odd = [], wider = [], tiny = [];
async function look(name, themes, within) {
  for (const [theme, rules] of Object.entries(themes)) {
    if (theme === "dark") await page.emulateMedia({ colorScheme: theme });
    for (const one of await axe(page, rules, within)) odd.push(`${name} (${theme}): ${one}`);
    if (theme === "dark") await page.emulateMedia({ colorScheme: "light" });
  }
}
/** The same page on a desktop, at every width, and on a phone, whose colours are those of the desktop but for what rises as a
 *  sheet. What opens is open where axe looks: it moves what is below aside and covers nothing. */
async function see(address) {
  await page.goto(base + address);
  const around = await page.evaluate(() => document.body.className), first = !known.has(around);
  known.add(around);
  for (const width of WIDTHS) {
    await screen(width, 850);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wider.push(`${address} at ${width}: ${over} px`);
  }
  await screen(1440, 900);
  const opens = await unfold(true);
  await look(address, { light: WCAG, dark: COLOURS }, first ? undefined : INSIDE);
  await finger(true);
  await screen(390, 844, true);
  if (opens) await look(address + " on a phone, opened", { light: COLOURS, dark: COLOURS }, OPENED);
  await look(address + " on a phone", { light: first ? WCAG : LAYOUT });
  await unfold(false);
  for (const one of new Set(await small(page))) tiny.push(`${address}: ${one}`);
  await finger(false);
  await screen(1440, 900);
}

for (const who of ["", "mara", "tomas"]) await journey(`pages of ${who || "nobody"}`, async () => {
  if (who) await comeIn(page, base, who);
  const addresses = who ? places.filter((place) => place.administrators === (who === "mara")).map((place) => place.address) : ["/sign-in", "/demo", "/join/nowhere"];
  for (const address of [...addresses, "/ORB/nowhere"]) await see(address).catch((error) => odd.push(`${address}: ${error.message}`));
});
await end();
await journey("axe finds nothing on any page with everything opened", async () => expect(odd.length === 0, odd.join("\n")));
await journey("no page is wider than the screen", async () => expect(wider.length === 0, wider.join("\n")));
await journey("nothing is too small for a finger", async () => expect(tiny.length === 0, tiny.join("\n")));

await done();
