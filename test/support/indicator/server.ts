import { readFile } from "node:fs/promises";
import { type PageServer, servePage } from "../pages/servePage.ts";
import { builtIndicator } from "./built.ts";

const html =
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>The page</title>` +
  `<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">` +
  `<body><div id="root"></div><script type="module" src="/script.js"></script>`;

/** Serves one page: the indicator in a host's header, as it was built for this run, and its store. */
export async function startIndicatorServer(): Promise<PageServer> {
  return servePage(html, await readFile(builtIndicator, "utf8"));
}
