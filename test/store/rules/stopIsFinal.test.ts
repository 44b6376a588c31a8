// Rule 7. After `stop()` nothing late may write; the jobs of that session are gone from the store,
// request actions stay. `stop` is safe twice. `clearBackendJobs` is the store's part of it.
import { drive } from "../../support/jobs/drive.ts";
import { expect, it } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { tick } from "../../../src/store/logicalClock.ts";
import { activeKeys, activeLabels, changesNothing } from "../../support/jobs/jobStore.ts";
import { build, run } from "../../support/jobs/jobs.ts";

it("forgets all jobs of its kinds, active and ended, and keeps what is a host's own", () => {
  const store = createActivityStore();
  store.getState().registerRequestAction("Scanning assets");
  drive(store).applyJobUpdates([run("1", "running"), build("1", "failed")]);
  store.getState().registerBackendJob("deploy:1", "Deploying…");
  drive(store).clearBackendJobs();
  expect(activeLabels(store)).toEqual(["Deploying…", "Scanning assets"]);
  expect(Object.keys(store.getState().backendJobs)).toEqual(["deploy:1"]);
  expect(store.getState().endedJobs).toEqual({});
});

it("ignores a poll's answer that was asked for before", () => {
  const store = createActivityStore();
  const askedAt = tick();
  drive(store).applyJobUpdates([build("1", "running")]);
  drive(store).clearBackendJobs();
  const late = [build("1", "running")];
  expect(changesNothing(store, () => drive(store).applyJobSnapshot("build", late, askedAt))).toBe(
    true,
  );
});

it("ignores the job in the answer to a request that was sent before", () => {
  const store = createActivityStore();
  const { order } = store.getState().registerRequestAction("Triggering build");
  drive(store).clearBackendJobs();
  store.getState().applyJobHint(build("1", "pending"), order);
  expect(activeLabels(store)).toEqual(["Triggering build"]);
});

it("ignores what is late also where there was nothing to forget", () => {
  const store = createActivityStore();
  const askedAt = tick();
  drive(store).clearBackendJobs();
  drive(store).applyJobSnapshot("run", [run("1", "running")], askedAt);
  store.getState().applyJobHint(build("1", "pending"), askedAt);
  expect(activeKeys(store)).toEqual([]);
});

it("takes what the next session asks for", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  drive(store).clearBackendJobs();
  drive(store).applyJobSnapshot("run", [run("2", "running")], tick());
  const { order } = store.getState().registerRequestAction("Triggering build");
  store.getState().applyJobHint(build("1", "pending"), order);
  expect(activeKeys(store)).toEqual(["build:1", `request:${order}`, "run:2"]);
});

it("does not hold the old session's ends against the next one", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "stopped")]);
  drive(store).clearBackendJobs();
  store.getState().applyJobHint(run("1", "running"), tick());
  expect(activeKeys(store)).toEqual(["run:1"]);
});

it("does not spare a job of the next session for having been touched in the old one", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  drive(store).clearBackendJobs();
  drive(store).applyJobSnapshot("run", [run("1", "running")], tick());
  drive(store).applyJobSnapshot("run", [], tick());
  expect(activeKeys(store)).toEqual([]);
});

it("counts nothing of the next session as seen because the old one saw it", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  drive(store).clearBackendJobs();
  drive(store).applyJobSnapshot("run", [run("1", "stopped")]);
  expect(store.getState().endedJobs["run:1"]?.seenActive).toBe(false);
});

it("is safe twice", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  drive(store).clearBackendJobs();
  expect(changesNothing(store, () => drive(store).clearBackendJobs())).toBe(true);
});
