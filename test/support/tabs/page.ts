import type { CDPSession, Page } from "playwright-core";
import { until } from "../console/waiting.ts";

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
  /** When it first had such a stream after `at`: epoch ms; `undefined` if it had none. */
  ledAfter: (at: number) => Promise<number | undefined>;
  visibility: () => Promise<DocumentVisibilityState>;
  /** What happened to its page since it was loaded: `freeze`, `restored`. */
  events: () => Promise<string[]>;
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

  return {
    page,
    cdp,
    sayings,
    async says(label) {
      let at: number | undefined;
      await until(async () => {
        at = await page.evaluate(saysSince, label);
        return at !== undefined;
      }, `"${label}" shows`);
      return at ?? 0;
    },
    leads: () =>
      page.evaluate(
        () => window.tabStreams?.some((it) => !it.isClosed && it.openAt !== undefined) === true,
      ),
    ledAfter: (at) =>
      page.evaluate(
        (begin) => window.tabStreams?.find(({ openAt = 0 }) => openAt >= begin)?.openAt,
        at,
      ),
    visibility: () => page.evaluate(() => document.visibilityState),
    events: () => page.evaluate(() => window.tabEvents ?? []),
  };
}

/** Runs in the page: waits until its header says this after all else, and gives since when. */
async function saysSince(label: string): Promise<number | undefined> {
  const at = await window.untilIndicatorShows?.(label, "last");
  return at === undefined ? undefined : performance.timeOrigin + at;
}
