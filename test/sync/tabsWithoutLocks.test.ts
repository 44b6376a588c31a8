import { describe, expect, it } from "vitest";
import { createFakeBrowser } from "../support/tabsFakeBrowser.ts";
import { runJob } from "../support/syncWire.ts";

const shop = runJob("r1", "running");

/** A tab of a browser without locks that has heard from the server. */
async function openTab({ isHidden = false } = {}) {
  const browser = createFakeBrowser();
  // One poll is enough for these tests.
  const tab = await browser.open({ hasLocks: false, isHidden, pollIntervalMs: 3_600_000 });
  tab.answer({ runs: [shop] });
  await browser.settle();
  return { browser, tab };
}

describe("where there are no locks", () => {
  it("each visible tab has a stream and a poll of its own, and no channel", async () => {
    const { browser } = await openTab();
    await browser.open({ hasLocks: false });
    expect(browser.leaders()).toHaveLength(2);
    expect(browser.channels.names()).toEqual({});
  });

  it("a tab closes them 30 s after it was hidden, and not before", async () => {
    const { browser, tab } = await openTab();
    tab.hide();
    await browser.advance(29_999);
    expect(tab.isLeading()).toBe(true);
    await browser.advance(1);
    expect(tab.environment.open()).toMatchObject({ timers: 0, requests: 0, sources: 0 });
  });

  it("a tab that opens hidden closes them as soon", async () => {
    const { browser, tab } = await openTab({ isHidden: true });
    await browser.advance(30_000);
    expect(tab.isLeading()).toBe(false);
  });

  it("a tab that comes back before that has kept its stream", async () => {
    const { browser, tab } = await openTab();
    tab.hide();
    await browser.advance(29_999);
    tab.show();
    await browser.advance(1_000);
    expect(tab.environment.totals.sources).toBe(1);
    expect(tab.connection()).toEqual({ runs: "live", builds: "live" });
  });

  it("the 30 s begin anew each time that it is hidden", async () => {
    const { browser, tab } = await openTab();
    tab.hide();
    await browser.advance(20_000);
    tab.show();
    tab.hide();
    await browser.advance(20_000);
    expect(tab.isLeading()).toBe(true);
    await browser.advance(10_000);
    expect(tab.isLeading()).toBe(false);
  });

  it("while it is closed the jobs stay, as not known to be live", async () => {
    const { browser, tab } = await openTab();
    tab.hide();
    await browser.advance(30_000);
    expect(tab.active()).toEqual(["Server running (shop)"]);
    expect(tab.connection()).toEqual({ runs: "connecting", builds: "connecting" });
  });

  it("on return it resynchronises before it claims to be live", async () => {
    const { browser, tab } = await openTab();
    tab.hide();
    await browser.advance(600_000);
    tab.show();
    await browser.settle();
    expect(tab.isLeading()).toBe(true);
    expect(tab.connection()).toEqual({ runs: "connecting", builds: "connecting" });
    expect(tab.active()).toEqual(["Server running (shop)"]);
    tab.environment.source().init([]);
    expect(tab.connection()).toEqual({ runs: "live", builds: "connecting" });
    expect(tab.active()).toEqual([]);
    tab.environment.request().respond({ builds: [] });
    await browser.settle();
    expect(tab.connection()).toEqual({ runs: "live", builds: "live" });
    expect(tab.labels).toEqual(["Idle", "Checking…", "Server running (shop)", "Idle"]);
  });

  it("a page in the back/forward cache has none, and resynchronises when it comes back", async () => {
    const { browser, tab } = await openTab();
    tab.leave();
    expect(tab.environment.open()).toMatchObject({ requests: 0, sources: 0 });
    tab.restore();
    await browser.settle();
    expect(tab.isLeading()).toBe(true);
    expect(tab.connection()).toEqual({ runs: "connecting", builds: "connecting" });
    await browser.advance(60_000);
    expect(tab.isLeading()).toBe(true);
  });

  it("neither the network nor a refresh wakes what is closed", async () => {
    const { browser, tab } = await openTab();
    tab.hide();
    await browser.advance(30_000);
    tab.environment.wake("online");
    tab.sync.refresh();
    await browser.settle();
    expect(tab.environment.open()).toMatchObject({ requests: 0, sources: 0 });
  });

  it("a stop is final, while it is open and while it is closed", async () => {
    const { browser, tab } = await openTab();
    tab.hide();
    tab.sync.stop();
    tab.show();
    await browser.advance(60_000);
    expect(tab.connection()).toEqual({ runs: "off", builds: "off" });
    expect(tab.environment.open()).toEqual({
      timers: 0,
      requests: 0,
      sources: 0,
      wakeListeners: 0,
    });
  });
});
