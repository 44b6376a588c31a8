import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { bundleIndicatorPage } from "./indicatorBundle.ts";
import {
  type IndicatorPage,
  indicatorOrigin,
  indicatorPageOf,
  type IndicatorPageOptions,
} from "./indicatorPage.ts";
import { launchChromium } from "./launchChromium.ts";

/** Opens a page with the indicator; it is gone after the test. */
export type OpenIndicator = (options?: IndicatorPageOptions) => Promise<IndicatorPage>;

/** Builds the page and launches a browser for all tests of the file that calls it. */
export function useIndicator(): OpenIndicator {
  let browser: Browser;
  let html: string;

  beforeAll(async () => {
    [browser, html] = await Promise.all([launchChromium(), bundleIndicatorPage()]);
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(() => browser.close());

  return (options = {}) => openIndicator(browser, html, options);
}

async function openIndicator(
  browser: Browser,
  html: string,
  options: IndicatorPageOptions,
): Promise<IndicatorPage> {
  const { width = 1280, height = 800, query = "", direction = "ltr", holdsTime, ...rest } = options;
  const context = await browser.newContext({ viewport: { width, height }, ...rest });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (e) => console.log("PAGEERROR", e.stack)); page.on("console", (m) => console.log("CONSOLE", m.text()));
  const directed = html.replace("<html ", `<html dir="${direction}" `);
  await page.route(`${indicatorOrigin}/**`, (route) =>
    route.fulfill({ contentType: "text/html", body: directed }),
  );
  if (holdsTime) await page.clock.install({ time: "2026-01-05T12:00:00Z" });
  await page.goto(`${indicatorOrigin}/?${query}`);
  const indicator = indicatorPageOf(page);
  await indicator.chip.waitFor();
  if (holdsTime) await page.clock.pauseAt("2026-01-05T12:00:01Z");
  return indicator;
}
