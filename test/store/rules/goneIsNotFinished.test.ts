// Rule 4. A job that vanished from a snapshot may come back in the next one. One that reported a
// final status does not come back through a hint.
import { drive } from "../../support/jobs/drive.ts";
import { expect, it } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { activeKeys } from "../../support/jobs/jobStore.ts";
import { build, run } from "../../support/jobs/jobs.ts";

it("brings back a run that a restarted server lists again", () => {
  const store = createActivityStore();
  drive(store).applyJobSnapshot("run", [run("1", "running")]);
  drive(store).applyJobSnapshot("run", []);
  drive(store).applyJobSnapshot("run", [run("1", "running")]);
  expect(activeKeys(store)).toEqual(["run:1"]);
});

it("brings back a run that vanished when the stream tells of it", () => {
  const store = createActivityStore();
  drive(store).applyJobSnapshot("run", [run("1", "running")]);
  drive(store).applyJobSnapshot("run", []);
  drive(store).applyJobUpdates([run("1", "stopping")]);
  expect(activeKeys(store)).toEqual(["run:1"]);
});

it("does not count a job that vanished among those that have ended", () => {
  const store = createActivityStore();
  drive(store).applyJobSnapshot("run", [run("1", "running")]);
  drive(store).applyJobSnapshot("run", []);
  expect(store.getState().endedJobs).toEqual({});
});

it("still holds the end of a job against a hint when the list has forgotten it", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  drive(store).applyJobUpdates([run("1", "stopped")]);
  drive(store).applyJobSnapshot("run", []);
  store.getState().applyJobHint(run("1", "running"));
  expect(activeKeys(store)).toEqual([]);
});

it("brings back a build that was listed as finished when a later poll lists it as running", () => {
  const store = createActivityStore();
  drive(store).applyJobSnapshot("build", [build("1", "failed")]);
  drive(store).applyJobSnapshot("build", [build("1", "running")]);
  expect(activeKeys(store)).toEqual(["build:1"]);
});
