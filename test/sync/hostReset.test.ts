// A host may reset its store while sync runs.
import { describe, expect, it } from "vitest";
import type { ActivityStore } from "../../src/store/activityStore.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { activeLabels } from "../support/jobStore.ts";
import { startFakeSync } from "../support/syncHarness.ts";
import { buildJob, runJob } from "../support/syncWire.ts";
import { createFakeBrowser } from "../support/tabsFakeBrowser.ts";

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

it("takes time travel in one tab to no other", async () => {
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
  await browser.advance(5_000);
  leader.environment.request().respond({ builds: [buildJob("b1", "running")] });
  await browser.settle();
  expect(follower.active()).toEqual(labels);
});

/** The state as Redux DevTools keeps it, which is as JSON. */
function records(store: ActivityStore): ReturnType<ActivityStore["getState"]> {
  return JSON.parse(JSON.stringify(store.getState()));
}
