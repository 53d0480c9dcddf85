// What the commonest acts take, by mouse and by keyboard: clicks and drags, and keys that say what to do. What is written (a
// reason, the words of a criterion) is not counted. The thing is at hand when counting begins. docs/keyboard.md tells the
// figures, and is held against what was counted.
import { readFileSync } from "node:fs";
import { drag, expect, journey } from "./house.mjs";

/** The twenty commonest acts, by the walk that counts them. */
const ACTS = {
  acts: ["find", "assign", "estimate", "label", "add a criterion", "reorder", "plan", "hand over", "accept", "reject"],
  daily: ["write a story", "mark ready", "start work", "mark as blocked", "say yours at the stand-up", "write down evidence", "move a bet", "sign", "decline", "take back"],
};
const took = {};
/** Does an act with a hand that counts, and holds it to a limit. */
export async function counted(act, way, most, page, walk) {
  let count = 0;
  const hand = {
    click: async (locator) => { count++; await locator.click(); },
    key: async (key) => { count++; await page.keyboard.press(key); },
    drag: async (from, to) => { count++; await drag(page, from, to); },
    write: (text) => page.keyboard.type(text),
  };
  await walk(hand);
  took[act] = { ...took[act], [way]: count };
  expect(count <= most, `${act} by ${way} takes ${count}, and ${most} are allowed`);
}

/** The table of docs/keyboard.md: what each act takes, by mouse and by keyboard, as the first number of its cells. */
function written() {
  const text = readFileSync(new URL("../docs/keyboard.md", import.meta.url), "utf8").split("## What the commonest acts take")[1].split("\n## ")[0];
  const rows = text.split("\n").filter((line) => /^\| [a-z]/.test(line)).map((line) => line.split("|").map((cell) => cell.trim()));
  return Object.fromEntries(rows.map(([, act, mouse, keyboard]) => [act, { mouse: parseInt(mouse, 10), keyboard: parseInt(keyboard, 10) }]));
}

/** Holds what a walk has counted against the document. */
export const asWritten = (walk) =>
  journey("what the acts take stands in docs/keyboard.md", async () => {
    const told = written(), all = Object.values(ACTS).flat();
    expect(Object.keys(told).sort().join() === [...all].sort().join(), `the document tells of ${Object.keys(told)}, and counted are ${all}`);
    const wrong = ACTS[walk].filter((act) => ["mouse", "keyboard"].some((way) => took[act]?.[way] !== told[act][way]));
    const line = (act, of) => `${act}: ${of?.mouse} by mouse, ${of?.keyboard} by keyboard`;
    expect(wrong.length === 0, wrong.map((act) => `counted was ${line(act, took[act])}; the document says ${line(act, told[act])}`).join("\n"));
    for (const act of ACTS[walk]) console.log("     " + line(act, took[act]));
  });
