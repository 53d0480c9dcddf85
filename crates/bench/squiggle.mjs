// The models of the estimate benchmark in @quri/squiggle-lang, with the same number of samples:
// `engines --models | node squiggle.mjs FOLDER`, where FOLDER has node_modules.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const entry = createRequire(join(process.argv[2], "x.js")).resolve("@quri/squiggle-lang");
const { run } = await import(pathToFileURL(entry));
let text = "";
for await (const chunk of process.stdin) text += chunk;
const models = JSON.parse(text).map((model) => `${model}\nmean(a49)`);
const environment = { sampleCount: 10000, xyPointLength: 1000, seed: "seed" };
const all = async () => {
  const start = performance.now();
  for (const model of models) {
    const { result } = await run(model, { environment });
    if (!result.ok) throw new Error(String(result.value));
  }
  return (performance.now() - start) / models.length;
};
let best = Infinity;
for (let i = 0; i < 5; i++) best = Math.min(best, await all());
console.log(`@quri/squiggle-lang: the same models and samples in ${best.toFixed(1)} ms`);
