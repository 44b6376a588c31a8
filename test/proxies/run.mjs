// `npm run proxies`. Node 20 does not run TypeScript by itself; Vite, which is here anyway, does.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

await runnerImport(fileURLToPath(new URL("measure.ts", import.meta.url)), { configFile: false });
