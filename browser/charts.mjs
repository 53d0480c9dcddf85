// Charts as people use them: the value under the pointer and by arrow keys, the table behind, files to take along; on a
// desktop and a phone. And what is worked out beside the page.
import { axe, comeIn, done, expect, journey, person, start } from "./house.mjs";

const base = await start("demo");
const owner = await person({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
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
  await owner.locator(".forecast-answer").waitFor({ timeout: 60000 });
  expect(/with 85 % certainty; as likely as not by/.test(await owner.locator(".forecast-answer").textContent()), "never a lone day");
  await owner.goto(base + "/ORB/roadmap?open=2");
  await owner.getByRole("link", { name: "When is it done?" }).click();
  await owner.locator(".forecast-answer").waitFor({ timeout: 60000 });
  expect((await owner.locator(".forecast-answer").textContent()).includes("Hold a bike from the map"), "of this feature");
});

await journey("no label of a chart lies over another, and none leaves it", async () => {
  const off = [];
  for (const [place, theme] of [["sprint/burndown", "light"], ["forecast", "dark"], ["sprint/burndown?sprint=44", "light"]]) for (const width of [360, 768, 1200, 1920]) {
    await owner.setViewportSize({ width, height: 900 });
    await owner.emulateMedia({ colorScheme: theme });
    await owner.goto(`${base}/ORB/${place}`);
    await owner.locator(".chart").first().waitFor({ timeout: 60000 });
    off.push(...(await owner.evaluate(() => [...document.querySelectorAll(".chart svg[data-chart]")].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
      const around = svg.getBoundingClientRect(), all = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
      const wrong = all.filter(([, b]) => b.left < around.left - 1 || b.right > around.right + 1 || b.bottom > around.bottom + 2).map(([text]) => "leaves: " + text);
      all.forEach(([text, a], n) => all.slice(n + 1).forEach(([other, b]) => { if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) wrong.push(`“${text}” over “${other}”`); }));
      return wrong;
    }))).map((wrong) => `${place} at ${width}: ${wrong}`));
    off.push(...(await axe(owner)).map((wrong) => `${place} at ${width}: ${wrong}`));
  }
  expect(off.length === 0, off.join("\n"));
});

await done();
