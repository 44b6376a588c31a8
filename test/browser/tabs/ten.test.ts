import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { until } from "../../support/console/waiting.ts";
import { serveTabs, steadyLabel } from "../../support/tabs/console.ts";
import { expectNeverIdle } from "../../support/tabs/handOver.ts";
import type { ConsoleTab } from "../../support/tabs/page.ts";

const served = serveTabs();
const tabs: ConsoleTab[] = [];

// The first one signs in, and all others are signed in by that.
beforeAll(async () => {
  tabs.push(await served.open());
  tabs.push(...(await Promise.all(Array.from({ length: 9 }, () => served.open()))));
});

/** How many of the tabs lead. */
async function leaders(): Promise<ConsoleTab[]> {
  const lead = await Promise.all(tabs.map((tab) => tab.leads()));
  return tabs.filter((_, index) => lead[index]);
}

/** The median time of a page's own request, in ms. */
async function requestMs({ page }: ConsoleTab): Promise<number> {
  const times = await page.evaluate(async () => {
    const measured: number[] = [];
    for (let count = 0; count < 15; count += 1) {
      const begunAt = performance.now();
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await (await fetch("/api/projects", { cache: "no-store" })).text();
      measured.push(performance.now() - begunAt);
    }
    return measured;
  });
  return times.toSorted((a, b) => a - b)[7] ?? Number.NaN;
}

/** How long after `at` the last of the headers said this, in ms. */
async function lastMsAfter(at: number, label: string): Promise<number> {
  const saidAt = await Promise.all(tabs.map((tab) => tab.says(label)));
  return Math.max(...saidAt) - at;
}

/** Builds by a click in a tab that follows, and ends the build once all headers have said it. */
async function lastMsAfterClick(): Promise<number> {
  const follower = tabs[7];
  expect(await follower?.leads()).toBe(false);
  const before = (await served.client.counters()).buildPolls;
  await until(async () => (await served.client.counters()).buildPolls > before, "a poll");
  const button = follower?.page
    .getByRole("article", { name: "Gated" })
    .getByRole("button", { name: "Build" });
  const clickedAt = Date.now();
  // A mouse cannot reach a hidden tab.
  await button?.evaluate((element: HTMLElement) => element.click());
  const ms = await lastMsAfter(clickedAt, "Building (gated)");
  served.openGate();
  await lastMsAfter(clickedAt, steadyLabel);
  served.closeGate();
  return ms;
}

describe("ten tabs of one browser", () => {
  it("have one stream open, and one of them leads: the visible one", async () => {
    await until(async () => (await leaders()).length === 1, "one tab leads");
    // Of a leader before it the server hears a moment later that its stream is closed.
    await served.untilStreams(1);
    const [leader] = await leaders();
    expect(await leader?.visibility()).toBe("visible");
    const seen = await Promise.all(tabs.map((tab) => tab.visibility()));
    expect(seen.filter((state) => state === "visible")).toHaveLength(1);
  });

  it("poll once an interval between them", async () => {
    const polls = async () => (await served.client.counters()).buildPolls;
    const [before, begunAt] = [await polls(), performance.now()];
    // Two intervals.
    await sleep(10_000);
    const polled = (await polls()) - before;
    const intervals = (performance.now() - begunAt) / 5_000;
    // In so many whole intervals fall that many polls, or one more.
    expect(polled).toBeLessThanOrEqual(Math.floor(intervals) + 1);
    expect(polled).toBeGreaterThanOrEqual(1);
    expect(await served.client.counters()).toMatchObject({ openStreams: 1 });
  });

  it("answer their own requests as fast in the tenth as in the first", async () => {
    const [first, tenth] = [tabs[0], tabs[9]];
    if (!first || !tenth) throw new Error("There are no ten tabs");
    const firstMs = await requestMs(first);
    const tenthMs = await requestMs(tenth);
    console.log(`a request: ${firstMs.toFixed(1)} ms in tab 1, ${tenthMs.toFixed(1)} ms in tab 10`);
    // A request that found no connection would hang for ever.
    expect(tenthMs).toBeLessThan(firstMs * 4 + 20);
  });

  it("all say within a second what has changed", async () => {
    await tabs[4]?.page.bringToFront();
    await until(async () => (await tabs[4]?.leads()) === true, "the tab in front leads");
    const times: number[] = [];
    /* oxlint-disable no-await-in-loop -- one after the other is the point */
    for (let count = 0; count < 3; count += 1) {
      const stopServer = await served.startServer("beta");
      times.push(await lastMsAfter(Date.now(), "Server running (beta)"));
      await stopServer();
      times.push(await lastMsAfter(Date.now(), steadyLabel));
    }
    /* oxlint-enable no-await-in-loop */
    console.log(`ten headers: ${times.map((ms) => Math.round(ms)).join(", ")} ms after a change`);
    // Most of them, as the machine may have much else to do at any one moment.
    expect(times.toSorted((a, b) => a - b)[3]).toBeLessThan(1_000);
    await expectNeverIdle(tabs);
  });

  it("all say what was clicked in one that does not lead long before the next poll", async () => {
    const times: number[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    for (let count = 0; count < 3; count += 1) times.push(await lastMsAfterClick());
    console.log(`ten headers: ${times.map((ms) => Math.round(ms)).join(", ")} ms after a click`);
    // Most of them, as above.
    expect(times.toSorted((a, b) => a - b)[1]).toBeLessThan(2_000);
    await served.untilStreams(1);
    await expectNeverIdle(tabs);
  });
});
