// Invitations as people meet them: agreed once, a link that works once, for a new person and for a member of the house.
import { AxeBuilder } from "@axe-core/playwright";
import { comeIn, done, expect, journey, openForm, person, says, start } from "./house.mjs";

const base = await start("demo");
const shown = (page) => page.locator("dialog input").inputValue();
const mara = await person(), tomas = await person();
await comeIn(mara, base, "mara");
await comeIn(tomas, base, "tomas");
const nina = await person();

// Mara proposes, Tomas signs and has the link.
async function invited(email) {
  await mara.goto(base + "/ORB/settings");
  const form = await openForm(mara, "invite");
  await form.locator("[name=email]").fill(email);
  await form.locator("button[type=submit]").click();
  await says(mara, "Proposed");
  await tomas.goto(base + "/ORB/decisions");
  await tomas.locator("[id^=p-]", { hasText: email }).getByRole("button", { name: /^Sign/ }).click();
  return shown(tomas);
}
async function renewed(page, email) {
  await page.goto(base + "/ORB/settings");
  await page.locator("li", { hasText: email }).getByRole("button", { name: "New link" }).click();
  return shown(page);
}
async function fillIn(page, name) {
  await page.fill("[name=name]", name);
  await page.fill("[name=password]", "a very long password");
}
const looksRight = async (page) => {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.length === 0, violations.map((v) => `${v.id} ${v.nodes[0].target}`).join("\n"));
};

await journey("whoever has an account joins as themselves, though another address was invited", async () => {
  await mara.goto(base + "/members");
  const invite = mara.locator("form[action='/do/account.invite']");
  await invite.locator("[name=email]").fill("nina@example.org");
  await invite.locator("button").click();
  await nina.goto(await shown(mara));
  await fillIn(nina, "Nina Roth");
  await nina.click("button.primary");
  await nina.waitForURL("**/account");
  const link = await invited("n.roth@example.org");
  await nina.goto(link);
  await nina.getByText("This invitation went to").waitFor();
  await looksRight(nina);
  await nina.getByRole("button", { name: "Join as Nina Roth" }).click();
  await nina.waitForURL("**/ORB/");
  // Her own link leads her in again; to others it is nothing.
  await nina.goto(link);
  await nina.waitForURL("**/ORB/");
  const stranger = await person();
  await stranger.goto(link);
  await stranger.getByRole("heading", { name: "This link does not work" }).waitFor();
  await looksRight(stranger);
  await tomas.goto(base + "/ORB/settings");
  expect(!(await tomas.getByText("n.roth@example.org").isVisible()), "nobody waits for her any more");
});

await journey("a new link asks for no signature and ends the one before; without script it works too", async () => {
  const old = await invited("pia@example.org");
  const link = await renewed(mara, "pia@example.org");
  const plain = await person({ javaScriptEnabled: false });
  await plain.goto(old);
  await plain.getByText("a newer one takes its place").waitFor();
  await plain.goto(link);
  await fillIn(plain, "Pia");
  await plain.getByRole("button", { name: "Join" }).click();
  await plain.waitForURL("**/ORB/");
});

await journey("of two people who opened the same link one comes in, and the other is told", async () => {
  const link = await invited("kai@example.org");
  const [one, two] = [await person(), await person({ javaScriptEnabled: false })];
  for (const page of [one, two]) { await page.goto(link); await fillIn(page, "Kai"); }
  // Each comes in or is told, in their own time.
  const came = (page) => Promise.race([page.waitForURL("**/ORB/").then(() => "in"), page.getByText("This link does not work").first().waitFor().then(() => "told")]);
  const both = await Promise.all([one, two].map(async (page) => { await page.getByRole("button", { name: "Join" }).click(); return came(page); }));
  expect(both.sort().join() === "in,told", "one is in, the other is told: " + both);
});

await journey("whoever has an account and is not signed in signs in and joins", async () => {
  const link = await invited("other@example.org");
  const again = await person();
  await again.goto(link);
  await again.getByRole("link", { name: "Sign in and join with it" }).click();
  await again.fill("[name=email]", "nina@example.org");
  await again.fill("[name=password]", "a very long password");
  await again.click("button.primary");
  await again.getByText("You belong to").waitFor();
});

await done();
