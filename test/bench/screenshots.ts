// Takes the pictures of the README from the page of states, as `npm run screenshots`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Page } from "playwright-core";
import { createServer } from "vite";
import { launchChromium } from "../support/chromium/launch.ts";

const app = fileURLToPath(new URL("../../src/app", import.meta.url));
const pictures = join(app, "states", "pictures");

/** Around a picture of the list, in px: room for its shadow. */
const margin = 16;

// The page of states needs no backend, so it gets none.
const server = await createServer({
  configFile: false,
  root: app,
  cacheDir: fileURLToPath(new URL("../../node_modules/.vite-screenshots", import.meta.url)),
  plugins: [react()],
  logLevel: "error",
  server: { host: "127.0.0.1", port: 0 },
});
await server.listen();
const browser = await launchChromium();
try {
  mkdirSync(pictures, { recursive: true });
  const page = await browser.newPage({
    // As high as the page, so that nothing is scrolled.
    viewport: { width: 900, height: 4_000 },
    deviceScaleFactor: 2,
    reducedMotion: "reduce",
  });
  await page.route("**/api/**", (route) => route.abort());
  // The same pictures on every day.
  await page.clock.setFixedTime("2026-01-05T12:00:00Z");
  await page.goto(new URL("/states", server.resolvedUrls?.local[0]).href);
  for (const scheme of ["light", "dark"]) {
    // oxlint-disable-next-line no-await-in-loop -- a page has one picture taken at a time
    await takePictures(page, scheme);
  }
} finally {
  await browser.close();
  await server.close();
}

async function takePictures(page: Page, scheme: string): Promise<void> {
  const header = page.getByRole("group", { name: `Header, ${scheme}` });
  await header.screenshot({ path: join(pictures, `header-${scheme}.png`) });

  const list = page.getByRole("group", { name: `Every section, ${scheme}` });
  const box = await list.locator(".active-indicator-list").boundingBox();
  if (!box) throw new Error("The page of states shows no list.");
  await page.screenshot({
    path: join(pictures, `list-${scheme}.png`),
    clip: {
      x: box.x - margin,
      y: box.y - margin,
      width: box.width + 2 * margin,
      height: box.height + 2 * margin,
    },
  });
}
