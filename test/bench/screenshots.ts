// Takes the pictures of the README from the page of states, as `npm run screenshots`. It needs the
// typeface Inter on this machine, such as Debian's fonts-inter: what a machine without a desktop has
// in its place looks like nothing that a user sees.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Locator, Page } from "playwright-core";
import { createServer } from "vite";
import { launchChromium } from "../support/chromium/launch.ts";

const app = fileURLToPath(new URL("../../src/app", import.meta.url));
const pictures = join(app, "states", "pictures");

const typeface = "Inter";

/** Around a picture, in px: room for a shadow. */
const margins = { header: 0, list: 20 };

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
    // As narrow as a header of one row can be.
    viewport: { width: 864, height: 1_000 },
    deviceScaleFactor: 2,
    reducedMotion: "reduce",
  });
  await page.route("**/api/**", (route) => route.abort());
  // The same pictures on every day.
  await page.clock.setFixedTime("2026-01-05T12:00:00Z");
  await page.goto(new URL("/states", server.resolvedUrls?.local[0]).href);
  await setTypeface(page);
  for (const scheme of ["light", "dark"]) {
    // oxlint-disable-next-line no-await-in-loop -- a page has one picture taken at a time
    await takePictures(page, scheme);
  }
} finally {
  await browser.close();
  await server.close();
}

async function setTypeface(page: Page): Promise<void> {
  await page.addStyleTag({ content: `body { font-family: ${typeface}, monospace }` });
  const isThere = await page.evaluate((name) => {
    const context = document.createElement("canvas").getContext("2d");
    const widthIn = (font: string) => {
      if (context) context.font = `40px ${font}`;
      return context?.measureText("illuminates").width;
    };
    return widthIn(`${name}, monospace`) !== widthIn("monospace");
  }, typeface);
  if (!isThere)
    throw new Error(`The pictures need the typeface ${typeface}: apt-get install fonts-inter`);
}

async function takePictures(page: Page, scheme: string): Promise<void> {
  const header = page.getByRole("group", { name: `Header, ${scheme}` }).locator(".header");
  const list = page
    .getByRole("group", { name: `Every section, ${scheme}` })
    .locator(".active-indicator-list");
  await takePicture(page, header, `header-${scheme}`, margins.header);
  await takePicture(page, list, `list-${scheme}`, margins.list);
}

async function takePicture(page: Page, of: Locator, name: string, margin: number): Promise<void> {
  // What is above it may still grow.
  await of.screenshot();
  const { x, y, width, height } = await of.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height };
  });
  await page.screenshot({
    path: join(pictures, `${name}.png`),
    fullPage: true,
    clip: { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin },
  });
}
