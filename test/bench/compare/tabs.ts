import type { Browser, Page } from "playwright-core";

/** How often everything was passed between tabs. */
export interface PassedSnapshots {
  readonly sent: number;
  readonly received: number;
}

const tabCount = 20;
const runCount = 100;

/** Opens twenty tabs at once, and counts the messages between them that hold every run. */
export async function countPassedSnapshots(
  browser: Browser,
  origin: string,
): Promise<PassedSnapshots> {
  const context = await browser.newContext();
  await context.addInitScript(countInTab, runCount);
  const tabs = await Promise.all(Array.from({ length: tabCount }, () => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(`${origin}/tab`)));
  await Promise.all(
    tabs.map((tab) => tab.waitForFunction((count) => bench.knownRuns() === count, runCount)),
  );
  // Whatever is passed on late counts too.
  await tabs[0]?.waitForTimeout(1_000);
  const passed = await Promise.all(tabs.map(readPassed));
  await context.close();
  return {
    sent: passed.reduce((sum, { sent }) => sum + sent, 0),
    received: passed.reduce((sum, { received }) => sum + received, 0),
  };
}

function readPassed(tab: Page): Promise<PassedSnapshots> {
  return tab.evaluate(() => Reflect.get(globalThis, "passedSnapshots"));
}

// By what they hold, since how tabs speak to each other is their own affair.
function countInTab(runsInAll: number): void {
  const passed = { sent: 0, received: 0 };
  const isWhole = (message: unknown) =>
    (JSON.stringify(message) ?? "").split('"key":"run:').length > runsInAll;
  Reflect.set(globalThis, "passedSnapshots", passed);
  globalThis.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name);
      this.addEventListener("message", ({ data }) => {
        if (isWhole(data)) passed.received += 1;
      });
    }

    override postMessage(message: unknown): void {
      if (isWhole(message)) passed.sent += 1;
      super.postMessage(message);
    }
  };
}
