// Rule 2. A snapshot replaces its kind. A job that it does not list is gone, except one that was
// touched after that snapshot was asked for.
import { drive } from "../../support/jobs/drive.ts";
import { describe, expect, it } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { tick } from "../../../src/store/logicalClock.ts";
import { activeKeys, statusOf } from "../../support/jobs/jobStore.ts";
import { build, run } from "../../support/jobs/jobs.ts";

describe("a snapshot", () => {
  it("adds the active jobs that it lists, and no finished ones", () => {
    const store = createActivityStore();
    const listed = [build("1", "running"), build("2", "succeeded"), build("3", "pending")];
    drive(store).applyJobSnapshot("build", listed);
    expect(activeKeys(store).toSorted()).toEqual(["build:1", "build:3"]);
    expect(store.getState().backendJobs["build:1"]).toMatchObject({
      key: "build:1",
      kind: "build",
      id: "1",
      title: "shop",
      target: "shop",
      status: "running",
      label: "Building (shop)",
    });
  });

  it("removes a run that it no longer lists", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("run", [run("1", "running"), run("2", "running")]);
    drive(store).applyJobSnapshot("run", [run("2", "running")]);
    expect(activeKeys(store)).toEqual(["run:2"]);
  });

  it("ends a build that it lists as finished", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "running")]);
    drive(store).applyJobSnapshot("build", [build("1", "failed", { error: "exit code 1" })]);
    expect(activeKeys(store)).toEqual([]);
    expect(store.getState().endedJobs["build:1"]).toMatchObject({
      status: "failed",
      error: "exit code 1",
    });
  });

  it("takes a job's new status", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "pending")]);
    drive(store).applyJobSnapshot("build", [build("1", "running")]);
    expect(statusOf(store, "build:1")).toBe("running");
  });

  it("removes all of its kind when it lists nothing", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running"), run("2", "stopping")]);
    drive(store).applyJobSnapshot("run", []);
    expect(activeKeys(store)).toEqual([]);
  });

  it("leaves the other kinds alone", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([build("1", "running"), run("1", "running")]);
    store.getState().registerBackendJob("deploy:1", "Deploying…");
    drive(store).applyJobSnapshot("run", []);
    expect(activeKeys(store)).toEqual(["deploy:1", "build:1"]);
  });

  it("does not take an unknown status for an active one", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "running")]);
    drive(store).applyJobSnapshot("build", [build("1", "paused")]);
    expect(activeKeys(store)).toEqual([]);
  });
});

describe("a snapshot that was asked for before a job was touched", () => {
  it("does not remove a build that the trigger's answer has added since", () => {
    const store = createActivityStore();
    const askedAt = tick();
    store.getState().applyJobHint(build("1", "pending"));
    drive(store).applyJobSnapshot("build", [], askedAt);
    expect(activeKeys(store)).toEqual(["build:1"]);
  });

  it("does not remove a build whose trigger was sent before it and answered after", () => {
    const store = createActivityStore();
    const { order } = store.getState().registerRequestAction("Triggering build");
    const askedAt = tick();
    store.getState().applyJobHint(build("1", "pending"), order);
    drive(store).applyJobSnapshot("build", [], askedAt);
    expect(activeKeys(store)).toContain("build:1");
  });

  it("does not remove a run that the stream has told of since", () => {
    const store = createActivityStore();
    const askedAt = tick();
    drive(store).applyJobUpdates([run("1", "pending")]);
    drive(store).applyJobSnapshot("run", [], askedAt);
    expect(activeKeys(store)).toEqual(["run:1"]);
  });

  it("does not remove a run of which the stream has said since that it goes on as it was", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running")]);
    const askedAt = tick();
    drive(store).applyJobUpdates([run("1", "running")]);
    drive(store).applyJobSnapshot("run", [], askedAt);
    expect(activeKeys(store)).toEqual(["run:1"]);
  });

  it("does not remove a build that an answer has told of since, though it said nothing new", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "running")]);
    const askedAt = tick();
    store.getState().applyJobHint(build("1", "running"));
    drive(store).applyJobSnapshot("build", [], askedAt);
    expect(activeKeys(store)).toEqual(["build:1"]);
  });

  it("does not remove a job that was registered by hand since", () => {
    const store = createActivityStore();
    const askedAt = tick();
    store.getState().registerBackendJob("build:1", "Building…");
    drive(store).applyJobSnapshot("build", [], askedAt);
    expect(activeKeys(store)).toEqual(["build:1"]);
  });

  it("does not move back a build that a hint has moved forward since", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "pending")]);
    const askedAt = tick();
    store.getState().applyJobHint(build("1", "running"));
    drive(store).applyJobSnapshot("build", [build("1", "pending")], askedAt);
    expect(statusOf(store, "build:1")).toBe("running");
  });

  it("does not revive a run that has ended since", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "stopping")]);
    const askedAt = tick();
    drive(store).applyJobUpdates([run("1", "stopped")]);
    drive(store).applyJobSnapshot("run", [run("1", "stopping")], askedAt);
    expect(activeKeys(store)).toEqual([]);
  });

  it("does not revive a job that was completed by hand since", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([build("1", "running")]);
    const askedAt = tick();
    store.getState().completeBackendJob("build:1");
    drive(store).applyJobSnapshot("build", [build("1", "running")], askedAt);
    expect(activeKeys(store)).toEqual([]);
  });

  it("still moves forward a build that it lists as further along", () => {
    const store = createActivityStore();
    const askedAt = tick();
    store.getState().applyJobHint(build("1", "pending"));
    drive(store).applyJobSnapshot("build", [build("1", "running")], askedAt);
    expect(statusOf(store, "build:1")).toBe("running");
  });

  it("still ends a build that it lists as finished", () => {
    const store = createActivityStore();
    const askedAt = tick();
    store.getState().applyJobHint(build("1", "pending"));
    drive(store).applyJobSnapshot("build", [build("1", "succeeded")], askedAt);
    expect(activeKeys(store)).toEqual([]);
  });

  it("still removes and adds the jobs that were not touched", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("old", "running")]);
    const askedAt = tick();
    drive(store).applyJobUpdates([run("touched", "running")]);
    drive(store).applyJobSnapshot("run", [run("new", "running")], askedAt);
    expect(activeKeys(store).toSorted()).toEqual(["run:new", "run:touched"]);
  });

  it("still counts as older than the touch after it has moved the job forward", () => {
    const store = createActivityStore();
    const [first, second] = [tick(), tick()];
    store.getState().applyJobHint(build("1", "pending"));
    drive(store).applyJobSnapshot("build", [build("1", "running")], first);
    drive(store).applyJobSnapshot("build", [], second);
    expect(activeKeys(store)).toEqual(["build:1"]);
  });

  it("spares a job only until the next one", () => {
    const store = createActivityStore();
    const askedAt = tick();
    store.getState().applyJobHint(build("1", "pending"));
    drive(store).applyJobSnapshot("build", [], askedAt);
    drive(store).applyJobSnapshot("build", [], tick());
    expect(activeKeys(store)).toEqual([]);
  });
});

it("removes a job that was touched before the snapshot was asked for", () => {
  const store = createActivityStore();
  store.getState().applyJobHint(build("1", "pending"));
  drive(store).applyJobSnapshot("build", [], tick());
  expect(activeKeys(store)).toEqual([]);
});

it("removes a job that only a snapshot has told of, however late that was applied", () => {
  const store = createActivityStore();
  const first = tick();
  const second = tick();
  drive(store).applyJobSnapshot("build", [build("1", "running")], first);
  drive(store).applyJobSnapshot("build", [], second);
  expect(activeKeys(store)).toEqual([]);
});
