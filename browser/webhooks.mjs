// A webhook from its proposal to its first message, which leads into the house's own network and is refused.
import { axe, comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
// Another may have been told of it, so its name is looked for in heads alone.
const hook = (page) => page.locator("section.webhook", { has: page.getByRole("heading", { name: "Build server" }) });

await journey("a webhook is put forward by one and signed by the other", async () => {
  await owner.goto(base + "/ORB/settings");
  await owner.getByRole("link", { name: "webhooks" }).click();
  const form = await openForm(owner, "make-webhook");
  await form.locator("[name=name]").fill("Build server");
  await form.locator("[name=address]").fill("https://127.0.0.1:9/orbit");
  await form.getByLabel("Stories", { exact: true }).check();
  await form.locator("button.primary").click();
  await manager.goto(base + "/ORB/decisions");
  const asked = manager.locator("article.proposal", { hasText: "Build server" });
  await asked.getByText("https://127.0.0.1:9/orbit").first().waitFor();
  await asked.getByRole("button", { name: "Sign as Manager" }).click();
  await hook(owner).getByText("is told of stories").waitFor();
});

await journey("its secret is shown once, and to whoever made it alone", async () => {
  await hook(owner).getByRole("button", { name: "Make its secret" }).click();
  const word = await owner.locator("dialog[open] input").inputValue();
  expect(/^whsec_[0-9a-f]{64}$/.test(word), "a secret as Standard Webhooks has it: " + word);
  await owner.locator("dialog[open]").getByRole("button", { name: "Close" }).click();
  await owner.reload();
  expect(!(await owner.content()).includes(word), "it is shown once");
  await manager.goto(base + "/ORB/webhooks");
  await hook(manager).waitFor();
  expect(!(await hook(manager).getByRole("button", { name: /secret|test/i }).count()), "others do not look after it");
});

await journey("a message that leads inside is refused, and the page says so as it happens", async () => {
  await hook(owner).getByRole("button", { name: "Send a test" }).click();
  await hook(owner).getByText("does not arrive").waitFor();
  await hook(owner).locator("summary", { hasText: "Last messages" }).click();
  await hook(owner).getByText("an address of a private network").waitFor();
  await hook(owner).locator("summary", { hasText: "Look at it" }).click();
  await hook(owner).locator("pre", { hasText: "webhook.test" }).waitFor();
  for (const page of [owner, manager]) {
    for (const [width, height] of [[1440, 900], [390, 844]]) {
      await page.setViewportSize({ width, height });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide <= 0, `nothing runs out of the page at ${width}, ${wide} px do`);
      const wrong = await axe(page);
      expect(wrong.length === 0, wrong.join("\n"));
    }
  }
});

await done();
