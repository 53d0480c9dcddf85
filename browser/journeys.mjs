// The browser journeys: the walk of the chain by script and by hand, both hats, live between two people, without
// script.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { done, expect, folder, journey, openForm, person, says, start, tandem, watch } from "./house.mjs";

const base = await start("serve", "--data", folder);
const manager = await person(), owner = await person();

await journey("first start sets up the product", async () => {
  await manager.goto(base);
  await manager.fill("[name=name]", "Mara");
  await manager.fill("[name=email]", "mara@example.org");
  await manager.fill("[name=password]", "a long password");
  await manager.locator("[name=product]").pressSequentially("Orbit");
  expect(await manager.inputValue("[name=key]") === "ORBI", "the key follows the name");
  await manager.fill("[name=key]", "ORB");
  await manager.check("[name=way][value=two_people]");
  await manager.click("button.primary");
  await manager.waitForURL("**/ORB/");
});

await journey("the Owner is brought in by a link", async () => {
  await manager.goto(base + "/ORB/settings");
  const form = await openForm(manager, "invite");
  await form.locator("[name=email]").fill("tomas@example.org");
  expect(await form.locator("[name=hats][value=owner]").isChecked(), "the hat that nobody holds is offered first");
  expect(await manager.evaluate(() => document.activeElement.name) === "email", "a form that opens is ready to type in");
  await form.locator("button[type=submit]").click();
  const link = await manager.locator("dialog input").inputValue();
  await owner.goto(link);
  await owner.fill("[name=name]", "Tomas");
  await owner.fill("[name=password]", "another long password");
  await owner.click("button.primary");
  await owner.waitForURL("**/ORB/");
});

const JIRA = ["Issue key,Summary,Issue Type,Status,Labels,Labels,Story Points,Description",
  ...[1, 2, 3, 4].map((n) => `AB-${n},Story number ${n},Story,To Do,web,api,${n},"As a rider, I want ${n}.\n\nAcceptance Criteria:\n- it does ${n}\n- it is fast"`)].join("\n");

await journey("a Jira export comes in after a look at it", async () => {
  const file = join(folder, "export.csv");
  writeFileSync(file, JIRA);
  await owner.goto(base + "/ORB/import");
  await owner.setInputFiles("[name=file]", file);
  await owner.click("main button.primary");
  await owner.getByText("What would happen").waitFor();
  await owner.click("form[action$='/run'] button");
  await owner.getByText("Done: 4 created").waitFor();
});

await journey("the order changes by keyboard, by menu and by drag", async () => {
  await owner.goto(base + "/ORB/backlog");
  const titles = () => owner.locator(".row-item .title").allTextContents();
  await owner.keyboard.press("j");
  await owner.keyboard.press("j");
  await owner.keyboard.press("[");
  await owner.waitForFunction(() => document.querySelector(".row-item .title").textContent === "Story number 2");
  await owner.locator("#s-4 [data-mover]").click();
  await owner.locator("#mover").getByRole("button", { name: "To the top" }).click();
  await owner.waitForFunction(() => document.querySelector(".row-item .title").textContent === "Story number 4");
  // The news of another change come in while the hand drags: they wait until it lets go.
  let answer;
  await owner.route("**/ORB/backlog", async (route) => { await new Promise((go) => (answer = go)); await route.continue(); }, { times: 1 });
  const grip = await owner.locator("#s-3 [data-grip]").boundingBox(), top = await owner.locator("#s-4").boundingBox();
  const asked = owner.waitForRequest("**/ORB/backlog"), answered = owner.waitForResponse("**/ORB/backlog");
  await owner.evaluate(() => dispatchEvent(new PopStateEvent("popstate")));
  await asked;
  await owner.mouse.move(grip.x + 5, grip.y + 8);
  await owner.mouse.down();
  await owner.mouse.move(top.x + 60, top.y + 20, { steps: 12 });
  answer();
  await (await answered).finished();
  await owner.mouse.move(top.x + 60, top.y + 3, { steps: 6 });
  await owner.mouse.up();
  await owner.waitForFunction(() => document.querySelector(".row-item .title").textContent === "Story number 3");
  expect((await titles()).length === 4, "four stories");
  await owner.keyboard.press("Control+z");
  await says(owner, "Took back a change");
});

await journey("the Manager writes vision, objective, initiative and feature", async () => {
  await manager.goto(base + "/ORB/strategy");
  let form = await openForm(manager, "publish-vision");
  for (const name of ["for_whom", "who", "is_a", "that", "unlike", "ours"]) await form.locator(`[name=${name}]`).fill(name.replace("_", " "));
  await form.locator("button.primary").click();
  await manager.locator(".vision .byline", { hasText: "Version 1" }).waitFor();
  form = await openForm(manager, "new-objective");
  await form.locator("[name=title]").fill("Riders find a bike");
  await form.locator("button.primary").click();
  await manager.locator(".objective h3", { hasText: "Riders find a bike" }).waitFor();
  await manager.goto(base + "/ORB/roadmap");
  form = await openForm(manager, "new-initiative");
  await form.locator("[name=title]").fill("Reserve a bike");
  await form.locator("[name=objective]").selectOption({ label: "Riders find a bike" });
  await form.locator("button.primary").click();
  await manager.locator(".bet .title", { hasText: "Reserve a bike" }).click();
  form = await openForm(manager, "panel-feature");
  await form.locator("[name=title]").fill("Hold");
  await form.locator("button.primary").click();
  await manager.locator("aside", { hasText: "Hold" }).waitFor();
});

await journey("the Owner hangs the stories on the feature, plans and starts a sprint", async () => {
  await owner.goto(base + "/ORB/backlog");
  for (const box of await owner.locator("[data-pick]").all()) await box.check();
  await owner.locator("#bulk").getByRole("button", { name: /Hang on a feature/ }).click();
  await owner.locator("#picker").getByRole("option", { name: /Hold/ }).click();
  await owner.locator(".chip-feature", { hasText: "Hold" }).nth(3).waitFor();
  await owner.goto(base + "/ORB/sprint");
  const form = await openForm(owner, "plan");
  await form.locator("[name=goal]").fill("Hold a bike");
  await form.locator("button.primary").click();
  await owner.getByText("Top of the backlog").waitFor();
  for (let i = 0; i < 4; i++) {
    await owner.locator("section[aria-label=Backlog] .row-item").first().getByRole("button", { name: /^Put / }).click();
    await owner.waitForFunction((n) => document.querySelectorAll("section[aria-label=Sprint] .row-item").length === n, i + 1);
  }
  await owner.getByRole("button", { name: /Start sprint/ }).click();
  await owner.locator(".board").waitFor();
});

await journey("cards move, stories are handed over, two are accepted, one is rejected; the Manager sees it live", async () => {
  await manager.goto(base + "/ORB/sprint");
  await manager.locator(".board").waitFor();
  for (const n of [1, 2, 3]) {
    await owner.goto(base + `/ORB/sprint?open=${n}`);
    await owner.locator("aside").getByRole("button", { name: /Start work/ }).click();
    await owner.locator("aside").getByRole("button", { name: /Hand over/ }).click();
    await owner.locator("aside #accept").waitFor();
  }
  await manager.locator(".lane[aria-label='Handed over'] .card").nth(2).waitFor();
  await owner.goto(base + "/ORB/acceptance");
  for (const n of [1, 2]) {
    const card = owner.locator(`#s-${n}`);
    await card.getByRole("button", { name: "Accept story" }).click();
    await card.locator(".error", { hasText: "Not every criterion" }).or(owner.locator("#toasts", { hasText: "Not every criterion" })).first().waitFor();
    for (let i = 0; i < 2; i++) await card.locator("button:has-text('It passes')").nth(i).click().then(() => card.locator(".state-passing").nth(i).waitFor());
    await card.getByRole("button", { name: "Accept story" }).click();
    await card.waitFor({ state: "detached" });
  }
  const form = await openForm(owner, "reject-3");
  await form.locator("[name=reason]").fill("It is slow on old phones.");
  await form.locator("[name=failing]").last().check();
  await form.locator("button[type=submit]").click();
  await owner.locator("#s-3").waitFor({ state: "detached" });
  await manager.locator(".lane[aria-label='Accepted'] .card").nth(1).waitFor();
  await owner.goto(base + "/ORB/sprint");
  const close = await openForm(owner, "close");
  await close.locator("button.primary").click();
  await says(owner, "Closed Sprint 1");
});

await journey("the chain page reads from vision to verdict", async () => {
  await manager.goto(base + "/ORB/thread?of=ORB-1");
  for (const level of ["Vision", "Objective", "Initiative", "Feature", "Story", "Sprint", "Verdict"]) await manager.locator(".level", { has: manager.getByRole("heading", { name: level, exact: false }) }).first().waitFor();
});

await journey("the Manager's reordering is a proposal; the Owner signs; both are named", async () => {
  await manager.goto(base + "/ORB/backlog");
  const last = manager.locator(".row-item").last();
  const title = await last.locator(".title").textContent();
  await last.locator("[data-mover]").click();
  await manager.locator("#mover").getByRole("button", { name: /Propose: to the top/ }).click();
  await says(manager, "It waits for the Owner");
  await owner.goto(base + "/ORB/decisions");
  await owner.getByRole("button", { name: /Sign as Owner/ }).click();
  await owner.locator(".log", { hasText: "D-1" }).or(owner.locator(".log", { hasText: "D-2" })).first().waitFor();
  await owner.goto(base + "/ORB/backlog");
  expect((await owner.locator(".row-item .title").first().textContent()) === title, "the order has changed");
});

await journey("two people edit one story: both versions side by side", async () => {
  await owner.goto(base + "/ORB/story/4");
  const mine = await openForm(owner, "edit");
  await mine.locator("[name=title]").fill("My title");
  const second = watch(await owner.context().newPage());
  await second.goto(base + "/ORB/story/4");
  const theirs = await openForm(second, "edit");
  await theirs.locator("[name=title]").fill("Their title");
  await theirs.locator("button.primary").click();
  await says(second, "Changed the story “Their title”");
  await mine.locator("button.primary").click();
  await owner.locator("dialog", { hasText: "Their title" }).waitFor();
  await owner.locator("dialog input[type=radio]").first().check();
  await owner.locator("dialog button.primary").click();
  await owner.locator("h2", { hasText: "My title" }).waitFor();
  await second.close();
});

await journey("without script the same forms work", async () => {
  const plain = await person({ javaScriptEnabled: false, storageState: await owner.context().storageState() });
  await plain.goto(base + "/ORB/backlog");
  await plain.fill(".quick [name=title]", "Written without script");
  await plain.click(".quick button");
  expect(await plain.getByText("Written without script").first().isVisible(), "the story is there");
});

await journey("one stream serves all tabs", async () => {
  const tabs = [];
  for (let i = 0; i < 7; i++) { const tab = watch(await owner.context().newPage()); await tab.goto(base + "/ORB/backlog"); tabs.push(tab); }
  await tabs[6].fill(".quick [name=title]", "Seen in every tab");
  await tabs[6].keyboard.press("Enter");
  for (const tab of tabs) await tab.locator(".title", { hasText: "Seen in every tab" }).first().waitFor();
  for (const tab of tabs) await tab.locator("#here .avatar[title=Mara]").waitFor();
  for (const tab of tabs) await tab.close();
});

await journey("afterwards the data is sound", async () => {
  const check = spawnSync(tandem, ["check", "--data", folder], { encoding: "utf8" });
  expect(check.status === 0, check.stdout + check.stderr);
});

await done();
