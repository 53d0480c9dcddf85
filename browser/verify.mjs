// A pipeline posts what its tests said, the Owner sees it stand beside the verdict at once; a test is bound by hand, and the
// story with a criterion that fails is accepted with a reason.
import { comeIn, done, expect, journey, openForm, person, sent, start } from "./house.mjs";

const base = await start("demo");
const owner = await person(), developer = await person();
await comeIn(owner, base, "tomas");
await comeIn(developer, base, "ines");

const report = (cases) => `<testsuite>${cases.map(([name, came]) => `<testcase classname="hold" name="${name}">${came ?? ""}</testcase>`).join("")}</testsuite>`;
const post = (cases, about) =>
  developer.evaluate(async ([body, about]) => {
    const answer = await fetch(`/api/v1/products/ORB/runs?${new URLSearchParams(about)}`, { method: "POST", body, headers: { "content-type": "application/xml" } });
    return { status: answer.status, told: await answer.json() };
  }, [report(cases), about]);

await owner.goto(base + "/ORB/acceptance");
await developer.goto(base + "/ORB/runs");
const card = owner.locator("article.verdict-card").first();
const key = (await card.locator("header .key").innerText()).trim();
const criteria = await card.locator("li.criterion").count();
expect(criteria > 0, "a story with criteria waits");

await journey("what a pipeline posts stands in the queue at once", async () => {
  const sent = await post([[`ends in time (@${key}.1)`, '<failure message="it went on for a minute"/>'], ["counts down"]], { commit: "c0ffee11", branch: "main", suite: "nightly", link: "https://ci.example/1" });
  expect(sent.status === 201 && sent.told.criteria[0].state === "failing", `it is taken: ${JSON.stringify(sent)}`);
  await card.getByText("it went on for a minute").waitFor();
  await card.getByText("nightly").first().waitFor();
  await developer.locator("table.runs tr", { hasText: "c0ffee11" }).waitFor();
  const again = await post([[`ends in time (@${key}.1)`, '<failure message="it went on for a minute"/>'], ["counts down"]], { commit: "c0ffee11", branch: "main", suite: "nightly", link: "https://ci.example/1" });
  expect(again.status === 200 && again.told.already, "the same once more is the same run");
});

await journey("a test is bound by hand, and its criterion keeps its history", async () => {
  await developer.locator("table.runs a", { hasText: "c0ffee11" }).click();
  const panel = developer.locator("#panel");
  await panel.getByText("1 test without a criterion").waitFor();
  const form = await openForm(developer, "bind-0");
  await form.locator("[name=criterion]").fill(`${key}.99`);
  await form.getByRole("button", { name: "Bind test" }).click();
  await form.getByText("has no such criterion").waitFor();
  await form.locator("[name=criterion]").fill(`${key}.1`);
  await sent(developer, () => form.getByRole("button", { name: "Bind test" }).click());
  await developer.goto(base + "/ORB/coverage");
  await developer.locator("table.coverage tbody", { hasText: key }).locator("th[scope=row] a").first().click();
  await panel.getByText("hold › counts down").first().waitFor();
  await panel.getByText("it went on for a minute").first().waitFor();
});

await journey("on a phone the matrix and a criterion can be read", async () => {
  const phone = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await comeIn(phone, base, "tomas");
  for (const page of ["coverage", "runs", "acceptance"]) {
    await phone.goto(`${base}/ORB/${page}`);
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide <= 0, `nothing is wider than the phone: ${page} by ${wide}`);
  }
  await phone.context().close();
});

await journey("a story with a criterion that fails is accepted with a reason", async () => {
  await card.getByRole("button", { name: "Accept story" }).click();
  await card.getByText("Not every criterion is known to pass").waitFor();
  await card.locator("[name=reason]").first().fill("The minute is mended with the next release.");
  await card.getByRole("button", { name: "Accept story" }).click();
  const given = owner.locator("ul.verdicts li", { hasText: key }).first();
  await given.getByText("not all verified").waitFor();
});

await done();
