// A snapshot of a whole kind is one action, and so is a burst of stream events: one `set`, one
// notification.
import { drive } from "../support/jobs/drive.ts";
import { expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { selectActiveCount, selectLabel } from "../../src/store/selectors.ts";
import { countNotifications } from "../support/jobs/jobStore.ts";
import { build, many, run } from "../support/jobs/jobs.ts";

it("a snapshot of 1,000 new jobs is one notification", () => {
  const store = createActivityStore();
  const listed = many(1_000, (n) => build(`${n}`, "running"));
  const snapshot = () => drive(store).applyJobSnapshot("build", listed);
  expect(countNotifications(store, snapshot)).toBe(1);
  expect(selectActiveCount(store.getState())).toBe(1_000);
});

it("a snapshot that adds, changes, ends and removes jobs is one notification", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates(many(1_000, (n) => run(`${n}`, "running")));
  const listed = many(1_000, (n) => run(`${n + 500}`, n % 2 === 0 ? "stopping" : "stopped"));
  const snapshot = () => drive(store).applyJobSnapshot("run", listed);
  expect(countNotifications(store, snapshot)).toBe(1);
  expect(selectActiveCount(store.getState())).toBe(500);
});

it("a burst of 1,000 updates is one notification", () => {
  const store = createActivityStore();
  const burst = many(1_000, (n) => run(`${n}`, n % 3 === 0 ? "stopped" : "running"));
  expect(countNotifications(store, () => drive(store).applyJobUpdates(burst))).toBe(1);
});

it("a burst of 1,000 updates of one run is one notification, and its last word counts", () => {
  const store = createActivityStore();
  const burst = many(1_000, (n) => run("1", n % 2 === 0 ? "running" : "stopping"));
  expect(countNotifications(store, () => drive(store).applyJobUpdates(burst))).toBe(1);
  expect(selectLabel(store.getState())).toBe("Stopping server…");
});

it("clearing 1,000 jobs is one notification", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates(many(1_000, (n) => run(`${n}`, "running")));
  expect(countNotifications(store, () => drive(store).clearBackendJobs())).toBe(1);
});

it("each of the spec's two verbs is one notification", () => {
  const store = createActivityStore();
  const { completeBackendJob, registerBackendJob } = store.getState();
  expect(countNotifications(store, () => registerBackendJob("build:1", "Building…"))).toBe(1);
  expect(countNotifications(store, () => completeBackendJob("build:1"))).toBe(1);
});
