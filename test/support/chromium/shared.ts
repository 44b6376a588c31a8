import type { Browser, LaunchOptions } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";
import { launchChromium } from "./launch.ts";

// oxlint-disable-next-line no-empty-pattern -- Vitest reads in it what the fixture needs
const withChromium = test.extend("chromium", { scope: "worker" }, async ({}, { onCleanup }) => {
  const chromium = await launchChromium();
  onCleanup(() => chromium.close());
  return chromium;
});

/**
 * A headless Chromium for all tests of the file that calls it; what they leave open in it is closed.
 * It is that of all files of a worker, since to launch one and to load its first page takes as long
 * as several tests. With options of its own a file has one for itself.
 */
export function setUpChromium(own?: LaunchOptions): () => Browser {
  let browser: Browser | undefined;
  if (own) {
    beforeAll(async () => void (browser = await launchChromium(own)));
    afterAll(() => browser?.close());
  } else {
    withChromium.beforeAll(({ chromium }) => void (browser = chromium));
    afterAll(() => browser && closeContexts(browser));
  }

  return () => {
    if (!browser) throw new Error("The browser runs in tests and hooks only.");
    return browser;
  };
}

/** Closes all pages of a browser, and forgets what they have stored. */
export async function closeContexts(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}
