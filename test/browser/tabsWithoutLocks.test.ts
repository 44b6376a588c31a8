import { beforeAll, expect, it } from "vitest";
import { until } from "../support/consoleWaiting.ts";
import { serveTabs, steadyLabel } from "../support/tabsConsole.ts";
import { expectNeverIdle } from "../support/tabsHandOver.ts";
import type { ConsoleTab } from "../support/tabsPage.ts";

const served = serveTabs();

// As on plain http to another host than this machine, which is no secure context.
beforeAll(() =>
  served.context.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, "locks");
  }),
);

/** What the page says of the connection. */
const connection = ({ page }: ConsoleTab) => page.locator(".panel-foot").first().textContent();

/** Notes every pair of label and connection that the page shows from now on. */
function recordPairs({ page }: ConsoleTab): Promise<void> {
  return page.evaluate(() => {
    const pairs: string[] = (window.tabPairs = []);
    const note = () => {
      const label = document.querySelector(".active-indicator-label")?.textContent;
      pairs.push(`${label} | ${document.querySelector(".panel-foot")?.textContent}`);
    };
    new MutationObserver(note).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
}

declare global {
  interface Window {
    tabPairs?: string[];
  }
}

it("without locks each tab has a stream of its own, until it was hidden for 30 s", async () => {
  const hidden = await served.open();
  expect(await hidden.page.evaluate(() => "locks" in navigator)).toBe(false);
  // The timers of both tabs go by this clock from now on, and it by the test for a while.
  await hidden.page.clock.install();
  await hidden.page.clock.pauseAt(Date.now() + 1_000);
  const visible = await served.open();
  expect(await hidden.visibility()).toBe("hidden");
  await served.untilStreams(2);
  await hidden.page.clock.fastForward(25_000);
  expect((await served.client.counters()).openStreams).toBe(2);
  await hidden.page.clock.fastForward(5_000);
  await served.untilStreams(1);
  await hidden.page.clock.resume();
  expect(await visible.leads()).toBe(true);
  expect(await connection(hidden)).toContain("Connecting");

  await served.startServer("beta");
  await visible.says("Server running (beta)");
  expect((await hidden.sayings()).at(-1)?.text).toBe(steadyLabel);
  await recordPairs(hidden);
  await hidden.page.bringToFront();
  await hidden.says("Server running (beta)");
  await until(async () => (await connection(hidden))?.includes("Live") === true, "it is live");
  await served.untilStreams(2);
  const pairs = await hidden.page.evaluate(() => window.tabPairs ?? []);
  expect(pairs.filter((pair) => pair.startsWith(steadyLabel) && pair.includes("Live"))).toEqual([]);
  expect(pairs.at(-1)).toContain("Live");
  await expectNeverIdle([hidden, visible]);
});
