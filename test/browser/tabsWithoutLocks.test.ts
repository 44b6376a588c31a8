import { beforeAll, describe, expect, it } from "vitest";
import { until } from "../support/consoleWaiting.ts";
import { serveTabs, steadyLabel } from "../support/tabsConsole.ts";
import { expectNeverIdle } from "../support/tabsHandOver.ts";
import type { ConsoleTab } from "../support/tabsPage.ts";

const served = serveTabs();

// As on plain http to another host than this machine, which has no secure context.
beforeAll(async () => {
  await served.context.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, "locks");
  });
});

const streams = async () => (await served.client.counters()).openStreams;

describe("where there are no locks", () => {
  it("each tab has its own stream, which it closes once it was hidden for 30 s", async () => {
    const first = await served.open();
    expect(await first.page.evaluate(() => "locks" in navigator)).toBe(false);
  });
});
