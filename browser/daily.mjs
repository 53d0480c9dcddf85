// The other half of the commonest acts, each by mouse and by keyboard, with what it takes counted (counting.mjs): of the Owner
// and developers, and of the Manager.
import { comeIn, done, expect, journey, person, says, start } from "./house.mjs";
import { asWritten, counted } from "./counting.mjs";

const base = await start("demo");
async function as(who, path) {
  const page = await person({ viewport: { width: 1440, height: 900 } });
  await comeIn(page, base, who);
  await page.goto(base + "/ORB/" + path);
  return page;
}
const stand = async (page, item) => { await page.waitForFunction(() => document.readyState === "complete"); await item.locator("a.title").first().focus(); };
/** The numbers of the first things that a list shows. */
const numbers = (items, many) => items.evaluateAll((all, many) => all.slice(0, many).map((one) => one.dataset.id), many);

await journey("write a story", async () => {
  const page = await as("tomas", "backlog");
  await counted("write a story", "mouse", 2, page, async (hand) => {
    await hand.click(page.locator("[data-create]"));
    await hand.write("Written with a mouse");
    await hand.click(page.locator("form.quick button[type=submit]"));
    await page.locator(".row-item", { hasText: "Written with a mouse" }).waitFor();
  });
  await page.goto(base + "/ORB/backlog");
  await counted("write a story", "keyboard", 2, page, async (hand) => {
    await hand.key("c");
    await hand.write("Written by keys");
    await hand.key("Enter");
    await page.locator(".row-item", { hasText: "Written by keys" }).waitFor();
  });
});

await journey("mark ready", async () => {
  const page = await as("tomas", "backlog");
  const [one, two] = await numbers(page.locator(".row-item:has(.readiness)"), 2);
  const ready = (number) => page.locator(`#s-${number} .pill.good`, { hasText: /^ready$/ }).waitFor();
  await counted("mark ready", "mouse", 2, page, async (hand) => {
    await hand.click(page.locator(`#s-${one} [data-mover]`));
    await hand.click(page.locator("#mover").getByRole("button", { name: "Mark ready" }));
    await ready(one);
  });
  await stand(page, page.locator(`#s-${two}`));
  await counted("mark ready", "keyboard", 1, page, async (hand) => {
    await hand.key("r");
    await ready(two);
  });
});

await journey("start work", async () => {
  const page = await as("ines", "sprint?flow=yes");
  const [one, two] = await numbers(page.locator(".lane[data-stage=open] .card"), 2);
  const doing = page.locator(".lane[data-stage=doing]");
  await counted("start work", "mouse", 1, page, async (hand) => {
    await hand.drag(page.locator(`#s-${one}`), doing.first().locator(".card").first());
    await doing.locator(`#s-${one}`).waitFor();
  });
  await stand(page, page.locator(`#s-${two}`));
  await counted("start work", "keyboard", 1, page, async (hand) => {
    await hand.key("s");
    await doing.locator(`#s-${two}`).waitFor();
  });
});

await journey("mark as blocked", async () => {
  const page = await as("ines", "sprint?flow=yes");
  const free = page.locator(".lane[data-stage=doing] .card:not([data-state~=blocked])");
  const [one, two] = await numbers(free, 2);
  const blocked = (number) => page.locator(`.lane[data-stage=doing] #s-${number}[data-state~=blocked]`).waitFor();
  await counted("mark as blocked", "mouse", 3, page, async (hand) => {
    await hand.click(page.locator(`#s-${one} [data-mover]`));
    await hand.click(page.locator("#mover").getByRole("button", { name: "Blocked?" }));
    await page.locator("aside #block [name=reason]:focus").waitFor();
    await hand.write("No key to the workshop");
    await hand.click(page.locator("aside #block").getByRole("button", { name: "Mark as blocked" }));
    await blocked(one);
  });
  await page.goto(base + "/ORB/sprint?flow=yes");
  await stand(page, page.locator(`#s-${two}`));
  await counted("mark as blocked", "keyboard", 2, page, async (hand) => {
    await hand.key("b");
    await page.locator("aside #block [name=reason]:focus").waitFor();
    await hand.write("No bike to try it on");
    await hand.key("Control+Enter");
    await blocked(two);
  });
});

await journey("say yours at the stand-up", async () => {
  const page = await as("jonas", "sprint"), other = await as("ines", "sprint");
  const today = (page, name) => page.locator(".said-today", { hasText: name }).waitFor();
  await counted("say yours at the stand-up", "mouse", 2, page, async (hand) => {
    await hand.click(page.locator("a[data-go=j]").filter({ visible: true }).first());
    await hand.click(page.locator(".standup-own").getByRole("button", { name: "Say it", exact: true }));
    await today(page, "Jonas Weber");
  });
  await counted("say yours at the stand-up", "keyboard", 3, other, async (hand) => {
    await hand.key("g");
    await hand.key("j");
    await other.waitForURL("**/ORB/standup");
    await other.locator(".standup-own").waitFor();
    await hand.key("y");
    await today(other, "Ines Duarte");
  });
});

await journey("write down evidence", async () => {
  const page = await as("mara", "customers");
  await counted("write down evidence", "mouse", 2, page, async (hand) => {
    await hand.click(page.locator("#record > summary"));
    await page.locator("#record textarea:focus").waitFor();
    await hand.write("The lock froze twice last week.");
    await hand.click(page.locator("#record form").getByRole("button", { name: "Record", exact: true }));
    await page.locator(".evidence", { hasText: "The lock froze twice last week." }).first().waitFor();
  });
  await page.goto(base + "/ORB/customers");
  await counted("write down evidence", "keyboard", 2, page, async (hand) => {
    await hand.key("c");
    await page.locator("#record textarea:focus").waitFor();
    await hand.write("Nobody found the bell.");
    await hand.key("Control+Enter");
    await page.locator(".evidence", { hasText: "Nobody found the bell." }).first().waitFor();
  });
});

await journey("move a bet", async () => {
  const page = await as("mara", "roadmap");
  const later = page.locator("[data-horizon=later]"), next = page.locator("[data-horizon=next]");
  const [one, two] = await numbers(later.locator(".bet"), 2);
  await counted("move a bet", "mouse", 1, page, async (hand) => {
    await hand.drag(later.locator(`[data-id="${one}"]`), next.locator(".bet").first());
    await next.locator(`[data-id="${one}"]`).waitFor();
  });
  await page.goto(base + "/ORB/roadmap");
  await stand(page, later.locator(`[data-id="${two}"]`));
  await counted("move a bet", "keyboard", 2, page, async (hand) => {
    await hand.key("m");
    await page.waitForFunction(() => document.activeElement.matches(".menu button"));
    await hand.key("Enter");
    await page.locator("#toasts .toast").first().waitFor();
  });
});

await journey("sign and decline", async () => {
  const manager = await as("mara", "backlog");
  for (let n = 1; n <= 4; n++) {
    await manager.locator("[data-create]").fill(`Asked for ${n}`);
    await manager.keyboard.press("Enter");
    await manager.locator("#toasts .toast", { hasText: `Asked for ${n}` }).waitFor();
  }
  const page = await as("tomas", "decisions");
  const proposal = (n) => page.locator("article.proposal", { has: page.locator("h3", { hasText: `Asked for ${n}` }) });
  await counted("sign", "mouse", 1, page, async (hand) => {
    await hand.click(proposal(1).getByRole("button", { name: /^Sign as Owner/ }));
    await proposal(1).waitFor({ state: "detached" });
  });
  await counted("decline", "mouse", 2, page, async (hand) => {
    await hand.click(proposal(2).locator("summary", { hasText: "Decline" }));
    await proposal(2).locator("textarea[name=note]:focus").waitFor();
    await hand.write("Not this year");
    await hand.click(proposal(2).getByRole("button", { name: "Decline with this reason" }));
    await proposal(2).waitFor({ state: "detached" });
  });
  await page.goto(base + "/ORB/decisions");
  await proposal(3).focus();
  await counted("sign", "keyboard", 1, page, async (hand) => {
    await hand.key("y");
    await proposal(3).waitFor({ state: "detached" });
  });
  await page.goto(base + "/ORB/decisions");
  await proposal(4).focus();
  await counted("decline", "keyboard", 2, page, async (hand) => {
    await hand.key("n");
    await proposal(4).locator("textarea[name=note]:focus").waitFor();
    await hand.write("Not this year either");
    await hand.key("Control+Enter");
    await proposal(4).waitFor({ state: "detached" });
  });
});

await journey("take back", async () => {
  const page = await as("tomas", "backlog");
  const first = (number) => page.waitForFunction((number) => document.querySelector(".row-item").dataset.id === number, number);
  const [one, two] = await numbers(page.locator(".row-item"), 2);
  const swap = async () => {
    await page.goto(base + "/ORB/backlog");
    await stand(page, page.locator(`#s-${two}`));
    await page.keyboard.press("[");
    await first(two);
  };
  await swap();
  await counted("take back", "mouse", 1, page, async (hand) => {
    await hand.click(page.locator("#toasts button", { hasText: "Undo" }).first());
    await first(one);
  });
  await swap();
  await counted("take back", "keyboard", 1, page, async (hand) => {
    await hand.key("Control+z");
    await first(one);
  });
  await says(page, "Took back");
  expect((await numbers(page.locator(".row-item"), 2)).join() === [one, two].join(), "both are where they were");
});

await asWritten("daily");
await done();
