// Each kind of practice from its brief to its debrief: in learning mode and in exam mode, without a model and with one.
import { comeIn, done, expect, journey, person, start } from "./house.mjs";
import { createServer } from "node:http";

/** What everybody writes, with words that the model quotes. */
const WORDS = "Of 400 people 120 wait because nobody tells them when; by March 2027 it should be 40, without more calls.";
const QUOTE = "nobody tells them when";
const KINDS = [
  ["mara", "guesstimate", "ambulances-amman"],
  ["tomas", "strategy", "choir-practice-invoice"],
  ["ines", "design", "allotment-list"],
  ["jonas", "rootcause", "a-grant-without-a-payslip"],
];

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (piece) => (body += piece));
  request.on("end", () => {
    const form = JSON.parse(body).response_format.json_schema;
    const shown = { verdict: "met", quotes: [QUOTE] };
    const says = form.name === "fact" ? { fact: form.schema.properties.fact.enum[0] } : { middling: shown, strong: { ...shown, verdict: "partly" }, keep: "The figures.", stop: "", start: "Say for whom." };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ choices: [{ message: { content: JSON.stringify(says) }, finish_reason: "stop" }] }));
  });
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const url = `http://127.0.0.1:${server.address().port}/v1`;
const houses = [
  ["without a model", await start("demo")],
  ["with a model", await start("demo", "--model-url", url, "--model", "scripted-7b", "--allow-hosts", "127.0.0.1")],
];

async function handIn(page, kind) {
  const form = page.locator("#answering");
  await form.waitFor();
  expect(await page.getByRole("heading", { name: "Debrief" }).count() === 0, "nothing of the debrief is there");
  if (kind === "rootcause") {
    const cut = page.locator("form", { has: page.getByRole("button", { name: "Cut", exact: true }) });
    await cut.locator("[name=step]").selectOption({ index: 1 });
    await cut.getByRole("button", { name: "Cut", exact: true }).click();
    await page.getByRole("heading", { name: /^1\. / }).waitFor();
    await form.locator("[name='parts.nature']").selectOption("loss");
    await form.locator("[name='parts.step']").selectOption({ index: 1 });
    await form.locator("[name='parts.confidence']").fill("60");
  } else {
    await page.getByLabel("What do you want to know?").fill("How many people are there?");
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await page.locator("dl.told-so-far dt", { hasText: "How many people are there?" }).waitFor();
  }
  for (const one of await form.locator("textarea").all()) await one.fill(WORDS);
  if (kind === "guesstimate") {
    await form.locator("[name='parts.model']").fill("answer = 3k to 9k");
    await form.locator("[name='parts.low']").fill("1k");
    await form.locator("[name='parts.high']").fill("9M");
  }
  await form.getByRole("button", { name: "Hand in" }).click();
  await page.getByRole("heading", { name: /^What was found/ }).waitFor();
  await page.getByRole("heading", { name: "Debrief" }).waitFor();
}

for (const [told, base] of houses) {
  for (const [who, kind, challenge] of KINDS) {
    const page = await person();
    await comeIn(page, base, who);
    for (const mode of ["learning", "exam"]) {
      await journey(`${kind} in ${mode} mode, ${told}`, async () => {
        await page.goto(`${base}/practice/${challenge}`);
        await page.getByRole("button", { name: `Begin in ${mode} mode` }).click();
        await page.locator("#answering").waitFor();
        expect((await page.getByRole("button", { name: /^A hint for/ }).count() > 0) === (mode === "learning"), "hints are for learning");
        await handIn(page, kind);
        if (mode === "learning") await page.getByText("Not rated").first().waitFor();
        await page.getByRole("link", { name: "What a model says of it" }).click();
        if (told === "without a model") {
          await page.getByText("No model is set up here").waitFor();
          expect(await page.getByRole("button", { name: "Ask the model" }).count() === 0, "nobody is there to be asked");
        } else {
          await page.getByRole("button", { name: "Ask the model" }).click();
          await page.locator("q", { hasText: QUOTE }).first().waitFor();
          await page.getByText("No level is shown").waitFor();
        }
      });
    }
    await page.context().close();
  }
}

server.close();
await done();
