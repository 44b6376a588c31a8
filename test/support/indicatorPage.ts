import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import type { ActivityState } from "../../src/store/activityStore.ts";
import type { Job } from "../../src/jobs/wire.ts";

/** Where the page is; nobody is asked for it, since the test answers by itself. */
export const indicatorOrigin = "http://indicator.test";

/** How to open the page. */
export interface IndicatorPageOptions extends BrowserContextOptions {
  /** @default 1280 */
  width?: number;
  /** @default 800 */
  height?: number;
  /** `plain` for a host that gives no options, `german` for one with its own words. */
  query?: "plain" | "german" | "";
  /** @default "ltr" */
  direction?: "ltr" | "rtl";
  /** Whether the time is in the test's hands: `page.clock`. @default false */
  holdsTime?: boolean;
}

/** The indicator in a real browser, and its store. */
export interface IndicatorPage {
  page: Page;
  chip: Locator;
  list: Locator;
  /** The rows of the list, or those of one section. */
  rows: (section?: string) => Locator;
  /** The row of a job by its title, such as "Build · shop". */
  row: (title: string) => Locator;
  /** What the live region says now. */
  heard: Locator;
  /** Calls an action of the store. */
  act: <Name extends keyof Actions>(name: Name, ...args: Parameters<Actions[Name]>) => Promise<void>;
  /** Takes what the authority says of jobs. */
  say: (...jobs: Job[]) => Promise<void>;
  /** Lets both sources be live, as they are while all is well. */
  connect: () => Promise<void>;
  /** The accessible name of what has the focus, or its tag. */
  focused: () => Promise<string>;
  /** Has the page believe that its tab is hidden, or visible again. */
  setVisible: (visible: boolean) => Promise<void>;
}

type Actions = {
  [Name in keyof ActivityState as ActivityState[Name] extends (...args: never[]) => unknown
    ? Name
    : never]: ActivityState[Name] extends (...args: infer Args) => unknown
    ? (...args: Args) => unknown
    : never;
};

/** What a test does with a page that holds the indicator. */
export function indicatorPageOf(page: Page): IndicatorPage {
  const chip = page.locator(".active-indicator-chip");
  const list = page.locator(".active-indicator-list");
  const rows = (section?: string) =>
    section === undefined
      ? list.getByRole("listitem")
      : list.getByRole("region", { name: section }).getByRole("listitem");
  const act: IndicatorPage["act"] = (name, ...args) =>
    page.evaluate(
      ([action, given]) => {
        const state = window.indicatorStore.getState();
        (state[action as never] as (...all: unknown[]) => unknown)(...(given as unknown[]));
      },
      [name, args] as const,
    );

  return {
    page,
    chip,
    list,
    rows,
    row: (title) => list.getByRole("listitem").filter({ hasText: title }),
    heard: page.locator(".active-indicator-heard"),
    act,
    say: (...jobs) => act("applyJobUpdates", jobs),
    async connect() {
      await act("setConnectionStatus", "runs", "live");
      await act("setConnectionStatus", "builds", "live");
      await act("setServerClock", 0);
    },
    focused: () =>
      page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.ariaLabel ?? activeElement?.textContent ?? "";
      }),
    setVisible: (visible) => page.evaluate(pretendVisible, visible),
  };
}

// A headless browser takes each of its tabs for visible.
function pretendVisible(visible: boolean): void {
  const state = visible ? "visible" : "hidden";
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  Object.defineProperty(document, "hidden", { value: !visible, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}
