// A challenge from a template to the library: what the linter finds while one types, a preview, publishing, another's answer,
// taking it out; and the same without script.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { comeIn, done, expect, folder, journey, openForm, person, start } from "./house.mjs";

const base = await start("demo");
const author = await person();
await comeIn(author, base, "tomas");
const from = (file) => readFileSync(new URL(`../challenges/drill/alarm-base-rate/${file}`, import.meta.url), "utf8");
const file = (page, name) => page.getByRole("navigation", { name: "Files of the challenge" }).getByRole("link", { name: new RegExp(`^${name}`) }).click();

await journey("a drill is written from its template, with what the linter finds at each field", async () => {
  await author.goto(base + "/practice");
  await author.getByRole("link", { name: "Write a challenge" }).click();
  const form = await openForm(author, "begin-challenge");
  await form.locator("[name=kind]").selectOption("drill");
  await form.locator("[name=title]").fill("Alarms at night");
  await form.getByRole("button", { name: "Begin it" }).click();
  await author.waitForURL(/writing\/[0-9a-f]{8}/);
  await author.getByText("Something is unfinished here.").first().waitFor();
  const writing = author.locator("#writing");
  await writing.locator("[name='head.level']").fill("9");
  await author.locator("[data-found='head.level']", { hasText: "The level is 9" }).waitFor();
  await writing.locator("[name='head.level']").fill("3");
  await author.locator("[data-found='head.level']:empty").waitFor({ state: "attached" });
  await writing.locator("[name='head.summary']").fill("A good sensor and a rare fault.");
  await writing.locator("[name=rest]").fill(from("challenge.toml").slice(from("challenge.toml").indexOf("[question]")));
  await author.getByText("Nothing in this file.").waitFor();
  await writing.getByRole("button", { name: "Save" }).click();
  for (const [name, path] of [["Brief", "brief.md"], ["Debrief", "debrief.md"]]) {
    await file(author, name);
    await author.waitForURL(new RegExp(path.replace(".", "\\.")));
    await writing.locator("[name=text]").fill(from(path));
    await author.getByText("Nothing in this file.").waitFor();
    await writing.getByRole("button", { name: "Save" }).click();
  }
  await author.getByText("Nothing is wrong with it; it can be published.").waitFor();
});

await journey("it is looked at as others will see it, and published", async () => {
  await author.getByRole("link", { name: "Preview", exact: true }).click();
  await author.getByText("A preview. Only you see it").waitFor();
  await author.getByRole("heading", { name: "Afterwards" }).waitFor();
  await author.getByRole("link", { name: "Back to writing" }).click();
  await author.getByRole("button", { name: "Publish to the workspace" }).click();
  await author.getByText("edition 1", { exact: true }).waitFor();
  const other = await person();
  await comeIn(other, base, "mara");
  await other.goto(base + "/practice");
  await other.getByRole("link", { name: "Alarms at night" }).first().click();
  await other.locator("[name='parts.answer']").fill("18.7");
  await other.getByRole("button", { name: "Answer" }).click();
  await other.getByRole("heading", { name: "Right" }).waitFor();
});

await journey("facts are rows of fields, and a folder is taken along and brought in", async () => {
  await author.goto(base + "/practice/writing");
  const form = await openForm(author, "begin-challenge");
  await form.locator("[name=kind]").selectOption("strategy");
  await form.locator("[name=title]").fill("A case of ours");
  await form.getByRole("button", { name: "Begin it" }).click();
  await author.waitForURL(/writing\/[0-9a-f]{8}/);
  await file(author, "Facts");
  const writing = author.locator("#writing");
  await writing.locator("[name='rows.4.id']").fill("fifth");
  await writing.locator("[name='rows.4.source']").fill("A paper");
  await writing.locator("[name='rows.4.licence']").selectOption("invented");
  await author.locator("[data-found='rows.4']", { hasText: "both “invented”, or neither is" }).waitFor();
  await writing.getByRole("button", { name: "Save" }).click();
  await author.locator("#row-4 legend", { hasText: "5. fifth" }).waitFor();
  const [download] = await Promise.all([author.waitForEvent("download"), author.getByRole("link", { name: "Take it along as a zip file" }).click()]);
  const zip = join(folder, "case.zip");
  await download.saveAs(zip);
  await author.getByRole("button", { name: "Throw it away" }).click();
  await author.waitForURL(/practice\/writing$/);
  const bring = await openForm(author, "bring-challenge");
  await bring.locator("[type=file]").setInputFiles(zip);
  await bring.getByRole("button", { name: "Bring it in" }).click();
  await author.getByRole("navigation", { name: "Files of the challenge" }).waitFor();
  const odd = join(folder, "odd.zip");
  writeFileSync(odd, "no zip");
  await author.goto(base + "/practice/writing");
  const again = await openForm(author, "bring-challenge");
  await again.locator("[type=file]").setInputFiles(odd);
  await again.getByRole("button", { name: "Bring it in" }).click();
  await author.getByText("This is no zip file that can be read").waitFor();
});

await journey("it is taken out of the library and put back", async () => {
  await author.goto(base + "/practice/writing");
  await author.getByRole("link", { name: "Alarms at night" }).click();
  await author.getByRole("button", { name: "Take it out of the library" }).click();
  await author.getByText("out of the library", { exact: true }).waitFor();
  await author.getByRole("button", { name: "Put it back" }).click();
  await author.getByText("edition 1", { exact: true }).waitFor();
});

await journey("without script what is saved is looked at", async () => {
  const plain = await person({ javaScriptEnabled: false });
  await comeIn(plain, base, "tomas");
  await plain.goto(base + "/practice/writing");
  await plain.getByRole("link", { name: "A case of ours" }).click();
  await file(plain, "Brief");
  await plain.locator("#writing [name=text]").fill("You run a choir.\nTODO: the rest.");
  await plain.locator("#writing").getByRole("button", { name: "Save" }).click();
  await plain.getByText("Line 2:").waitFor();
  expect((await plain.locator("#writing [name=text]").inputValue()).startsWith("You run a choir."), "it was kept");
});

await done();
