// Client and server clocks are never compared to find the latest.
import { drive } from "../support/jobs/drive.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { activeKeys, activeLabels } from "../support/jobs/jobStore.ts";
import { build, many, run, serverTime } from "../support/jobs/jobs.ts";

const day = 24 * 60 * 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: serverTime(0) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each([
  ["a day ahead", day],
  ["a day behind", -day],
])("with the server's clock %s", (_, skew) => {
  const startedAt = serverTime(0) + skew;

  it("a request sent after a job was seen is the latest", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("run", [run("1", "running", { startedAt })]);
    store.getState().registerRequestAction("Syncing");
    expect(activeLabels(store)).toEqual(["Syncing", "Server running (shop)"]);
  });

  it("a job seen after a request was sent is the latest", () => {
    const store = createActivityStore();
    store.getState().registerRequestAction("Syncing");
    drive(store).applyJobSnapshot("run", [run("1", "running", { startedAt })]);
    expect(activeLabels(store)).toEqual(["Server running (shop)", "Syncing"]);
  });

  it("a job without server time takes its place by insertion among those with one", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running", { startedAt })]);
    store.getState().registerBackendJob("deploy:1", "Deploying…");
    drive(store).applyJobUpdates([run("2", "running", { startedAt: startedAt - day })]);
    expect(activeKeys(store)).toEqual(["run:2", "deploy:1", "run:1"]);
  });

  it("a hint's time is no reason to drop or keep a job", () => {
    const store = createActivityStore();
    store.getState().applyJobHint(build("1", "pending", { createdAt: startedAt }));
    expect(activeKeys(store)).toEqual(["build:1"]);
    drive(store).applyJobSnapshot("build", []);
    expect(activeKeys(store)).toEqual([]);
  });

  it("the last of many jobs to end is not forgotten before those that ended earlier", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates(many(500, (n) => run(`${n}`, "stopped")));
    drive(store).applyJobUpdates([run("last", "stopped", { finishedAt: startedAt })]);
    store.getState().applyJobHint(run("last", "stopping"));
    expect(activeKeys(store)).toEqual([]);
  });

  it("a job's time on the server is told from the time when it was first seen", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running", { startedAt }), run("2", "running")]);
    expect(store.getState().backendJobs).toMatchObject({
      "run:1": { startedAt, serverTime: true, firstSeenAt: serverTime(0) },
      "run:2": { startedAt: serverTime(0), serverTime: false, firstSeenAt: serverTime(0) },
    });
  });

  it("a job's duration is never the difference of the two clocks", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running", { startedAt }), run("2", "running")]);
    vi.setSystemTime(serverTime(1));
    const finishedAt = serverTime(1) + skew;
    drive(store).applyJobUpdates([run("1", "stopped"), run("2", "stopped", { finishedAt })]);
    const { endedJobs } = store.getState();
    for (const key of ["run:1", "run:2"] as const) {
      expect([undefined, 60_000]).toContain(endedJobs[key]?.durationMs);
    }
  });
});

it("the latest stays the latest when the browser's clock jumps back", () => {
  const store = createActivityStore();
  store.getState().registerRequestAction("first");
  vi.setSystemTime(serverTime(0) - day);
  store.getState().registerRequestAction("second");
  drive(store).applyJobUpdates([run("1", "running")]);
  expect(activeLabels(store)).toEqual(["Server running (shop)", "second", "first"]);
});

it("a request has the browser's time as its start", () => {
  const store = createActivityStore();
  expect(store.getState().registerRequestAction("Syncing").startedAt).toBe(serverTime(0));
});
