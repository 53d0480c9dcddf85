// Charts as people use them: the value under the pointer and by arrow keys, the table behind, files to take along; on a
// desktop and a phone; all kinds of them in the gallery. And what is worked out beside the page.
import { axe, comeIn, done, expect, journey, person, serve, start } from "./house.mjs";

const base = await start("demo");
const owner = await person({ viewport: { width: 1280, height: 900 } });
await comeIn(owner, base, "tomas");

await journey("the burndown is stepped through by keys, and says each day", async () => {
  await owner.goto(base + "/ORB/sprint");
  await owner.getByRole("link", { name: "Burndown" }).click();
  const svg = owner.locator(".chart-wide svg[data-chart]");
  await svg.focus();
  await owner.keyboard.press("Home");
  const first = await svg.getAttribute("aria-valuetext");
  expect(/: Left \d+, Scope \d+/.test(first), "it says the first day: " + first);
  await owner.keyboard.press("ArrowRight");
  expect((await svg.getAttribute("aria-valuetext")) !== first && (await svg.getAttribute("aria-valuenow")) === "2", "an arrow goes on");
  const tip = owner.locator(".chart-tip");
  expect((await tip.isVisible()) && (await tip.textContent()).includes("Left"), "and is seen");
  await owner.keyboard.press("Escape");
  expect(!(await tip.isVisible()), "Escape takes it away");
});

await journey("the pointer says what is under it", async () => {
  const svg = owner.locator(".chart-wide svg[data-chart]"), box = await svg.boundingBox();
  await owner.mouse.move(box.x + 90, box.y + 60);
  const near = await owner.locator(".chart-tip").textContent();
  await owner.mouse.move(box.x + box.width * 0.6, box.y + 60);
  expect((await owner.locator(".chart-tip").textContent()) !== near, "another day");
});

await journey("behind it is a table, and both are taken along", async () => {
  await owner.locator(".chart-table summary").first().click();
  expect((await owner.locator(".chart-table tbody tr").count()) > 5, "a row for each day");
  for (const [kind, begins] of [["CSV", "\ufeffDay,Left"], ["SVG", "<svg"]]) {
    const href = await owner.locator(".chart-take a", { hasText: kind }).first().getAttribute("href");
    const text = await owner.evaluate(async (href) => { const answer = await fetch(href); return (await answer.blob()).arrayBuffer().then((bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)); }, href);
    expect(text.startsWith(begins), `${kind}: ${text.slice(0, 60)}`);
  }
});

await journey("a forecast comes by itself, however long it takes", async () => {
  await owner.goto(base + "/ORB/forecast");
  await owner.locator("div.forecast-answer").waitFor({ timeout: 60000 });
  expect(/with 85\s% certainty; as likely as not by/.test(await owner.locator("div.forecast-answer").textContent()), "never a lone day");
  await owner.goto(base + "/ORB/roadmap?open=2");
  await owner.getByRole("link", { name: "When is it done?" }).click();
  await owner.locator("div.forecast-answer").waitFor({ timeout: 60000 });
  expect((await owner.locator("div.forecast-answer").textContent()).includes("Hold a bike from the map"), "of this feature");
});

/** Labels of charts that lie over one another, or leave their drawing. */
const crowded = (page) => page.evaluate(() => [...document.querySelectorAll(".chart svg[data-chart]")].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
  const around = svg.getBoundingClientRect(), all = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  const wrong = all.filter(([, b]) => b.left < around.left - 1 || b.right > around.right + 1 || b.top < around.top - 2 || b.bottom > around.bottom + 2).map(([text]) => "leaves: " + text);
  all.forEach(([text, a], n) => all.slice(n + 1).forEach(([other, b]) => { if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) wrong.push(`“${text}” over “${other}”`); }));
  return wrong.map((one) => svg.closest(".chart").querySelector("h3").textContent + ": " + one);
}));

await journey("no label of a chart lies over another, and none leaves it", async () => {
  const off = [];
  for (const [place, theme] of [["reports/burndown", "light"], ["forecast", "dark"], ["reports/burndown?sprint=44", "light"]]) for (const width of [360, 768, 1200, 1920]) {
    await owner.setViewportSize({ width, height: 900 });
    await owner.emulateMedia({ colorScheme: theme });
    await owner.goto(`${base}/ORB/${place}`);
    await owner.locator(".chart").first().waitFor({ timeout: 60000 });
    for (const wrong of [...(await crowded(owner)), ...(await axe(owner))]) off.push(`${place} at ${width}: ${wrong}`);
  }
  expect(off.length === 0, off.join("\n"));
});

// Every kind of chart, with little, much, nothing, one thing alone, less than zero and long words (crates/web/examples/charts.rs).
const gallery = await serve(process.env.CHARTS || "target/debug/examples/charts");
const visitor = await person({ viewport: { width: 1280, height: 900 } });

await journey("in the gallery labels keep apart, at every width", async () => {
  const off = [];
  for (const [width, theme] of [[360, "light"], [768, "dark"], [1200, "light"]]) {
    await visitor.setViewportSize({ width, height: 900 });
    await visitor.emulateMedia({ colorScheme: theme });
    await visitor.goto(gallery);
    const over = await visitor.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    for (const wrong of [...(await crowded(visitor)), ...(await axe(visitor)), ...(over > 0 ? [`${over} px wider than the screen`] : [])]) off.push(`at ${width}: ${wrong}`);
  }
  expect(off.length === 0, off.join("\n"));
});

await journey("each mark of each of them is reached by keys, and each is taken along", async () => {
  await visitor.goto(gallery);
  const charts = visitor.locator(".chart:has(svg[data-chart])");
  expect((await charts.count()) > 40, "so many kinds and cases");
  const off = await visitor.evaluate(() => [...document.querySelectorAll(".chart-wide svg[data-chart]")].filter((svg) => svg.tabIndex !== 0 || !svg.getAttribute("aria-valuetext")).map((svg) => svg.getAttribute("aria-label")));
  expect(off.length === 0, "not reached: " + off.join("\n"));
  const matrix = visitor.locator(".chart", { hasText: "Matrix small" }).locator(".chart-wide svg");
  await matrix.focus();
  const said = [];
  for (const key of ["Home", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown"]) {
    await visitor.keyboard.press(key);
    said.push((await matrix.getAttribute("aria-valuetext")).replace(/ [^ ]+$/, ""));
  }
  expect(said.join(", ") === "Team 1: Quarter 1, Team 1: Quarter 2, Team 2: Quarter 2, Team 3: Quarter 2, Team 3: Quarter 2", "cell by cell: " + said.join(", "));
  const broken = await visitor.evaluate(async () => {
    const wrong = [];
    for (const link of document.querySelectorAll(".chart-take a")) {
      const text = await (await fetch(link.href)).text();
      if (link.textContent === "CSV" ? text.split("\n").length < 3 : new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror")) wrong.push(link.href);
    }
    return wrong;
  });
  expect(broken.length === 0, broken.join("\n"));
});

await done();
