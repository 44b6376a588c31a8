import type { CDPSession, Page } from "playwright-core";
import { until } from "./consoleWaiting.ts";

/** Something that a header has said, and when: epoch ms. */
export interface Saying {
  text: string;
  at: number;
}

/** A tab with the console in it. */
export interface ConsoleTab {
  readonly page: Page;
  readonly cdp: CDPSession;
  /** Every label of its header since the page was loaded, each change once. */
  sayings: () => Promise<Saying[]>;
  /** Waits until the header says this after all else, and resolves to since when: epoch ms. */
  says: (label: string) => Promise<number>;
  /** Whether it has a stream that the server has answered. */
  leads: () => Promise<boolean>;
  /** Since when it has that stream: epoch ms; `undefined` if it has none. */
  leadsSince: () => Promise<number | undefined>;
  visibility: () => Promise<DocumentVisibilityState>;
  /** When something last happened to its page: epoch ms; `undefined` if it did not. */
  lastEvent: (what: string) => Promise<number | undefined>;
}

/** Wraps a page on which `watchTab` and `recordIndicator` run. */
export async function toConsoleTab(page: Page): Promise<ConsoleTab> {
  const cdp = await page.context().newCDPSession(page);
  const sayings = () =>
    page.evaluate(() =>
      (window.indicatorRecord?.labels ?? []).map(({ text, at }) => ({
        text,
        at: performance.timeOrigin + at,
      })),
    );
  const leadsSince = () =>
    page.evaluate(() => window.tabStreams?.findLast(({ isClosed }) => !isClosed)?.openAt);

  return {
    page,
    cdp,
    sayings,
    async says(label) {
      let last: Saying | undefined;
      await until(async () => {
        last = (await sayings()).at(-1);
        return last?.text === label;
      }, `"${label}" shows`);
      return last?.at ?? 0;
    },
    leadsSince,
    leads: async () => (await leadsSince()) !== undefined,
    visibility: () => page.evaluate(() => document.visibilityState),
    lastEvent: (name) =>
      page.evaluate((what) => window.tabEvents?.findLast((it) => it.what === what)?.at, name),
  };
}
