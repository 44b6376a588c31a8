import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { until } from "../support/consoleWaiting.ts";
import { serveTabs, steadyLabel } from "../support/tabsConsole.ts";
import { formatHandOvers, type HandOverFigures } from "../support/tabsFigures.ts";
import { expectNeverIdle, handOver } from "../support/tabsHandOver.ts";

// A page that has been hidden for 5 minutes has its timers called once a minute: here after 1 s.
const served = serveTabs(["--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/1"]);
const figures: HandOverFigures[] = [];

afterEach(() => served.closeAll());
afterAll(() => console.log(`\n${formatHandOvers(figures)}\n`));

const streams = async () => (await served.client.counters()).openStreams;

describe("the visible tab leads", () => {
  it("whichever comes into view, with one stream at the server each time", async () => {
    const tabs = [await served.open(), await served.open(), await served.open()];
    for (const tab of [tabs[0], tabs[1], tabs[0], tabs[2]]) {
      /* oxlint-disable no-await-in-loop -- one after the other is the point */
      await tab?.page.bringToFront();
      await until(async () => (await tab?.leads()) === true, "the tab in front leads");
      await until(async () => (await streams()) === 1, "one stream is open");
      /* oxlint-enable no-await-in-loop */
    }
    await expectNeverIdle(tabs);
  });

  it("and of two visible windows the one that leads already", async () => {
    const first = await served.open();
    const second = await served.open("window");
    await until(() => first.leads(), "the first window leads");
    expect(await Promise.all([first.visibility(), second.visibility()])).toEqual([
      "visible",
      "visible",
    ]);
    const { streamsOpened } = await served.client.counters();
    await first.page.bringToFront();
    await second.page.bringToFront();
    await sleep(1_000);
    expect(await served.client.counters()).toMatchObject({ openStreams: 1, streamsOpened });
    expect(await first.leads()).toBe(true);
  });
});

describe("a leader that was hidden for long, and is throttled", () => {
  it("is relieved by whoever comes into view, who is right at once", async () => {
    const waiting = await served.open();
    const leader = await served.open();
    await until(() => leader.leads(), "the tab in front leads");
    const [empty] = served.context.pages();
    await empty?.bringToFront();
    expect(await leader.visibility()).toBe("hidden");
    await sleep(3_000);
    expect(await leader.leads()).toBe(true);
    const act = () => waiting.page.bringToFront();
    figures.push(await handOver(served, { leader: "hidden, throttled", others: [waiting], act }));
    expect(await waiting.leads()).toBe(true);
  });
});

describe("a leader that does nothing any more", () => {
  it("is relieved at once, if it was frozen while it was hidden", async () => {
    const waiting = await served.open();
    const leader = await served.open();
    await until(() => leader.leads(), "the tab in front leads");
    const [empty] = served.context.pages();
    await empty?.bringToFront();
    await leader.cdp.send("Page.setWebLifecycleState", { state: "frozen" });
    const act = () => waiting.page.bringToFront();
    figures.push(await handOver(served, { leader: "hidden, frozen", others: [waiting], act }));
    await leader.page.bringToFront();
    await leader.says(steadyLabel);
    expect(await leader.lastEvent("freeze")).toBeDefined();
    await until(async () => (await streams()) === 1, "one stream is open");
    await expectNeverIdle([leader, waiting]);
  });

  it("is relieved after 15 s, if it hangs in a window of its own", async () => {
    const leader = await served.open();
    const waiting = await served.open("window");
    expect(await leader.leads()).toBe(true);
    // A breakpoint: no timer, no message, and its lock stays its own.
    await leader.cdp.send("Debugger.enable");
    const act = async () => {
      await leader.cdp.send("Debugger.pause");
      leader.page.evaluate(() => 1).catch(() => {});
    };
    figures.push(await handOver(served, { leader: "visible, hangs", others: [waiting], act }));
    expect(figures.at(-1)?.leadsMs).toBeGreaterThan(10_000);
    await leader.cdp.send("Debugger.resume");
    await until(async () => !(await leader.leads()), "the old leader follows");
    await leader.says(steadyLabel);
    await until(async () => (await streams()) === 1, "one stream is open");
    await expectNeverIdle([leader, waiting]);
  });
});
