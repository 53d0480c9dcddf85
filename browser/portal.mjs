// The feedback portal from outside: a stranger posts, confirms an address by a letter, is approved, votes, and hears what ships;
// and a Kano survey that is built, answered without an account and evaluated.
import { EventEmitter } from "node:events";
import { createServer } from "node:net";
import { axe, done, expect, folder, journey, openForm, person, start } from "./house.mjs";

// A mail server that keeps what it is handed.
const post = new EventEmitter(), letters = [];
const server = createServer((socket) => {
  let to = "", letter = null, rest = "";
  const say = (line) => socket.write(line + "\r\n");
  socket.setEncoding("utf8");
  socket.on("error", () => {});
  socket.on("data", (data) => {
    const lines = (rest + data).split("\r\n");
    rest = lines.pop();
    for (const line of lines) {
      if (letter && line !== ".") letter.push(line);
      else if (letter) { letters.push({ to, text: letter.join("\n").replace(/=\n/g, "") }); letter = null; post.emit("letter"); say("250 taken"); }
      else if (/^RCPT/i.test(line)) { to = line.match(/<(.*)>/)[1]; say("250 fine"); }
      else if (/^DATA/i.test(line)) { letter = []; say("354 go on"); }
      else if (/^QUIT/i.test(line)) { say("221 bye"); socket.end(); }
      else say("250 fine");
    }
  });
  say("220 post");
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

const base = await start("serve", "--data", folder, "--origin", "http://127.0.0.1", "--mail-url", `smtp://127.0.0.1:${server.address().port}`, "--mail-from", "tandem@example.org");
const manager = await person(), rider = await person();
// Without script everything works, too.
const plain = await person({ javaScriptEnabled: false });

/** The letter to an address in which something stands; waits for it. */
async function letterTo(email, word) {
  for (let n = 0; n < 100; n++) {
    const found = letters.find((letter) => letter.to === email && letter.text.includes(word));
    if (found) return found.text;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`no letter to ${email}`);
}
const linkIn = (text) => base + text.match(/\/portal\/ORB\/confirm\/[0-9a-zA-Z_-]+/)[0];
async function fits(page) {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const found = await axe(page);
    expect(found.length === 0, found.join("\n"));
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${page.url()} fits into ${width}`);
  }
}

await journey("a portal is opened for everybody", async () => {
  await manager.goto(base);
  for (const [name, value] of Object.entries({ name: "Mara", email: "mara@example.org", password: "a long password", product: "Orbit", key: "ORB" })) await manager.fill(`[name=${name}]`, value);
  await manager.click("button.primary");
  await manager.waitForURL("**/ORB/");
  await manager.goto(base + "/ORB/portal");
  await manager.getByText("The portal is not open yet").waitFor();
  const form = await openForm(manager, "portal-settings");
  await form.locator("[name=openness]").selectOption("everyone");
  await form.locator("[name=welcome]").fill("What do you miss?");
  await form.locator("[name=shows_roadmap]").selectOption("true");
  await form.getByRole("button", { name: "Save" }).click();
  await manager.getByText("The portal is open for everybody").waitFor();
  await fits(manager);
});

await journey("a stranger posts, and the post waits for an address and for approval", async () => {
  await rider.goto(base + "/portal/ORB");
  await rider.getByText("What do you miss?").waitFor();
  const form = await openForm(rider, "new-post");
  await form.locator("[name=title]").fill("A bell that lorries hear");
  await form.locator("[name=name]").fill("Lena");
  await form.locator("[name=email]").fill("lena@example.org");
  await form.getByRole("button", { name: "Post", exact: true }).click();
  await rider.getByText("Look into your mail").waitFor();
  await rider.goto(linkIn(await letterTo("lena@example.org", "confirm")));
  await rider.getByText("A bell that lorries hear").waitFor();
  await fits(rider);
  await rider.getByRole("button", { name: "Yes, this is from me" }).click();
  await rider.getByText("Your address is confirmed").waitFor();
  await manager.goto(base + "/ORB/portal?shelf=waits");
  await manager.getByText("A bell that lorries hear").waitFor();
  await manager.getByRole("button", { name: "Show", exact: true }).click();
  await manager.getByText("Nothing waits for approval").waitFor();
  await manager.goto(base + "/ORB/inbox");
  await manager.getByText("A bell that lorries hear").first().waitFor();
});

await journey("whoever types the same is shown it, and votes without script", async () => {
  const other = await person();
  await other.goto(base + "/portal/ORB");
  const form = await openForm(other, "new-post");
  await form.locator("[name=title]").fill("A bell for lorries to hear");
  await form.getByRole("link", { name: "A bell that lorries hear" }).waitFor();
  await fits(other);
  await plain.goto(base + "/portal/ORB");
  await plain.getByRole("link", { name: "A bell that lorries hear", exact: true }).click();
  await plain.locator("[name=email]").fill("jo@example.org");
  await plain.getByRole("button", { name: "Send" }).click();
  await plain.getByText("Look into your mail").waitFor();
  await plain.goto(linkIn(await letterTo("jo@example.org", "confirm")));
  await plain.getByRole("button", { name: "Yes, this is from me" }).click();
  await plain.getByRole("link", { name: "Go to the portal" }).click();
  await plain.getByRole("button", { name: /Take back my vote/ }).waitFor();
  await plain.getByRole("button", { name: /Take back my vote/ }).click();
  await plain.getByRole("button", { name: /I want this too/ }).waitFor();
});

await journey("followers hear that it has shipped", async () => {
  await manager.goto(base + "/ORB/portal");
  await manager.getByRole("link", { name: "A bell that lorries hear" }).click();
  await manager.locator("#panel").getByText("Who wants it").waitFor();
  const form = await openForm(manager, "edit-post");
  await form.locator("[name=status]").selectOption("shipped");
  await form.locator("[name=answer]").fill("It is loud now.");
  await form.getByRole("button", { name: "Save" }).click();
  await manager.locator("#panel .pill", { hasText: "shipped" }).waitFor();
  expect((await letterTo("lena@example.org", "has reached users")).includes("It is loud now."), "what is said stands in it");
});

await journey("a survey is built, answered by a link, and evaluated", async () => {
  await manager.goto(base + "/ORB/surveys");
  const form = await openForm(manager, "begin-survey");
  await form.locator("[name=title]").fill("What next");
  await form.getByRole("button", { name: "Build it" }).click();
  await manager.getByRole("link", { name: "What next" }).click();
  const add = await openForm(manager, "add-item");
  await add.locator("[name=title]").fill("Warm grips");
  await add.getByRole("button", { name: "Add", exact: true }).click();
  await manager.locator(".asked-about", { hasText: "Warm grips" }).waitFor();
  await manager.getByRole("button", { name: "Open it for answers" }).click();
  await manager.getByRole("button", { name: "Close and evaluate" }).waitFor();
  const share = await openForm(manager, "share-survey");
  await share.locator("[name=name]").fill("Riders");
  await share.getByRole("button", { name: "Make link" }).click();
  const link = await manager.locator("dialog[open] input").inputValue();
  for (let n = 0; n < 3; n++) {
    const someone = await person({ javaScriptEnabled: n > 0 });
    await someone.goto(base + new URL(link, base).pathname);
    if (n === 2) await fits(someone);
    for (const [row, says] of [[0, "I like it"], [1, "I dislike it"]]) await someone.locator(".feeling").nth(row).getByText(says, { exact: true }).click();
    await someone.getByRole("button", { name: "Send my answers" }).click();
    await someone.getByText("added to the others").waitFor();
    await someone.goBack();
    await someone.context().close();
  }
  await manager.reload();
  await manager.locator(".crumb", { hasText: "3 answers" }).waitFor();
  await manager.getByRole("button", { name: "Close and evaluate" }).click();
  await manager.locator("figure.chart").first().waitFor();
  await manager.getByRole("cell", { name: /One-dimensional/ }).waitFor();
  await fits(manager);
});

server.close();
await done();
