// An entry has an `order`: a number that grows with each insertion. Latest = highest order.
import { drive } from "../support/jobs/drive.ts";
import { describe, expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { activeKeys, activeLabels } from "../support/jobs/jobStore.ts";
import { build, run, serverTime } from "../support/jobs/jobs.ts";

it("shows what was inserted last first, requests and jobs alike", () => {
  const store = createActivityStore();
  const { applyJobHint, registerBackendJob, registerRequestAction } = store.getState();
  registerRequestAction("Scanning assets");
  applyJobHint(run("1", "running"));
  registerRequestAction("Syncing");
  registerBackendJob("deploy:1", "Deploying…");
  expect(activeLabels(store)).toEqual([
    "Deploying…",
    "Syncing",
    "Server running (shop)",
    "Scanning assets",
  ]);
});

describe("jobs that a snapshot tells of for the first time", () => {
  it("are inserted in ascending order of their start on the server", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [
      build("second", "running", { startedAt: serverTime(2) }),
      build("third", "running", { startedAt: serverTime(3) }),
      build("first", "running", { startedAt: serverTime(1) }),
    ]);
    expect(activeKeys(store)).toEqual(["build:third", "build:second", "build:first"]);
  });

  it("count from their creation while they have not started", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [
      build("queued", "pending", { createdAt: serverTime(3) }),
      build("running", "running", { createdAt: serverTime(1), startedAt: serverTime(2) }),
    ]);
    expect(activeKeys(store)).toEqual(["build:queued", "build:running"]);
    drive(store).clearBackendJobs();
    drive(store).applyJobSnapshot("build", [
      build("queued", "pending", { createdAt: serverTime(1) }),
      build("running", "running", { createdAt: serverTime(0), startedAt: serverTime(2) }),
    ]);
    expect(activeKeys(store)).toEqual(["build:running", "build:queued"]);
  });

  it("come after those that are known already, whatever their start", () => {
    const store = createActivityStore();
    const known = build("known", "running", { startedAt: serverTime(9) });
    drive(store).applyJobSnapshot("build", [known]);
    const early = build("early", "running", { startedAt: serverTime(1) });
    drive(store).applyJobSnapshot("build", [known, early]);
    expect(activeKeys(store)).toEqual(["build:early", "build:known"]);
  });

  it("are all taken where none of them has a time", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("run", [run("1", "running"), run("2", "pending")]);
    expect(activeKeys(store).toSorted()).toEqual(["run:1", "run:2"]);
  });
});

describe("a job keeps its place", () => {
  it("when its status changes, whoever says so", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "pending")]);
    store.getState().applyJobHint(build("1", "pending"));
    store.getState().registerRequestAction("Syncing");
    const order = () => activeKeys(store).map((key) => key.split(":")[0]);
    expect(order()).toEqual(["request", "build", "run"]);
    drive(store).applyJobUpdates([run("1", "running")]);
    store.getState().applyJobHint(build("1", "running"));
    expect(order()).toEqual(["request", "build", "run"]);
    drive(store).applyJobSnapshot("build", [build("1", "pending")]);
    drive(store).applyJobSnapshot("run", [run("1", "pending")]);
    expect(order()).toEqual(["request", "build", "run"]);
  });

  it("when a later message gives its start on the server", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running"), run("2", "running")]);
    drive(store).applyJobUpdates([run("1", "running", { startedAt: serverTime(9) })]);
    expect(activeKeys(store)).toEqual(["run:2", "run:1"]);
  });

  it("when it leaves stopping again", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "stopping"), run("2", "running")]);
    drive(store).applyJobUpdates([run("1", "running")]);
    expect(activeKeys(store)).toEqual(["run:2", "run:1"]);
  });

  it("when it is registered again", () => {
    const store = createActivityStore();
    store.getState().registerBackendJob("deploy:1", "Deploying…");
    store.getState().registerBackendJob("deploy:2", "Deploying…");
    store.getState().registerBackendJob("deploy:1", "Deploying (shop)");
    expect(activeLabels(store)).toEqual(["Deploying…", "Deploying (shop)"]);
  });
});

describe("a run that enters stopping is inserted anew", () => {
  const ways = [
    ["the stream", "applyJobUpdates"],
    ["a hint", "applyJobHint"],
    ["a snapshot", "applyJobSnapshot"],
  ] as const;

  it.each(ways)("when %s says so", (_, way) => {
    const store = createActivityStore();
    const state = drive(store);
    state.applyJobUpdates([run("1", "running"), build("1", "running")]);
    if (way === "applyJobUpdates") state.applyJobUpdates([run("1", "stopping")]);
    if (way === "applyJobHint") state.applyJobHint(run("1", "stopping"));
    if (way === "applyJobSnapshot") state.applyJobSnapshot("run", [run("1", "stopping")]);
    expect(activeKeys(store)).toEqual(["run:1", "build:1"]);
  });

  it("only once, however often it is said", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "stopping"), build("1", "running")]);
    drive(store).applyJobUpdates([run("1", "stopping", { startedAt: serverTime(1) })]);
    store.getState().applyJobHint(run("1", "stopping"));
    drive(store).applyJobSnapshot("run", [run("1", "stopping")]);
    expect(activeKeys(store)).toEqual(["build:1", "run:1"]);
  });
});

it("inserts a job anew that was completed and is registered again", () => {
  const store = createActivityStore();
  store.getState().registerBackendJob("deploy:1", "Deploying…");
  store.getState().registerBackendJob("deploy:2", "Deploying…");
  store.getState().completeBackendJob("deploy:1");
  store.getState().registerBackendJob("deploy:1", "Deploying…");
  expect(activeKeys(store)).toEqual(["deploy:1", "deploy:2"]);
});
