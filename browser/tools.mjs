// The tools at work: an estimate that is worked out while it is written, with a fact inserted; and a figure that fell, from a
// file down to a story in the backlog.
import { comeIn, done, expect, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const panel = owner.locator("#panel");

await journey("an estimate is worked out while it is written", async () => {
  await manager.goto(base + "/ORB/models");
  await manager.getByRole("link", { name: "What would a winter pass bring in?" }).click();
  const text = manager.locator("#writing textarea[name=body]"), came = manager.locator("[data-works-here]");
  await came.getByText("What decides most is").waitFor();
  await text.fill("shops = 300 to 500 shops\npays = 40 to 80 EUR/shop/month\nincome = shops * pays in EUR/year");
  await came.getByText("What decides most is pays").waitFor();
  await text.fill("shops = 300 to 500 shops\nincome = shops * prise");
  await came.locator(".odd-line mark", { hasText: "prise" }).waitFor();
  await text.fill("shops = 300 to 500 shops\nincome = shops * 3 EUR/shop");
  await manager.getByRole("button", { name: "Insert stations" }).click();
  await came.getByText("Every line").waitFor();
  const lines = (await text.inputValue()).trim().split("\n");
  expect(lines.at(-2).startsWith("stations = 212 stations -- "), "the fact comes with its source, above the answer");
  await came.locator(".came-name", { hasText: /^income$/ }).waitFor();
  await manager.getByRole("button", { name: "Insert stations" }).click();
  expect((await text.inputValue()).trim().split("\n").length === lines.length, "a fact that is there is not put in twice");
  await text.fill((await text.inputValue()) + "\nper_station = income / stations");
  await came.locator(".came-name", { hasText: "per station" }).waitFor();
  await manager.locator("#writing").getByRole("button", { name: "Save", exact: true }).click();
  await manager.getByRole("heading", { name: /Versions/ }).waitFor();
  await manager.getByRole("link", { name: /^As of/ }).first().click();
  await manager.getByText("Then it came to").waitFor();
  await manager.getByRole("button", { name: "Bring this version back" }).click();
  await manager.locator("#toasts .toast").first().waitFor();
});

await journey("a figure that fell is taken apart, from a file down to a story", async () => {
  await owner.goto(base + "/ORB/causes");
  const form = await openForm(owner, "bring-table");
  await form.locator("[name=title]").fill("Why fewer orders?");
  const csv = "week,country,device,orders\n1,FR,phone,1000\n1,FR,desktop,900\n1,DE,phone,1200\n1,DE,desktop,1100\n2,FR,phone,400\n2,FR,desktop,905\n2,DE,phone,1195\n2,DE,desktop,1104\n";
  await form.locator("[name=file]").setInputFiles({ name: "orders.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await form.getByRole("button", { name: "Look for the cause" }).click();
  await owner.getByRole("heading", { name: /orders fell/ }).waitFor();
  const address = owner.url();
  await owner.goto(base + "/ORB/causes");
  await owner.getByRole("link", { name: "Why fewer orders?" }).waitFor();
  expect((await owner.locator("#bring-table").getAttribute("open")) === null, "a form that was sent does not open by itself");
  await owner.goto(address);
  const row = owner.locator(".ranked tbody tr").first();
  await row.getByRole("link", { name: "country = FR and device = phone" }).waitFor();
  await row.locator("summary", { hasText: "Note it" }).click();
  await row.locator("[name=body]").fill("Paying by phone fails in France");
  await row.getByRole("button", { name: "Write it down" }).click();
  await owner.locator(".fishbone a", { hasText: "Paying by phone fails in France" }).click();
  await panel.getByRole("heading", { name: "Paying by phone fails in France" }).waitFor();
  await panel.locator("summary", { hasText: "Why is that?" }).click();
  await panel.locator("#why-cause [name=body]").fill("The code of the bank never comes");
  await panel.locator("#why-cause").getByRole("button", { name: "Write it down" }).click();
  await owner.locator(".whys .whys a", { hasText: "The code of the bank never comes" }).click();
  await panel.getByRole("heading", { name: "The code of the bank never comes" }).waitFor();
  await panel.locator("summary", { hasText: "Judge it" }).click();
  await panel.locator("#judge-cause [name=held]").selectOption("confirmed");
  await panel.locator("#judge-cause [name=why]").fill("Logs of 12 May");
  await panel.locator("#judge-cause").getByRole("button", { name: "Say so" }).click();
  await panel.getByText("confirmed").first().waitFor();
  await panel.locator("summary", { hasText: "Make a story of it" }).click();
  await panel.locator("#cause-story [name=title]").fill("Ask for the code again");
  await panel.locator("#cause-story").getByRole("button", { name: "Make story" }).click();
  await panel.getByRole("link", { name: /Ask for the code again/ }).waitFor();
  await owner.goto(base + "/ORB/backlog?q=code+again");
  await owner.getByText("Ask for the code again").first().waitFor();
});

await journey("an estimate that is begun is gone on with", async () => {
  await manager.goto(base + "/ORB/models");
  const form = await openForm(manager, "new-model");
  await form.locator("[name=title]").fill("Trailers at the lake");
  await form.getByRole("button", { name: "Begin", exact: true }).click();
  await manager.waitForURL(/models\?show=/);
  await manager.getByRole("heading", { name: "Trailers at the lake" }).waitFor();
});

await journey("a table that says nothing is refused in a sentence, and one works without script", async () => {
  await owner.goto(base + "/ORB/causes");
  const bring = await openForm(owner, "bring-table");
  await bring.locator("[name=title]").fill("Why so few?");
  await bring.locator("[name=file]").setInputFiles({ name: "nothing.csv", mimeType: "text/csv", buffer: Buffer.from("country,before,after\nFR,0,0") });
  await bring.getByRole("button", { name: "Look for the cause" }).click();
  await owner.getByText("Nothing was kept").waitFor();
  await owner.getByRole("link", { name: "Try another table" }).click();
  await owner.locator("#bring-table[open]").waitFor();
  expect((await bring.locator("[name=title]").inputValue()) === "Why so few?", "of a file that was refused the words are still there");
  await bring.locator("[name=title]").fill("");
  await owner.keyboard.press("Escape");
  const form = await openForm(owner, "paste-table");
  await form.locator("[name=title]").fill("Why?");
  await form.locator("[name=table]").fill("country,before,after\nFR,0,0");
  await form.getByRole("button", { name: "Look for the cause" }).click();
  await form.getByText("Everything is zero").waitFor();
  const plain = await person({ javaScriptEnabled: false });
  await comeIn(plain, base, "mara");
  await plain.goto(base + "/ORB/models");
  await plain.getByRole("link", { name: /How long until holds work/ }).click();
  await plain.locator("#writing textarea[name=body]").fill("weeks = 3 to 5 week");
  await plain.getByRole("button", { name: "Work it out" }).click();
  await plain.getByText("Nothing of this is saved yet").waitFor();
  await plain.getByRole("heading", { name: "How likely which weeks" }).waitFor();
});

await journey("a market size from three facts, and an estimate beside a key result, stand on the strategy page", async () => {
  await manager.goto(base + "/ORB/market-size");
  const form = await openForm(manager, "new-market-size");
  await form.locator("[name=title]").fill("Trailers in three cities");
  await form.locator("[name=bottom_up]").fill("riders = 41k to 52k people -- weekly report\nrents = 3 to 5 rents/person/year -- trial in March\nprice = 4 EUR/rent -- price list\nTAM = riders * rents * price in EUR/year");
  await form.getByRole("button", { name: "Estimate", exact: true }).click();
  await manager.getByText("Trailers in three cities").first().waitFor();
  await manager.goto(base + "/ORB/strategy");
  const market = manager.locator("#market");
  await market.getByRole("link", { name: "Trailers in three cities" }).waitFor();
  await market.getByText("from 3 facts").waitFor();
  const result = manager.locator(".key-results > li", { hasText: "Rides per bike and winter week" });
  await result.getByText("Estimate of its target").waitFor();
  await result.locator(".kr-estimate summary").click();
  await result.locator("[name=of]").selectOption("value");
  await result.getByRole("button", { name: "Put it beside" }).click();
  await result.getByText("Estimate of where it will stand").waitFor();
});

await done();
