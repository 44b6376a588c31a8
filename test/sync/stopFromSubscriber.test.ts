import { describe, expect, it } from "vitest";
import { startFakeSync } from "../support/syncHarness.ts";
import { buildJob, runJob } from "../support/syncWire.ts";

// A host may stop the sync from whatever it hears of the store, in the middle of sync's own work.
describe("stop from a subscriber of the store is final", () => {
  const off = { runs: "off", builds: "off" };
  const nothingOpen = { timers: 0, requests: 0, sources: 0, wakeListeners: 0 };

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
