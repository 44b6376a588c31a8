import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";

const entry = fileURLToPath(new URL("./faultPageScript.ts", import.meta.url));

/** A server of one page that holds the library and `window.startFaultSync`. */
export interface FaultPageServer {
  open: (browser: Browser, baseUrl: string) => Promise<Page>;
  close: () => void;
}

/** Builds the library as it is now, and serves the page on a port of its own on 127.0.0.1. */
export async function startFaultPageServer(): Promise<FaultPageServer> {
  const script = await bundle();
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end(`<!doctype html><title>faults</title><script type="module">${script}</script>`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;

  return {
    async open(browser, baseUrl) {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForFunction(() => window.startFaultSync !== undefined);
      await page.evaluate((base) => window.startFaultSync?.(base), baseUrl);
      return page;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    // A library leaves this to its host's build, which this page has not.
    define: { "process.env.NODE_ENV": '"production"' },
    build: { write: false, minify: false, lib: { entry, formats: ["es"] } },
  });
  const [first] = Array.isArray(built) ? built : [];
  const code = first?.output[0].code;
  if (code === undefined) throw new Error("faults: nothing was built");
  return code;
}
