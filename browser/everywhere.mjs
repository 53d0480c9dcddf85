// Every page and each of its other sights, loaded once: what axe finds as it comes and with everything opened that opens, in both
// themes, on a desktop and under a finger; that nothing is wider than the screen at any width, and nothing too small for a finger.
import { WCAG, apart, axe, comeIn, done, expect, journey, places, small, start } from "./house.mjs";

const base = await start("demo");
const WIDTHS = [360, 768, 1024, 1280, 1440, 1920, 2560];
const rules = (...values) => ({ type: "rule", values });
// What a theme changes; everything else is the same in both.
const COLOURS = rules("color-contrast", "link-in-text-block");
// What a width changes: how large things are, what can be reached, and names whose words are not shown there.
const LAYOUT = rules("target-size", "scrollable-region-focusable", "aria-hidden-focus", "nested-interactive", "button-name", "input-button-name", "link-name", "summary-name", "label", "select-name", "aria-command-name", "aria-input-field-name", "aria-toggle-field-name", "image-alt", "svg-img-alt");
// What opens is looked at where it first looks like this.
const OPENED = { include: [["#page details[data-unknown]"]] };
// What is around every page is looked at where it first looks like this.
const INSIDE = { exclude: [[".rail"], ["header.top"], [".tabs"]] }, known = new Set(), opened = new Set(), risen = new Set();

const [page, end] = await apart({ viewport: { width: 1440, height: 900 } });
const devtools = await page.context().newCDPSession(page);
const screen = (width, height, mobile = false) => devtools.send("Emulation.setDeviceMetricsOverride", { width, height, mobile, deviceScaleFactor: 1 });
const finger = (enabled) => devtools.send("Emulation.setTouchEmulationEnabled", { enabled });
/** Folds everything again that opens where it stands. */
const fold = () => page.evaluate(() => { for (const one of document.querySelectorAll("#page details[open]")) one.open = false; });
/** Opens everything that opens where it stands; whether anything of it looks as nothing did before. Menus float over the page, one at a time. */
async function unfold(before) {
  const looks = await page.evaluate(() => [...document.querySelectorAll("#page details:not(.me, .switcher, .menu-button)")].map((one) => {
    one.open = true;
    const around = [];
    for (let above = one; above.id !== "page"; above = above.parentElement) around.push(above.tagName + "." + above.className);
    return [...around, ...[...one.querySelectorAll("*")].map((part) => `${part.tagName}.${part.getAttribute("class")}.${part.getAttribute("name")}`)].join(" ");
  }));
  const unknown = looks.map((look) => !before.has(look) && !!before.add(look));
  await page.evaluate((unknown) => [...document.querySelectorAll("#page details:not(.me, .switcher, .menu-button)")].forEach((one, n) => one.toggleAttribute("data-unknown", unknown[n])), unknown);
  return unknown.some(Boolean);
}
const odd = [], wider = [], tiny = [];
async function look(name, themes, within) {
  for (const [theme, rules] of Object.entries(themes)) {
    if (theme === "dark") await page.emulateMedia({ colorScheme: theme });
    for (const one of await axe(page, rules, within)) odd.push(`${name} (${theme}): ${one}`);
    if (theme === "dark") await page.emulateMedia({ colorScheme: "light" });
  }
}
/** The same page on a desktop, at every width, and on a phone, whose colours are those of the desktop but for what rises as a sheet. */
async function see(address) {
  await page.goto(base + address);
  const around = await page.evaluate(() => document.body.className), first = !known.has(around);
  known.add(around);
  await look(address, { light: WCAG, dark: COLOURS }, first ? undefined : INSIDE);
  for (const width of WIDTHS) {
    await screen(width, 850);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wider.push(`${address} at ${width}: ${over} px`);
  }
  await screen(1440, 900);
  if (await unfold(opened)) await look(address + ", opened", { light: WCAG, dark: COLOURS }, OPENED);
  await fold();
  await finger(true);
  await screen(390, 844, true);
  await look(address + " on a phone", { light: first ? WCAG : LAYOUT });
  for (const one of new Set(await small(page))) tiny.push(`${address}: ${one}`);
  if (await unfold(risen)) await look(address + " on a phone, opened", { light: rules(...LAYOUT.values, ...COLOURS.values), dark: COLOURS }, OPENED);
  await finger(false);
  await screen(1440, 900);
}

for (const who of ["", "mara", "tomas"]) await journey(`pages of ${who || "nobody"}`, async () => {
  if (who) await comeIn(page, base, who);
  const addresses = who ? places.filter((place) => place.administrators === (who === "mara")).map((place) => place.address) : ["/sign-in", "/demo", "/join/nowhere"];
  for (const address of [...addresses, "/ORB/nowhere"]) await see(address).catch((error) => odd.push(`${address}: ${error.message}`));
});
await end();
await journey("axe finds nothing on any page, closed and opened", async () => expect(odd.length === 0, odd.join("\n")));
await journey("no page is wider than the screen", async () => expect(wider.length === 0, wider.join("\n")));
await journey("nothing is too small for a finger", async () => expect(tiny.length === 0, tiny.join("\n")));

await done();
