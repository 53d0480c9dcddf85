// A whole sprint, played by three people in three browsers from the first story to the retrospective, and then every report
// held against figures that were worked out by hand. It is played in a product of its own, in the two weeks from the next
// Monday on, so the figures are the same on whatever day it runs.
import { comeIn, done, expect, journey, openForm, person, says, start } from "./house.mjs";

const HOUR = 36e5, DAY = 24 * HOUR;
const base = await start("demo", "--forward");
const page = { viewport: { width: 1440, height: 900 } };
const manager = await person(page), owner = await person(page), developer = await person(page);
const at = (path) => `${base}/REL/${path}`;
let monday = 0, today = 0;
/** The day of the sprint with that number, from 0 on, as the reports write it. */
const day = (n) => new Date(monday + n * DAY).toISOString().slice(0, 10);
/** Puts the clock of the program forward. */
async function forward(hours) {
  const now = await manager.evaluate((hours) => fetch("/demo/forward", { method: "POST", body: new URLSearchParams({ hours }), headers: { "x-tandem": "1" } }).then((answer) => answer.text()), hours);
  expect(now.startsWith(day(today)), `it is ${now}, and should be ${day(today)}`);
}
/** Comes to a day of the sprint, at the same hour of the morning. */
async function comeTo(n) {
  const days = n - today;
  today = n;
  await forward(24 * days);
}
/** Puts the keyboard on a row or card. */
async function stand(page, number) {
  await page.waitForFunction(() => document.readyState === "complete");
  await page.locator(`#s-${number} a.title`).first().focus();
}
const lane = (page, stage, number) => page.locator(`.lane[data-stage=${stage}] #s-${number}`);
/** A key on a card of the board, and where the card goes. */
async function onCard(page, number, key, stage) {
  await page.goto(at("sprint"));
  await stand(page, number);
  await page.keyboard.press(key);
  await lane(page, stage, number).waitFor();
}
const HOLD = 1, RETURN = 2, PRICE = 3, GROUP = 4, LOCK = 5;
const TITLES = ["", "Hold a bike for ten minutes", "Give a bike back at any station", "Show the price before the ride", "Ride with a group", "Say where the lock is"];
const named = (number) => `REL-${number} ${TITLES[number]}`;

await journey("the Manager sets up a product, and a developer and the Owner come in", async () => {
  await comeIn(manager, base, "mara");
  // The next Monday, between nine and ten in the morning.
  const now = Date.now();
  monday = Math.floor(now / DAY) * DAY;
  while (new Date(monday).getUTCDay() !== 1 || monday + 9 * HOUR <= now) monday += DAY;
  await forward(Math.ceil((monday + 9 * HOUR - now) / HOUR));
  await manager.goto(base + "/products/new");
  await manager.locator("[name=name]").fill("Relay");
  await manager.locator("[name=key]").fill("REL");
  await manager.getByRole("button", { name: "Set up product" }).click();
  await manager.waitForURL((url) => url.pathname !== "/products/new");
  await manager.goto(at("settings"));
  for (const [email, name, hat] of [["ines@orbit.example", "Ines Duarte", "developer"], ["tomas@orbit.example", "Tomas Okafor", "owner"]]) {
    const form = await openForm(manager, "invite");
    await form.locator("[name=email]").fill(email);
    for (const box of await form.locator("[name=hats]").all()) await box.setChecked((await box.getAttribute("value")) === hat);
    await form.getByRole("button", { name: "Bring in" }).click();
    await manager.locator("table.list tr", { hasText: name }).waitFor();
  }
  await comeIn(owner, base, "tomas");
  await comeIn(developer, base, "ines");
});

await journey("the Owner writes four stories, two of them with criteria, and marks them ready", async () => {
  await owner.goto(at("backlog"));
  for (const number of [HOLD, RETURN, PRICE, GROUP]) {
    await owner.locator("input[data-create]").fill(TITLES[number]);
    await owner.keyboard.press("Enter");
    await owner.locator(`#s-${number}`, { hasText: TITLES[number] }).waitFor();
  }
  for (const [number, criteria] of [[HOLD, ["A hold ends after ten minutes", "A rider has one hold at a time"]], [RETURN, ["Each station takes each bike"]], [PRICE, []], [GROUP, []]]) {
    await owner.goto(at("story/" + number));
    for (const text of criteria) {
      await owner.locator("#criterion textarea").fill(text);
      await owner.locator("#criterion button").click();
      await owner.locator("section.criteria li", { hasText: text }).waitFor();
    }
    await owner.getByRole("button", { name: /^Mark ready/ }).click();
    await owner.getByRole("button", { name: "Not ready" }).waitFor();
  }
});

await journey("three lay sealed cards, talk, lay once more, and the developer takes the size over", async () => {
  const players = [[manager, "3"], [owner, "5"], [developer, "8"]];
  await owner.goto(at("poker"));
  const form = await openForm(owner, "begin-poker");
  for (const story of await form.locator("[name=stories]").all()) await story.setChecked((await story.getAttribute("value")) === String(HOLD));
  for (const name of ["Mara Lindholm", "Tomas Okafor", "Ines Duarte"]) await form.getByLabel(name).check();
  await form.getByRole("button", { name: "Deal the cards" }).click();
  await owner.locator(".deck .lay").first().waitFor();
  for (const player of [manager, developer]) {
    await player.goto(at("poker"));
    await player.getByRole("link", { name: /^Estimate: / }).click();
    await player.locator(".deck .lay").first().waitFor();
  }
  const lay = async (player, card) => player.locator(".deck").getByRole("button", { name: card, exact: true }).click();
  for (const [player, card] of players.slice(0, 2)) {
    await lay(player, card);
    await player.locator(".lay[aria-pressed=true]", { hasText: card }).waitFor();
  }
  await developer.reload();
  await developer.getByText(/(Mara Lindholm and Tomas Okafor|Tomas Okafor and Mara Lindholm) have laid a card/).waitFor();
  expect((await developer.locator(".laid, .lay[aria-pressed=true]").count()) === 0, "what was laid is sealed");
  await lay(...players[2]);
  for (const [player] of players) await player.getByText("Speak first:").waitFor();
  await manager.locator(".laid li.outlier", { hasText: "Ines Duarte" }).waitFor();
  await owner.getByRole("button", { name: "Vote once more" }).click();
  for (const [player] of players) await player.getByText("2nd vote", { exact: true }).waitFor();
  for (const [player] of players) await lay(player, "5");
  await developer.getByText("All who could say said").waitFor();
  await developer.getByRole("button", { name: "Take it over as its size" }).click();
  for (const [player] of players) await player.getByText("1 story estimated, 5 points in all.").waitFor();
  await owner.getByRole("button", { name: "End it" }).first().click();
  await says(owner, "nded");
});

/** The developer sizes a story by keys. */
async function size(number, points) {
  await developer.goto(at("backlog"));
  await stand(developer, number);
  await developer.keyboard.press("z");
  await developer.keyboard.press(points);
  await developer.locator(`#s-${number} .points`, { hasText: points }).waitFor();
}

await journey("what is left is sized by keys, the sprint is planned and started", async () => {
  for (const [number, points] of [[RETURN, "3"], [PRICE, "2"], [GROUP, "8"]]) await size(number, points);
  await owner.goto(at("sprint"));
  const form = await openForm(owner, "plan");
  await form.locator("[name=goal]").fill("A rider takes a bike and gives it back");
  expect((await form.locator("[name=starts_on]").inputValue()) === day(0), "it begins today if nobody says otherwise");
  await form.locator("[name=ends_on]").fill(day(11));
  await form.getByRole("button", { name: "Plan sprint" }).click();
  await owner.getByText("Top of the backlog").waitFor();
  const inside = owner.locator("section[aria-label=Sprint] .row-item");
  for (let n = 1; n <= 4; n++) {
    await owner.locator("section[aria-label=Backlog] .row-item").first().getByRole("button", { name: /^Put REL-\d into the sprint/ }).click();
    await inside.nth(n - 1).waitFor();
  }
  await owner.locator(".fullness", { hasText: "4 stories, 18 points" }).waitFor();
  await developer.goto(at("sprint"));
  await owner.getByRole("button", { name: "Start sprint" }).click();
  for (const who of [owner, developer]) await lane(who, "open", GROUP).waitFor();
});

await journey("Tuesday: the stand-up is said by two, and work begins", async () => {
  await comeTo(1);
  for (const [who, name, text] of [[developer, "Ines Duarte", "Begin with the hold"], [owner, "Tomas Okafor", "Talk to the stations"]]) {
    await who.goto(at("standup"));
    await who.locator(".standup-own [name=today]").fill(text);
    await who.getByRole("button", { name: "Say it", exact: true }).click();
    await who.locator(".said-today", { hasText: name }).getByText(text).first().waitFor();
  }
  await developer.locator(".said-today").getByText("Talk to the stations").first().waitFor();
  await developer.getByText("all are in").waitFor();
  await onCard(developer, HOLD, "s", "doing");
});

let token = "";
/** What the pipeline posts: each case with what came of it, by the name that it carries. */
async function pipeline(commit, cases) {
  const body = `<testsuite name="unit tests">${cases.map(([name, failure]) => `<testcase classname="hold" name="${name}">${failure ? `<failure message="${failure}"/>` : ""}</testcase>`).join("")}</testsuite>`;
  const about = new URLSearchParams({ suite: "unit tests", commit, branch: "main", link: `https://ci.example/${commit}` });
  const answer = await fetch(`${base}/api/v1/products/REL/runs?${about}`, { method: "POST", body, headers: { authorization: "Bearer " + token, "content-type": "application/xml" } });
  const told = await answer.json();
  expect(answer.status === 201, `the report is taken: ${answer.status} ${JSON.stringify(told)}`);
  return told.criteria.map((one) => `${one.criterion} ${one.state}`).sort().join();
}

await journey("Wednesday: a token for the pipeline, a run that fails, a story handed over, another one blocked", async () => {
  await comeTo(2);
  await developer.goto(base + "/account");
  const form = developer.locator("form[action$='token.create']");
  await form.locator("[name=name]").fill("Pipeline");
  await form.locator("[name=can_write]").check();
  await form.locator("summary", { hasText: "Only for some products or areas" }).click();
  for (const box of ["[name=products][value=REL]", "[name=areas][value=backlog]", "[name=areas][value=work]"]) await form.locator(box).check();
  await form.getByRole("button", { name: "Create token" }).click();
  token = await developer.locator("dialog input").first().inputValue();
  const told = await pipeline("c0ffee1", [["ends in time @REL-1.1"], ["holds one at a time @REL-1.2", "two bikes were held"]]);
  expect(told === "REL-1.1 passing,REL-1.2 failing", "one passes, one fails: " + told);
  await onCard(developer, HOLD, "h", "handed_over");
  await onCard(developer, RETURN, "s", "doing");
  await developer.goto(at("sprint?open=" + RETURN));
  const block = await openForm(developer, "block");
  await block.locator("[name=reason]").fill("The stations have no network");
  await block.locator("[name=lifter]").selectOption({ label: "Mara Lindholm" });
  await block.getByRole("button", { name: "Mark as blocked" }).click();
  await lane(developer, "doing", RETURN).locator(".pill", { hasText: "blocked" }).waitFor();
});

await journey("Thursday: the Manager lifts the blocker, the Owner rejects by the criterion that fails, it is mended and handed over again", async () => {
  await comeTo(3);
  await manager.goto(at(""));
  const line = manager.locator(".tile", { has: manager.getByRole("heading", { name: /Yours to lift/ }) }).locator("li", { hasText: "The stations have no network" });
  await line.locator("summary", { hasText: "Lift it" }).click();
  await line.locator("[name=outcome]").fill("They are on the air");
  await line.getByRole("button", { name: "Lift the blocker" }).click();
  await line.waitFor({ state: "detached" });
  await owner.goto(at("acceptance"));
  await owner.locator(`#s-${HOLD}`, { hasText: "two bikes were held" }).waitFor();
  const form = await openForm(owner, "reject-" + HOLD);
  const failing = await form.locator("[name=failing]").evaluateAll((boxes) => boxes.map((box) => box.checked));
  expect(failing.join() === "false,true", "the criterion that fails is named already: " + failing);
  await form.locator("[name=reason]").fill("A rider can hold two.");
  await form.getByRole("button", { name: "Reject with this reason" }).click();
  await owner.locator(`#s-${HOLD}.verdict-card`).waitFor({ state: "detached" });
  await developer.goto(at("sprint"));
  await lane(developer, "doing", HOLD).locator(".pill", { hasText: "rejected" }).waitFor();
  const told = await pipeline("c0ffee2", [["ends in time @REL-1.1"], ["holds one at a time @REL-1.2"]]);
  expect(told === "REL-1.1 passing,REL-1.2 passing", "both pass: " + told);
  await onCard(developer, HOLD, "h", "handed_over");
});

await journey("Friday: it is accepted without a reason, one more story comes into the sprint, the next is handed over", async () => {
  await comeTo(4);
  await owner.goto(at("acceptance"));
  const card = owner.locator(`#s-${HOLD}.verdict-card`);
  await card.waitFor();
  expect((await card.locator("form[action$='story.accept'] [name=reason]").count()) === 0, "no reason is asked for where all pass");
  await card.getByRole("button", { name: "Accept story" }).click();
  await card.waitFor({ state: "detached" });
  await owner.goto(at("backlog"));
  await owner.locator("input[data-create]").fill(TITLES[LOCK]);
  await owner.keyboard.press("Enter");
  await owner.locator(`#s-${LOCK}`).waitFor();
  await size(LOCK, "1");
  await owner.goto(at("backlog"));
  await stand(owner, LOCK);
  await owner.keyboard.press("p");
  await owner.locator("#picker").getByRole("option", { name: /Sprint 1/ }).click();
  await owner.locator(`#s-${LOCK} .chip-sprint`, { hasText: "Sprint 1" }).waitFor();
  await onCard(developer, RETURN, "h", "handed_over");
});

await journey("the second Monday: what was checked by hand is accepted, and the third story is begun", async () => {
  await comeTo(7);
  await owner.goto(at("acceptance"));
  const card = owner.locator(`#s-${RETURN}.verdict-card`);
  await card.getByRole("button", { name: "It passes" }).click();
  await card.locator("li.state-passing").waitFor();
  await card.getByRole("button", { name: "Accept story" }).click();
  await card.waitFor({ state: "detached" });
  await onCard(developer, PRICE, "s", "doing");
});

await journey("the second Tuesday: what came in is begun, handed over and accepted, and the largest one is taken out", async () => {
  await comeTo(8);
  await onCard(developer, LOCK, "s", "doing");
  await onCard(developer, LOCK, "h", "handed_over");
  await owner.goto(at("acceptance"));
  const card = owner.locator(`#s-${LOCK}.verdict-card`);
  await card.locator("[name=reason]").first().fill("Seen at the station.");
  await card.getByRole("button", { name: "Accept story" }).click();
  await card.waitFor({ state: "detached" });
  await owner.goto(at("sprint?sprint=1&plan=yes"));
  await owner.getByRole("button", { name: `Take REL-${GROUP} out` }).click();
  await owner.locator(`section[aria-label=Backlog] #s-${GROUP}`).waitFor();
});

// What the reports say is held against figures from here on. A table has the same figures as its file.
const number = (text) => text.replace("−", "-").replace("–", "").replace(/,(?=\d{3})/g, "");
/** A report: the lines of each of its files behind the head, and what its pages say. */
async function report(word, query = "") {
  await owner.goto(at(`reports/${word}${query}`));
  const charts = owner.locator("figure.chart");
  await charts.first().waitFor();
  const all = [];
  for (const chart of await charts.all()) {
    const file = await owner.request.get(new URL(await chart.locator("a[download][href*='.csv']").getAttribute("href"), owner.url()).href);
    const [head, ...lines] = (await file.text()).replace("\ufeff", "").trim().split("\n");
    await chart.locator("summary", { hasText: "As a table" }).click();
    const rows = await chart.locator("table tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td.num")].map((cell) => cell.textContent)));
    const figures = lines.map((line) => line.split(",").slice(-(rows[0] || []).length).join());
    expect(figures.join("\n") === rows.map((row) => row.map(number).join()).join("\n"), `${word}: the table says ${rows.join(" | ")}, the file ${lines.join(" | ")}`);
    all.push({ head, lines, says: (await chart.locator("figcaption p").textContent()).replaceAll("\u00a0", " ") });
  }
  return all;
}
/** Holds what was read against what was worked out. */
function holds({ head, lines, says }, wanted) {
  expect(head === wanted.head, `the columns are “${head}”, and should be “${wanted.head}”`);
  expect(lines.join("\n") === wanted.lines.join("\n"), `it says\n${lines.join("\n")}\nand should say\n${wanted.lines.join("\n")}`);
  expect(says === wanted.says, `it says “${says}”, and should say “${wanted.says}”`);
}
/** A line for each day of the sprint, with what stands there on that day in each column. */
const daily = (...columns) => columns[0].map((_, n) => [day(n), ...columns.map((column) => column[n])].join());
/** Four weeks, of which the sprint is the last two: a line for each, named by its Sunday. */
const weekly = (...columns) => [-8, -1, 6, 13].map((sunday, n) => [day(sunday), ...columns.map((column) => column[n])].join());

await journey("the second Friday: what is under way is as old as it is, on that day and on one before", async () => {
  await comeTo(11);
  // Begun on the second Monday: five days, the first and today counted. What was accepted took 4, 6 and 1 day, as below.
  holds((await report("ageing"))[0], { head: ",Days in its stage,Days since work began", lines: [`${named(PRICE)},5,5`],
    says: "1 story is under way. 0 are older than the 6 days within which 85 % of stories were done." });
  // At the end of the first Thursday the hold was begun on Tuesday and handed over anew that day; the return was begun on Wednesday.
  holds((await report("ageing", `?as_of=${day(3)}`))[0], { head: ",Days in its stage,Days since work began", lines: [`${named(HOLD)} · waiting,1,3`, `${named(RETURN)},2,2`],
    says: "2 stories are under way. No story was accepted in the weeks before, so there is nothing to hold them against." });
});

await journey("the review has a note, and what a stakeholder says by a link is evidence", async () => {
  await owner.goto(at("review?sprint=1"));
  const note = await openForm(owner, "demo-" + HOLD);
  await note.locator("[name=body]").fill("On a phone, at the station.");
  await note.getByRole("button", { name: "Note it" }).click();
  await owner.locator(`.review-story#s-${HOLD}`, { hasText: "On a phone, at the station." }).waitFor();
  await manager.goto(at("review?sprint=1"));
  await manager.locator("#share [name=name]").fill("The council");
  await manager.getByRole("button", { name: "Make a link to this review" }).click();
  const link = new URL(await manager.locator("dialog input").first().inputValue(), base).pathname;
  const visitor = await person({ viewport: { width: 390, height: 844 } });
  await visitor.goto(base + link);
  await visitor.getByText("On a phone, at the station.").waitFor();
  const story = visitor.locator(".review-story", { hasText: TITLES[HOLD] });
  await story.locator("summary").click();
  await story.locator("[name=name]").fill("Ada");
  await story.locator("[name=body]").fill("Ten minutes are short on a hill.");
  await story.getByRole("button", { name: "Send it" }).click();
  await visitor.getByText("What you wrote was handed over").waitFor();
  await visitor.context().close();
  await manager.goto(at("review?sprint=1"));
  const said = manager.locator(`.review-story#s-${HOLD} .said-at-review li`, { hasText: "Ten minutes are short on a hill." });
  await said.getByText("by link").waitFor();
  await said.getByRole("link", { name: "Evidence" }).click();
  await manager.locator(".evidence", { hasText: "Ten minutes are short on a hill." }).first().waitFor();
});

await journey("the sprint is closed, and says what came of it", async () => {
  await owner.goto(at("sprint"));
  const form = await openForm(owner, "close");
  await form.getByText("3 stories accepted", { exact: false }).waitFor();
  await form.getByLabel("Yes").check();
  await form.getByRole("button", { name: "Close sprint" }).click();
  await owner.getByRole("heading", { name: "What came of it" }).waitFor();
  const told = await owner.locator("section.compared").textContent();
  for (const what of ["goal reached", "3 accepted", "9 points", "1 returned to the backlog", "1 rejected on the way", "1 came in, 1 went out"]) expect(told.includes(what), `it says “${what}”: ${told}`);
  // What is left was in it all the same: the 2 points beside the 9, of 18, of which 8 went out and to which 1 came in.
  const head = (await owner.locator(".sprint-head .figures").first().textContent()).replace(/\s+/g, " ");
  for (const what of ["9 of 11 points accepted", "Committed 18 · scope shrank by 7"]) expect(head.includes(what), `its head says “${what}”: ${head}`);
});

await journey("three seal notes for the retrospective, reveal them, give dots and agree on what changes", async () => {
  const all = [[owner, "Start", "Ask the stations before we plan"], [developer, "Stop", "Handing over with a test that fails"], [manager, "Continue", "Sizing at one table"]];
  for (const [who, name, text] of all) {
    await who.goto(at("retro"));
    const column = who.locator(`.retro-columns > section[aria-label="${name}"]`);
    await column.locator("form textarea[name=body]").last().fill(text);
    await column.getByRole("button", { name: "Seal the note" }).click();
    await column.locator("article.card", { hasText: text }).waitFor();
  }
  await owner.reload();
  expect(!(await owner.textContent("main")).includes("a test that fails"), "what another wrote is sealed");
  await owner.locator("#reveal > summary").click();
  await owner.locator("#reveal").getByRole("button", { name: "Reveal them now" }).click();
  for (const [who] of all) for (const [, , text] of all) await who.locator(".retro-note > p", { hasText: text }).waitFor();
  for (const fact of ["The stations have no network", "A rider can hold two."]) await owner.locator("#facts", { hasText: fact }).waitFor();
  await owner.locator("#vote > summary").click();
  await owner.locator("#vote").getByRole("button", { name: "Begin the vote" }).click();
  // Nine dots of fifteen for the second note: four of the Owner's, five of the developer's and none of the Manager's.
  for (const [who, dots] of [[owner, ["1", "4", ""]], [developer, ["", "5", ""]], [manager, ["2", "", "3"]]]) {
    for (const [n, count] of dots.entries()) await who.locator("#ballot li", { hasText: all[n][2] }).locator("input[type=number]").first().fill(count);
    await who.getByRole("button", { name: "Seal my dots" }).click();
    await who.getByText("Your dots are sealed").waitFor();
  }
  await owner.getByRole("button", { name: "Open the votes" }).click();
  for (const [n, dots] of [[0, "9 dots"], [1, "3 dots"], [2, "3 dots"]]) await owner.locator("#result li").nth(n).getByText(dots).waitFor();
  const form = await openForm(owner, "make-action");
  await form.locator("[name=what]").fill("Look at the run before handing over");
  await form.locator("[name=owner]").selectOption({ label: "Ines Duarte" });
  await form.locator("[name=due_on]").fill(day(18));
  await form.getByRole("button", { name: "Agree on it" }).click();
  await developer.locator("#actions li", { hasText: "Look at the run before handing over" }).waitFor();
  await owner.locator("#end > summary").click();
  await owner.locator("#end").getByRole("button", { name: "Close it" }).click();
  await owner.getByRole("button", { name: "Open a new one" }).waitFor();
});

// In the sprint were 5 + 3 + 2 + 8 = 18 points at its start. The 5 were accepted on Friday (4), when the 1 came in; the 3 on the
// second Monday (7); the 1 on the second Tuesday (8), when the 8 went out. The 2 were left when it closed on Friday (11).
const SCOPE = [18, 18, 18, 18, 19, 19, 19, 19, 11, 11, 11, 11];
const ACCEPTED = [0, 0, 0, 0, 5, 5, 5, 8, 9, 9, 9, 9];
// A tenth of 18 for each of the ten working days; days 5 and 6 are a weekend.
const EVEN = [16.2, 14.4, 12.6, 10.8, 9, 9, 9, 7.2, 5.4, 3.6, 1.8, 0];

await journey("burndown and burnup", async () => {
  const left = SCOPE.map((all, n) => all - ACCEPTED[n]);
  holds((await report("burndown"))[0], { head: "Day,Left,Scope,Even pace", lines: daily(left, SCOPE, EVEN),
    says: "2 of 11 points are left, 2 more than at an even pace. Its scope has shrunk by 7 points since the start." });
  holds((await report("burnup"))[0], { head: "Day,Accepted,Scope,Even pace", lines: daily(ACCEPTED, SCOPE, EVEN.map((left) => Math.round((18 - left) * 10) / 10)),
    says: "9 of 11 points are accepted. Its scope has shrunk by 7 points since the start." });
  // At the end of the first Friday 14 of 19 were left, where an even pace leaves 9; what came later is not known then.
  const then = (all) => all.map((one, n) => (n <= 4 ? one : ""));
  holds((await report("burndown", `?as_of=${day(4)}`))[0], { head: "Day,Left,Scope,Even pace", lines: daily(then(left), then(SCOPE), EVEN),
    says: "14 of 19 points are left, 5 more than at an even pace. Its scope has grown by 1 point since the start." });
});

await journey("velocity and scope change", async () => {
  holds((await report("velocity", "?weeks=4"))[0], { head: ",Accepted,At the start", lines: ["Sprint 1,9,18"], says: "One sprint brought 9 points." });
  // What is left when the sprint closes was not taken out.
  holds((await report("scope-change", "?weeks=4"))[0], { head: ",At the start,Came in,Taken out", lines: ["Sprint 1,18,1,-8"],
    says: "In 1 sprint 1 point came in after the start and 8 points were taken out." });
});

await journey("cumulative flow", async () => {
  // At the end of each day of the sprint: accepted, waiting, in progress, open. There was nothing in the two weeks before.
  const bands = [[0, 0, 0, 4], [0, 0, 1, 3], [0, 1, 1, 2], [0, 1, 1, 2], [1, 1, 0, 3], [1, 1, 0, 3], [1, 1, 0, 3], [2, 0, 1, 2], [3, 0, 1, 1], [3, 0, 1, 1], [3, 0, 1, 1], [3, 0, 0, 2]];
  const before = Array.from({ length: 14 }, (_, n) => `${day(n - 14)},0,0,0,0`);
  // Under way were 1, 2, 2, 1, 1, 1, 1, 1, 1 and 1 stories, 12 in 26 days; 3 were accepted in them, so 12 / 3 days for each.
  holds((await report("flow", "?weeks=4"))[0], { head: "Day,Accepted since,Waiting for a verdict,In progress,Open", lines: [...before, ...bands.map((all, n) => [day(n), ...all].join())],
    says: "0 stories under way now, 0.5 on average. With 3 accepted in that time, a story takes 4 days on average." });
});

await journey("throughput", async () => {
  holds((await report("throughput", "?weeks=4"))[0], { head: "Day,Accepted", lines: weekly([0, 0, 1, 2]),
    says: "3 stories in 4 weeks. Half of the whole weeks had at most 0; seven of ten lay between 0 and 1." });
});

await journey("cycle time and lead time", async () => {
  // Begun on day 1, 2 and 8, written on day 0, 0 and 4, accepted on day 4, 7 and 8, both days counted.
  const took = (days) => [HOLD, RETURN, LOCK].map((number, n) => [named(number), day([4, 7, 8][n]), days[n]].join());
  holds((await report("cycle-time", "?weeks=4"))[0], { head: ",Accepted,Days", lines: took([4, 6, 1]), says: "Each dot is one of 3 stories. Half took at most 4 days, 85 % at most 6 days." });
  holds((await report("lead-time", "?weeks=4"))[0], { head: ",Accepted,Days", lines: took([5, 8, 5]), says: "Each dot is one of 3 stories. Half took at most 5 days, 85 % at most 8 days." });
});

await journey("ageing work: nothing is under way once the sprint is closed", async () => {
  await owner.goto(at("reports/ageing"));
  await owner.getByText("Nothing is under way.").waitFor();
});

await journey("blocked time", async () => {
  // From Wednesday morning to Thursday morning.
  const [weeks, stories] = await report("blocked", "?weeks=4");
  holds(weeks, { head: "Day,Days blocked", lines: weekly([0, 0, 1, 0]), says: "1 story stood blocked for 1 day; 0 are now." });
  holds(stories, { head: ",Blocked last,Days blocked", lines: [[named(RETURN), day(2), 1].join()], says: "Each dot is a story, at the day on which it was blocked last." });
});

await journey("acceptance, and how long verdicts were waited for", async () => {
  const [verdicts, wait] = await report("acceptance", "?weeks=4");
  holds(verdicts, { head: "Day,Accepted at the first verdict,Accepted after a rejection,Rejected", lines: weekly([0, 0, 0, 2], [0, 0, 1, 0], [0, 0, 1, 0]),
    says: "2 of 3 accepted stories (67 %) were accepted at the first verdict; 1 rejection was given." });
  // Handed over on day 2 and again on 3, on 4 over the weekend, and on 8 a moment before.
  holds(wait, { head: ",Verdict,Days waited", lines: [[HOLD, 3, 1], [HOLD, 4, 1], [RETURN, 7, 3], [LOCK, 8, 0]].map(([number, on, days]) => [named(number), day(on), days].join()),
    says: "Each dot is a verdict. Half were given within 1 day, 85 % within 3 days." });
});

await done();
