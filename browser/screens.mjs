// How pages are laid out at every width: titles stay readable beside an open panel, what opens stays on the screen, and a toast
// covers nothing. That no page is wider than the screen is seen in everywhere.mjs.
import { comeIn, done, expect, journey, person, says, start } from "./house.mjs";

const base = await start("demo");
const WIDTHS = [360, 768, 1024, 1280, 1440, 1920, 2560];
const HEIGHT = 850;
const owner = await person();
await comeIn(owner, base, "tomas");
const wide = (page, width) => page.setViewportSize({ width, height: HEIGHT });

await journey("titles of stories have 240 px at every width, with the panel and without, and no badge breaks", async () => {
  const narrow = [];
  for (const place of ["backlog", "backlog?open=152", "backlog?stage=all&open=16", "sprint?sprint=45&plan=yes", "sprint?sprint=45&plan=yes&open=150"]) {
    await owner.goto(`${base}/ORB/${place}`);
    for (const width of WIDTHS) {
      await wide(owner, width);
      const told = await owner.evaluate(() => ({
        title: Math.min(...[...document.querySelectorAll(".row-item .title")].map((one) => one.getBoundingClientRect().width)),
        badge: Math.max(0, ...[...document.querySelectorAll(".row-item :is(.readiness, .pill)")].map((one) => one.getBoundingClientRect().height)),
        out: [...document.querySelectorAll(".row-item")].filter((row) => row.scrollWidth > row.clientWidth + 1).length,
      }));
      if (told.title < 240 || told.badge > 24 || told.out) narrow.push(`${place} at ${width}: titles ${Math.round(told.title)} px, badges ${Math.round(told.badge)} px high, ${told.out} rows cut`);
    }
  }
  expect(narrow.length === 0, narrow.join("\n"));
});

await journey("the head of the board is low", async () => {
  for (const [width, most] of [[1200, 180], [1280, 150], [1440, 150], [1920, 150]]) {
    await wide(owner, width);
    await owner.goto(base + "/ORB/sprint");
    const high = await owner.evaluate(() => document.querySelector(".board").getBoundingClientRect().top - document.querySelector("header.top").getBoundingClientRect().bottom);
    expect(high <= most, `${Math.round(high)} px of head at ${width}, ${most} at most`);
  }
});

await journey("the foot of a card is one line", async () => {
  for (const width of [1200, 1280, 1920]) {
    await wide(owner, width);
    await owner.goto(base + "/ORB/sprint");
    const broken = await owner.evaluate(() => [...document.querySelectorAll(".card .meta:not(.marks):not(:has(.pill))")].filter((foot) => foot.getBoundingClientRect().height > 32).map((foot) => foot.textContent));
    expect(broken.length === 0, `at ${width}: ${broken.join("\n")}`);
  }
});

await journey("on paper there is nothing to press, and a board is there whole", async () => {
  await wide(owner, 720);
  await owner.emulateMedia({ media: "print" });
  for (const place of ["sprint", "roadmap", "backlog", "decisions", "story/150"]) {
    await owner.goto(`${base}/ORB/${place}`);
    const told = await owner.evaluate(() => ({
      pressed: [...document.querySelectorAll("button:not([form=pick], .title), .button, form, .skip, nav, [data-grip]")].filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 90)),
      cut: [...document.querySelectorAll(".lane, .lane .card")].filter((one) => one.getBoundingClientRect().right > (one.closest(".lane .card") ? one.closest(".lane").getBoundingClientRect().right : innerWidth) + 1).length,
    }));
    expect(told.pressed.length === 0 && told.cut === 0, `${place}: ${told.cut} columns or cards cut; ${told.pressed.join("\n")}`);
  }
  await owner.emulateMedia({ media: null });
});

/** What stands where it opened: its box, and whether all of it can be seen. */
const box = (page, what) => page.locator(what).first().evaluate((one) => { const { left, top, right, bottom } = one.getBoundingClientRect(); return { left, top, right, bottom, width: innerWidth, height: innerHeight }; });
const within = ({ left, top, right, bottom, width, height }) => left >= 0 && top >= 0 && right <= width && bottom <= height;

await journey("menus, pickers and lists that open are on the screen, in every corner of it", async () => {
  const off = [];
  for (const width of [360, 768, 1024, 1280, 1920]) {
    await wide(owner, width);
    const see = async (what, name) => { const seen = await box(owner, what); if (!within(seen)) off.push(`${name} at ${width}: ${JSON.stringify(seen)}`); };
    await owner.goto(base + "/ORB/backlog");
    for (const nth of [0, 9, -1]) {
      const row = owner.locator("#stories .row-item").nth(nth);
      await row.scrollIntoViewIfNeeded();
      await row.locator("[data-mover]").click();
      await see("#mover", `menu of row ${nth}`);
      await owner.keyboard.press("Escape");
      await row.locator(".title").focus();
      for (const key of ["a", "p"]) {
        await owner.keyboard.press(key);
        await owner.locator("#picker [role=option]").first().waitFor();
        await see("#picker", `picker ${key} of row ${nth}`);
        await owner.keyboard.press("Escape");
      }
    }
    await owner.evaluate(() => scrollTo(0, 0));
    await owner.locator("form[data-filter] input[name=q]").click();
    await owner.locator("#completions [role=option]").first().waitFor();
    await see("#completions", "completions");
    await owner.keyboard.press("Escape");
  }
  for (const place of ["backlog", "sprint", "roadmap", "strategy", "customers", "customer-list", "understanding", "stakeholders", "acceptance", "settings", "decisions"]) {
    await owner.goto(`${base}/ORB/${place}`);
    for (const width of [360, 768, 1024, 1280, 1920]) {
      await wide(owner, width);
      const all = await owner.evaluate(async () => {
        const seen = [];
        for (const one of [...document.querySelectorAll("main :is(details.menu-button, details.disclosure)")].slice(0, 12)) {
          const summary = one.querySelector(":scope > summary"), body = one.querySelector(":scope > .menu, :scope > .sheet");
          if (!summary.checkVisibility({ visibilityProperty: true })) continue;
          summary.scrollIntoView({ block: "nearest" });
          summary.click();
          await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
          const { left, top, right, bottom } = body.getBoundingClientRect(), floats = getComputedStyle(body).position !== "static", menu = body.matches(".menu");
          // A form that is higher than what is left of the screen is reached by scrolling.
          seen.push([summary.textContent, { left, top: floats ? top : 0, right, bottom: menu && floats ? bottom : 0, width: innerWidth, height: innerHeight }]);
          one.open = false;
        }
        return seen;
      });
      for (const [name, seen] of all) if (!within(seen)) off.push(`${place} ${name} at ${width}: ${JSON.stringify(seen)}`);
    }
  }
  expect(off.length === 0, off.join("\n"));
});

await journey("a toast covers neither a row nor a button of the page", async () => {
  // On a phone it lies above the tabs, over the foot of what is scrolled (phone.mjs).
  for (const width of [1280]) {
    await wide(owner, width);
    await owner.goto(base + "/ORB/backlog");
    for (let n = 0; n < 2; n++) {
      const row = owner.locator("#stories .row-item").nth(3), id = await row.getAttribute("data-id");
      await row.locator("[data-mover]").click();
      await owner.locator("#mover").getByRole("button", { name: "To the top" }).click();
      await says(owner, "Moved");
      // Before the list is shown again its fourth row is still the one that was moved, and nothing would have to change.
      await owner.locator(`#stories .row-item[data-id="${id}"]:first-child`).waitFor();
    }
    const under = await owner.evaluate(() => {
      const toasts = [...document.querySelectorAll(".toast")].map((one) => one.getBoundingClientRect()).filter((one) => one.height);
      const held = [...document.querySelectorAll("main :is(a, button, input, h1), nav.tabs a, aside a")].filter((one) => one.checkVisibility()).map((one) => [one, one.getBoundingClientRect()]);
      return held.filter(([, a]) => toasts.some((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).map(([one]) => one.outerHTML.slice(0, 80));
    });
    expect(under.length === 0, `at ${width}: ${under.join("\n")}`);
  }
});

await journey("on a phone a verdict is given without hunting: criteria and both answers in one sight", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 } });
  await comeIn(phone, base, "tomas");
  await phone.goto(base + "/ORB/acceptance");
  const card = phone.locator(".verdict-card").first();
  for (const name of ["Accept story", "Reject"]) {
    const seen = await card.locator("summary, button", { hasText: name }).first().evaluate((one) => { const { top, bottom, height } = one.getBoundingClientRect(); return top >= 0 && bottom <= document.querySelector(".tabs").getBoundingClientRect().top && height >= 40; });
    expect(seen, name + " is seen at once, large enough for a finger, above the bar of rooms");
  }
  expect((await card.locator(".criterion").first().boundingBox()).y < 400, "the criteria begin on the first screen");
});

await done();
