import { describe, expect, it } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import type { TabEnvironment } from "../../../src/sync/environment.ts";
import { startBackendSync } from "../../../src/sync/startBackendSync.ts";
import { createFakeEnvironment } from "../../../src/testing/environment.ts";
import { run } from "../../support/jobs/jobs.ts";
import { createHandSource, kindOf } from "../../support/sync/byHand.ts";
import { createFakeBrowser, type FakeBrowser } from "../../support/tabs/fakeBrowser.ts";
import type { FakeTab } from "../../support/tabs/fakeTab.ts";
import { runJob } from "../../support/sync/wire.ts";

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
  it("each visible tab has a stream and a poll of its own, and says nothing of its jobs", async () => {
    const { browser } = await openTab();
    await browser.open({ hasLocks: false });
    expect(browser.leaders()).toHaveLength(2);
    expect(new Set(browser.channels.said().map(({ type }) => type))).toEqual(new Set(["visible"]));
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

describe("where there are no locks, while another tab is in view", () => {
  const nothing = { timers: 0, requests: 0, sources: 0 };

  it("a tab that is hidden gives its connection back at once", async () => {
    const { browser, tab } = await openTab();
    const other = await browser.open({ hasLocks: false });
    tab.hide();
    await browser.settle();
    expect(tab.environment.open()).toMatchObject(nothing);
    expect(tab.active()).toEqual(["Server running (shop)"]);
    expect(tab.connection()).toEqual({ runs: "connecting", builds: "connecting" });
    expect(other.isLeading()).toBe(true);
  });

  it("a tab that was hidden before that one opened does so too", async () => {
    const { browser, tab } = await openTab();
    tab.hide();
    await browser.advance(1_000);
    expect(tab.isLeading()).toBe(true);
    await browser.open({ hasLocks: false });
    expect(tab.environment.open()).toMatchObject(nothing);
  });

  it("a tab that opens hidden does so too", async () => {
    const { browser } = await openTab();
    const background = await browser.open({ hasLocks: false, isHidden: true });
    expect(background.environment.open()).toMatchObject(nothing);
  });

  it("of twenty tabs that are opened in a row one has a connection", async () => {
    const browser = createFakeBrowser();
    for (let count = 0; count < 20; count += 1) {
      browser.tabs.at(-1)?.hide();
      // oxlint-disable-next-line no-await-in-loop -- in this order
      await browser.open({ hasLocks: false });
      expect(browser.leaders()).toHaveLength(1);
    }
    expect(browser.leaders()).toEqual([browser.tabs.at(-1)]);
  });

  it("a tab that comes back into view resynchronises at once", async () => {
    const { browser, tab } = await openTab();
    const other = await browser.open({ hasLocks: false });
    tab.hide();
    await browser.settle();
    other.hide();
    tab.show();
    await browser.settle();
    expect(browser.leaders()).toEqual([tab]);
    tab.answer({ runs: [shop] });
    await browser.settle();
    expect(tab.connection()).toEqual({ runs: "live", builds: "live" });
  });

  it("a tab that is hidden and shown again and again costs one connection a second", async () => {
    const { browser, tab } = await openTab();
    await browser.open({ hasLocks: false });
    for (let times = 0; times < 30; times += 1) {
      tab.hide();
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await browser.advance(50);
      tab.show();
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await browser.advance(50);
    }
    expect(tab.environment.totals.requests).toBeLessThanOrEqual(1 + 4);
    expect(tab.environment.totals.sources).toBeLessThanOrEqual(1 + 4);
    await browser.advance(1_000);
    expect(tab.isLeading()).toBe(true);
  });

  it("two that are both in view keep their connections", async () => {
    const { browser, tab } = await openTab();
    const other = await browser.open({ hasLocks: false });
    await browser.advance(29_000);
    expect(browser.leaders()).toEqual([tab, other]);
  });

  it("the 30 s hold again once that one is hidden too, or gone", async () => {
    const { browser, tab } = await openTab();
    const other = await browser.open({ hasLocks: false });
    other.close();
    tab.hide();
    await browser.advance(29_999);
    expect(tab.isLeading()).toBe(true);
    await browser.advance(1);
    expect(tab.isLeading()).toBe(false);
  });

  it("a tab of another session does not count", async () => {
    const { browser, tab } = await openTab();
    await browser.open({ hasLocks: false, session: "ada" });
    tab.hide();
    await browser.settle();
    expect(tab.isLeading()).toBe(true);
  });

  it("a page in the back/forward cache has no channel, and joins again when it comes back", async () => {
    const { browser, tab } = await openTab();
    tab.leave();
    expect(browser.channels.names()).toEqual({});
    const other = await browser.open({ hasLocks: false });
    other.hide();
    tab.restore();
    await browser.settle();
    expect(browser.leaders()).toEqual([tab]);
  });

  it("signing out ends the session in all tabs, and nothing is open after it", async () => {
    const { browser, tab } = await openTab();
    const other = await browser.open({ hasLocks: false });
    tab.sync.signOut();
    await browser.settle();
    expect(other.calls.unauthorized).toBe(1);
    expect(browser.channels.names()).toEqual({});
    expect(other.environment.open()).toEqual({ ...nothing, wakeListeners: 0 });
  });
});

/** What becomes of a tab that must do without the others, from its first answer to its stop. */
async function expectAlone(browser: FakeBrowser, tab: FakeTab) {
  tab.answer({ runs: [shop] });
  await browser.settle();
  expect(tab.active()).toEqual(["Server running (shop)"]);
  expect(tab.connection()).toEqual({ runs: "live", builds: "live" });
  expect(Object.values(browser.locks.holders())).not.toContain(tab.name);
  expect(tab.problems).toEqual([]);
  tab.hide();
  await browser.advance(30_000);
  expect(tab.environment.open()).toMatchObject({ timers: 0, requests: 0, sources: 0 });
  tab.show();
  expect(tab.isLeading()).toBe(true);
  tab.sync.stop();
  await browser.settle();
  expect(tab.environment.open()).toEqual({
    timers: 0,
    requests: 0,
    sources: 0,
    wakeListeners: 0,
  });
}

describe("where a channel cannot be used, tabs are on their own as without locks:", () => {
  it.each([true, false])("from the start, where it cannot be made; locks: %s", async (hasLocks) => {
    const browser = createFakeBrowser();
    browser.channels.refuse();
    const first = await browser.open({ hasLocks });
    const second = await browser.open({ hasLocks });
    expect(browser.leaders()).toEqual([first, second]);
    await expectAlone(browser, first);
  });

  it.each(["InvalidStateError", "DataCloneError"])(
    "once posting throws %s in a leader",
    async (name) => {
      const browser = createFakeBrowser();
      const leader = await browser.open();
      const follower = await browser.open();
      browser.channels.breakOff(leader.name, name);
      leader.answer();
      await browser.settle();
      expect(Object.values(browser.locks.holders())).toEqual([follower.name]);
      await expectAlone(browser, leader);
    },
  );

  it.each(["InvalidStateError", "DataCloneError"])(
    "once posting throws %s in a follower",
    async (name) => {
      const browser = createFakeBrowser();
      const leader = await browser.open();
      leader.answer();
      const follower = await browser.open();
      browser.channels.breakOff(follower.name, name);
      follower.store.getState().applyJobHint(run("r1", "pending"));
      expect(follower.active()).toEqual(["Starting server…"]);
      await browser.settle();
      expect(leader.isLeading()).toBe(true);
      await expectAlone(browser, follower);
    },
  );

  it("from the first word on", async () => {
    const browser = createFakeBrowser();
    browser.channels.breakOff("tab-0", "InvalidStateError");
    const tab = await browser.open();
    expect(tab.isLeading()).toBe(true);
    await expectAlone(browser, tab);
  });

  it("also once its page comes back out of the back/forward cache", async () => {
    const browser = createFakeBrowser();
    const tab = await browser.open();
    tab.leave();
    browser.channels.refuse();
    tab.restore();
    await browser.settle();
    expect(tab.isLeading()).toBe(true);
    await expectAlone(browser, tab);
  });
});

it("a source that cannot be started leaves nothing behind where there are no locks", async () => {
  const { kind } = kindOf("alpha");
  const own = createHandSource(kind, {
    onStart() {
      throw new Error("no such stream");
    },
  });
  const world = createFakeEnvironment();
  let listeners = 0;
  const tabs: TabEnvironment = {
    locks: undefined,
    openChannel: () => ({ postMessage() {}, addEventListener() {}, close() {} }),
    onRest() {
      listeners += 1;
      return () => (listeners -= 1);
    },
  };
  const environment = { ...world, tabs };
  const start = () =>
    startBackendSync({ store: createActivityStore(), environment, sources: [own.source] });
  expect(start).toThrow("no such stream");
  expect(listeners).toBe(0);
  world.show();
  await world.advance(60_000);
  expect(own.attempts).toHaveLength(1);
  expect(world.open()).toEqual({ timers: 0, requests: 0, sources: 0, wakeListeners: 0 });
});
