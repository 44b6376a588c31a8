import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type IndicatorPage, indicatorPageOf } from "./page.ts";
import { startIndicatorServer } from "./server.ts";
import { setUpChromium } from "../chromium/shared.ts";
import type { PageServer } from "../pages/servePage.ts";

/** How to open the page. */
export interface IndicatorPageOptions {
  /** @default 1280 */
  width?: number;
  /** @default 800 */
  height?: number;
  /**
   * `plain` for a host that gives no options, `german` for one with its own words, `unanchored`
   * for a browser without CSS anchors, `unfading` for one that fades nothing above the page, `retry` for a host that can build once more, `manyActions` for
   * one that can do four things about a deploy besides stopping it.
   */
  query?: "" | "plain" | "german" | "unanchored" | "unfading" | "retry" | "manyActions";
  /** @default "ltr" */
  direction?: "ltr" | "rtl";
  /** Whether the time is in the test's hands, by `page.clock`. @default false */
  holdsTime?: boolean;
  /** @default "light" */
  colorScheme?: "light" | "dark";
  /** @default "none" */
  forcedColors?: "active" | "none";
  /** What turns would keep the machine busy for the length of a test. @default "reduce" */
  reducedMotion?: "reduce" | "no-preference";
  /** Whether the user has fingers and no mouse. @default false */
  isTouch?: boolean;
}

/** Loads the page with the indicator anew; of one file's pages only the last is there. */
export type OpenIndicator = (options?: IndicatorPageOptions) => Promise<IndicatorPage>;

/** What the page's clock says when a test begins that holds the time. */
export const heldTime = Date.UTC(2026, 0, 5, 12);

/** Builds the page for all tests of the file that calls it, and opens it in this browser. */
export function setUpIndicator(browser: () => Browser = setUpChromium()): OpenIndicator {
  const complaints: string[] = [];
  // A page whose time was once held keeps its clock; to load one anew is quicker than to make one.
  const pages = new Map<string, Page>();
  let server: PageServer;

  beforeAll(async () => {
    server = await startIndicatorServer();
  });
  afterEach(() => expect(complaints.splice(0)).toEqual([]));
  afterAll(() => server.close());

  async function makePage(isTouch: boolean): Promise<Page> {
    const page = await browser().newPage(isTouch ? { hasTouch: true, isMobile: true } : {});
    page.setDefaultTimeout(10_000);
    page.setDefaultNavigationTimeout(60_000);
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    return page;
  }

  return async (options = {}) => {
    const { holdsTime = false, isTouch = false } = options;
    const way = `${holdsTime} ${isTouch}`;
    const page = pages.get(way) ?? (await makePage(isTouch));
    pages.set(way, page);
    return load(page, server.origin, options);
  };
}

async function load(
  page: Page,
  origin: string,
  options: IndicatorPageOptions,
): Promise<IndicatorPage> {
  const { width = 1280, height = 800, query = "", direction = "ltr", holdsTime } = options;
  const { colorScheme = "light", forcedColors = "none", reducedMotion = "reduce" } = options;
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, forcedColors, reducedMotion });
  if (holdsTime) await page.clock.install({ time: heldTime - 60_000 });
  await page.goto(`${origin}/${direction}?${query}`);
  const indicator = indicatorPageOf(page);
  await indicator.chip.waitFor();
  if (holdsTime) await page.clock.pauseAt(heldTime);
  return indicator;
}
