import { fileURLToPath } from "node:url";

/** Where the script of the indicator's page is that the browser tests build. */
export const builtIndicator = fileURLToPath(
  new URL("../../../node_modules/.vite/indicator/script.js", import.meta.url),
);
