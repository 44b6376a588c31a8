// A host may reset its store while sync runs.
import { describe, expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import {
  type ActivityState,
  type ActivityStore,
  createActivitySlice,
  createActivityStore,
} from "../../src/store/activityStore.ts";
import { catchUncaught } from "../support/catchUncaught.ts";
import { activeLabels } from "../support/jobs/jobStore.ts";
import { startFakeSync } from "../support/sync/harness.ts";
import { buildJob, runJob } from "../support/sync/wire.ts";
import { createFakeBrowser } from "../support/tabs/fakeBrowser.ts";

type ResettableStore = ReturnType<typeof createActivityStore>;

const truth = { runs: [runJob("r1", "running")], builds: [buildJob("b1", "running")] };
const labels = ["Building (shop)", "Server running (shop)"];

const resets: [string, (store: ResettableStore) => void][] = [
  ["the whole state", (store) => store.setState(store.getInitialState(), true)],
  ["the jobs alone", (store) => store.setState({ backendJobs: {}, endedJobs: {} })],
];

async function startLive() {
  const store = createActivityStore();
  const started = startFakeSync({ store });
  const { environment } = started;
  const answer = async () => {
    environment.source().init(truth.runs);
    environment.request().respond({ builds: truth.builds });
    await environment.settle();
  };
  await answer();
  return { ...started, store, answer };
}

describe.each(resets)("a reset of %s", (_, reset) => {
  it("asks every source anew at once, and claims nothing until they have answered", async () => {
    const { environment, store, connection, answer } = await startLive();
    expect(activeLabels(store)).toEqual(labels);
    reset(store);
    expect(connection()).toEqual({ runs: "connecting", builds: "connecting" });
    expect(environment.open()).toMatchObject({ sources: 1, requests: 1 });
    await answer();
    expect(activeLabels(store)).toEqual(labels);
    expect(connection()).toEqual({ runs: "live", builds: "live" });
  });

  it("is found out although a subscriber writes before sync is called", async () => {
    const store = createActivityStore();
    let isResetting = false;
    store.subscribe(() => {
      if (!isResetting) return;
      isResetting = false;
      store.getState().registerRequestAction("Signing in");
    });
    const { environment, connection } = startFakeSync({ store });
    environment.source().init(truth.runs);
    environment.request().respond({ builds: truth.builds });
    await environment.settle();
    isResetting = true;
    reset(store);
    expect(connection()).toEqual({ runs: "connecting", builds: "connecting" });
    expect(activeLabels(store)).toEqual(["Signing in"]);
  });

  it("takes no answer to a question from before it", async () => {
    const { environment, store, sync } = await startLive();
    sync.refresh();
    const before = environment.request();
    reset(store);
    before.respond({ builds: [] });
    await environment.settle();
    environment.source().init([]);
    environment.request().respond({ builds: truth.builds });
    await environment.settle();
    expect(activeLabels(store)).toEqual(["Building (shop)"]);
  });

  it("in the tab that leads takes nothing away from the others", async () => {
    const browser = createFakeBrowser();
    const store = createActivityStore();
    const leader = await browser.open({ store });
    const follower = await browser.open();
    leader.answer(truth);
    await browser.advance(100);
    reset(store);
    await browser.settle();
    expect(follower.active()).toEqual(labels);
    leader.answer(truth);
    await browser.settle();
    expect(leader.active()).toEqual(labels);
    expect(follower.active()).toEqual(labels);
    expect(follower.connection()).toEqual({ runs: "live", builds: "live" });
  });

  it("in a tab that follows brings back what the leader knows", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    const store = createActivityStore();
    const follower = await browser.open({ store });
    leader.answer(truth);
    await browser.advance(100);
    reset(store);
    expect(follower.connection()).toEqual({ runs: "connecting", builds: "connecting" });
    await browser.advance(100);
    expect(follower.active()).toEqual(labels);
    expect(follower.connection()).toEqual({ runs: "live", builds: "live" });
    expect(leader.active()).toEqual(labels);
  });
});

/** A store that the next fitting change resets, from a subscriber. */
function createSelfResettingStore() {
  const store = createActivityStore();
  const resetOn = (fits: (state: ActivityState) => boolean) => {
    const unsubscribe = store.subscribe((state) => {
      if (!fits(state)) return;
      unsubscribe();
      store.setState(store.getInitialState(), true);
    });
  };
  return { store, resetOn };
}

const isLost = ({ connection }: ActivityState) => connection.runs?.status === "lost";
const nothingOpen = { timers: 0, requests: 0, sources: 0, wakeListeners: 0 };

describe("a reset by a subscriber", () => {
  it("while sync starts leaves the sources connecting", async () => {
    const { store, resetOn } = createSelfResettingStore();
    resetOn(() => true);
    const { environment, sync, connection } = startFakeSync({ store });
    await environment.settle();
    expect(connection()).toEqual({ runs: "connecting", builds: "connecting" });
    sync.stop();
    expect(environment.open()).toEqual(nothingOpen);
  });

  it("while sync starts has each source asked once", async () => {
    const { store, resetOn } = createSelfResettingStore();
    resetOn(() => true);
    const { environment } = startFakeSync({ store });
    await environment.settle();
    expect(environment.totals).toEqual({ sources: 1, requests: 1 });
  });

  it("on a stream that was lost has one opened, which a stop closes", async () => {
    const { store, resetOn } = createSelfResettingStore();
    const { environment, sync } = startFakeSync({ store });
    environment.source().init([]);
    environment.request().respond({ builds: [] });
    await environment.advance(6_000);
    resetOn(isLost);
    environment.source().fail();
    await environment.advance(10_000);
    expect(environment.sources).toHaveLength(1);
    sync.stop();
    expect(environment.open()).toEqual(nothingOpen);
  });

  it("on a stream that never answered has one opened, which a stop closes", async () => {
    const { store, resetOn } = createSelfResettingStore();
    const { environment, sync, connection } = startFakeSync({ store });
    environment.request().respond({ builds: [] });
    resetOn(isLost);
    await environment.advance(15_001);
    expect(connection().runs).toBe("connecting");
    expect(environment.sources).toHaveLength(1);
    sync.stop();
    expect(environment.open()).toEqual(nothingOpen);
  });

  it("on an update that is written because another stream is opened leaves that one open", async () => {
    const { store, resetOn } = createSelfResettingStore();
    const { environment, connection } = startFakeSync({ store });
    environment.source().init([]);
    environment.source().update(runJob("r1", "running"));
    resetOn(({ backendJobs }) => "run:r1" in backendJobs);
    environment.wake("online");
    await environment.settle();
    environment.source().init([]);
    expect(connection().runs).toBe("live");
  });

  it("on being elected has one stream opened, which a stop closes", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    const { store, resetOn } = createSelfResettingStore();
    const follower = await browser.open({ store });
    leader.answer();
    await browser.advance(100);
    resetOn(() => true);
    leader.close();
    await browser.advance(1_000);
    expect(follower.environment.sources).toHaveLength(1);
    follower.sync.stop();
    expect(follower.environment.open()).toEqual(nothingOpen);
  });

  it("on a change of the leader's takes no job away from the others", async () => {
    const browser = createFakeBrowser();
    const { store, resetOn } = createSelfResettingStore();
    const leader = await browser.open({ store });
    const follower = await browser.open();
    leader.answer(truth);
    await browser.advance(100);
    resetOn(() => true);
    leader.environment.source().update(runJob("r1", "stopping"));
    await browser.advance(100);
    expect(follower.active()).toHaveLength(2);
  });
});

/** A sync on a store of which a subscriber can keep a reset from it. */
function startUnheard() {
  catchUncaught();
  const store = createStore<ActivityState>()((set, get) => createActivitySlice(set, get));
  let isThrowing = false;
  store.subscribe(() => {
    if (isThrowing) throw new Error("a host's own mistake");
  });
  const resetUnheard = () => {
    isThrowing = true;
    expect(() => store.setState(store.getInitialState(), true)).toThrow("mistake");
    isThrowing = false;
  };
  return { ...startFakeSync({ store, pollIntervalMs: 600_000 }), resetUnheard };
}

describe("a reset that a subscriber keeps from sync, as it throws", () => {
  it("is found out before a stream is called live because it has lasted", async () => {
    const { environment, connection, resetUnheard } = startUnheard();
    environment.source().init(truth.runs);
    await environment.advance(1_000);
    resetUnheard();
    await environment.advance(6_000);
    expect(connection().runs).not.toBe("live");
  });

  it("leaves one stream, which a stop closes, where a lost one was to be opened anew", async () => {
    const { environment, sync, resetUnheard } = startUnheard();
    environment.source().init([]);
    await environment.advance(6_000);
    environment.source().fail();
    resetUnheard();
    await environment.advance(6_000);
    expect(environment.sources).toHaveLength(1);
    sync.stop();
    expect(environment.open()).toEqual(nothingOpen);
  });
});

it.each([1_000, 6_000])(
  "to a state kept while connecting asks anew, once, %i ms after the snapshot",
  async (ms) => {
    const store = createActivityStore();
    const { environment, connection } = startFakeSync({ store });
    const kept = store.getState();
    environment.source().init(truth.runs);
    environment.request().respond({ builds: [] });
    await environment.advance(ms);
    store.setState(kept, true);
    expect(environment.totals.sources).toBe(2);
    environment.source().init(truth.runs);
    environment.request().respond({ builds: [] });
    await environment.advance(10_000);
    expect(environment.totals.sources).toBe(2);
    expect(connection().runs).toBe("live");
  },
);

it("of a hidden tab without locks that has closed its connection leaves it connecting", async () => {
  const browser = createFakeBrowser();
  const store = createActivityStore();
  const tab = await browser.open({ hasLocks: false, store });
  tab.answer(truth);
  tab.hide();
  await browser.advance(40_000);
  store.setState(store.getInitialState(), true);
  await browser.advance(100);
  expect(tab.connection()).toEqual({ runs: "connecting", builds: "connecting" });
});

it("leaves the sources alone when nothing was reset", async () => {
  const store = createActivityStore();
  const { environment } = startFakeSync({ store });
  environment.source().init([]);
  environment.request().respond({ builds: [] });
  await environment.settle();
  store.getState().registerBackendJob("deploy:1", "Deploying…");
  store.getState().completeBackendJob("deploy:1");
  store.setState({});
  await environment.settle();
  expect(environment.totals).toEqual({ sources: 1, requests: 1 });
});

it("is none when somebody travels in time: the store shows what it showed then", async () => {
  const store = createActivityStore();
  const { environment, connection } = startFakeSync({ store });
  environment.source().init(truth.runs);
  environment.request().respond({ builds: [] });
  await environment.settle();
  const then = records(store);
  environment.source().update(runJob("r1", "stopped"));
  await environment.advance(16);
  store.setState(then);
  expect(activeLabels(store)).toEqual(["Server running (shop)"]);
  expect(connection()).toEqual({ runs: "live", builds: "live" });
  expect(environment.totals).toEqual({ sources: 1, requests: 1 });
});

/** A leader whose host goes back to before a run began, of which a follower knows. */
async function travelInTime() {
  const browser = createFakeBrowser();
  const store = createActivityStore();
  const leader = await browser.open({ store });
  const follower = await browser.open();
  leader.answer({ runs: [] });
  await browser.advance(100);
  const then = records(store);
  leader.environment.source().update(runJob("r1", "running"));
  await browser.advance(100);
  store.setState(then);
  return { browser, leader, follower };
}

it("takes time travel in one tab to no other", async () => {
  const { browser, leader, follower } = await travelInTime();
  await browser.advance(5_000);
  leader.environment.request().respond({ builds: [buildJob("b1", "running")] });
  await browser.settle();
  expect(follower.active()).toEqual(labels);
});

it("takes time travel to no other tab either when one joins, and not to that one", async () => {
  const { browser, follower } = await travelInTime();
  const joined = await browser.open();
  await browser.advance(100);
  expect(follower.active()).toEqual(["Server running (shop)"]);
  expect(joined.active()).toEqual(["Server running (shop)"]);
});

/** The state as Redux DevTools keeps it, which is as JSON. */
function records(store: ActivityStore): ReturnType<ActivityStore["getState"]> {
  return JSON.parse(JSON.stringify(store.getState()));
}

it.each([
  ["though a cache may have kept it", {}],
  ["though it has lain in a cache since before", { age: "3" }],
])("brings back a list that is as it was, %s", async (_, headers) => {
  const store = createActivityStore();
  const { environment } = startFakeSync({ store });
  const answer = async () => {
    environment.request().respond({ builds: truth.builds }, 200, headers);
    await environment.advance(1_000);
  };
  await answer();
  store.setState(store.getInitialState(), true);
  await answer();
  expect(activeLabels(store)).toEqual(["Building (shop)"]);
});

it("puts right a job that a host has changed, though the server's list is as it was", async () => {
  const { environment, store } = await startLive();
  const poll = async () => {
    await environment.advance(5_000);
    environment.request().respond({ builds: truth.builds });
    await environment.settle();
  };
  await poll();
  const { backendJobs } = store.getState();
  const changed = Object.entries(backendJobs).map(([key, job]) => [key, { ...job, label: "?" }]);
  store.setState({ backendJobs: Object.fromEntries(changed) });
  await poll();
  expect(activeLabels(store)).toContain("Building (shop)");
});
