// Manager and Owner over one question, each in a browser of their own: named in a remark with a picture, heard of, asked back,
// voted on under seal, stood aside; the roadmap on the phone of somebody without an account; and the letters of it all, looked
// at in light and dark, on a screen and on a phone. PICTURES names a folder that keeps them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { axe, comeIn, done, expect, folder, journey, openForm, person, says, start } from "./house.mjs";
import { letter, lettersIn } from "./letters.mjs";

const letters = join(folder, "letters");
const base = await start("demo", "--letters", letters, "--forward");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const TITLE = "Do we open in Lyon in March?";
const picture = readFileSync(new URL("../crates/tandem/src/demo/lock-cache.png", import.meta.url)).toString("base64");
const matter = (page) => page.locator(".proposal, .decision", { hasText: TITLE });
const vote = (page) => page.locator(".vote", { hasText: "How many bikes?" });
const rings = (page, count) => page.locator("#bell .count", { hasText: count }).waitFor();
/** Comes by the newest notice, as somebody does who has just heard. */
async function heard(page, words) {
  await page.goto(base + "/notices");
  await page.locator(".notices .unread", { hasText: words }).first().locator("a.title").click();
  await matter(page).waitFor();
}

await journey("each says how they want to hear", async () => {
  for (const page of [manager, owner]) {
    await page.goto(base + "/account");
    await page.getByRole("button", { name: "Send me the letter" }).click();
    await page.getByRole("button", { name: "Stop the letter" }).waitFor();
  }
  await owner.goto(base + "/me");
  await owner.locator("#hear [name=named]").selectOption({ label: "Here, and by mail at once" });
  await owner.locator("#hear").getByRole("button", { name: "Save" }).click();
  await says(owner, "what to hear of");
});

await journey("the Manager names the Owner on a joint matter, with a picture pasted in", async () => {
  await owner.goto(base + "/ORB/backlog");
  await manager.goto(base + "/ORB/decisions");
  const form = await openForm(manager, "ask");
  await form.locator("[name=title]").fill(TITLE);
  await form.locator("[name=reason]").fill("The city has offered us the old depot.");
  await form.locator("[name=area]").selectOption("commitments");
  await form.getByRole("button", { name: "Put the question" }).click();
  await matter(manager).waitFor();
  await matter(manager).locator("summary", { hasText: "Say something about it" }).click();
  const field = matter(manager).locator(".comments > form.writing textarea");
  await field.click();
  await field.pressSequentially("This is the depot, @tom");
  // What is offered for the first letters alone may begin with somebody else.
  await manager.locator("#naming [aria-selected=true]", { hasText: "Tomas Okafor" }).waitFor();
  await manager.keyboard.press("Enter");
  await field.evaluate((field, data) => {
    const carries = new DataTransfer();
    carries.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], "image.png", { type: "image/png" }));
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carries, bubbles: true, cancelable: true }));
  }, picture);
  await manager.waitForFunction(() => [...document.querySelectorAll(".proposal textarea")].some((field) => /\(attachment:[0-9a-f]{32}\)/.test(field.value)));
  await field.press("Control+Enter");
  await matter(manager).locator(".comments .prose .named", { hasText: "@Tomas Okafor" }).waitFor();
  await matter(manager).locator(".comments .prose img").waitFor();
});

await journey("the Owner hears where they are, sees the picture, and asks back", async () => {
  await rings(owner, "1");
  expect(new URL(owner.url()).pathname === "/ORB/backlog", "where they were");
  await heard(owner, "Mara Lindholm named you in");
  const shown = matter(owner).locator(".comments .prose img").first();
  await shown.waitFor();
  expect(await shown.evaluate((img) => img.decode().then(() => img.naturalWidth > 0)), "the picture is drawn");
  await owner.locator("#bell .count").waitFor({ state: "detached" });
  await matter(owner).locator("summary", { hasText: "Ask the proposer" }).click();
  await matter(owner).locator("form[action$='/proposal.ask'] textarea").fill("Who pays for the depot?");
  await matter(owner).getByRole("button", { name: "Ask", exact: true }).click();
  await matter(owner).locator(".open-ask", { hasText: "Who pays for the depot?" }).waitFor();
  const told = await letter(letters, "tomas@", /^Mara Lindholm named you in/);
  expect(told.text.includes("This is the depot") && told.html.includes("This is the depot") && told.stop.startsWith(base), "the letter quotes it and can be stopped: " + told.text);
});

await journey("what is asked of somebody stands on their Home until it is answered", async () => {
  await manager.goto(base + "/ORB/");
  const asked = manager.locator(".tile", { hasText: "Asked of you" });
  await asked.getByText("Who pays for the depot?").click();
  await matter(manager).locator(".open-ask details > summary").click();
  await matter(manager).locator("form[action$='/proposal.answer'] textarea").fill("The city does, for two years.");
  await matter(manager).locator("form[action$='/proposal.answer']").getByRole("button", { name: "Answer" }).click();
  await matter(manager).locator(".open-ask").waitFor({ state: "detached" });
  await manager.goto(base + "/ORB/");
  expect((await asked.getByText("Who pays for the depot?").count()) === 0, "and no longer");
});

await journey("a vote is asked for, heard of, and sealed", async () => {
  // Whoever has the matter before their eyes has seen what comes there.
  await owner.goto(base + "/ORB/");
  await manager.goto(base + "/ORB/decisions");
  await matter(manager).getByRole("link", { name: "Ask for a vote" }).click();
  const form = manager.locator("#ask-vote");
  await form.locator("[name=question]").fill("How many bikes?");
  await form.locator("[name=options]").fill("Twenty\nForty");
  for (const name of ["Ines Duarte", "Jonas Weber", "Priya Nair"]) if (await form.getByLabel(name).count()) await form.getByLabel(name).uncheck();
  await form.getByRole("button", { name: "Ask for votes" }).click();
  await vote(manager).waitFor();
  await owner.goto(base + "/ORB/");
  await owner.locator(".tile", { hasText: "Asked of you" }).getByText("How many bikes?").waitFor();
  await heard(owner, "Mara Lindholm asked for a vote on");
  await vote(owner).getByLabel("Twenty").check();
  await vote(owner).locator("[name=note]").fill("the winter is short");
  await vote(owner).getByRole("button", { name: "Seal my vote" }).click();
  await vote(owner).getByText("Only you see it").waitFor();
  await manager.goto(base + "/ORB/decisions");
  expect(!(await vote(manager).textContent()).includes("winter"), "what is sealed stays so");
  await vote(manager).getByLabel("Forty").check();
  await vote(manager).getByRole("button", { name: "Seal my vote" }).click();
  await vote(manager).getByText("the winter is short").waitFor();
  await owner.goto(base + "/ORB/");
  expect((await owner.locator(".tile", { hasText: "Asked of you" }).getByText("How many bikes?").count()) === 0, "it is asked no more");
});

await journey("the Owner stands aside, and the matter is settled", async () => {
  await manager.goto(base + "/ORB/");
  await owner.goto(base + "/ORB/decisions");
  await matter(owner).locator("summary", { hasText: "Stand aside as Owner" }).click();
  const form = matter(owner).locator("form[action$='/proposal.stand_aside']");
  await form.locator("[name=note]").fill("Not my first choice.");
  await form.getByRole("button", { name: "Stand aside" }).click();
  await owner.locator(".log .decision", { hasText: TITLE }).getByText("stood aside as").waitFor();
  await rings(manager, /\d/);
});

await journey("somebody without an account sees the roadmap on a phone", async () => {
  const phone = await person({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await manager.goto(base + "/ORB/links");
  await manager.locator("#share summary").click();
  await manager.locator("#share [name=name]").fill("Priya’s board");
  await manager.locator("#share").getByRole("button", { name: "Make link" }).click();
  await phone.goto(await manager.locator("dialog[open] input").inputValue());
  expect(await phone.getByRole("heading", { name: "The roadmap" }).isVisible(), "it is there");
  expect(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "it fits");
  const found = await axe(phone);
  expect(found.length === 0, found.join("\n"));
});

await journey("the next morning a letter says what happened", async () => {
  // The very next one, which before eight is today's: a later one tells of what happened since that.
  const morning = new Date();
  morning.setUTCHours(8, 1, 0, 0);
  while (morning <= Date.now() || [0, 6].includes(morning.getUTCDay())) morning.setUTCDate(morning.getUTCDate() + 1);
  const hours = Math.ceil((morning - Date.now()) / 36e5);
  await manager.evaluate((hours) => fetch("/demo/forward", { method: "POST", body: new URLSearchParams({ hours }), headers: { "x-tandem": "1" } }), hours);
  const told = await letter(letters, "mara@", /^Orbit: /);
  expect(told.text.includes(TITLE) && /Tomas Okafor (stood aside on|settled)/.test(told.text), "it says what became of the question: " + told.text);
  await letter(letters, "tomas@", /^Orbit: /);
});

await journey("each letter is fit to be looked at", async () => {
  const all = lettersIn(letters);
  expect(all.length >= 3, `${all.length} letters`);
  for (const colorScheme of ["light", "dark"]) for (const width of [390, 800]) {
    const reader = await person({ colorScheme, viewport: { width, height: 844 } });
    for (const [n, { subject, html, text }] of all.entries()) {
      await reader.setContent(html);
      if (process.env.PICTURES) await reader.screenshot({ path: join(process.env.PICTURES, `letter-${n}-${colorScheme}-${width}.png`), fullPage: true });
      const found = await axe(reader);
      expect(found.length === 0, `${subject} ${colorScheme} ${width}\n${found.join("\n")}`);
      expect(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `“${subject}” fits into ${width}`);
      if (process.env.PICTURES) {
        await reader.setContent("<pre style='white-space:pre-wrap;font:14px/1.5 monospace;color-scheme:light dark;padding:12px'></pre>");
        await reader.locator("pre").evaluate((pre, text) => (pre.textContent = text), text);
        await reader.screenshot({ path: join(process.env.PICTURES, `letter-${n}-text-${colorScheme}-${width}.png`), fullPage: true });
      }
    }
    await reader.context().close();
  }
});

await done();
