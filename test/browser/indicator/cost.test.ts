// What a page pays for its indicator.
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { setUpIndicator } from "../../support/indicator/setup.ts";
import { build } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();

it("an idle page does nothing", async () => {
  const { page } = await open({ reducedMotion: "no-preference" });
  expect(await costOf(page, 2_000)).toMatchObject({ layouts: 0, styles: 0 });
});

it("a running build costs no layout and less than 1 % of the main thread", async () => {
  const { page, say } = await open({ reducedMotion: "no-preference" });
  await say(build("1", "running"));
  // From then on nothing happens for ten seconds but that it turns.
  await page
    .locator(".active-indicator-announcements")
    .getByText("started")
    .waitFor({ state: "attached" });
  const { layouts, styles, percent } = await costOf(page, 3_000);
  expect(layouts).toBe(0);
  // Chromium looks after what the compositor turns, some times a second.
  expect(styles).toBeLessThan(30);
  expect(percent).toBeLessThan(1);
});

/** What a page's main thread does in some time; its share is by its own clock, not the machine's. */
async function costOf(page: Page, ms: number) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return new Map(metrics.map(({ name, value }) => [name, value]));
  };
  const before = await read();
  await page.waitForTimeout(ms);
  const after = await read();
  await devtools.detach();
  const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  return {
    layouts: grown("LayoutCount"),
    styles: grown("RecalcStyleCount"),
    percent: (100 * grown("TaskDuration")) / (ms / 1_000),
  };
}
