import type { Page } from "playwright-core";
import { recordIndicator } from "../pages/observeInPage.ts";
import { until } from "../console/waiting.ts";

/** Every state that the indicator in a page's header went through, none left out. */
export interface IndicatorLog {
  /** Its labels from the first look on, each change once. */
  labels: () => Promise<string[]>;
  /** Its accessible names, likewise. */
  names: () => Promise<string[]>;
  /** Its badges, likewise; an empty text for none. */
  badges: () => Promise<string[]>;
  /** From when until when it showed a label first, in ms of `performance.now()`. */
  span: (label: string) => Promise<{ from: number; until: number }>;
  /** Waits until it shows this label, be it for an instant. */
  hasShown: (label: string) => Promise<void>;
  /** Waits until it shows this label after all others that it has shown so far. */
  shows: (label: string) => Promise<void>;
}

/**
 * Watches the indicator from now on by a MutationObserver in the page, also through reloads, after
 * which the log begins anew.
 */
export async function observeIndicator(page: Page): Promise<IndicatorLog> {
  await page.addInitScript(recordIndicator);
  await page.evaluate(recordIndicator);
  const read = async (what: "labels" | "names" | "badges") =>
    (await page.evaluate(() => window.indicatorRecord))?.[what] ?? [];
  const texts = async (what: "labels" | "names" | "badges") =>
    (await read(what)).map(({ text }) => text);
  const labels = () => texts("labels");
  const shows = (label: string, when: "last" | "ever") =>
    until(() => isShown(page, label, when), `"${label}" shows`);

  return {
    labels,
    names: () => texts("names"),
    badges: () => texts("badges"),
    async span(label) {
      const shown = await read("labels");
      const index = shown.findIndex(({ text }) => text === label);
      const [first, next] = [shown[index], shown[index + 1]];
      if (!first || !next) throw new Error(`"${label}" was not shown, or is still`);
      return { from: first.at, until: next.at };
    },
    hasShown: (label) => shows(label, "ever"),
    shows: (label) => shows(label, "last"),
  };
}

/** Waits for it in the page, and rejects when that is left meanwhile. */
function isShown(page: Page, label: string, when: "last" | "ever"): Promise<boolean> {
  return page.evaluate(
    async ([text, how]) => (await window.untilIndicatorShows?.(text, how)) !== undefined,
    [label, when] as const,
  );
}
