import type { Job } from "../../../src/jobs/job.ts";
import { drive } from "../../support/jobs/drive.ts";
import { describe, expect, it } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { activeKeys, changesNothing, statusOf } from "../../support/jobs/jobStore.ts";
import { build, run } from "../../support/jobs/jobs.ts";

// Rule 1. For runs the stream is the authority, for builds the poll. A response to the user's own
// request is a hint: it may add a job or move it forward; it never moves one back or revives one
// that finished.

describe("a hint", () => {
  it("adds a job that no source has told of yet", () => {
    const store = createActivityStore();
    store.getState().applyJobHint(build("1", "pending"));
    expect(statusOf(store, "build:1")).toBe("pending");
  });

  it.each([
    ["build", "pending", "running"],
    ["run", "pending", "running"],
    ["run", "running", "stopping"],
    ["run", "pending", "stopping"],
  ])("moves a %s forward from %s to %s", (kind, from, to) => {
    const store = createActivityStore();
    store.getState().applyJobHint(jobOf(kind, from));
    store.getState().applyJobHint(jobOf(kind, to));
    expect(statusOf(store, `${kind}:1`)).toBe(to);
  });

  it.each([
    ["build", "running", "pending"],
    ["run", "running", "pending"],
    ["run", "stopping", "running"],
    ["run", "stopping", "pending"],
  ])("does not move a %s back from %s to %s", (kind, from, to) => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([jobOf(kind, from)]);
    const hint = jobOf(kind, to);
    expect(changesNothing(store, () => store.getState().applyJobHint(hint))).toBe(true);
  });

  it.each(["succeeded", "failed", "stopped"])("ends a run that it says has %s", (status) => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "stopping")]);
    store.getState().applyJobHint(run("1", status));
    expect(activeKeys(store)).toEqual([]);
    expect(store.getState().endedJobs["run:1"]?.status).toBe(status);
  });

  it("does not revive a run that the stream has reported as stopped", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running")]);
    drive(store).applyJobUpdates([run("1", "stopped")]);
    const hint = run("1", "running");
    expect(changesNothing(store, () => store.getState().applyJobHint(hint))).toBe(true);
    expect(activeKeys(store)).toEqual([]);
  });

  it("does not revive a build that the poll has listed as finished", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "running")]);
    drive(store).applyJobSnapshot("build", [build("1", "succeeded")]);
    store.getState().applyJobHint(build("1", "pending"));
    expect(activeKeys(store)).toEqual([]);
  });

  it("does not revive a run that an earlier hint has ended", () => {
    const store = createActivityStore();
    store.getState().applyJobHint(run("1", "running"));
    store.getState().applyJobHint(run("1", "stopped"));
    store.getState().applyJobHint(run("1", "stopping"));
    expect(activeKeys(store)).toEqual([]);
  });

  it("does not bring up a run whose end was told before the answer that started it", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "failed")]);
    store.getState().applyJobHint(run("1", "pending"));
    expect(activeKeys(store)).toEqual([]);
  });

  it("does not bring up a build that was done before its trigger was answered", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "succeeded")]);
    store.getState().applyJobHint(build("1", "pending"));
    expect(activeKeys(store)).toEqual([]);
  });

  it("does not take an unknown status for an active one", () => {
    const store = createActivityStore();
    store.getState().applyJobHint(build("1", "paused"));
    expect(activeKeys(store)).toEqual([]);
  });
});

describe("the authority", () => {
  it("is believed where it is behind a hint: the stream", () => {
    const store = createActivityStore();
    store.getState().applyJobHint(run("1", "stopping"));
    drive(store).applyJobUpdates([run("1", "running")]);
    expect(statusOf(store, "run:1")).toBe("running");
  });

  it("is believed where it is behind a hint: a poll asked for after it", () => {
    const store = createActivityStore();
    store.getState().applyJobHint(build("1", "running"));
    drive(store).applyJobSnapshot("build", [build("1", "pending")]);
    expect(statusOf(store, "build:1")).toBe("pending");
  });

  it("may bring back a run that it has reported as finished", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "failed")]);
    drive(store).applyJobUpdates([run("1", "running")]);
    expect(activeKeys(store)).toEqual(["run:1"]);
    expect(store.getState().endedJobs).toEqual({});
  });

  it("is taken in the order in which it spoke", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running"), run("1", "stopped")]);
    expect(activeKeys(store)).toEqual([]);
    drive(store).applyJobUpdates([run("2", "stopped"), run("2", "running")]);
    expect(activeKeys(store)).toEqual(["run:2"]);
  });

  it("ends a job by a status that nobody knows", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running")]);
    drive(store).applyJobUpdates([run("1", "paused")]);
    expect(activeKeys(store)).toEqual([]);
  });
});

function jobOf(kind: string, status: string): Job {
  return (kind === "build" ? build : run)("1", status);
}
