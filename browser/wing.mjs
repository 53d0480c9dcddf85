// How the pages of the Manager's wing are laid out: what opens stays on the screen and is not cut off, on a phone tables and
// charts fit and what sends a form stands where its fields do, and on the timeline a bar keeps its name in sight.
import { comeIn, done, expect, journey, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person({ viewport: { width: 1280, height: 850 } });
await comeIn(manager, base, "mara");
// A page, and the first of what it lists where that is looked at alone.
const PAGES = [["customers"], ["inbox"], ["interviews", "?open="], ["surveys", "?show="], ["portal"], ["opportunities"], ["competitors"], ["positioning"], ["market-size"], ["measures"], ["models"],
  ["brief?feature=2"], ["audiences", "audiences?open="], ["canvases", "canvases?show="], ["causes", "causes?show="], ["cases", "cases?show="], ["launch", "?show="], ["outcomes"], ["priorities"]];
async function go(page, [path, first]) {
  await page.goto(`${base}/ORB/${path}`);
  if (first) await page.goto(await page.locator(`main a[href*="${first}"]:not(.waits-here a)`).first().evaluate((link) => link.href));
  return path + (first ? ", one" : "");
}

await journey("forms that open are on the screen whole, wherever their button stands", async () => {
  const off = [];
  for (const one of PAGES) {
    const name = await go(manager, one);
    for (const width of [768, 1280]) {
      await manager.setViewportSize({ width, height: 850 });
      off.push(...(await manager.evaluate(async () => {
        const seen = [];
        for (const details of [...document.querySelectorAll("main details.disclosure")].slice(0, 20)) {
          const summary = details.querySelector(":scope > summary"), sheet = details.querySelector(":scope > .sheet");
          if (!sheet || !summary.checkVisibility({ visibilityProperty: true })) continue;
          summary.click();
          await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
          const { left, right, bottom } = sheet.getBoundingClientRect();
          // What scrolls around it cuts it off, unless it lies over everything.
          const around = sheet.matches(":popover-open") ? null : sheet.closest(".scroll"), cuts = around && getComputedStyle(around).overflowX !== "visible" && around.getBoundingClientRect().bottom < bottom;
          if (left < 0 || right > innerWidth || cuts) seen.push(`${summary.textContent}: ${Math.round(left)} to ${Math.round(right)} of ${innerWidth}${cuts ? ", cut off" : ""}`);
          details.open = false;
        }
        return seen;
      })).map((said) => `${name}, ${said}`));
    }
  }
  expect(off.length === 0, off.join("\n"));
});

await journey("on a phone what sends a form stands where its fields do, and words are in the middle of their buttons", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "mara");
  const odd = [];
  for (const one of PAGES) {
    const name = await go(phone, one);
    odd.push(...(await phone.evaluate(async () => {
      const seen = [];
      for (const button of document.querySelectorAll("main a.button")) if (button.checkVisibility() && !/flex|grid/.test(getComputedStyle(button).display)) seen.push(`“${button.textContent}” is not in the middle of its button`);
      const details = document.querySelector(".page-head details.disclosure");
      if (!details) return seen;
      details.querySelector("summary").click();
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      const left = (what) => details.querySelector(what)?.getBoundingClientRect().left, [field, button] = [left(".stack :is(input:not([type=hidden]), textarea, select)"), left(".stack .primary")];
      if (Math.abs(field - button) > 1) seen.push(`what sends “${details.querySelector("summary").textContent}” stands at ${button}, its fields at ${field}`);
      details.open = false;
      return seen;
    })).map((said) => `${name}: ${said}`));
  }
  expect(odd.length === 0, [...new Set(odd)].join("\n"));
});

await journey("on a phone no figure of a table is cut off", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 } });
  await comeIn(phone, base, "mara");
  for (const path of ["bets", "priorities", "customers", "customer-list", "landscape", "risks", "outcomes", "success"]) {
    await phone.goto(`${base}/ORB/${path}`);
    const over = await phone.evaluate(() => [...document.querySelectorAll("main .scroll:not(.chart-table .scroll)")].filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1).map((one) => one.getAttribute("aria-label")));
    expect(over.length === 0, `${path}: ${over.join(", ")}`);
  }
  await phone.goto(base + "/ORB/surveys");
  await phone.getByRole("link", { name: "What would make you ride more" }).click();
  const result = phone.locator(".kano-result").first();
  await result.waitFor();
  expect(await result.evaluate((table) => table.parentElement.scrollWidth <= table.parentElement.clientWidth + 1), "what each feature came to is seen whole");
});

await journey("on a phone a chart stays as wide as it was when the table behind it opens", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "mara");
  await phone.goto(base + "/ORB/surveys");
  await phone.getByRole("link", { name: "What would make you ride more" }).click();
  const chart = phone.locator(".chart").first(), drawn = chart.locator("svg[data-chart]:visible"), before = (await drawn.boundingBox()).width;
  await chart.locator("summary", { hasText: "As a table" }).click();
  expect((await drawn.boundingBox()).width === before, "the table behind a chart does not widen it");
});

await journey("on the timeline the name of a bar stays in sight as far as the bar is", async () => {
  await manager.setViewportSize({ width: 1280, height: 850 });
  await manager.goto(base + "/ORB/timeline");
  const seen = await manager.locator(".timeline").evaluate(async (box) => {
    const name = box.querySelector("text.within"), bar = name.parentElement.querySelector("rect.window");
    const at = () => [name.getBoundingClientRect(), box.getBoundingClientRect()].map(({ left, right }) => ({ left, right }));
    box.scrollLeft = +bar.getAttribute("x") + 20;
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    const [under, edge] = at();
    box.scrollLeft = 0;
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    return { inSight: under.left >= edge.left, inBar: under.right <= bar.getBoundingClientRect().right + 20, home: Math.round(+name.getAttribute("x") - +bar.getAttribute("x")) };
  });
  expect(seen.inSight && seen.inBar && seen.home === 8, JSON.stringify(seen));
});

await journey("on a phone neither a day nor a percentage breaks over a line, and the radar names all that it shows", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, reducedMotion: "reduce" });
  await comeIn(phone, base, "mara");
  const broken = [];
  for (const path of ["customers", "inbox", "strategy", "bets", "outcomes", "success", "causes", "brief", "launch", "models", "roadmap?open=1"]) {
    await phone.goto(`${base}/ORB/${path}`);
    broken.push(...(await phone.evaluate(() => {
      const seen = [], walk = document.createTreeWalker(document.querySelector("#page"), NodeFilter.SHOW_TEXT), range = document.createRange();
      while (walk.nextNode()) {
        const text = walk.currentNode;
        if (!text.parentElement.checkVisibility() || text.parentElement.closest(".hidden, textarea, option, bdi, [dir]")) continue;
        for (const found of text.data.matchAll(/\d+\s(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b(\s\d{4})?|\d\s%/g)) {
          range.setStart(text, found.index);
          range.setEnd(text, found.index + found[0].length);
          if (new Set([...range.getClientRects()].filter((box) => box.width > 1).map((box) => Math.round(box.top / 8))).size > 1) seen.push(text.data.trim().slice(0, 80));
        }
      }
      return seen;
    })).map((said) => `${path}: ${said}`));
  }
  expect(broken.length === 0, broken.join("\n"));
  await phone.goto(base + "/ORB/research");
  const named = await phone.locator("figure.chart svg:visible").first().evaluate((svg) => [...svg.querySelectorAll("text[dir]")].map((text) => text.textContent).join(" "));
  const titles = await phone.locator(".trend > .what").allTextContents();
  expect(titles.length > 5 && titles.every((title) => title.split(" ").every((word) => named.includes(word))) && !named.includes("…"), named);
});

await done();
