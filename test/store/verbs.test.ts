// registerBackendJob and completeBackendJob are the spec's two verbs, idempotent.
import { drive } from "../support/jobs/drive.ts";
import { afterEach, expect, it, vi } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { activeKeys, activeLabels, changesNothing } from "../support/jobs/jobStore.ts";
import { build, run } from "../support/jobs/jobs.ts";

afterEach(() => {
  vi.useRealTimers();
});

it("adds a job of any kind with its label", () => {
  const store = createActivityStore();
  store.getState().registerBackendJob("deploy:7", "Deploying…");
  expect(store.getState().backendJobs["deploy:7"]).toMatchObject({
    key: "deploy:7",
    kind: "deploy",
    id: "7",
    label: "Deploying…",
  });
});

it("adds no second job under the same key", () => {
  const store = createActivityStore();
  store.getState().registerBackendJob("build:1", "Build queued…");
  store.getState().registerBackendJob("build:1", "Building (shop)");
  expect(activeLabels(store)).toEqual(["Building (shop)"]);
});

it("changes nothing when a job is registered again as it is, also later", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const store = createActivityStore();
  store.getState().registerBackendJob("build:1", "Building…");
  vi.advanceTimersByTime(5_000);
  const again = () => store.getState().registerBackendJob("build:1", "Building…");
  expect(changesNothing(store, again)).toBe(true);
});

it("takes what is said of a job, and keeps it when it is registered again without", () => {
  const store = createActivityStore();
  const details = { status: "pending", target: "shop", startedAt: 1_000 };
  store.getState().registerBackendJob("deploy:1", "Waiting…", details);
  expect(store.getState().backendJobs["deploy:1"]).toMatchObject(details);
  store.getState().registerBackendJob("deploy:1", "Waiting (shop)");
  expect(store.getState().backendJobs["deploy:1"]).toMatchObject(details);
});

it("is running and starts now where nothing else is said", () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 5_000 });
  const store = createActivityStore();
  store.getState().registerBackendJob("deploy:1", "Deploying…");
  expect(store.getState().backendJobs["deploy:1"]).toMatchObject({
    status: "running",
    startedAt: 5_000,
    serverTime: false,
  });
});

it.each([
  Number.NaN,
  Infinity,
  8.64e15 + 1,
  -9e15,
  "noon",
  "2026-01-05T12:00:00Z",
  new Date(5),
  null,
])("refuses %s, which is no time, and says what would be one", (startedAt) => {
  const store = createActivityStore();
  // As a host does that has no types to tell it what a time is.
  const details: object = { startedAt };
  const register = () => store.getState().registerBackendJob("deploy:1", "Deploying…", details);
  expect(changesNothing(store, () => expect(register).toThrow(TypeError))).toBe(true);
  expect(register).toThrow(
    /^registerBackendJob\.startedAt: expected a time in epoch ms, such as Date\.now\(\), got /,
  );
});

it.each([
  ["a label that is a number", "deploy:1", 42, {}],
  ["a status with a line break", "deploy:1", "Deploying…", { status: "half\nway" }],
  ["a target that is a number", "deploy:1", "Deploying…", { target: 7 }],
  ["a key of a megabyte", `deploy:${"x".repeat(1_000_000)}`, "Deploying…", {}],
])("refuses %s, which other tabs would", (_, ...args) => {
  const store = createActivityStore();
  const register = () => {
    Reflect.apply(store.getState().registerBackendJob, undefined, args);
  };
  expect(changesNothing(store, () => expect(register).toThrow(TypeError))).toBe(true);
});

it.each([
  ["an outcome that is none", { outcome: "done" }],
  ["an error that is a number", { outcome: "failed", error: 7 }],
])("refuses an end with %s, and keeps the job", (_, details) => {
  const store = createActivityStore();
  store.getState().registerBackendJob("deploy:1", "Deploying…");
  const complete = () => {
    Reflect.apply(store.getState().completeBackendJob, undefined, ["deploy:1", details]);
  };
  expect(changesNothing(store, () => expect(complete).toThrow(TypeError))).toBe(true);
  expect(complete).toThrow(/^completeBackendJob\.(outcome|error): expected /);
});

it.each([0, Date.parse("0001-01-01T00:00:00Z")])("takes %s for a start that is not set", (time) => {
  vi.useFakeTimers({ toFake: ["Date"], now: 5_000 });
  const store = createActivityStore();
  store.getState().registerBackendJob("deploy:1", "Deploying…", { startedAt: time });
  expect(store.getState().backendJobs["deploy:1"]?.startedAt).toBe(5_000);
});

it("makes the project that a host gives fit to be shown", () => {
  const store = createActivityStore();
  const title = `\u202eshop\n${"x".repeat(1_000)}`;
  store.getState().registerBackendJob("deploy:1", "Deploying…", { title });
  expect(store.getState().backendJobs["deploy:1"]?.title).toMatch(/^shop x{10,200}…$/);
});

it("removes a job that is completed, and that one only", () => {
  const store = createActivityStore();
  store.getState().registerBackendJob("build:1", "Building…");
  store.getState().registerBackendJob("build:2", "Building…");
  store.getState().completeBackendJob("build:1");
  expect(activeKeys(store)).toEqual(["build:2"]);
});

it("changes nothing when a job is completed twice, or never was there", () => {
  const store = createActivityStore();
  store.getState().registerBackendJob("build:1", "Building…");
  store.getState().completeBackendJob("build:1");
  expect(changesNothing(store, () => store.getState().completeBackendJob("build:1"))).toBe(true);
  expect(changesNothing(store, () => store.getState().completeBackendJob("build:2"))).toBe(true);
});

it("remembers a completed job as ended, so that no late hint revives it", () => {
  const store = createActivityStore();
  store.getState().registerBackendJob("build:1", "Building…", { status: "pending" });
  store.getState().completeBackendJob("build:1");
  expect(store.getState().endedJobs["build:1"]).toMatchObject({ key: "build:1", seenActive: true });
  store.getState().applyJobHint(build("1", "running", { projectId: undefined }));
  expect(activeKeys(store)).toEqual([]);
});

it("registers a job that has ended as active again", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "stopped")]);
  store.getState().registerBackendJob("run:1", "Server running (shop)");
  expect(activeKeys(store)).toEqual(["run:1"]);
  expect(store.getState().endedJobs).toEqual({});
});
