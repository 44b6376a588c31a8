import { describe, expect, it } from "vitest";
import { startFakeSync } from "../support/sync/harness.ts";
import { buildJob, runJob } from "../support/sync/wire.ts";
import { createFakeBrowser } from "../support/tabs/fakeBrowser.ts";
import type { FakeTabOptions } from "../support/tabs/fakeTab.ts";

const off = { runs: "off", builds: "off" };
const nothingOpen = { timers: 0, requests: 0, sources: 0, wakeListeners: 0 };

// A host may stop the sync from whatever it hears of the store, in the middle of sync's own work.
describe("stop from a subscriber of the store is final", () => {
  it("on the first run of a snapshot", async () => {
    const { environment, store, sync, connection } = startFakeSync();
    store.subscribe(sync.stop);
    environment.source().init([runJob("r1", "running")]);
    await environment.advance(120_000);
    expect(connection()).toEqual(off);
    expect(environment.open()).toEqual(nothingOpen);
  });

  it("on the first build of an answer", async () => {
    const { environment, store, sync, connection } = startFakeSync();
    store.subscribe(sync.stop);
    environment.request().respond({ builds: [buildJob("b1", "running")] });
    await environment.advance(120_000);
    expect(connection()).toEqual(off);
    expect(environment.open()).toEqual(nothingOpen);
  });

  it("on a stream that was lost", async () => {
    const { environment, store, sync, connection } = startFakeSync();
    environment.source().init([]);
    store.subscribe(sync.stop);
    environment.source().fail();
    await environment.advance(120_000);
    expect(connection()).toEqual(off);
    expect(environment.totals.sources).toBe(1);
    expect(environment.open()).toEqual(nothingOpen);
  });

  it("on a poll that failed", async () => {
    const { environment, store, sync, connection } = startFakeSync();
    store.subscribe(sync.stop);
    environment.request().fail();
    await environment.advance(120_000);
    expect(connection()).toEqual(off);
    expect(environment.open()).toEqual(nothingOpen);
  });

  it("on a burst of updates", async () => {
    const { environment, store, sync, connection } = startFakeSync();
    environment.source().init([]);
    store.subscribe(sync.stop);
    environment.source().update(runJob("r1", "running"));
    await environment.advance(120_000);
    expect(connection()).toEqual(off);
    expect(environment.open()).toEqual(nothingOpen);
  });

  it("on a burst of updates that is applied because the stream is opened anew", async () => {
    const { environment, store, sync, connection } = startFakeSync();
    environment.source().init([]);
    store.subscribe(sync.stop);
    environment.source().update(runJob("r1", "running"));
    environment.wake("online");
    await environment.advance(120_000);
    expect(connection()).toEqual(off);
    expect(environment.open()).toEqual(nothingOpen);
  });

  it("on something malformed", async () => {
    const { environment, store, sync, connection } = startFakeSync();
    environment.source().init([]);
    store.subscribe(sync.stop);
    environment.source().init([{ id: 7 }, runJob("r1", "running")]);
    await environment.advance(120_000);
    expect(connection()).toEqual(off);
    expect(environment.open()).toEqual(nothingOpen);
  });
});

/** A tab that has heard from the server, and is alone in its browser. */
async function openLive(options?: FakeTabOptions) {
  const browser = createFakeBrowser();
  const tab = await browser.open(options);
  tab.answer();
  await browser.advance(100);
  return { browser, tab };
}

/** A tab that leads, and one that follows it. */
async function openTwo() {
  const browser = createFakeBrowser();
  const leader = await browser.open();
  const follower = await browser.open();
  return { browser, leader, follower };
}

describe("stop from a subscriber of a tab's store is final", () => {
  it("when the tab is elected", async () => {
    const { browser, leader, follower } = await openTwo();
    leader.answer();
    await browser.advance(100);
    expect(follower.connection()).toEqual({ runs: "live", builds: "live" });
    follower.store.subscribe(follower.sync.stop);
    leader.close();
    await browser.advance(60_000);
    expect(follower.connection()).toEqual(off);
    expect(follower.environment.open()).toEqual(nothingOpen);
    expect(follower.active()).toEqual([]);
  });

  it("on the first job of which the leader tells", async () => {
    const { browser, leader, follower } = await openTwo();
    follower.store.subscribe(follower.sync.stop);
    leader.answer({ runs: [runJob("r1", "running")] });
    await browser.advance(100);
    expect(follower.connection()).toEqual(off);
    expect(follower.environment.open()).toEqual(nothingOpen);
  });

  it("on the connection of which the leader tells", async () => {
    const { browser, leader, follower } = await openTwo();
    follower.store.subscribe(({ connection }) => {
      if (connection.runs?.status === "live") follower.sync.stop();
    });
    leader.answer();
    await browser.advance(100);
    expect(follower.connection()).toEqual(off);
    expect(follower.environment.open()).toEqual(nothingOpen);
  });

  it("when the tab is hidden and closes its connection", async () => {
    const { browser, tab } = await openLive({ hasLocks: false, pollIntervalMs: 3_600_000 });
    tab.store.subscribe(tab.sync.stop);
    tab.hide();
    await browser.advance(30_000);
    expect(tab.connection()).toEqual(off);
    expect(tab.environment.open()).toEqual(nothingOpen);
  });

  it("when its page comes back out of the back/forward cache", async () => {
    const { browser, tab } = await openLive();
    tab.leave();
    tab.store.subscribe(tab.sync.stop);
    tab.restore();
    await browser.advance(1_000);
    expect(tab.connection()).toEqual(off);
    expect(tab.environment.open()).toEqual(nothingOpen);
  });

  it("when the tab goes on alone because its channel broke", async () => {
    const { browser, tab } = await openLive();
    browser.channels.breakOff(tab.name, "InvalidStateError");
    tab.store.subscribe(({ connection }) => {
      if (connection.runs?.status === "connecting") tab.sync.stop();
    });
    await browser.advance(10_000);
    expect(tab.connection()).toEqual(off);
    expect(tab.environment.open()).toEqual(nothingOpen);
  });
});

it("leaves the sync alone that a subscriber starts when it hears of the stop", async () => {
  const first = startFakeSync();
  first.environment.source().init([]);
  first.environment.request().respond({ builds: [] });
  await first.environment.settle();
  const unsubscribe = first.store.subscribe(() => {
    unsubscribe();
    startFakeSync({ store: first.store });
  });
  first.sync.stop();
  expect(first.connection()).toEqual({ runs: "connecting", builds: "connecting" });
});
