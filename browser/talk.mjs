// Conversations between several browsers: ask, answer, react, quote, resolve; standing aside; an objection that holds up the last
// signature until it is answered; and the same without script.
import { axe, comeIn, done, expect, journey, person, start, watch } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person(), developer = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
await comeIn(developer, base, "ines");
const act = (page, command, fields) => page.evaluate(([command, fields]) => fetch(`/ORB/do/${command}`, { method: "POST", body: new URLSearchParams(fields), headers: { "x-tandem": "1" } }).then((answer) => answer.json()), [command, fields]);
const made = (told, noun) => told.done.things.find((thing) => thing.noun === noun).id;

const told = await act(owner, "story.create", { title: "Talked about" });
const story = made(told, "story");
const address = base + "/ORB/story/" + story.replaceAll("-", "");
const comment = (page, text) => page.locator("article.comment", { hasText: text }).last();

await journey("a comment is written with the toolbar and looked at before it is sent", async () => {
  await owner.goto(address);
  const form = owner.locator(".comments > form.writing"), field = form.locator("textarea");
  await field.fill("This is important");
  await field.evaluate((field) => field.setSelectionRange(8, 17));
  await form.getByRole("button", { name: "Bold" }).click();
  expect(await field.inputValue() === "This is **important**", "bold: " + await field.inputValue());
  await form.getByRole("button", { name: "Bold" }).focus();
  await owner.keyboard.press("ArrowRight");
  expect(await owner.evaluate(() => document.activeElement.title) === "Italic", "arrows move within the toolbar");
  await form.getByRole("button", { name: "Preview" }).click();
  await form.locator(".preview strong", { hasText: "important" }).waitFor();
  await form.getByRole("button", { name: "Write on" }).click();
  expect(!(await form.locator(".preview").isVisible()), "and it is written on");
  await field.press("Control+Enter");
  await comment(owner, "This is important").locator(".prose strong").waitFor();
  expect(await field.inputValue() === "", "the field is empty again");
});

await journey("others answer, quote a part and react, and all see it live", async () => {
  await developer.goto(address);
  const words = comment(developer, "This is important");
  await words.locator(".prose strong").evaluate((strong) => getSelection().selectAllChildren(strong));
  await developer.locator(".quoter").click();
  const answer = developer.locator(".talk-thread textarea:visible").first();
  expect(await answer.inputValue() === "> important\n\n", "only what was chosen: " + await answer.inputValue());
  await answer.pressSequentially("Why?");
  await answer.press("Control+Enter");
  await comment(owner, "Why?").locator("blockquote").waitFor();
  expect(await owner.locator(".talk-thread .replies .comment").count() === 1, "one level in");
  await comment(owner, "Why?").getByLabel("React").click();
  await comment(owner, "Why?").getByRole("button", { name: "Light bulb" }).click();
  const sign = comment(developer, "Why?").locator(".sign");
  await sign.waitFor();
  expect(/Light bulb: Tomas Okafor/.test(await sign.getAttribute("title")) && (await sign.getAttribute("aria-pressed")) === "false", "whose it is");
  await sign.click();
  await owner.waitForFunction(() => /Tomas Okafor and Ines Duarte/.test(document.querySelector(".replies .sign")?.title));
  await comment(owner, "Why?").locator(".sign").click();
  await owner.waitForFunction(() => document.querySelector(".replies .sign")?.getAttribute("aria-pressed") === "false");
  // The whole of it, by the act.
  await comment(owner, "Why?").getByRole("link", { name: "Quote" }).click();
  const whole = owner.locator(".talk-thread textarea:visible").first();
  expect(/^> important[\s\S]*> Why\?\n\n$/.test(await whole.inputValue()), await whole.inputValue());
  await whole.pressSequentially("So that it holds.");
  await whole.press("Control+Enter");
  await comment(developer, "So that it holds.").waitFor();
});

await journey("a comment is edited, a thread resolved and opened again by an answer", async () => {
  const own = comment(owner, "So that it holds.");
  await own.locator("summary", { hasText: "Edit" }).first().click();
  const field = own.locator("textarea:visible");
  await field.fill("So that it lasts.");
  await field.press("Control+Enter");
  await comment(owner, "So that it lasts.").locator(".edited summary").click();
  expect(await comment(owner, "So that it lasts.").locator(".edited", { hasText: "So that it holds." }).isVisible(), "what it said before");
  await owner.locator(".talk-thread .of-thread").getByRole("button", { name: "Resolve" }).click();
  await owner.locator(".talk-thread.over", { hasText: "Resolved by Tomas Okafor" }).waitFor();
  expect(!(await comment(owner, "This is important").isVisible()), "it is folded");
  const axed = await axe(owner);
  expect(axed.length === 0, axed.join("\n"));
  await developer.locator(".talk-thread.over > summary").click();
  await developer.locator(".talk-thread .of-thread summary", { hasText: "Answer" }).click();
  await developer.locator(".talk-thread textarea:visible").first().fill("One more thing");
  await developer.locator(".talk-thread textarea:visible").first().press("Control+Enter");
  await owner.locator("div.talk-thread", { hasText: "One more thing" }).waitFor();
});

const proposal = (page, title) => page.locator("article.proposal", { hasText: title });
await journey("a question is asked and answered without a refusal, and one of two stands aside", async () => {
  await act(developer, "proposal.open", { title: "Ask the riders first?", area: "customers" });
  await owner.goto(base + "/ORB/decisions");
  await developer.goto(base + "/ORB/decisions");
  const mine = proposal(owner, "Ask the riders first?"), theirs = proposal(developer, "Ask the riders first?");
  await mine.locator("summary", { hasText: "Ask the proposer" }).click();
  await mine.locator("[id^=question-] textarea").fill("How many of them?");
  await mine.locator("[id^=question-]").getByRole("button", { name: "Ask", exact: true }).click();
  const asked = theirs.locator(".open-ask.question", { hasText: "How many of them?" });
  await asked.locator("summary", { hasText: "Answer" }).click();
  await asked.locator("textarea").fill("Forty");
  await asked.getByRole("button", { name: "Answer", exact: true }).click();
  await mine.locator(".open-ask").waitFor({ state: "detached" });
  await mine.locator(".talk-thread.over", { hasText: "Question answered by Ines Duarte" }).waitFor();
  await mine.locator("summary", { hasText: "Stand aside as Owner" }).click();
  await mine.locator("[id^=aside-]").getByRole("button", { name: "Stand aside", exact: true }).click();
  await theirs.locator(".signatures", { hasText: "stood aside as" }).waitFor();
  await manager.goto(base + "/ORB/decisions");
  const manages = proposal(manager, "Ask the riders first?");
  expect(!(await manages.locator("summary", { hasText: "Stand aside" }).count()), "not everyone can");
  await manages.locator("summary", { hasText: "Answer as Manager" }).click();
  await manages.locator("[id^=answer-]").getByRole("button", { name: "Answer", exact: true }).click();
  await manager.locator(".log .decision", { hasText: "Ask the riders first?" }).locator(".signatures", { hasText: "stood aside as" }).waitFor();
});

await journey("an objection holds up the last signature until it is answered, under the same key", async () => {
  await act(owner, "proposal.open", { title: "Ship on Friday?", area: "commitments" });
  await developer.goto(base + "/ORB/decisions");
  const theirs = proposal(developer, "Ship on Friday?");
  await theirs.locator("summary", { hasText: /^Object$/ }).click();
  await theirs.locator("[id^=object-] textarea").fill("The locks are not tried");
  await theirs.locator("[id^=object-]").getByRole("button", { name: "Object", exact: true }).click();
  await theirs.locator(".open-ask.objection").waitFor();
  await manager.goto(base + "/ORB/decisions");
  const mine = proposal(manager, "Ship on Friday?");
  await mine.getByText("The objection is answered before the last signature.").waitFor();
  const id = await mine.getAttribute("data-id");
  const refused = await act(manager, "proposal.sign", { proposal: id });
  expect(/has to be answered before the last signature/.test(refused.detail), JSON.stringify(refused));
  await mine.focus();
  await manager.keyboard.press("y");
  await manager.keyboard.type("They were tried yesterday.");
  await manager.keyboard.press("Control+Enter");
  await mine.locator(".open-ask").waitFor({ state: "detached" });
  await mine.focus();
  await manager.keyboard.press("y");
  await manager.keyboard.press("Control+Enter");
  await manager.locator(".log .decision", { hasText: "Ship on Friday?" }).locator(".objected", { hasText: "They were tried yesterday." }).waitFor();
});

await journey("without script a thread is answered, quoted, looked at and reacted to", async () => {
  const context = await owner.context().browser().newContext({ javaScriptEnabled: false });
  const plain = watch(await context.newPage());
  await comeIn(plain, base, "jonas");
  await plain.goto(address);
  expect(!(await plain.locator("markdown-toolbar").first().isVisible()), "no toolbar that does nothing");
  await comment(plain, "One more thing").getByRole("link", { name: "Quote" }).click();
  expect(await plain.locator("#answer").inputValue() === "> One more thing\n\n", "quoted");
  await plain.locator("#answer").fill("> One more thing\n\nWhich **one**?");
  await plain.locator("form.writing", { has: plain.locator("#answer") }).getByRole("button", { name: "Preview" }).click();
  await plain.locator(".preview strong", { hasText: "one" }).waitFor();
  await plain.getByRole("button", { name: "Send" }).click();
  await comment(plain, "Which one?").waitFor();
  await plain.goto(address);
  await comment(plain, "Which one?").locator("details.react > summary").click();
  await comment(plain, "Which one?").getByRole("button", { name: "Eyes" }).click();
  await comment(plain, "Which one?").locator(".sign[aria-pressed=true]").waitFor();
});

await done();
