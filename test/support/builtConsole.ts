/** Where the console that the browser tests build is, from the repository's root. */
export const builtConsole = "node_modules/.vite/built-console";
