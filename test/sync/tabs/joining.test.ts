import { describe, expect, it } from "vitest";
import type { BackendJobDetails } from "../../../src/store/registeredJobs.ts";
import { selectUnreadFailures } from "../../../src/store/selectors.ts";
import { createFakeBrowser, type FakeBrowser } from "../../support/tabs/fakeBrowser.ts";
import type { FakeTab } from "../../support/tabs/fakeTab.ts";
import { buildJob, runJob } from "../../support/sync/wire.ts";

const truth = { runs: [runJob("r1", "running")], builds: [buildJob("b1", "pending")] };

describe("a tab that joins", () => {
  it("gets the whole picture at once, the connection included", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    leader.answer(truth);
    leader.environment.source().update(runJob("r2", "running", { projectId: "blog" }));
    await browser.advance(16);
    const joined = await browser.open();
    expect(joined.active()).toEqual(leader.active());
    expect(connectionOf(joined)).toEqual(connectionOf(leader));
    expect(joined.connection()).toEqual({ runs: "live", builds: "live" });
  });

  it("gets the jobs that have ended, and whose end is news", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    leader.answer(truth);
    leader.environment.source().update(runJob("r1", "failed", { error: "port taken" }));
    await browser.advance(16);
    const joined = await browser.open();
    expect(joined.store.getState().endedJobs["run:r1"]).toMatchObject({ error: "port taken" });
    expect(selectUnreadFailures(joined.store.getState())).toBe(1);
  });

  it("opens no stream, and asks nothing of the server", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    leader.answer(truth);
    const joined = await browser.open();
    await browser.advance(60_000);
    expect(joined.environment.totals).toEqual({ requests: 0, sources: 0 });
  });

  it("shows the latest as the leader does, although it heard of a change before the whole", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    leader.environment.source().init(truth.runs);
    // Its answer and the question of the tab that joins cross on the way.
    leader.environment.request().respond({ builds: truth.builds });
    const joined = await browser.open();
    expect(leader.active()).toEqual(["Build queued…", "Server running (shop)"]);
    expect(joined.active()).toEqual(leader.active());
  });

  it("takes the lead from a hidden leader with its picture, and not without", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open({ isHidden: true });
    leader.environment.source().init(truth.runs);
    leader.environment.request().respond({ builds: truth.builds });
    const joined = await browser.open();
    expect(joined.isLeading()).toBe(true);
    expect(joined.active()).toEqual(leader.active());
  });

  it("gets all that the leader's host registered of a shared kind, save what was refused", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    leader.answer();
    const { registerBackendJob } = leader.store.getState();
    const register = (id: string, details: BackendJobDetails) =>
      registerBackendJob(`build:${id}`, `Building ${id}`, details);
    expect(() => register("bad", { startedAt: Number.NaN })).toThrow(TypeError);
    register("far", { startedAt: 8.64e15, title: "\u202eshop" });
    const joined = await browser.open();
    expect(joined.active()).toEqual(["Building far"]);
    expect(joined.store.getState().backendJobs["build:far"]).toMatchObject({
      startedAt: 8.64e15,
      title: "shop",
    });
    expect(joined.problems).toEqual([]);
  });

  it("says connecting, not off, for as long as nobody has answered", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    leader.answer(truth);
    await browser.settle();
    leader.freeze();
    const joined = await browser.open();
    expect(joined.connection()).toEqual({ runs: "connecting", builds: "connecting" });
  });

  it("hears of a lost connection as the leader does", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    leader.answer(truth);
    leader.environment.source().fail();
    const joined = await browser.open();
    expect(joined.connection()).toEqual({ runs: "lost", builds: "live" });
    expect(connectionOf(joined)).toEqual(connectionOf(leader));
  });
});

const wholes = ({ channels }: FakeBrowser) =>
  channels.said().filter((message) => message.type === "patch" && message.isWhole).length;

/** Twenty tabs join one that leads, all in the same moment. */
async function openTwenty() {
  const browser = createFakeBrowser();
  const leader = await browser.open();
  leader.answer(truth);
  await browser.settle();
  const before = wholes(browser);
  const joined = await Promise.all(Array.from({ length: 20 }, () => browser.open()));
  return { browser, leader, joined, said: () => wholes(browser) - before };
}

describe("tabs that open together", () => {
  it("are answered twice in all: the first at once, the others together", async () => {
    const { browser, leader, joined, said } = await openTwenty();
    expect(said()).toBe(1);
    await browser.advance(50);
    expect(said()).toBe(2);
    for (const tab of joined) expect(tab.active()).toEqual(leader.active());
  });

  it("are answered so once for each moment, and not for ever", async () => {
    const { browser, said } = await openTwenty();
    await browser.advance(60_000);
    expect(said()).toBe(2);
    await Promise.all(Array.from({ length: 5 }, () => browser.open()));
    await browser.advance(60_000);
    expect(said()).toBe(4);
  });

  it("are gathered for longer the more of them come, and for no longer than a second", async () => {
    const browser = createFakeBrowser();
    const leader = await browser.open();
    leader.answer(truth);
    await browser.settle();
    const before = wholes(browser);
    for (let count = 0; count < 20; count += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await browser.open();
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await browser.advance(40);
    }
    expect(wholes(browser) - before).toBeLessThanOrEqual(5);
    await browser.advance(800);
    for (const tab of browser.tabs) expect(tab.active()).toEqual(leader.active());
  });

  it("say little to each other where none leads yet", async () => {
    const browser = createFakeBrowser();
    await Promise.all(Array.from({ length: 20 }, () => browser.open()));
    await browser.advance(1_000);
    browser.leaders()[0]?.answer(truth);
    await browser.advance(1_000);
    // At its start, for the first that asks, for all others, and once it has heard from the server.
    expect(wholes(browser)).toBeLessThanOrEqual(4);
    for (const tab of browser.tabs) expect(tab.active()).toEqual(browser.tabs[0]?.active());
  });

  it("have nothing open for it when the leader stops in between", async () => {
    const { leader } = await openTwenty();
    leader.sync.stop();
    expect(leader.environment.open()).toMatchObject({ timers: 0, requests: 0, sources: 0 });
  });
});

async function openTwo() {
  const browser = createFakeBrowser();
  const leader = await browser.open();
  leader.answer(truth);
  const follower = await browser.open();
  return { browser, leader, follower };
}

describe("a tab that follows", () => {
  it("hears of every change, in its order", async () => {
    const { browser, leader, follower } = await openTwo();
    for (const status of ["stopping", "stopped"] as const) {
      leader.environment.source().update(runJob("r1", status));
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await browser.advance(16);
    }
    leader.sync.refresh();
    leader.environment.request().respond({ builds: [buildJob("b1", "running")] });
    await browser.settle();
    expect(follower.labels).toEqual([
      "Idle",
      "Checking…",
      "Build queued…",
      "Stopping server…",
      "Build queued…",
      "Building (shop)",
    ]);
    expect(follower.active()).toEqual(leader.active());
  });

  it("forgets a job that the server has forgotten", async () => {
    const { browser, leader, follower } = await openTwo();
    leader.environment.wake("online");
    leader.environment.source().init([]);
    await browser.settle();
    expect(follower.active()).toEqual(["Build queued…"]);
  });

  it("is not told anything when nothing has changed", async () => {
    const { browser, leader } = await openTwo();
    const said = browser.channels.said().length;
    leader.environment.source().update(runJob("r1", "running"));
    await browser.advance(16);
    expect(browser.channels.said().length).toBe(said);
  });

  it("keeps to itself what its host registered by hand, and so does the leader", async () => {
    const { browser, leader, follower } = await openTwo();
    leader.store.getState().registerBackendJob("deploy:1", "Deploying");
    follower.store.getState().registerBackendJob("deploy:2", "Deploying the docs");
    leader.environment.source().update(runJob("r1", "stopped"));
    await browser.advance(16);
    expect(leader.active()).toEqual(["Deploying", "Build queued…"]);
    expect(follower.active()).toEqual(["Deploying the docs", "Build queued…"]);
    const joined = await browser.open();
    await browser.advance(50);
    expect(joined.active()).toEqual(["Build queued…"]);
    expect(follower.active()).toEqual(["Deploying the docs", "Build queued…"]);
  });

  it("keeps its own requests between the jobs", async () => {
    const { browser, leader, follower } = await openTwo();
    follower.store.getState().registerRequestAction("Scanning assets");
    leader.environment.source().update(runJob("r2", "running", { projectId: "blog" }));
    await browser.advance(16);
    expect(follower.active()).toEqual([
      "Server running (blog)",
      "Scanning assets",
      "Build queued…",
      "Server running (shop)",
    ]);
    expect(leader.active()).not.toContain("Scanning assets");
  });
});

/** What a tab knows of its sources; their places in the life of the page are each tab's own. */
function connectionOf({ store }: FakeTab) {
  const { runs, builds } = store.getState().connection;
  return { runs: { ...runs, order: "its own" }, builds: { ...builds, order: "its own" } };
}
