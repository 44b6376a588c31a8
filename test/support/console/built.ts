import { fileURLToPath } from "node:url";

/** Where the console that the browser tests build is. */
export const builtConsole = fileURLToPath(
  new URL("../../../node_modules/.vite/built-console", import.meta.url),
);
