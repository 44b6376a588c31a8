// Runs the script of this folder that is named last: `node test/bench/run.mjs screenshots`, or
// `npm run bench -- reconnectStorm`.
// Node 20 does not run TypeScript by itself; Vite, which is here anyway, does.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const script = new URL(`./${process.argv.at(-1)}.ts`, import.meta.url);
await runnerImport(fileURLToPath(script), { configFile: false });
