import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../support/console/waiting.ts";
import { serveTabs, steadyLabel } from "../../support/tabs/console.ts";
import { formatHandOvers, type HandOverFigures } from "../../support/tabs/figures.ts";
import { expectNeverIdle, handOver } from "../../support/tabs/handOver.ts";
import type { ConsoleTab } from "../../support/tabs/page.ts";

// Chromium calls the timers of a page that was hidden for 5 minutes once a minute: here after 1 s.
const served = serveTabs(["--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/1"]);
const figures: HandOverFigures[] = [];
const tabs: ConsoleTab[] = [];

// They stay for all tests: what their headers have said is looked at in each.
beforeAll(async () => void tabs.push(await served.open(), await served.open()));
afterAll(() => console.log(`\n${formatHandOvers(figures)}\n`));

async function lead(tab: ConsoleTab): Promise<void> {
  await tab.page.bringToFront();
  await until(() => tab.leads(), "the tab in front leads");
}

/** The second tab leads, and something else than the console has come to the front. */
async function hideLeader() {
  const [waiting, leader] = tabs;
  if (!waiting || !leader) throw new Error("There are no two tabs");
  await lead(leader);
  await served.context.pages()[0]?.bringToFront();
  await until(async () => (await leader.visibility()) === "hidden", "the leader is hidden");
  return { waiting, leader };
}

describe("the tab that comes into view leads", () => {
  it("each time, with one stream at the server", async () => {
    for (const tab of [...tabs, ...tabs]) {
      /* oxlint-disable no-await-in-loop -- one after the other is the point */
      await lead(tab);
      await served.untilStreams(1);
      expect(await tab.visibility()).toBe("visible");
      /* oxlint-enable no-await-in-loop */
    }
    await expectNeverIdle(tabs);
  });

  it("and is right at once, when the leader was hidden for long and is throttled", async () => {
    const { waiting, leader } = await hideLeader();
    await sleep(2_500);
    expect(await leader.leads()).toBe(true);
    const act = () => waiting.page.bringToFront();
    figures.push(await handOver(served, { leader: "hidden, throttled", others: [waiting], act }));
    await until(async () => !(await leader.leads()), "the old leader follows");
    await served.untilStreams(1);
  });

  it("and is right at once, when the leader was frozen while it was hidden", async () => {
    const { waiting, leader } = await hideLeader();
    await leader.cdp.send("Page.setWebLifecycleState", { state: "frozen" });
    const act = () => waiting.page.bringToFront();
    figures.push(await handOver(served, { leader: "hidden, frozen", others: [waiting], act }));
    await leader.page.bringToFront();
    await leader.says(steadyLabel);
    expect(await leader.events()).toContain("freeze");
    await until(() => leader.leads(), "the tab in front leads");
    await served.untilStreams(1);
    await expectNeverIdle(tabs);
  });
});

describe("of two windows that are both visible", () => {
  it("the one that leads goes on, until it hangs for 15 s", async () => {
    const [leader] = tabs;
    if (!leader) throw new Error("There is no tab");
    await lead(leader);
    const other = await served.open("window");
    const { streamsOpened } = await served.client.counters();
    await leader.page.bringToFront();
    await other.page.bringToFront();
    expect(await leader.visibility()).toBe("visible");
    expect(await other.visibility()).toBe("visible");
    await sleep(500);
    expect(await leader.leads()).toBe(true);
    expect(await served.client.counters()).toMatchObject({ openStreams: 1, streamsOpened });

    // A breakpoint: no timer, no message, and its lock stays its own.
    await leader.cdp.send("Debugger.enable");
    const act = async () => {
      await leader.cdp.send("Debugger.pause");
      leader.page.evaluate(() => 1).catch(() => {});
    };
    figures.push(await handOver(served, { leader: "visible, hangs", others: [other], act }));
    await leader.cdp.send("Debugger.resume");
    await until(async () => !(await leader.leads()), "the old leader follows");
    await leader.says(steadyLabel);
    await served.untilStreams(1);
    await expectNeverIdle([leader, other]);
  });
});
