import { bundleScript, type PageServer, servePage } from "../pages/servePage.ts";

const html =
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>The page</title>` +
  `<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">` +
  `<body><div id="root"></div><script type="module" src="/script.js"></script>`;

// Once for all files of a worker.
let script: Promise<string> | undefined;

/** Serves one page: the indicator as it is now, in a host's header, and its store. */
export async function startIndicatorServer(): Promise<PageServer> {
  // React's development build complains aloud, and StrictMode does all twice.
  script ??= bundleScript(new URL("./host.tsx", import.meta.url), "development");
  return servePage(html, await script);
}
