// Runs the script of this folder that is named: `node test/bench/run.mjs screenshots`.
// Node 20 does not run TypeScript by itself; Vite, which is here anyway, does.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const script = new URL(`./${process.argv[2]}.ts`, import.meta.url);
await runnerImport(fileURLToPath(script), { configFile: false });
