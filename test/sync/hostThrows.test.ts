// What a host's own code throws costs only itself (rule 8).
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { defineJobKind } from "../../src/jobs/defineJobKind.ts";
import {
  type ActivityState,
  createActivitySlice,
  createActivityStore,
} from "../../src/store/activityStore.ts";
import { defineSource } from "../../src/sync/sources/source.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import { catchUncaught } from "../support/catchUncaught.ts";
import { createFakeEnvironment } from "../../src/testing/environment.ts";
import { activeKeys } from "../support/jobs/jobStore.ts";
import { startFakeSync } from "../support/sync/harness.ts";
import { createFakeBrowser } from "../support/tabs/fakeBrowser.ts";
import { buildJob, runJob } from "../support/sync/wire.ts";

const hostStore = () =>
  createStore<ActivityState>()((set, get) => ({ ...createActivitySlice(set, get) }));

function failOnPurpose(): never {
  throw new Error("a host's own mistake");
}

describe.each([
  ["a store of its own", undefined],
  ["a host's store", hostStore],
])("a subscriber that always throws, in %s", (_, createHost) => {
  function start() {
    const uncaught = catchUncaught();
    const started = startFakeSync(createHost ? { store: createHost() } : {});
    started.store.subscribe(failOnPurpose);
    return { ...started, uncaught };
  }

  it("costs no poll: the next one is sent, and builds are live", async () => {
    const { environment, store, connection, uncaught } = start();
    environment.request().respond({ builds: [buildJob("b1", "running")] });
    await environment.advance(5_000);
    expect(connection().builds).toBe("live");
    expect(store.getState().connection.builds?.error).toBeUndefined();
    environment.request().respond({ builds: [] });
    await environment.settle();
    expect(activeKeys(store)).toEqual([]);
    await vi.waitFor(() => expect(uncaught).toContain("a host's own mistake"));
  });

  it("leaves refresh() working", async () => {
    const { environment, sync } = start();
    environment.request().respond({ builds: [buildJob("b1", "running")] });
    await environment.settle();
    sync.refresh();
    expect(environment.requests).toHaveLength(1);
  });

  it("costs no stream: what follows is written", async () => {
    const { environment, store, connection } = start();
    environment.source().init([runJob("r1", "running")]);
    environment.source().update(runJob("r2", "running"));
    await environment.advance(16);
    expect(connection().runs).toBe("live");
    expect(activeKeys(store)).toEqual(["run:r2", "run:r1"]);
    environment.source().fail();
    expect(connection().runs).toBe("lost");
    await environment.advance(5_000);
    environment.source().init([]);
    expect(activeKeys(store)).toEqual([]);
  });
});

it("keeps no later subscriber from being called", () => {
  const uncaught = catchUncaught();
  const { environment, store } = startFakeSync();
  const labels: string[] = [];
  store.subscribe(failOnPurpose);
  store.subscribe(({ backendJobs }) => labels.push(...Object.keys(backendJobs)));
  environment.source().init([runJob("r1", "running")]);
  expect(labels).toEqual(["run:r1"]);
  return vi.waitFor(() => expect(uncaught).toHaveLength(1));
});

it("freezes no tab that follows the one in which a subscriber throws", async () => {
  const uncaught = catchUncaught();
  const browser = createFakeBrowser();
  const leader = await browser.open({ store: hostStore() });
  leader.store.subscribe(failOnPurpose);
  const follower = await browser.open();
  leader.answer({ builds: [buildJob("b1", "running")] });
  await browser.advance(5_000);
  expect(follower.active()).toEqual(["Building (shop)"]);
  leader.environment.request().respond({ builds: [] });
  await browser.settle();
  expect(follower.active()).toEqual([]);
  await vi.waitFor(() => expect(uncaught).toContain("a host's own mistake"));
});

it("calls onUnauthorized, whatever that throws, once everything has stopped", async () => {
  const uncaught = catchUncaught();
  const { environment, connection } = startFakeSync({ onUnauthorized: failOnPurpose });
  environment.request().respond({}, 401);
  await environment.settle();
  expect(connection()).toEqual({ runs: "off", builds: "off" });
  expect(environment.open()).toEqual({ timers: 0, requests: 0, sources: 0, wakeListeners: 0 });
  await vi.waitFor(() => expect(uncaught).toEqual(["a host's own mistake"]));
});

it("gives back a handle although a subscriber throws while it starts", () => {
  const uncaught = catchUncaught();
  const store = hostStore();
  store.subscribe(failOnPurpose);
  const { environment, sync, connection } = startFakeSync({ store });
  expect(environment.open()).toMatchObject({ requests: 1, sources: 1 });
  sync.stop();
  expect(environment.open()).toEqual({ timers: 0, requests: 0, sources: 0, wakeListeners: 0 });
  expect(connection()).toEqual({ runs: "off", builds: "off" });
  return vi.waitFor(() => expect(uncaught).toContain("a host's own mistake"));
});

it("resets its store although a source cannot be started anew, which is tried again", async () => {
  const uncaught = catchUncaught();
  const store = createActivityStore();
  let starts = 0;
  const source = defineSource({
    name: "queue",
    kinds: [
      defineJobKind({ name: "deploy", noun: "Deployment", statuses: {}, parse: failOnPurpose }),
    ],
    start(sink) {
      starts += 1;
      if (starts === 2) failOnPurpose();
      sink.live();
      return () => {};
    },
  });
  const environment = createFakeEnvironment();
  const sync = startBackendSync({ store, environment, sources: [source] });
  onTestFinished(sync.stop);
  expect(() => store.setState(store.getInitialState(), true)).not.toThrow();
  expect(store.getState().connection.queue?.status).toBe("lost");
  await environment.advance(5_000);
  expect(store.getState().connection.queue?.status).toBe("live");
  await vi.waitFor(() => expect(uncaught).toEqual(["a host's own mistake"]));
});
