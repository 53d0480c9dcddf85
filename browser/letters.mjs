// Letters that were written into a folder, taken apart: what they say as text and as HTML.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const decoded = (body, how) => how === "base64" ? Buffer.from(body, "base64").toString() : how === "quoted-printable" ? Buffer.from(body.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), "latin1").toString() : body;
const split = (text) => { const at = text.indexOf("\r\n\r\n"); return [text.slice(0, at).replace(/\r\n[ \t]+/g, " "), text.slice(at + 4)]; };
const header = (head, name) => head.match(new RegExp(`^${name}: *(.*)$`, "im"))?.[1].trim() || "";

function read(file) {
  const [head, body] = split(readFileSync(file, "latin1"));
  const letter = { to: header(head, "To"), subject: header(head, "Subject"), stop: header(head, "List-Unsubscribe").replace(/[<>]/g, ""), text: "", html: "" };
  const boundary = header(head, "Content-Type").match(/boundary="?([^";]+)/)[1];
  for (const part of body.split(`--${boundary}`).slice(1, -1)) {
    const [head, said] = split(part.replace(/^\r\n/, ""));
    letter[/text\/html/.test(header(head, "Content-Type")) ? "html" : "text"] = decoded(said, header(head, "Content-Transfer-Encoding"));
  }
  return letter;
}

/** All letters in a folder. */
export const lettersIn = (folder) => readdirSync(folder).filter((name) => name.endsWith(".eml")).sort().map((name) => read(join(folder, name)));

/** Waits for a letter to somebody whose subject fits. */
export async function letter(folder, to, subject) {
  for (let n = 0; n < 300; n++) {
    const found = lettersIn(folder).find((one) => one.to.includes(to) && subject.test(one.subject));
    if (found) return found;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`no letter to ${to}: ${lettersIn(folder).map((one) => `${one.to} ${one.subject}`).join("; ")}`);
}
