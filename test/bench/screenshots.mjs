// Node 20 does not run TypeScript by itself; Vite, which is here anyway, does.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const script = new URL("./screenshots.ts", import.meta.url);
await runnerImport(fileURLToPath(script), { configFile: false });
