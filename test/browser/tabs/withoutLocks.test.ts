import { expect, it } from "vitest";
import { serveTabs, steadyLabel } from "../../support/tabs/console.ts";
import { expectNeverIdle } from "../../support/tabs/handOver.ts";
import type { ConsoleTab } from "../../support/tabs/page.ts";

// Plain http to another host than this machine is no secure context.
const served = serveTabs([], "app.test");

it("without locks a tab has a stream of its own, until it was hidden for 30 s", async () => {
  const tab = await served.open();
  expect(await tab.page.evaluate(() => [isSecureContext, "locks" in navigator])).toEqual([
    false,
    false,
  ]);
  // Its timers go by this clock from now on, and that by the test for a while.
  await tab.page.clock.install();
  // Ahead of it by more than a busy machine takes until then: a clock goes back to no moment.
  await tab.page.clock.pauseAt(Date.now() + 10_000);
  const other = await served.context.newPage();
  await other.bringToFront();
  expect(await tab.visibility()).toBe("hidden");
  await tab.page.clock.fastForward(25_000);
  await served.untilStreams(1);
  await tab.page.clock.fastForward(5_000);
  await served.untilStreams(0);
  await tab.page.clock.resume();

  const stopServer = await served.startServer("beta");
  expect((await tab.sayings()).at(-1)?.text).toBe(steadyLabel);
  await tab.page.bringToFront();
  await tab.says("Server running (beta)");
  await served.untilStreams(1);
  await expectNeverIdle([tab]);
  await stopServer();
  await other.close();
  await tab.page.close();
});

it(
  "nine tabs in a row hold one stream, where the seventh would hang",
  { timeout: 120_000 },
  async () => {
    const tabs: ConsoleTab[] = [];
    for (let count = 0; count < 9; count += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      tabs.push(await served.open());
      // oxlint-disable-next-line no-await-in-loop -- and each has given its stream back by then
      await served.untilStreams(1);
    }
    const [first, second] = tabs;
    const stopServer = await served.startServer("beta");
    await tabs.at(-1)?.says("Server running (beta)");
    expect(await Promise.all(tabs.map((tab) => tab.leads()))).toEqual([
      ...tabs.slice(1).map(() => false),
      true,
    ]);
    // Whoever looks at another one finds it right, and the one before lets go.
    for (const tab of [first, second]) {
      // oxlint-disable no-await-in-loop -- one after the other is the point
      await tab?.page.bringToFront();
      await tab?.says("Server running (beta)");
      await served.untilStreams(1);
      // oxlint-enable no-await-in-loop
    }
    await expectNeverIdle(tabs);
    await stopServer();
  },
);
