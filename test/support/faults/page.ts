import type { Browser, Page } from "playwright-core";
import { bundleScript } from "../pages/bundleScript.ts";
import { servePage } from "../pages/servePage.ts";

const html = `<!doctype html><title>faults</title><script type="module" src="/script.js"></script>`;

/** A server of one page that holds the library and `window.startFaultSync`. */
export interface FaultPageServer {
  open: (browser: Browser, baseUrl: string) => Promise<Page>;
  close: () => void;
}

/** Builds the library as it is now, and serves the page on a port of its own on 127.0.0.1. */
export async function startFaultPageServer(): Promise<FaultPageServer> {
  const script = await bundleScript(new URL("./pageScript.ts", import.meta.url), "production");
  const { origin, close } = await servePage(html, script);

  return {
    async open(browser, baseUrl) {
      const page = await browser.newPage();
      await page.goto(origin);
      await page.waitForFunction(() => window.startFaultSync !== undefined);
      await page.evaluate((base) => window.startFaultSync?.(base), baseUrl);
      return page;
    },
    close,
  };
}
