import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { bundleIndicatorPage } from "./indicatorBundle.ts";
import { type IndicatorPage, indicatorPageOf } from "./indicatorPage.ts";
import { launchChromium } from "./launchChromium.ts";

/** How to open the page. */
export interface IndicatorPageOptions extends BrowserContextOptions {
  /** @default 1280 */
  width?: number;
  /** @default 800 */
  height?: number;
  /**
   * `plain` for a host that gives no options, `german` for one with its own words, `unanchored`
   * for a browser without CSS anchors.
   */
  query?: "" | "plain" | "german" | "unanchored";
  /** @default "ltr" */
  direction?: "ltr" | "rtl";
  /** Whether the time is in the test's hands, by `page.clock`. @default false */
  holdsTime?: boolean;
}

/** Opens a page with the indicator; it is gone after the test. */
export type OpenIndicator = (options?: IndicatorPageOptions) => Promise<IndicatorPage>;

// Nobody is asked for it: the test answers by itself.
const origin = "http://indicator.test";

/** What the page's clock says when a test begins that holds the time. */
export const heldTime = Date.UTC(2026, 0, 5, 12);

/** Builds the page and launches a browser for all tests of the file that calls it. */
export function setUpIndicator(): OpenIndicator {
  const complaints: string[] = [];
  let browser: Browser;
  let html: string;

  beforeAll(async () => {
    [browser, html] = await Promise.all([launchChromium(), bundleIndicatorPage()]);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(() => browser.close());

  return (options = {}) => openIndicator(browser, html, complaints, options);
}

async function openIndicator(
  browser: Browser,
  html: string,
  complaints: string[],
  options: IndicatorPageOptions,
): Promise<IndicatorPage> {
  const { width = 1280, height = 800, query = "", direction = "ltr", holdsTime, ...rest } = options;
  // What turns would keep the machine busy for the length of each test.
  const reducedMotion = "reduce";
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion, ...rest });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  const body = html.replace("<html ", `<html dir="${direction}" `);
  await page.route(`${origin}/**`, (route) => route.fulfill({ contentType: "text/html", body }));
  if (holdsTime) await page.clock.install({ time: heldTime - 60_000 });
  await page.goto(`${origin}/?${query}`);
  const indicator = indicatorPageOf(page);
  await indicator.chip.waitFor();
  if (holdsTime) await page.clock.pauseAt(heldTime);
  return indicator;
}
