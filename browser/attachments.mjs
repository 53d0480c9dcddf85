// A picture is pasted into a comment, seen by somebody else, opened, taken off and brought back; files are chosen, dropped
// and refused; and all of it without script.
import { readFileSync } from "node:fs";
import { comeIn, done, expect, journey, person, says, start } from "./house.mjs";

const base = await start("demo");
const manager = await person(), owner = await person();
await comeIn(manager, base, "mara");
await comeIn(owner, base, "tomas");
const picture = readFileSync(new URL("../crates/tandem/src/demo/lock-cache.png", import.meta.url)).toString("base64");
const STORY = base + "/ORB/story/150";
// What a paste or a drop brings: a picture without a name of its own, or words beside it.
const bring = (page, kind, selector, { type = "image/png", name = "image.png", data = picture, words = "" } = {}) => page.locator(selector).evaluate((field, { kind, type, name, data, words }) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0)), carries = new DataTransfer();
  carries.items.add(new File([bytes], name, { type }));
  if (words) carries.setData("text/plain", words);
  field.focus?.();
  field.dispatchEvent(kind === "paste" ? new ClipboardEvent("paste", { clipboardData: carries, bubbles: true, cancelable: true }) : new DragEvent(kind, { dataTransfer: carries, bubbles: true, cancelable: true }));
}, { kind, type, name, data, words });

await journey("a picture is pasted into a comment and seen by somebody else", async () => {
  await owner.goto(STORY);
  const before = await owner.locator(".file-list li").count();
  await manager.goto(STORY);
  const field = manager.locator(".comments textarea[name=body]").last();
  await field.fill("It looks like this:");
  await bring(manager, "paste", ".comments form textarea[name=body] >> nth=-1");
  await says(manager, "Attached “picture.png”");
  await manager.waitForFunction(() => [...document.querySelectorAll(".comments textarea")].some((f) => /It looks like this:\n!\[picture\.png\]\(attachment:[0-9a-f]{32}\)/.test(f.value)));
  await field.locator("xpath=ancestor::form").getByRole("button", { name: "Comment", exact: true }).click();
  const shown = manager.locator(".comments .prose img[alt='picture.png']").last();
  await shown.waitFor();
  expect(await shown.evaluate((img) => img.decode().then(() => img.naturalWidth === 640)), "it is drawn");
  await manager.locator(".file-list li", { hasText: "picture.png" }).waitFor();
  await owner.locator(".file-list li", { hasText: "picture.png" }).waitFor();
  expect(await owner.locator(".file-list li").count() === before + 1, "the other sees it without asking");
  await owner.locator(".comments .prose img[alt='picture.png']").last().waitFor();
});

await journey("it opens, is taken off, and comes back", async () => {
  const line = manager.locator(".file-list li", { hasText: "picture.png" });
  const [whole] = await Promise.all([manager.context().waitForEvent("page"), line.locator(".file-said a").click()]);
  await whole.waitForLoadState();
  expect(/\/attachments\/[0-9a-f]{32}$/.test(whole.url()), whole.url());
  await whole.close();
  await line.getByRole("button", { name: "Remove the file picture.png" }).click();
  await line.waitFor({ state: "detached" });
  await manager.locator("#toasts").getByRole("button", { name: "Undo" }).click();
  await line.waitFor();
});

await journey("files are chosen and dropped, and one that is none is refused with a sentence", async () => {
  await owner.goto(STORY);
  await owner.locator("form[data-attach] input[type=file]").first().setInputFiles([
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("notes") }, { name: "empty.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) }]);
  await says(owner, "“empty.txt” is empty.");
  await owner.locator(".file-list li", { hasText: "notes.txt" }).waitFor();
  await bring(owner, "dragover", ".files", { name: "x.html", type: "text/html", data: btoa("<script>alert(1)</script>") });
  expect(await owner.locator("form.attach.over").count() === 1, "where it would hang is marked");
  await bring(owner, "drop", ".files", { name: "x.html", type: "text/html", data: btoa("<script>alert(1)</script>") });
  const dropped = owner.locator(".file-list li", { hasText: "x.html" });
  await dropped.waitFor();
  const [download] = await Promise.all([owner.waitForEvent("download"), dropped.locator(".file-said a").click()]);
  expect(download.suggestedFilename() === "x.html", "it is saved and not shown");
});

await journey("words that come with a picture of them stay words", async () => {
  const files = await owner.locator(".file-list li").count();
  await bring(owner, "paste", ".comments form textarea[name=body] >> nth=-1", { words: "a\tb" });
  await bring(owner, "paste", ".comments form textarea[name=body] >> nth=-1", { words: "a\tb" });
  expect(await owner.locator(".file-list li").count() === files, "nothing was attached");
});

await journey("what is only being made has no files yet", async () => {
  await owner.goto(base + "/ORB/backlog?open=150");
  await owner.locator("details.disclosure:has(form[action$='/story.create']) > summary").first().click();
  await bring(owner, "paste", "form[action$='/story.create'] textarea >> nth=0");
  await says(owner, "Save this first");
});

await journey("without script a file is sent as a form", async () => {
  const plain = await person({ javaScriptEnabled: false });
  await comeIn(plain, base, "ines");
  await plain.goto(STORY);
  const form = plain.locator("form.attach").first();
  await form.locator("input[type=file]").setInputFiles({ name: "plain.txt", mimeType: "text/plain", buffer: Buffer.from("plain") });
  await form.getByRole("button", { name: "Attach" }).click();
  await plain.locator(".file-list li", { hasText: "plain.txt" }).waitFor();
  expect(plain.url() === STORY, "back where it was sent from: " + plain.url());
});

await done();
