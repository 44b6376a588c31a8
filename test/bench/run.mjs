// Node 20 does not run TypeScript by itself; Vite, which is here anyway, does.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const bench = new URL("./reconnectStorm.ts", import.meta.url);
await runnerImport(fileURLToPath(bench), { configFile: false });
