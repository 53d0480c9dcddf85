// What is done after an act and apart from it: a letter that the mail server refuses is seen by the administrator, sent
// again once its cause is mended, or thrown away.
import { EventEmitter } from "node:events";
import { createServer } from "node:net";
import { axe, done, expect, folder, journey, person, start } from "./house.mjs";

// A mail server that speaks as much of SMTP as a letter takes, and refuses whom it is told to.
const refused = new Set(["gone@example.org", "never@example.org"]), post = new EventEmitter();
const server = createServer((socket) => {
  let to = "", letter = false, rest = "";
  const say = (line) => socket.write(line + "\r\n");
  socket.setEncoding("utf8");
  socket.on("error", () => {});
  socket.on("data", (data) => {
    const lines = (rest + data).split("\r\n");
    rest = lines.pop();
    for (const line of lines) {
      if (letter && line !== ".") continue;
      if (letter) { letter = false; post.emit("letter", to); say("250 taken"); }
      else if (/^RCPT/i.test(line)) { to = line.match(/<(.*)>/)[1]; say(refused.has(to) ? "550 no such mailbox" : "250 fine"); }
      else if (/^DATA/i.test(line)) { letter = true; say("354 go on"); }
      else if (/^QUIT/i.test(line)) { say("221 bye"); socket.end(); }
      else say("250 fine");
    }
  });
  say("220 post");
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

const base = await start("serve", "--data", folder, "--origin", "http://127.0.0.1", "--mail-url", `smtp://127.0.0.1:${server.address().port}`, "--mail-from", "tandem@example.org");
const administrator = await person();
// The runner has it in its own time; the page tells how things stood when it was asked.
async function seen(sight) {
  for (let n = 0; n < 100 && !(await sight.isVisible()); n++) await administrator.reload();
  await sight.waitFor();
}
const letterOf = (email) => administrator.locator("tr", { hasText: email });
async function invite(email) {
  await administrator.goto(base + "/members");
  const form = administrator.locator("form[action='/do/account.invite']");
  await form.locator("[name=email]").fill(email);
  await form.locator("button").click();
  await administrator.locator("dialog[open] input").waitFor();
  await administrator.goto(base + "/jobs");
}

await journey("nothing is given up at first", async () => {
  await administrator.goto(base);
  for (const [name, value] of Object.entries({ name: "Mara", email: "mara@example.org", password: "a long password", product: "Orbit", key: "ORB" })) await administrator.fill(`[name=${name}]`, value);
  await administrator.click("button.primary");
  await administrator.waitForURL("**/ORB/");
  await administrator.goto(base + "/jobs");
  await administrator.getByText("Mail is set up").waitFor();
  expect(await administrator.getByText("Nothing was given up.").isVisible(), "it says so");
});

await journey("a letter that is refused for good is seen, with what the mail server said", async () => {
  await invite("gone@example.org");
  await seen(letterOf("gone@example.org"));
  const told = await letterOf("gone@example.org").textContent();
  expect(told.includes("550") && told.includes("no such mailbox") && told.includes("1 try"), told);
  for (const width of [390, 1280]) {
    await administrator.setViewportSize({ width, height: 844 });
    const found = await axe(administrator);
    expect(found.length === 0, found.join("\n"));
    expect(await administrator.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `it fits into ${width}`);
  }
});

await journey("once its cause is mended it is sent again", async () => {
  refused.delete("gone@example.org");
  const arrived = new Promise((there) => post.once("letter", there));
  await letterOf("gone@example.org").getByRole("button", { name: "Try again" }).click();
  expect(await arrived === "gone@example.org", "the letter arrives");
  await seen(administrator.getByText("Nothing was given up."));
});

await journey("what is never to be done is thrown away, after asking", async () => {
  await invite("never@example.org");
  const row = letterOf("never@example.org");
  await seen(row);
  await row.locator("summary", { hasText: "Throw away" }).click();
  await row.getByText("this cannot be taken back").waitFor();
  await row.getByRole("button", { name: "Throw away", exact: true }).click();
  await administrator.getByText("Nothing was given up.").waitFor();
});

await done();
