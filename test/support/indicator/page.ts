import type { Locator, Page } from "playwright-core";
import type { Job } from "../../../src/jobs/job.ts";
import type { SourceStatus } from "../../../src/store/connection.ts";

/** The indicator in a real browser, and its store. */
export interface IndicatorPage {
  page: Page;
  chip: Locator;
  /** What the chip names. */
  label: Locator;
  list: Locator;
  /** Opens the list by a click. */
  openList: () => Promise<void>;
  /** The rows of the list, or those of one section. */
  rows: (section?: string) => Locator;
  /** What is seen of the rows of the list, or of those of one section. */
  rowTexts: (section?: string) => Promise<string[]>;
  /** A button or link of the list by its whole name: "Stop Server · shop". */
  control: (name: string) => Locator;
  /** Takes what the authority says of jobs. */
  say: (...jobs: Job[]) => Promise<void>;
  /** Begins a request; what it resolves to ends it. */
  request: (label: string) => Promise<() => Promise<void>>;
  /** Has both sources in this status. @default "live" */
  connect: (status?: SourceStatus | "off") => Promise<void>;
  /** Lets it be known how far the server's clock is ahead, in ms. */
  setServerClock: (offsetMs: number) => Promise<void>;
  /** What has the focus: its label, else its text; "the chip" for that one. */
  focused: () => Promise<string>;
  /** Has the page believe that its tab is hidden, or visible again. */
  setVisible: (visible: boolean) => Promise<void>;
}

/** What a test does with a page that holds the indicator. */
export function indicatorPageOf(page: Page): IndicatorPage {
  const chip = page.locator(".active-indicator-chip");
  const list = page.locator(".active-indicator-list");
  const rows = (section?: string) =>
    (section === undefined ? list : list.getByRole("group", { name: section })).getByRole(
      "listitem",
    );

  return {
    page,
    chip,
    label: chip.locator(".active-indicator-label"),
    list,
    async openList() {
      await chip.click();
      await list.waitFor();
    },
    rows,
    rowTexts: (section) => rows(section).evaluateAll(readRows),
    control(name) {
      const exactly = { name, exact: true };
      return list.getByRole("button", exactly).or(list.getByRole("link", exactly));
    },
    say: (...jobs) => page.evaluate((all) => window.indicatorDrive().applyJobUpdates(all), jobs),
    request: (label) => beginRequest(page, label),
    connect: (status = "live") =>
      page.evaluate((to) => {
        const { setConnectionStatus } = window.indicatorDrive();
        setConnectionStatus("runs", to);
        setConnectionStatus("builds", to);
      }, status),
    setServerClock: (offsetMs) =>
      page.evaluate((by) => window.indicatorDrive().setServerClock(by), offsetMs),
    focused: () => page.evaluate(readFocus),
    setVisible: (visible) => page.evaluate(pretendVisible, visible),
  };
}

/** Where an element is in the window, in px. */
export async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (!box) throw new Error("It is not to be seen.");
  const { x, y, width, height } = box;
  return { left: x, top: y, right: x + width, bottom: y + height, width };
}

async function beginRequest(page: Page, label: string): Promise<() => Promise<void>> {
  const key = await page.evaluate(
    (text) => window.indicatorStore.getState().registerRequestAction(text).key,
    label,
  );
  return () =>
    page.evaluate((ended) => window.indicatorStore.getState().completeRequestAction(ended), key);
}

// What follows runs in the page, so it can use nothing from around it.

function readFocus(): string {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) return "nothing";
  if (activeElement.matches(".active-indicator-chip")) return "the chip";
  const text = activeElement instanceof HTMLElement ? activeElement.innerText : "";
  return activeElement.ariaLabel ?? text.replaceAll(/\s+/g, " ");
}

// What can be seen of them: what is for screen readers alone is left out.
function readRows(rows: Element[]): string[] {
  return rows.map((row) =>
    [...row.querySelectorAll(":scope > *, :scope .active-indicator-title > *, button")]
      .filter((part) => !part.matches(".active-indicator-hidden, .active-indicator-title"))
      .filter((part) => !part.matches(".active-indicator-acts"))
      .map((part) => (part instanceof HTMLElement ? part.innerText.trim() : ""))
      .filter((text) => text !== "")
      .join(" "),
  );
}

// A headless browser takes each of its tabs for visible.
function pretendVisible(visible: boolean): void {
  const state = visible ? "visible" : "hidden";
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  Object.defineProperty(document, "hidden", { value: !visible, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}
